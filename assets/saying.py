"""What a listing says, as plain values.

A value is plain enough for JSON, so that it can be compared with what was said before: months, ISO
dates, pounds as text, options by their addresses, lists in order. Spreadsheets and proposals both
speak it. `contacts.phone`, `schedules` and `trust` are all rows of that kind. `assets.storing` is
the other direction.
"""

from datetime import date, time
from typing import Any

from django.db import models

from assets.models import Activity, Organisation, Schedule, TrustStatement, Venue

Values = dict[str, Any]
AnyListing = Organisation | Venue | Activity
# The parts of a schedule that a cell can say; a note stays as it is.
RULE = (
    "frequency",
    "starts_at",
    "ends_at",
    "weekday",
    "week_of_month",
    "dates",
    "time_of_year",
    "on_bank_holidays",
    "starts_on",
    "ends_before",
)
STATEMENT = ("kind", "name", "stance", "stated_on", "expires_on")


def state_of(listing: AnyListing, names: set[str]) -> Values:
    """These values as they are now."""
    return {name: _value_of(listing, name) for name in sorted(names)}


def _value_of(listing: AnyListing, name: str) -> Any:
    match name:
        case "schedules":
            return [rule_of(one) for one in listing.schedules.all()]  # type: ignore[union-attr]
        case "trust":
            return [statement_of(one) for one in listing.trust.all()]  # type: ignore[union-attr, misc]
        case "place":
            return listing.place.slug  # type: ignore[union-attr]
        case "district" | "area_served":
            area = getattr(listing, name)
            return area.code if area else None
        case "organisation" | "venue":
            key = getattr(listing, f"{name}_id")
            return str(key) if key else None
    if name.startswith("contacts."):
        return [
            {"kind": one.kind, "value": one.value, "label": one.label}
            for one in listing.contacts.all()  # type: ignore[union-attr]
            if one.kind == name.partition(".")[2]
        ]
    if is_options(listing, name):
        return sorted(str(key) for key in getattr(listing, name).values_list("pk", flat=True))
    value = getattr(listing, name)
    if isinstance(value, list):
        return sorted(value)
    return value if value is None or isinstance(value, (bool, int)) else str(value)


def is_options(listing: AnyListing, name: str) -> bool:
    return isinstance(listing._meta.get_field(name), models.ManyToManyField)


def rule_of(schedule: Schedule) -> Values:
    return {name: _plain(getattr(schedule, name)) for name in RULE}


def statement_of(statement: TrustStatement) -> Values:
    return {name: _plain(getattr(statement, name)) for name in STATEMENT}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, (date, time)) else value
