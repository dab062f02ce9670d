"""How listings are made to say the values of `assets.saying`, one or thousands of them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from assets import listings
from assets.in_bulk import insert
from assets.models import Activity, Area, Contact, Organisation, Place, Schedule, TrustStatement
from assets.models.activities import Newcomers
from assets.saying import AnyListing, Values, is_options, rule_of, statement_of
from assets.tagging.verbs import set_tags, usual_reason
from thrive.models import TagSource

# Options whose tables say who told us.
TAGGED = frozenset({"needs_groups", "themes", "ways_of_working"})


class AtHand:
    """What listings refer to, read once: places, areas, and one another."""

    def __init__(self) -> None:
        self._places: dict[str, Place] = {}
        self._areas: dict[str, Area] = {}
        self._listings: dict[str, AnyListing] = {}

    def place(self, slug: str) -> Place:
        if slug not in self._places:
            self._places[slug] = Place.objects.select_related("district").get(slug=slug)
        return self._places[slug]

    def area(self, code: str) -> Area:
        if code not in self._areas:
            self._areas[code] = Area.objects.get(code=code)
        return self._areas[code]

    def add(self, listing: AnyListing) -> None:
        self._listings[str(listing.pk)] = listing

    def listing(self, key: str | None) -> AnyListing | None:
        return self._listings.get(key or "")


class _Parts:
    """Rows that hang on listings, stored together. What is refused is noted, with its reason."""

    def __init__(self, source: TagSource, by: User | None, why: str) -> None:
        self.source, self.by = source, by
        self.why = why or usual_reason(source)
        self._rows: dict[type[models.Model], list[models.Model]] = {}
        self._of: dict[int, AnyListing] = {}
        self._refused: listings.Refused = []

    def add(self, listing: AnyListing, row: models.Model) -> None:
        self._rows.setdefault(type(row), []).append(row)
        self._of[id(row)] = listing

    def add_typed(self, listing: AnyListing, row: Schedule | Contact | TrustStatement) -> None:
        """One that somebody has written."""
        try:
            # Whose it is, is known; and what its table will say is not asked beforehand.
            row.clean_fields(exclude=["activity", "organisation"])
            row.clean()
        except ValidationError as why:
            self._refused.append((listing, why))
        else:
            self.add(listing, row)

    def store(self, *, by: User | None) -> listings.Refused:
        for rows in self._rows.values():
            self._refused += [(self._of[id(row)], why) for row, why in insert(rows, by=by)]
        return self._refused


@transaction.atomic
def store(listing: AnyListing, values: Values, by: User | None, source: TagSource) -> None:
    """Make one listing say these values, by the verb of a person's change.

    New tags come from `source`. Raises ValidationError, or IntegrityError by the name of a rule,
    for what it may not say.
    """
    for _listing, why in store_each([(listing, values)], by=by, at_hand=AtHand(), source=source):
        raise why
    listings.refresh(listing=listing)


def store_each(
    wanted: Sequence[tuple[AnyListing, Values]],
    *,
    by: User | None,
    at_hand: AtHand,
    source: TagSource,
    why: str = "",
) -> listings.Refused:
    """Make these listings of one kind say these values, by the verb of a person's change.

    All but those that may not say it, with the reason. To be called inside `all_at_once`: what
    others read of them is written at its end. `why` becomes the reason of new tags.
    """
    new = {listing.pk for listing, _values in wanted if listing._state.adding}
    for listing, values in wanted:
        for name in values:
            if not _is_part(listing, name):
                _set_column(listing, name, values[name], at_hand)
        if isinstance(listing, Activity) and "newcomers" in values:
            _date_the_room(listing)
    refused = listings.save_each(listings=[listing for listing, _values in wanted], by=by)
    gone = {listing.pk for listing, _why in refused}
    parts = _Parts(source, by, why)
    for listing, values in wanted:
        if listing.pk not in gone:
            for name in sorted(values):
                if _is_part(listing, name):
                    _set_part(parts, listing, name, values[name], is_new=listing.pk in new)
    return refused + parts.store(by=by)


def _is_part(listing: AnyListing, name: str) -> bool:
    is_rows = name in ("schedules", "trust") or name.startswith("contacts.")
    return is_rows or is_options(listing, name)


def _set_column(listing: AnyListing, name: str, value: Any, at_hand: AtHand) -> None:
    match name:
        case "place":
            listing.place = at_hand.place(value)  # type: ignore[union-attr]
        case "district" | "area_served":
            setattr(listing, name, at_hand.area(value) if value else None)
        case "organisation" | "venue":
            setattr(listing, f"{name}_id", UUID(value) if value else None)
            # What was loaded of the other one is not to be asked any more.
            listing._state.fields_cache.pop(name, None)
            if (other := at_hand.listing(value)) is not None:
                setattr(listing, name, other)
        case _:
            field: Any = listing._meta.get_field(name)
            setattr(listing, name, value if isinstance(value, list) else field.to_python(value))


def _date_the_room(activity: Activity) -> None:
    """Room is stated and dated: on the day of the load, where the file gives no day."""
    if activity.newcomers == Newcomers.NOT_SAID:
        activity.newcomers_said_on = None
    elif activity.newcomers_said_on is None:
        activity.newcomers_said_on = timezone.localdate()


def _set_part(parts: _Parts, listing: AnyListing, name: str, value: Any, *, is_new: bool) -> None:
    """Nothing is asked of what has only just been stored."""
    if name == "schedules" and isinstance(listing, Activity):
        _set_schedules(parts, listing, value, is_new)
    elif name == "trust" and isinstance(listing, Organisation):
        _set_trust(parts, listing, value)
    elif name.startswith("contacts."):
        _set_contacts(parts, listing, name.partition(".")[2], value, is_new)
    else:
        _set_options(parts, listing, name, value, is_new)


def _set_options(
    parts: _Parts, listing: AnyListing, name: str, keys: list[str], is_new: bool
) -> None:
    is_tag = name in TAGGED
    if not is_new and is_tag:
        wanted = dict.fromkeys(keys, parts.why)
        set_tags(listing=listing, of=name, wanted=wanted, by=parts.by, source=parts.source)
        return
    if not is_new:
        getattr(listing, name).set(keys)
        return
    said: Values = {}
    if is_tag:
        said = {"source": parts.source, "reason": parts.why, "added_by": parts.by}
    field: Any = listing._meta.get_field(name)
    ours, theirs = field.m2m_column_name(), field.m2m_reverse_name()
    for key in keys:
        row = field.remote_field.through(**{ours: listing.pk, theirs: key}, **said)
        parts.add(listing, row)


def _set_schedules(parts: _Parts, activity: Activity, rules: list[Values], is_new: bool) -> None:
    """Those that stay the same stay: a “not this week” hangs on them."""
    wanted = list(rules)
    for schedule in [] if is_new else activity.schedules.all():
        if (rule := rule_of(schedule)) in wanted:
            wanted.remove(rule)
        else:
            schedule.delete()
    for rule in wanted:
        parts.add_typed(activity, Schedule(activity=activity, **rule))


def _set_trust(parts: _Parts, group: Organisation, statements: list[Values]) -> None:
    wanted = list(statements)
    for statement in TrustStatement.objects.filter(organisation=group):
        if (said := statement_of(statement)) in wanted:
            wanted.remove(said)
        else:
            statement.delete()
    for said in wanted:
        parts.add_typed(group, TrustStatement(organisation=group, **said))


def _set_contacts(
    parts: _Parts, listing: AnyListing, kind: str, lines: list[Values], is_new: bool
) -> None:
    owner = {str(listing._meta.model_name): listing}
    wanted = list(lines)
    for contact in [] if is_new else Contact.objects.filter(kind=kind, **owner):
        line = {"kind": contact.kind, "value": contact.value, "label": contact.label}
        if line in wanted:
            wanted.remove(line)
        else:
            contact.delete()
    for line in wanted:
        parts.add_typed(listing, Contact(**owner, **line))
