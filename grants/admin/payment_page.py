"""One payment, to approve or to release; and the lists of all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assets.admin.base import who
from grants import paying, payments_file
from grants.models import Payment, PaymentExport, PaymentStatus
from grants.money import in_pounds

P = PaymentStatus
SHOWN_RELEASED = 100
LONGEST_WHY = 2_000


def day_field(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


class PeriodForm(forms.Form):
    """The first and the last day of what finance wants, both in it."""

    first_day = day_field(gettext_lazy("From"))
    last_day = day_field(gettext_lazy("To"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and first > last:
            self.add_error("last_day", _("The first day is before the last."))
        return said

    @property
    def period(self) -> dict[str, date]:
        said = self.cleaned_data
        return {"first_day": said["first_day"], "before": said["last_day"] + timedelta(days=1)}


@dataclass(frozen=True)
class Line:
    """`waits`: what keeps it from being released, in words."""

    payment: Payment
    amount: str
    waits: str


@dataclass(frozen=True)
class Listed:
    title: str
    nothing: str
    lines: list[Line]

    @property
    def total(self) -> str:
        return in_pounds(sum((one.payment.amount for one in self.lines), Decimal(0)))


def lists(payments: QuerySet[Payment], person: User) -> dict[str, Any]:
    """Of those that this person may see."""

    def listed(title: str, nothing: str, found: QuerySet[Payment]) -> Listed:
        lines = [Line(one, in_pounds(one.amount), paying.waits_for(one)) for one in found]
        return Listed(title, nothing, lines)

    today = timezone.localdate()
    released = payments.filter(status=P.RELEASED).order_by("-released_at", "pk")
    may_export = payments_file.may_export(person)
    return {
        "lists": [
            listed(_("To approve"), _("Nothing is to approve."), payments.filter(status=P.PLANNED)),
            listed(
                _("To release"), _("Nothing is to release."), payments.filter(status=P.APPROVED)
            ),
            listed(_("Released"), _("Nothing is paid yet."), released[:SHOWN_RELEASED]),
        ],
        "period": PeriodForm(initial={"first_day": today.replace(day=1), "last_day": today}),
        "may_export": may_export,
        "exports": PaymentExport.objects.filter(made_by=person)[:10] if may_export else [],
    }


def page(model_admin: Any, request: HttpRequest, payment: Payment) -> HttpResponse:
    wrong: list[str] = []
    if request.method == "POST":
        verb = VERBS.get(request.POST.get("do", ""))
        try:
            if verb is None:
                raise ValidationError(_("Choose one of the buttons."))
            messages.success(request, verb(payment, who(request), said_in(request)))
            here = reverse("admin:grants_payment_change", args=[payment.pk])
            return HttpResponseRedirect(here)
        except ValidationError as refused:
            wrong = list(refused.messages)
            payment.refresh_from_db()
    person = who(request)
    may = _may(payment, person)
    sees_account = payments_file.may_export(person)
    account = paying.account_to_approve(payment) if may["approve"] and sees_account else None
    shown: HttpResponse = model_admin.show(
        request,
        "admin/grants/payment.html",
        str(payment),
        payment=payment,
        amount=in_pounds(payment.amount),
        award=payment.award,
        awarded=in_pounds(payment.award.amount),
        waits=paying.waits_for(payment),
        moves=payment.moves.select_related("moved_by"),
        may=may,
        to_approve=account,
        account_sign=paying.sign_of(account),
        sees_account=sees_account,
        wrong=wrong,
        why=why_of(request),
    )
    return shown


@dataclass(frozen=True)
class Said:
    """With a button: why, and the sign of the account that the page has shown."""

    why: str
    account: str


def said_in(request: HttpRequest) -> Said:
    return Said(why_of(request), request.POST.get("account", ""))


def why_of(request: HttpRequest) -> str:
    """A null cannot be stored, and nobody typed one."""
    return request.POST.get("why", "").replace("\0", "")[:LONGEST_WHY]


def _may(payment: Payment, person: User) -> dict[str, bool]:
    """Which buttons there are. The verbs ask again."""
    status = payment.status
    approves = person.has_perm("grants.approve_payment")
    releases = person.has_perm("grants.release_payment")
    runs = person.has_perm("grants.run_round")
    is_open = status in (P.PLANNED, P.APPROVED)
    needs = payment.held_until == "condition" and payment.condition_met_at is None
    return {
        "approve": approves and payments_file.may_export(person) and status == P.PLANNED,
        "release": releases and status == P.APPROVED and payment.approved_by_id != person.pk,
        "again": (approves or releases) and status == P.APPROVED,
        "cancel": (approves or releases or runs) and is_open,
        "meet": runs and is_open and needs,
    }


def _approve(payment: Payment, by: User, said: Said) -> str:
    paying.approve(payment=payment, by=by, seen=said.account)
    return _("Approved. Somebody else can release it now.")


def _release(payment: Payment, by: User, said: Said) -> str:
    paying.release(payment=payment, by=by)
    return _("Released. We have written to the group.")


def _again(payment: Payment, by: User, said: Said) -> str:
    paying.look_again(payment=payment, by=by, why=said.why)
    return _("It is to be approved again.")


def _cancel(payment: Payment, by: User, said: Said) -> str:
    paying.cancel(payment=payment, by=by, why=said.why)
    return _("Cancelled. Its money can be planned anew.")


def _meet(payment: Payment, by: User, said: Said) -> str:
    paying.meet_condition(payment=payment, by=by)
    return _("Noted: the condition is met.")


VERBS: dict[str, Callable[[Payment, User, Said], str]] = {
    "approve": _approve,
    "release": _release,
    "again": _again,
    "cancel": _cancel,
    "meet": _meet,
}
