"""The verbs: everything that changes a group, venue or activity goes through here.

Each verb is one transaction with all its consequences: address, history, record, dates, search
rows.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F, Model, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets import slugs, whereabouts
from assets.dates import occurrences
from assets.models import Activity, Listing, Organisation, Status, Venue
from assets.models.lifecycle import CheckedBy
from assets.search import rows
from assets.turns import take_turn
from assets.understanding import vocabulary

# How many listings a refusal names.
NAMED = 12
# What is still to be refreshed; None outside `all_at_once`.
_waiting: ContextVar[list[Listing] | None] = ContextVar("waiting", default=None)


class MoveRefused(ValidationError):
    """The listing may not go there, or somebody else has just moved it.

    `because_of` are the listings that stand in its way; the message ends with their names.
    """

    def __init__(self, said: str, because_of: Sequence[Listing] = ()) -> None:
        self.said, self.because_of = said, because_of
        names = "; ".join(str(listing) for listing in because_of)
        super().__init__(f"{said}: {names}." if names else said)


class ChangedMeanwhile(ValidationError):
    """Somebody else has stored the listing since this copy of it was read."""


@transaction.atomic
def save(*, listing: Listing, by: User | None) -> None:
    """Store a new or changed listing. Schedules, tags and contacts saved after it need `refresh`.

    Raises ChangedMeanwhile rather than overwrite what somebody else has stored, and
    ValidationError for anything that the listing may not say.
    """
    take_turn()
    before = _as_stored(listing)
    _clean(listing, exclude=["slug"])
    _stays_fit_to_be_public(listing, before)
    newly_hidden = whereabouts.is_newly_hidden(listing, before)
    if newly_hidden or not slugs.still_fits(listing):
        listing.slug = slugs.new_slug(listing)
    listing.version += 1
    listing._history_user = by  # type: ignore[attr-defined]
    listing.save()
    slugs.SLUGS[type(listing)].objects.get_or_create(
        slug=listing.slug, defaults={"listing": listing}
    )
    if newly_hidden and isinstance(listing, Venue) and isinstance(before, Venue):
        whereabouts.forget(listing, before)
    refresh(listing=listing)
    if newly_hidden:
        # The words of its name are known no more.
        vocabulary.rebuild()
    if isinstance(before, Activity) and before.organisation_id != listing.organisation_id:  # type: ignore[attr-defined]
        # The group that it leaves may list nothing now.
        refresh(listing=before.organisation)


def _as_stored(listing: Listing) -> Listing | None:
    """The row as it is now; None for a new one."""
    stored = type(listing)._base_manager.filter(pk=listing.pk).first()
    if listing.version != (stored.version if stored else 0):
        raise ChangedMeanwhile(
            _("Somebody else has just changed “%(what)s”. Look again first.") % {"what": listing}
        )
    if listing.status != (stored.status if stored else Status.DRAFT):
        raise ValueError("A status is changed by move(), which writes down who did it and why.")
    return stored


@transaction.atomic
def move(*, listing: Listing, to: Status, by: User | None, why: str = "") -> None:
    """Change the status. A second click, or a colleague who was faster, gets `MoveRefused`."""
    take_turn()
    before = Status(listing.status)
    if not listing.may_move_to(to):
        raise MoveRefused(
            _("“%(what)s” is %(status)s: it cannot become %(to)s.")
            % {"what": listing, "status": before.label, "to": to.label}
        )
    if to == Status.PUBLIC:
        _fit_to_be_public(listing)
    else:
        _free_to_leave(listing)
    now = timezone.now()
    changes: dict[str, Any] = {"status": to, "version": F("version") + 1, "changed_at": now}
    if to == Status.PUBLIC:
        changes["first_public_at"] = Coalesce("first_public_at", now)
    model = type(listing)
    moved = model._base_manager.filter(pk=listing.pk, status=before).update(**changes)
    if not moved:
        raise MoveRefused(
            _("Somebody else has just changed “%(what)s”. Look again first.") % {"what": listing}
        )
    listing.refresh_from_db()
    _add(listing.moves, from_status=before, to_status=to, moved_by=by, why=why)  # type: ignore[attr-defined]
    _write_history(listing, by=by, why=why or str(to.label))
    refresh(listing=listing)


def _fit_to_be_public(listing: Listing) -> None:
    """What a family needs before anything is shown. A draft may still lack it."""
    match listing:
        case Activity():
            group = Organisation.objects.get(pk=listing.organisation_id)
            if not group.is_public:
                raise MoveRefused(_("Make the group public first"), [group])
            if listing.venue_id:
                venue = Venue.objects.select_related("place").get(pk=listing.venue_id)
                if not venue.is_public:
                    raise MoveRefused(_("Make the venue public first"), [venue])
        case Organisation():
            if not listing.contacts.exists():
                raise MoveRefused(_("Add a way to reach the group first."))


def _free_to_leave(listing: Listing) -> None:
    """A venue stays public while anything public meets there."""
    if isinstance(listing, Venue):
        here = listing.activities.filter(status=Status.PUBLIC)
        if here.exists():
            raise MoveRefused(_("These still meet here. Move or end them first"), [*here[:NAMED]])


def _stays_fit_to_be_public(listing: Listing, before: Listing | None) -> None:
    """What is public goes to a group or venue only where it could have been made public."""
    if isinstance(listing, Activity) and isinstance(before, Activity):
        was = (before.organisation_id, before.venue_id)
        is_ = (listing.organisation_id, listing.venue_id)
        if listing.status == Status.PUBLIC and was != is_:
            _fit_to_be_public(listing)


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
        _write_history(listing, by=by, why=_("checked"))
        refresh(listing=listing)


def _add(records: Any, **values: Any) -> None:
    """One more row of an append-only record. It names nobody where a command acts."""
    record = records.model(listing=records.instance, **values)
    _clean(record, exclude=["moved_by", "person", "listing"])
    record.save()


def _clean(row: Model, *, exclude: list[str]) -> None:
    # One question to the database for each rule of the table: in a load, half of the time.
    alone = _waiting.get() is None
    row.full_clean(exclude=exclude, validate_unique=alone, validate_constraints=alone)


def _write_history(listing: Listing, *, by: User | None, why: str) -> None:
    """django-simple-history hears `save()`, not `update()`: a move writes its own record."""
    # Else the record would name whoever saved this copy before.
    listing._history_user = by  # type: ignore[attr-defined]
    listing.history.bulk_history_create(  # type: ignore[attr-defined]
        [listing], update=True, default_change_reason=why[:100]
    )


def refresh(*, listing: Listing) -> None:
    """Write anew what others read of this listing: the dates, and the search rows."""
    waiting = _waiting.get()
    if waiting is None:
        _refresh([listing])
    else:
        waiting.append(listing)


@contextmanager
def all_at_once() -> Iterator[None]:
    """Change many listings in one transaction, and refresh them all once, at its end.

    For loading many: most of the work of a change is to ask beforehand what the database will say,
    and to write anew what others read. Raises IntegrityError for what breaks a rule of a table.
    """
    waiting: list[Listing] = []
    with transaction.atomic():
        token = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(token)
        # What is to be taken back needs no more writing.
        if not connection.needs_rollback:
            _refresh(waiting)


def _refresh(changed: Collection[Listing]) -> None:
    activities, organisations, venues = (
        _keys(changed, model) for model in (Activity, Organisation, Venue)
    )
    own = Q(pk__in=activities) | Q(organisation__in=organisations) | Q(venue__in=venues)
    occurrences.write(own)
    rows.refresh(
        activities=own | Q(partners__in=organisations),
        organisations=Q(activities__in=activities) | Q(pk__in=organisations),
    )


def _keys(changed: Collection[Listing], model: type[Listing]) -> list[UUID]:
    return list({listing.pk for listing in changed if isinstance(listing, model)})
