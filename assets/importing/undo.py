"""Take a load back: what it made is withdrawn, what it changed says again what it said before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets import listings
from assets.importing.fields import ACTIVITY, GROUP, VENUE
from assets.importing.known import COLUMNS
from assets.importing.refused import refused
from assets.importing.taking_away import withdraw
from assets.models import ImportBatch, ImportChange, ImportedRow
from assets.storing import AtHand, store_each
from assets.turns import take_turn
from thrive.models import TagSource


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
    with listings.all_at_once():
        for of in (ACTIVITY, VENUE, GROUP):
            column = f"row__{COLUMNS[of]}"
            changes = batch.changes.filter(**{f"{column}__isnull": False})
            _undo_kind(of, [*changes.select_related(column).order_by("-pk")], by, undone)
    return undone


def _undo_kind(of: str, changes: Sequence[ImportChange], by: User | None, undone: Undone) -> None:
    made, changed = [], []
    for change in changes:
        if change.row.listing.version != change.version:
            said = _("“%s” has been changed since, so it stays.")
            undone.left.append(said % change.row.listing)
        elif change.what == ImportChange.What.MADE:
            made.append(change)
        else:
            changed.append(change)
    before = [(change.row.listing, change.before) for change in changed]
    kept = _tell(of, store_each(before, by=by, at_hand=AtHand(), source=TagSource.IMPORT), undone)
    kept |= _tell(
        of,
        withdraw(of, [change.row.listing for change in made], by, _("the load was taken back")),
        undone,
    )
    made = [change for change in made if change.row.listing.pk not in kept]
    changed = [change for change in changed if change.row.listing.pk not in kept]
    for change in (*made, *changed):
        # Nothing, of what it made: loaded again, the listing comes back.
        change.row.said = change.said_before
    rows = [change.row for change in (*made, *changed)]
    ImportedRow.objects.bulk_update(rows, ["said"], batch_size=500)
    undone.withdrawn += len(made)
    undone.put_back += len(changed)


def _tell(of: str, refusals: listings.Refused, undone: Undone) -> set[UUID]:
    """The keys of those that stay as they are."""
    for listing, why in refusals:
        error = refused(of, why) if isinstance(why, IntegrityError) else why
        said = {"listing": listing, "why": " ".join(error.messages)}
        undone.left.append(_("“%(listing)s” stays: %(why)s") % said)
    return {listing.pk for listing, _why in refusals}
