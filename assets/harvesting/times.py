"""When it is, in the words that our cells are read in.

Half a time is worse than none: what cannot be said whole is left out, and told.
"""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from assets.harvesting.plain import Json, day, line, number
from assets.harvesting.seasons import aside

DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
WHICH = {"1": "first", "2": "second", "3": "third", "4": "fourth", "-1": "last"}
BY_DAY = re.compile(r"(?P<which>-?\d)?(?P<day>MO|TU|WE|TH|FR|SA|SU)")
# Days that a cell can say. Some write “no end” as the last day of the year 9999.
FIRST, LAST = "2000-01-01", "2099-12-31"
WEEK, FORTNIGHT = timedelta(days=7), timedelta(days=14)
CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def when(schedules: list[Json], today: date) -> tuple[str, list[str]]:
    """Lines as people write them, and what could not be said so."""
    said: list[str] = []
    left: list[str] = []
    dates: dict[str, list[str]] = {}
    for found in schedules:
        if (ends := _ends(found)) and ends < today.isoformat():
            continue
        clock = _clock(found)
        lines = _lines(found, clock, today) if clock else []
        if (single := _single(found)) and clock:
            dates.setdefault(f"{clock}{aside(found) or ''}", []).append(single)
        elif lines:
            said += lines
        else:
            words = line(found.get("description")) or line(found.get("id"))
            left.append(_("a time that we cannot write down: “%s”") % words[:100])
    said += [f"{', '.join(sorted(set(days)))} {clock}" for clock, days in dates.items()]
    return "; ".join(dict.fromkeys(said)), left


def _clock(schedule: Json) -> str:
    starts, ends = (CLOCK.match(line(schedule.get(n))) for n in ("opens_at", "closes_at"))
    return f"{starts[0]}-{ends[0]}" if starts and ends else ""


def _single(schedule: Json) -> str:
    """One day only, where it says nothing of weeks or months."""
    if line(schedule.get("freq")):
        return ""
    first = day(schedule.get("dtstart")) or day(schedule.get("valid_from"))
    last = day(schedule.get("valid_to")) or day(schedule.get("dtstart"))
    return first if first == last and FIRST <= first <= LAST else ""


def _lines(schedule: Json, clock: str, today: date) -> list[str]:
    """A line for each of its days; none, where one of them cannot be said, or where it ends after
    so many times.
    """
    often, days = line(schedule.get("freq")).upper(), line(schedule.get("byday")).upper()
    every = number(schedule.get("interval")) or 1
    season = aside(schedule)
    if season is None or number(schedule.get("count")):
        return []
    rest = f"{clock}{season}{_span(schedule, today, is_fortnightly=every == 2)}"
    said = []
    for part in filter(None, (part.strip() for part in days.split(","))):
        found = BY_DAY.fullmatch(part)
        weekday = DAYS[found["day"]] if found else ""
        which = WHICH.get(found["which"] or "", "") if found else ""
        if found and often == "WEEKLY" and every in (1, 2) and not found["which"]:
            said.append(f"{'every other ' if every == 2 else ''}{weekday} {rest}")
        elif often == "MONTHLY" and every == 1 and which:
            said.append(f"{which} {weekday} {rest}")
        else:
            return []
    return said


def _ends(schedule: Json) -> str:
    """The last day that it says, in either of two ways; nothing, where it says none."""
    return min(
        filter(None, (day(schedule.get(name)) for name in ("valid_to", "until"))), default=""
    )


def _span(schedule: Json, today: date, *, is_fortnightly: bool) -> str:
    first, last = _begins(schedule, today, is_fortnightly), _ends(schedule)
    said = f" from {first}" if first >= FIRST else ""
    return said + (f" until {last}" if last and last <= LAST else "")


def _begins(schedule: Json, today: date, is_fortnightly: bool) -> str:
    """The day from which it is said to be valid, or that of its first time where that is later.

    Of every other week, the first time says which.
    """
    valid, first = day(schedule.get("valid_from")), day(schedule.get("dtstart"))
    if is_fortnightly and (since := first or valid):
        if since < max(valid, FIRST):
            return _same_weeks(date.fromisoformat(since), date.fromisoformat(max(valid, FIRST)))
        return valid if _is_soon_after(valid, first) else since
    if first > max(valid, today.isoformat()) and not _is_soon_after(valid, first):
        return first
    return valid


def _is_soon_after(valid: str, first: str) -> bool:
    """Within a week: both name the same first time."""
    return bool(valid and first) and date.fromisoformat(first) - date.fromisoformat(valid) < WEEK


def _same_weeks(since: date, from_: date) -> str:
    """The first day from then on that is so many fortnights after `since`."""
    fortnights = -((since - from_) // FORTNIGHT)
    return (since + fortnights * FORTNIGHT).isoformat()
