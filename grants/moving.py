"""The one way in which an application changes its status, with what that does to the pot."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.models import User
from grants.models import Application, ApplicationMove, ApplicationStatus, Round
from grants.models.application_status import MOVES
from grants.money import in_pounds


class PotTooSmall(ValidationError):
    """There is not so much left: `left` in pounds."""

    def __init__(self, left: Decimal) -> None:
        self.left = left
        super().__init__(_("There is only %s left in the pot.") % in_pounds(left))


class MovedMeanwhile(ValidationError):
    """Somebody else was first: taken back, say, while it was decided."""

    def __init__(self, application: Application) -> None:
        what = application.reference or str(application)
        super().__init__(_("%s has changed meanwhile. Look at it again.") % what)


def move(
    application: Application,
    to: ApplicationStatus,
    *,
    by: User | None,
    why: str = "",
    award: Decimal | None = None,
    **columns: Any,
) -> None:
    """Change its status, what it is given, and `columns`; write down who, when and why.

    What it is given comes out of the pot, and what it had goes back, in steps that the pot can
    refuse. To be called in a transaction. Raises MovedMeanwhile where its status is not the one
    that the caller has seen, PotTooSmall, ValidationError for an amount that is not between what
    would work and what was asked for, and ValueError for a move that is not in `MOVES`.
    """
    was = ApplicationStatus(application.status)
    if to not in MOVES[was] and to != was:
        raise ValueError(f"{was} → {to}")
    _check_amount(application, award)
    _commit(application.round_id, (award or Decimal(0)) - (application.award or Decimal(0)))
    changed: dict[str, Any] = {"status": to, "award": award, **columns}
    seen = Application.objects.filter(pk=application.pk, status=was, award=application.award)
    if not seen.update(**changed):
        raise MovedMeanwhile(application)
    for name, value in changed.items():
        setattr(application, name, value)
    if was != to:
        # Another amount alone is a decision, and no move.
        ApplicationMove.objects.create(
            application=application, from_status=was, to_status=to, moved_by=by, why=why
        )


def _check_amount(application: Application, amount: Decimal | None) -> None:
    least, most = application.minimum, application.ideal
    if amount is not None and least and most and not least <= amount <= most:
        raise ValidationError(
            _("Give between %(least)s, the least that would work, and %(most)s, as asked.")
            % {"least": in_pounds(least), "most": in_pounds(most)}
        )


def _commit(round: Any, more: Decimal) -> None:
    if not more:
        return
    within = Q(committed__lte=F("pot") - more) if more > 0 else Q()
    if not Round.objects.filter(within, pk=round).update(committed=F("committed") + more):
        raise PotTooSmall(Round.objects.get(pk=round).left)
