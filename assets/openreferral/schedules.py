"""When it is, as the standard has it: WEEKLY or MONTHLY, and single dates one by one."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from assets.models import Activity, Schedule
from assets.models.schedules import Frequency, OnBankHolidays, TimeOfYear
from assets.openreferral import bent
from assets.openreferral.ids import key_of
from assets.schedules import in_words

# As RFC 5545 has them, from Monday on.
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def schedules(activity: Activity) -> list[dict[str, Any]]:
    """With its schedules and changes prefetched, no query."""
    return [said for one in activity.schedules.all() for said in _told(activity, one)]


def _told(activity: Activity, schedule: Schedule) -> Iterator[dict[str, Any]]:
    about: dict[str, Any] = {
        "service_id": str(activity.pk),
        "opens_at": f"{schedule.starts_at:%H:%M}",
        "closes_at": f"{schedule.ends_at:%H:%M}",
    }
    if notes := _notes(activity, schedule):
        about["notes"] = notes
    if schedule.frequency == Frequency.DATES:
        for day in schedule.dates:
            yield {"id": key_of("schedule", schedule.pk, day), **about, **_on(day)}
    else:
        yield {
            "id": key_of("schedule", schedule.pk),
            **about,
            "description": in_words(schedule),
            **_rule(schedule),
        }


def _on(day: date) -> dict[str, str]:
    said = day.isoformat()
    return {"dtstart": said, "valid_from": said, "valid_to": said}


def _rule(schedule: Schedule) -> dict[str, Any]:
    day = DAYS[schedule.weekday or 0]
    if schedule.frequency == Frequency.MONTHLY:
        said: dict[str, Any] = {"freq": "MONTHLY", "interval": 1}
        said["byday"] = f"{schedule.week_of_month}{day}"
    else:
        every_other = schedule.frequency == Frequency.FORTNIGHTLY
        said = {"freq": "WEEKLY", "interval": 2 if every_other else 1, "byday": day}
    if schedule.starts_on:
        said |= {
            "dtstart": _first(schedule.starts_on, schedule),
            "valid_from": schedule.starts_on.isoformat(),
        }
    if schedule.ends_before:
        said["valid_to"] = (schedule.ends_before - timedelta(days=1)).isoformat()
    return said


def _first(starts_on: date, schedule: Schedule) -> str:
    """The first such day of the week from then on: rules count from there."""
    if schedule.frequency == Frequency.MONTHLY:
        return starts_on.isoformat()
    ahead = ((schedule.weekday or 0) - starts_on.weekday()) % 7
    return (starts_on + timedelta(days=ahead)).isoformat()


def _notes(activity: Activity, schedule: Schedule) -> str:
    """What the rule itself cannot say; the last is what the group says of it."""
    parts = []
    if schedule.time_of_year != TimeOfYear.ALL_YEAR:
        parts.append(str(TimeOfYear(schedule.time_of_year).label))
    if schedule.on_bank_holidays != OnBankHolidays.ASK:
        parts.append(f"bank holidays: {OnBankHolidays(schedule.on_bank_holidays).label}")
    parts += bent.notes(activity, schedule)
    return "; ".join([*parts, *filter(None, [schedule.note])])
