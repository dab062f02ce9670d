"""How an award changes its status once it is offered, and how its money goes back into the pot."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from grants.models import Award, AwardMove, AwardStatus, Round
from grants.models.awards import AWARD_MOVES


def locked(award: Award) -> Award:
    """The award, of which nobody else changes the money or the status until we are done."""
    rows = Award.objects.select_for_update(of=["self"])
    return rows.select_related("application__round", "organisation").get(pk=award.pk)


def move_award(award: Award, to: AwardStatus, *, by: User | None, why: str = "") -> None:
    """Of a locked award. Raises ValidationError for a move that is not in `AWARD_MOVES`."""
    was = AwardStatus(award.status)
    if to not in AWARD_MOVES[was]:
        raise ValidationError(_("This award cannot do that now: %s.") % award.get_status_display())
    change(award, status=to)
    record(award, was, by, why)


def change(award: Award, **columns: Any) -> None:
    """Of a locked award: these columns, whose rules the database holds to."""
    for name, value in columns.items():
        setattr(award, name, value)
    award.save(update_fields=list(columns))


def give_back(award: Award, amount: Decimal) -> None:
    Round.objects.filter(pk=award.application.round_id).update(committed=F("committed") - amount)


def record(award: Award, was: AwardStatus, by: User | None, why: str = "") -> None:
    AwardMove.objects.create(
        award=award, from_status=was, to_status=award.status, moved_by=by, why=why
    )
