"""A calendar as a phone would show it: expanded by somebody else's code."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar

from assets.models import Occurrence

# Title, start and end in UTC, and what has become of it.
Shown = tuple[str, datetime, datetime, str]
A_YEAR_AND_MORE = timedelta(days=500)


def expanded(calendar: bytes, around: datetime) -> list[Shown]:
    """Every event within a year and more of that moment, in order."""
    query = recurring_ical_events.of(Calendar.from_ical(calendar))
    events = query.between(around - A_YEAR_AND_MORE, around + A_YEAR_AND_MORE)
    return sorted(_shown(event) for event in events)


def _shown(event: Any) -> Shown:
    starts, ends = (event[name].dt.astimezone(UTC) for name in ("DTSTART", "DTEND"))
    title = str(event["SUMMARY"]).replace("Not on: ", "")
    title = title.replace("Example: ", "").replace(" (bank holiday: ask first)", "")
    return title, starts, ends, str(event["STATUS"])


def as_written(title: str, occurrences: Iterable[Occurrence]) -> list[Shown]:
    return sorted(
        (title, one.starts_at.astimezone(UTC), one.ends_at.astimezone(UTC), _status(one))
        for one in occurrences
    )


def _status(one: Occurrence) -> str:
    if one.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if one.ask_first else "CONFIRMED"
