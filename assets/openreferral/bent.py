"""Days on which a rule does not hold: called off, moved, or one more.

The standard has no field for what is not on. It is told in the notes of the schedule, for a reader
to read and for `assets.harvesting.bent` to understand; and what is on instead is a day of its own.
"""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assets.models import Activity, DateChange, Schedule
from assets.models.schedules import Frequency
from assets.openreferral.ids import key_of
from assets.words import long_date

Kind = DateChange.Kind


def to_tell() -> QuerySet[DateChange, DateChange]:
    """Those of days to come."""
    today = timezone.localdate()
    return DateChange.objects.filter(Q(on__gte=today) | Q(to_on__gte=today))


def since(changes: list[DateChange], day: date) -> list[DateChange]:
    return [one for one in changes if (one.to_on or one.on) >= day]


def notes(activity: Activity, schedule: Schedule) -> list[str]:
    """“Not on 24 December 2026 (no market)”, “… 2026: moved to 23 December 2026 (no market)”."""
    return [
        _off(change)
        for change in _of(activity)
        if change.kind != Kind.EXTRA and _changes(change, schedule)
    ]


def more_days(activity: Activity) -> Iterator[dict[str, Any]]:
    """As single days. With changes and schedules prefetched, no query."""
    for change in _of(activity):
        if change.kind == Kind.CANCELLED:
            continue
        day = change.to_on or change.on
        for starts_at, ends_at in _times(activity, change):
            said = day.isoformat()
            yield {
                "id": key_of("date", change.pk, starts_at),
                "service_id": str(activity.pk),
                "opens_at": f"{starts_at:%H:%M}",
                "closes_at": f"{ends_at:%H:%M}",
                "dtstart": said,
                "valid_from": said,
                "valid_to": said,
                "description": _from_where(change),
                **({"notes": change.note} if change.note else {}),
            }


def _of(activity: Activity) -> list[DateChange]:
    """As `to_tell` has them."""
    found: list[DateChange] = activity.bent  # type: ignore[attr-defined]
    return found


def _off(change: DateChange) -> str:
    said = _("Not on %s") % long_date(change.on)
    if change.to_on:
        said = _("%(off)s: moved to %(day)s") % {"off": said, "day": long_date(change.to_on)}
    return f"{said} ({change.note})" if change.note else said


def _from_where(change: DateChange) -> str:
    if change.to_on:
        return _("Moved from %s") % long_date(change.on)
    return _("An extra date")


def _changes(change: DateChange, schedule: Schedule) -> bool:
    if change.schedule_id:
        return change.schedule_id == schedule.pk
    return _may_fall_on(schedule, change.on)


def _may_fall_on(schedule: Schedule, day: date) -> bool:
    if schedule.frequency == Frequency.DATES:
        return day in schedule.dates
    return schedule.weekday == day.weekday()


def _times(activity: Activity, change: DateChange) -> list[tuple[time, time]]:
    """Its own, else those of what it changes."""
    if change.starts_at and change.ends_at:
        return [(change.starts_at, change.ends_at)]
    changed = [one for one in activity.schedules.all() if _changes(change, one)]
    return list(dict.fromkeys((one.starts_at, one.ends_at) for one in changed))
