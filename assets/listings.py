"""The verbs: everything that changes a group, venue or activity goes through here.

Each verb is one transaction with all its consequences: address, history, record, dates, search
rows.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Model, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets import slugs, whereabouts
from assets.fit import MoveRefused as MoveRefused
from assets.fit import in_the_way
from assets.in_bulk import AT_ONCE, insert
from assets.models import Activity, Listing, Status, Venue
from assets.models.lifecycle import CheckedBy
from assets.refreshing import all_at_once as all_at_once
from assets.refreshing import is_one_of_many, refresh_each
from assets.refreshing import refresh as refresh
from assets.turns import take_turn
from assets.understanding import vocabulary

# Of a record of what was done: it names nobody where a command acts.
NAMED_BY_US = ["moved_by", "person", "listing"]
Refused = list[tuple[Listing, ValidationError | IntegrityError]]


class ChangedMeanwhile(ValidationError):
    """Somebody else has stored the listing since this copy of it was read."""


def save(*, listing: Listing, by: User | None) -> None:
    """Store a new or changed listing. Schedules, tags and contacts saved after it need `refresh`.

    Raises ChangedMeanwhile rather than overwrite what somebody else has stored, and
    ValidationError for anything that the listing may not say.
    """
    _raise_first(save_each, [listing], by=by)


def _raise_first(verb: Callable[..., Refused], listings: Sequence[Listing], **how: Any) -> None:
    with transaction.atomic():
        for _listing, why in verb(listings=listings, **how):
            raise why


@transaction.atomic
def save_each(*, listings: Sequence[Listing], by: User | None) -> Refused:
    """Store these listings of one kind: all but those that `save` would refuse, with its reason."""
    take_turn()
    before = _as_stored(listings)
    refused: Refused = []
    sound: list[Listing] = []
    for listing in listings:
        try:
            _may_be_stored(listing, before.get(listing.pk))
        except ValidationError as why:
            refused.append((listing, why))
        else:
            sound.append(listing)
    _keep_checks(sound, before)
    hidden = {one.pk for one in sound if whereabouts.is_newly_hidden(one, before.get(one.pk))}
    slugs.give([one for one in sound if one.pk in hidden or not slugs.still_fits(one)])
    refused += _write(sound, by)
    gone = {listing.pk for listing, _why in refused}
    stored = [listing for listing in sound if listing.pk not in gone]
    slugs.keep(stored)
    for listing in stored:
        was = before.get(listing.pk)
        if isinstance(listing, Venue) and isinstance(was, Venue) and listing.pk in hidden:
            whereabouts.forget(listing, was)
    refresh_each([*stored, *_groups_left(stored, before)])
    if hidden:
        # The words of its name are known no more.
        vocabulary.rebuild()
    return refused


def _as_stored(listings: Sequence[Listing]) -> dict[UUID, Listing]:
    """The rows as they are now, without those that are new."""
    keys = [one.pk for one in listings]
    return type(listings[0])._base_manager.in_bulk(keys) if keys else {}


def _keep_checks(listings: Sequence[Listing], before: Mapping[UUID, Listing]) -> None:
    """Checked since they were read: `harvesting.checked` leaves the version as it is."""
    for listing in listings:
        if was := before.get(listing.pk):
            listing.last_checked_on = was.last_checked_on
            listing.last_checked_by = was.last_checked_by


def _may_be_stored(listing: Listing, before: Listing | None) -> None:
    if listing.version != (before.version if before else 0):
        raise ChangedMeanwhile(
            _("Somebody else has just changed “%(what)s”. Look again first.") % {"what": listing}
        )
    if listing.status != (before.status if before else Status.DRAFT):
        raise ValueError("A status is changed by move(), which writes down who did it and why.")
    _clean(listing, exclude=["slug"])
    if isinstance(listing, Activity) and isinstance(before, Activity):
        # What is public goes to a group or venue only where it could have been made public.
        was = (before.organisation_id, before.venue_id)
        is_ = (listing.organisation_id, listing.venue_id)
        if listing.status == Status.PUBLIC and was != is_:
            for why in in_the_way([listing], Status.PUBLIC).values():
                raise why


def _write(listings: Sequence[Listing], by: User | None) -> Refused:
    """With a record of history for each. What is new is written in one statement."""
    new = [listing for listing in listings if listing._state.adding]
    changed = [listing for listing in listings if not listing._state.adding]
    for listing in listings:
        listing.version += 1
        listing._history_user = by  # type: ignore[attr-defined]
    refused: Refused = [*insert(new, by=by)]
    for listing in changed:
        try:
            with transaction.atomic():
                listing.save()
        except IntegrityError as why:
            refused.append((listing, why))
    return refused


def _groups_left(stored: Sequence[Listing], before: Mapping[UUID, Listing]) -> list[Listing]:
    """A group that an activity leaves may list nothing now."""
    return [
        was.organisation
        for one in stored
        if isinstance(one, Activity)
        and isinstance(was := before.get(one.pk), Activity)
        and was.organisation_id != one.organisation_id
    ]


def move(*, listing: Listing, to: Status, by: User | None, why: str = "") -> None:
    """Change the status. A second click, or a colleague who was faster, gets `MoveRefused`."""
    _raise_first(move_each, [listing], to=to, by=by, why=why)


@transaction.atomic
def move_each(
    *, listings: Sequence[Listing], to: Status, by: User | None, why: str = ""
) -> Refused:
    """Move these listings of one kind: all but those that `move` would refuse, with its reason."""
    take_turn()
    may = [one for one in listings if one.may_move_to(to)]
    in_its_way = in_the_way(may, to)
    going = {one.pk: one for one in may if one.pk not in in_its_way}
    before = _moved(going, to)
    refused: Refused = []
    for listing in listings:
        if listing.pk in in_its_way:
            refused.append((listing, in_its_way[listing.pk]))
        elif listing.pk not in going:
            said = _("“%(what)s” is %(status)s: it cannot become %(to)s.")
            label = Status(listing.status).label
            refused.append(
                (listing, MoveRefused(said % {"what": listing, "status": label, "to": to.label}))
            )
        elif listing.pk not in before:
            said = _("Somebody else has just changed “%(what)s”. Look again first.")
            refused.append((listing, MoveRefused(said % {"what": listing})))
    moved = [one for one in listings if one.pk in before]
    _write_down(moved, before, by, why, str(to.label))
    refresh_each(moved)
    return refused


def _moved(going: Mapping[UUID, Listing], to: Status) -> dict[UUID, Status]:
    """Which of these are there now, and where they were: those that were what they seem to be."""
    before: dict[UUID, Status] = {}
    for status in {Status(listing.status) for listing in going.values()}:
        keys = [key for key, listing in going.items() if listing.status == status]
        now = timezone.now()
        changes: dict[str, Any] = {"status": to, "version": F("version") + 1, "changed_at": now}
        if to == Status.PUBLIC:
            changes["first_public_at"] = Coalesce("first_public_at", now)
        model = type(going[keys[0]])
        as_it_seems = model._base_manager.filter(pk__in=keys, status=status)
        found = [*as_it_seems.select_for_update().values_list("pk", flat=True)]
        as_it_seems.filter(pk__in=found).update(**changes)
        before |= dict.fromkeys(found, status)
    for key, row in _as_stored([going[key] for key in before]).items():
        _copy(row, going[key])
    return before


def _copy(row: Listing, listing: Listing) -> None:
    """All of it, like `refresh_from_db`: history is written of what the table has."""
    for field in row._meta.concrete_fields:
        setattr(listing, field.attname, getattr(row, field.attname))
    listing._state.fields_cache.clear()


def _write_down(
    moved: Sequence[Listing], before: Mapping[UUID, Status], by: User | None, why: str, label: str
) -> None:
    """Who moved it, and from where; and the history that django-simple-history does not hear."""
    if not moved:
        return
    model: Any = moved[0].moves.model  # type: ignore[attr-defined]
    records = [
        model(
            listing=one,
            from_status=before[one.pk],
            to_status=one.status,
            moved_by=by,
            why=why,
        )
        for one in moved
    ]
    for record in records:
        _clean(record, exclude=NAMED_BY_US)
    model.objects.bulk_create(records, batch_size=AT_ONCE)
    _write_history(moved, by=by, why=why or label)


@transaction.atomic
def check(
    *, listing: Listing, checked_by: CheckedBy, by: User | None, on: date, note: str = ""
) -> None:
    """Record that somebody looked: the page then says “last checked on … by …”."""
    if on > timezone.localdate():
        raise ValidationError(_("A check cannot lie in the future."))
    take_turn()
    _add(listing.checks, checked_on=on, checked_by=checked_by, person=by, note=note)  # type: ignore[attr-defined]
    newer = Q(last_checked_on__isnull=True) | Q(last_checked_on__lte=on)
    changed = (
        type(listing)
        ._base_manager.filter(newer, pk=listing.pk)
        .update(last_checked_on=on, last_checked_by=checked_by, version=F("version") + 1)
    )
    if changed:
        listing.refresh_from_db()
        _write_history([listing], by=by, why=_("checked"))
        refresh(listing=listing)


def _add(records: Any, **values: Any) -> None:
    """One more row of an append-only record."""
    record = records.model(listing=records.instance, **values)
    _clean(record, exclude=NAMED_BY_US)
    record.save()


def _clean(row: Model, *, exclude: list[str]) -> None:
    # One question to the database for each rule of the table, and for each row that it names: in a
    # load, half of the time.
    alone = not is_one_of_many()
    if not alone:
        named = [one for one in row._meta.concrete_fields if one.many_to_one]
        ours = (one for one in named if not one.editable or getattr(row, one.attname) is not None)
        exclude = [*exclude, *(one.name for one in ours)]
    row.full_clean(exclude=exclude, validate_unique=alone, validate_constraints=alone)


def _write_history(listings: Sequence[Listing], *, by: User | None, why: str) -> None:
    """django-simple-history hears `save()`, not `update()`: a move writes its own record."""
    for listing in listings:
        # Else the record would name whoever saved this copy before.
        listing._history_user = by  # type: ignore[attr-defined]
    listings[0].history.bulk_history_create(  # type: ignore[attr-defined]
        listings, update=True, default_change_reason=why[:100], batch_size=AT_ONCE
    )
