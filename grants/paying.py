"""The verbs of payments: planned, approved by one, released by another, and never twice.

Of an award one verb works at a time. No more is ever planned than was awarded, and no more paid
than was planned: each step is an update that the award can refuse, and the table holds to it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User
from assets.models import Organisation
from grants import award_moves, sight
from grants.after_mails import send_all
from grants.bank import account_to_pay
from grants.models import (
    Award,
    AwardStatus,
    BankDetails,
    Hold,
    Payment,
    PaymentMove,
    PaymentStatus,
    ReportStatus,
)
from grants.models.payments import PAYMENT_MOVES
from grants.money import in_pounds
from grants.threesixty.telling import tell

P = PaymentStatus
# What was held until the report, or was not planned by then, is paid once it is accepted.
MAY_PAY = (AwardStatus.ACCEPTED, AwardStatus.REPORTING, AwardStatus.COMPLETE)
CANCELS = ("grants.run_round", "grants.approve_payment", "grants.release_payment")


class MoreThanAwarded(ValidationError):
    """`left`: pounds for which a payment can still be planned."""

    def __init__(self, left: Decimal) -> None:
        self.left = left
        super().__init__(_("Of this award only %s can still be planned.") % in_pounds(left))


class PaymentMoved(ValidationError):
    """Somebody else was first: `payment` as it is now."""

    def __init__(self, payment: Payment) -> None:
        self.payment = payment
        said = {"what": payment, "status": payment.get_status_display()}
        super().__init__(_("%(what)s has changed meanwhile: %(status)s.") % said)


@dataclass(frozen=True)
class Plan:
    """One instalment, as somebody plans it. `condition` only where it waits for one."""

    amount: Decimal
    due_on: date
    cost_code: str
    held_until: str = Hold.NOTHING
    condition: str = ""
    supplier_number: str = ""


def left_to_plan(award: Award) -> Decimal:
    """Pounds for which no payment is planned."""
    return award.to_plan if award.status in MAY_PAY else Decimal(0)


def supplier_of(organisation: Organisation) -> str:
    """The number that finance gave the group, from the last payment that says one."""
    known = Payment.objects.filter(award__organisation=organisation).exclude(supplier_number="")
    last = known.order_by("-due_on", "-pk").first()
    return last.supplier_number if last else ""


@transaction.atomic
def plan(*, award: Award, plan: Plan, by: User, once: UUID) -> Payment:
    """One more instalment. `once` is of one form on one screen: sent again, it is the same.

    Raises MoreThanAwarded, PermissionDenied, and ValidationError before the group has said yes.
    """
    its = award_moves.locked(award)
    _require(by, its, "grants.run_round")
    key = uuid5(its.pk, f"{once}\n{by.pk}")
    if found := Payment.objects.filter(pk=key).first():
        return found
    if its.status not in MAY_PAY:
        raise ValidationError(_("Nothing is paid before they have said yes, or after the end."))
    fits = Award.objects.filter(
        pk=its.pk, planned__lte=F("amount") - F("returned") + F("repaid") - plan.amount
    )
    payment = Payment(
        pk=key,
        award=its,
        number=(its.payments.aggregate(last=Max("number"))["last"] or 0) + 1,
        funder=its.application.round.funder,
        **vars(plan),
    )
    payment.clean_fields(exclude={one.name for one in Payment._meta.fields} - set(vars(plan)))
    payment.validate_constraints()
    if not fits.update(planned=F("planned") + plan.amount):
        raise MoreThanAwarded(its.to_plan)
    payment.save(force_insert=True)
    return payment


@transaction.atomic
def meet_condition(*, payment: Payment, by: User) -> Payment:
    """What it waited for is there. Twice is once."""
    its = _locked(payment)
    _require(by, its.award, "grants.run_round")
    if its.held_until != Hold.CONDITION:
        raise ValidationError(_("This payment waits for no condition."))
    if its.status not in (P.PLANNED, P.APPROVED):
        raise PaymentMoved(its)
    if its.condition_met_at is None:
        its.condition_met_at, its.condition_met_by = timezone.now(), by
        its.save(update_fields=["condition_met_at", "condition_met_by"])
    return its


def account_to_approve(payment: Payment) -> BankDetails | None:
    """Where it would go, for whoever may read accounts; None while nothing was rung back."""
    return account_to_pay(payment.award.organisation)


def sign_of(account: BankDetails | None) -> str:
    """Of what somebody has looked at, without telling it; empty for None."""
    return (
        salted_hmac("account", str(account.pk), algorithm="sha256").hexdigest() if account else ""
    )


@transaction.atomic
def approve(*, payment: Payment, by: User, seen: str | None = None) -> Payment:
    """It is right: this amount, to this account. Pressed twice, it is the same again.

    `seen` is the sign of the account that the page has shown. Raises PaymentMoved,
    PermissionDenied, and ValidationError while there is no account that was rung back, or where
    it is another than the one seen.
    """
    its = _locked(payment)
    _require(by, its.award, "grants.approve_payment")
    if its.status == P.APPROVED and its.approved_by_id == by.pk:
        return its
    if its.award.status not in MAY_PAY:
        raise ValidationError(_("Nothing is paid before they have said yes, or after the end."))
    account = account_to_pay(its.award.organisation)
    if account is None:
        raise ValidationError(_("Ring the group back about their bank details first."))
    if seen is not None and not constant_time_compare(seen, sign_of(account)):
        raise ValidationError(_("The bank details have changed. Look at them before you approve."))
    _move(its, P.APPROVED, by, approved_at=timezone.now(), approved_by=by, account=account)
    return its


@transaction.atomic
def look_again(*, payment: Payment, by: User, why: str) -> Payment:
    """No longer approved, and not cancelled: somebody has to look at it again."""
    its = _locked(payment)
    _require(by, its.award, "grants.approve_payment", "grants.release_payment")
    _move(its, P.PLANNED, by, _said(why), approved_at=None, approved_by=None, account=None)
    return its


@transaction.atomic
def release(*, payment: Payment, by: User) -> Payment:
    """It goes to the bank, and the group is told, once. Pressed twice, it is the same again.

    Raises PaymentMoved, PermissionDenied, and ValidationError for whoever approved it, while it
    waits for something, and where the account is not the one that was approved.
    """
    its = _locked(payment)
    _require(by, its.award, "grants.release_payment")
    if its.status == P.RELEASED:
        return its
    if its.status == P.APPROVED:
        _check_release(its, by)
    _move(its, P.RELEASED, by, released_at=timezone.now(), released_by=by)
    paid = Award.objects.filter(pk=its.award_id, paid__lte=F("planned") - its.amount)
    if not paid.update(paid=F("paid") + its.amount):
        raise MoreThanAwarded(its.award.to_plan)
    # Whoever reads of our grants reads what was paid of them.
    tell(award=Award.objects.get(pk=its.award_id))
    send_all("paid", its.award, about=str(its.pk), payment=its, amount=in_pounds(its.amount))
    return its


@transaction.atomic
def cancel(*, payment: Payment, by: User, why: str) -> Payment:
    """Before it is released, with a reason: its money can be planned anew. Twice is once."""
    its = _locked(payment)
    _require(by, its.award, *CANCELS)
    if its.status == P.CANCELLED:
        return its
    _cancel(its, by, _said(why))
    return its


def cancel_rest(award: Award, *, by: User, why: str) -> None:
    """Of a locked award: whatever is not released yet."""
    for one in award.payments.filter(status__in=[P.PLANNED, P.APPROVED]).select_for_update():
        _cancel(one, by, why)
    award.refresh_from_db(fields=["planned"])


def waits_for(payment: Payment) -> str:
    """What keeps it from being released, in words; empty once nothing does."""
    report = getattr(payment.award, "report", None)
    is_accepted = report is not None and report.status == ReportStatus.ACCEPTED
    if payment.held_until == Hold.REPORT and not is_accepted:
        return _("It waits for their report.")
    if payment.held_until == Hold.CONDITION and payment.condition_met_at is None:
        return _("It waits for: %s") % payment.condition
    return ""


def _cancel(payment: Payment, by: User, why: str) -> None:
    _move(payment, P.CANCELLED, by, why)
    Award.objects.filter(pk=payment.award_id).update(planned=F("planned") - payment.amount)


def _check_release(payment: Payment, by: User) -> None:
    if payment.approved_by_id == by.pk:
        raise ValidationError(_("You approved it. Somebody else has to release it."))
    if payment.award.status not in MAY_PAY:
        raise ValidationError(_("Nothing is paid before they have said yes, or after the end."))
    if waits := waits_for(payment):
        raise ValidationError(waits)
    account = account_to_pay(payment.award.organisation)
    if account is None or account.pk != payment.account_id:
        raise ValidationError(
            _("The bank details have changed since it was approved. It has to be looked at again.")
        )


def _said(why: str) -> str:
    if not why.strip():
        raise ValidationError(_("Say why."))
    return why.strip()


def _locked(payment: Payment) -> Payment:
    award = award_moves.locked(payment.award)
    its = Payment.objects.select_for_update(of=["self"]).get(pk=payment.pk)
    its.award = award
    return its


def _require(by: User, award: Award, *permissions: str) -> None:
    """One of these, and no interest in it."""
    may = any(by.has_perm(one) for one in permissions)
    if not may or sight.has_interest_of(by, award.application):
        raise PermissionDenied


def _move(payment: Payment, to: PaymentStatus, by: User, why: str = "", **columns: Any) -> None:
    """Raises PaymentMoved where the table of moves does not know it."""
    was = P(payment.status)
    changed = {"status": to, **columns}
    if to not in PAYMENT_MOVES[was] or not Payment.objects.filter(pk=payment.pk, status=was).update(
        **changed
    ):
        raise PaymentMoved(payment)
    for name, value in changed.items():
        setattr(payment, name, value)
    PaymentMove.objects.create(payment=payment, from_status=was, to_status=to, moved_by=by, why=why)
