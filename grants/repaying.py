"""Money that was paid and comes back: asked for, and noted as it comes, in part or whole."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from accounts.models import User
from grants import award_moves, sight
from grants.after_mails import send_all
from grants.models import Award, AwardStatus, Repayment, RepaymentReceived
from grants.models.awards import AWARD_MOVES
from grants.money import in_pounds

MAY_ASK = (AwardStatus.REPORTING, AwardStatus.COMPLETE, AwardStatus.ENDED_EARLY)
NOTES_MONEY = ("grants.approve_payment", "grants.release_payment")


def most_to_ask(award: Award) -> Decimal:
    """Pounds that were paid, and neither came back nor are asked for already."""
    asked = award.repayments.aggregate(left=Sum(F("amount") - F("received")))["left"]
    most: Decimal = award.paid - award.repaid - (asked or Decimal(0))
    return most


@transaction.atomic
def ask_back(*, award: Award, amount: Decimal, why: str, due_on: date, by: User) -> Repayment:
    """The group is asked to pay so much back. Raises ValidationError for more than it has."""
    its = award_moves.locked(award)
    _require(its, by, "grants.run_round")
    if its.status not in MAY_ASK:
        raise ValidationError(_("Money is asked back once a grant has ended."))
    return owe(its, amount=amount, why=why, due_on=due_on, by=by)


def owe(award: Award, *, amount: Decimal, why: str, due_on: date, by: User) -> Repayment:
    """Of a locked award, by whoever may."""
    if not 0 < amount <= (most := most_to_ask(award)):
        raise ValidationError(_("No more than %s can be asked back.") % in_pounds(most))
    made = Repayment(award=award, amount=amount, why=why.strip(), due_on=due_on, asked_by=by)
    made.validate_constraints()
    made.save(force_insert=True)
    send_all("to-repay", award, about=str(made.pk), repayment=made, amount=in_pounds(amount))
    return made


@transaction.atomic
def note(
    *, repayment: Repayment, amount: Decimal, came_on: date, reference: str, by: User, once: UUID
) -> RepaymentReceived:
    """Money came: it is in the pot again. `once` is of one form: sent again, it is the same.

    Once all that was ever paid is back, the award is repaid. Raises ValidationError for more than
    was asked for.
    """
    award = award_moves.locked(repayment.award)
    _require(award, by, *NOTES_MONEY)
    key = uuid5(repayment.pk, f"{once}\n{by.pk}")
    if found := RepaymentReceived.objects.filter(pk=key).first():
        return found
    made = RepaymentReceived(
        pk=key,
        repayment=repayment,
        amount=amount,
        came_on=came_on,
        reference=reference.strip(),
        noted_by=by,
    )
    made.validate_constraints()
    waits = Repayment.objects.filter(pk=repayment.pk, received__lte=F("amount") - amount)
    if not waits.update(received=F("received") + amount):
        repayment.refresh_from_db()
        raise ValidationError(_("Only %s are still to come.") % in_pounds(repayment.left))
    made.save(force_insert=True)
    back = {"repaid": award.repaid + amount, "returned": award.returned + amount}
    award_moves.change(award, **back)
    award_moves.give_back(award, amount)
    may_move = AwardStatus.REPAID in AWARD_MOVES[AwardStatus(award.status)]
    if may_move and award.repaid == award.paid:
        award_moves.move_award(award, AwardStatus.REPAID, by=by)
    return made


def _require(award: Award, by: User, *permissions: str) -> None:
    may = any(by.has_perm(one) for one in permissions)
    if not may or sight.has_interest_of(by, award.application):
        raise PermissionDenied
