"""Take a load back: what it made is withdrawn, what it changed says again what it said before."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets import listings
from assets.importing.known import MODELS
from assets.importing.refused import refused
from assets.models import Activity, ImportBatch, ImportChange, Status
from assets.saying import AnyListing, store
from assets.turns import take_turn
from thrive.models import TagSource

OVER = (Status.WITHDRAWN, Status.ENDED)


class AlreadyUndone(ValidationError):
    """A second press, or a colleague who was faster."""


@dataclass
class Undone:
    """`left` says of each listing that stays as it is why it does."""

    withdrawn: int = 0
    put_back: int = 0
    left: list[str] = field(default_factory=list)


@transaction.atomic
def undo(*, batch: ImportBatch, by: User | None) -> Undone:
    """The last things first. What somebody has changed since stays, and is told."""
    take_turn()
    taken = ImportBatch.objects.filter(pk=batch.pk, undone_at=None).update(
        undone_at=timezone.now(), undone_by=by
    )
    if not taken:
        raise AlreadyUndone(_("This load has been taken back already."))
    batch.refresh_from_db()
    undone = Undone()
    changes = batch.changes.select_related("row__organisation", "row__venue", "row__activity")
    with listings.all_at_once():
        for change in changes.order_by("-pk"):
            _undo_one(change, by, undone)
    return undone


def _undo_one(change: ImportChange, by: User | None, undone: Undone) -> None:
    row, listing = change.row, change.row.listing
    if listing.version != change.version:
        undone.left.append(_("“%s” has been changed since, so it stays.") % listing)
        return
    try:
        with transaction.atomic():
            if change.what == ImportChange.What.MADE:
                _withdraw(listing, by)
                row.said = {}
                undone.withdrawn += 1
            else:
                store(listing, change.before, by, TagSource.IMPORT)
                row.said = change.said_before
                undone.put_back += 1
            row.save()
    except (ValidationError, IntegrityError) as error:
        if isinstance(error, IntegrityError):
            error = refused(_of(listing), error)
        why = {"listing": listing, "why": " ".join(error.messages)}
        undone.left.append(_("“%(listing)s” stays: %(why)s") % why)


def _of(listing: AnyListing) -> str:
    return next(of for of, model in MODELS.items() if isinstance(listing, model))


def _withdraw(listing: AnyListing, by: User | None) -> None:
    """Raises ValidationError while anything else stands on it."""
    if not isinstance(listing, Activity):
        others = listing.activities.exclude(status__in=OVER)
        if others.exists():
            names = "; ".join(str(one) for one in others[: listings.NAMED])
            raise ValidationError(_("it still has these: %s.") % names)
    listings.move(listing=listing, to=Status.WITHDRAWN, by=by, why=_("the load was taken back"))
