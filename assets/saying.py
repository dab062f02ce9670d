"""What a listing says, as plain values: read from it, and made to be said by it.

A value is plain enough for JSON, so that it can be compared with what was said before: months, ISO
dates, pounds as text, options by their addresses, lists in order. Spreadsheets and proposals both
speak it. `contacts.phone`, `schedules` and `trust` are all rows of that kind.
"""

from datetime import date, time
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.models import User
from assets import listings
from assets.models import (
    Activity,
    Area,
    Contact,
    Organisation,
    Place,
    Schedule,
    TrustStatement,
    Venue,
)
from assets.models.activities import Newcomers
from thrive.models import TagSource

Values = dict[str, Any]
AnyListing = Organisation | Venue | Activity
# Options whose tables say who told us.
TAGGED = frozenset({"needs_groups", "themes"})
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
            return [_rule_of(one) for one in listing.schedules.all()]  # type: ignore[union-attr]
        case "trust":
            return [_statement_of(one) for one in listing.trust.all()]  # type: ignore[union-attr, misc]
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
    if _is_options(listing, name):
        return sorted(str(key) for key in getattr(listing, name).values_list("pk", flat=True))
    value = getattr(listing, name)
    if isinstance(value, list):
        return sorted(value)
    return value if value is None or isinstance(value, (bool, int)) else str(value)


def _is_options(listing: AnyListing, name: str) -> bool:
    return isinstance(listing._meta.get_field(name), models.ManyToManyField)


def _rule_of(schedule: Schedule) -> Values:
    return {name: _plain(getattr(schedule, name)) for name in RULE}


def _statement_of(statement: TrustStatement) -> Values:
    return {name: _plain(getattr(statement, name)) for name in STATEMENT}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, (date, time)) else value


def store(listing: AnyListing, values: Values, by: User | None, source: TagSource) -> None:
    """Make it say these values, by the verb that a person's change goes through.

    New tags come from `source`. Raises ValidationError for what it may not say.
    """
    parts = {name for name in values if _is_part(listing, name)}
    for name in values.keys() - parts:
        _set_column(listing, name, values[name])
    if isinstance(listing, Activity) and "newcomers" in values:
        _date_the_room(listing)
    listings.save(listing=listing, by=by)
    for name in sorted(parts):
        _set_part(listing, name, values[name], source)
    if parts:
        listings.refresh(listing=listing)


def _is_part(listing: AnyListing, name: str) -> bool:
    is_rows = name in ("schedules", "trust") or name.startswith("contacts.")
    return is_rows or _is_options(listing, name)


def _set_column(listing: AnyListing, name: str, value: Any) -> None:
    match name:
        case "place":
            listing.place = Place.objects.get(slug=value)  # type: ignore[union-attr]
        case "district" | "area_served":
            setattr(listing, name, Area.objects.get(code=value) if value else None)
        case "organisation" | "venue":
            setattr(listing, f"{name}_id", value)
            # What was loaded of the other one is not to be asked any more.
            listing._state.fields_cache.pop(name, None)
        case _:
            field: Any = listing._meta.get_field(name)
            setattr(listing, name, value if isinstance(value, list) else field.to_python(value))


def _date_the_room(activity: Activity) -> None:
    """Room is stated and dated: on the day of the load, where the file gives no day."""
    if activity.newcomers == Newcomers.NOT_SAID:
        activity.newcomers_said_on = None
    elif activity.newcomers_said_on is None:
        activity.newcomers_said_on = timezone.localdate()


def _set_part(listing: AnyListing, name: str, value: Any, source: TagSource) -> None:
    if name == "schedules" and isinstance(listing, Activity):
        _set_schedules(listing, value)
    elif name == "trust" and isinstance(listing, Organisation):
        _set_trust(listing, value)
    elif name.startswith("contacts."):
        _set_contacts(listing, name.partition(".")[2], value)
    else:
        through = {"through_defaults": {"source": source}} if name in TAGGED else {}
        getattr(listing, name).set(value, **through)


def _set_schedules(activity: Activity, rules: list[Values]) -> None:
    """Those that stay the same stay: a “not this week” hangs on them."""
    wanted = list(rules)
    for schedule in activity.schedules.all():
        if (rule := _rule_of(schedule)) in wanted:
            wanted.remove(rule)
        else:
            schedule.delete()
    for rule in wanted:
        _add(Schedule(activity=activity, **rule))


def _set_trust(group: Organisation, statements: list[Values]) -> None:
    wanted = list(statements)
    for statement in group.trust.all():
        if (said := _statement_of(statement)) in wanted:
            wanted.remove(said)
        else:
            statement.delete()
    for said in wanted:
        _add(TrustStatement(organisation=group, **said))


def _set_contacts(listing: AnyListing, kind: str, lines: list[Values]) -> None:
    owner = {str(listing._meta.model_name): listing}
    wanted = list(lines)
    for contact in Contact.objects.filter(kind=kind, **owner):
        line = {"kind": contact.kind, "value": contact.value, "label": contact.label}
        if line in wanted:
            wanted.remove(line)
        else:
            contact.delete()
    for line in wanted:
        _add(Contact(**owner, **line))


def _add(row: models.Model) -> None:
    # The database has the constraints, and knows whose it is: asking it beforehand takes seconds.
    row.clean_fields(exclude=["activity", "organisation"])
    row.clean()
    row.save()
