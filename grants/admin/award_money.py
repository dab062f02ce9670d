"""All that became of one award: its payments, changes that were asked for, what comes back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assets.admin.base import who
from grants import changing, paying, repaying
from grants.admin.payment_page import day_field
from grants.applying.parts import MoneyField
from grants.models import Award, AwardStatus, Hold, Repayment, Variation
from grants.money import in_pounds


class _OnceForm(forms.Form):
    """One for each time the page is shown, so that two presses are one."""

    use_required_attribute = False

    once = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": gettext_lazy("Please try again.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once", uuid4())


class PlanForm(_OnceForm):
    amount = MoneyField(label=gettext_lazy("Amount, in pounds"))
    due_on = day_field(gettext_lazy("Due on"))
    held_until = forms.ChoiceField(
        label=gettext_lazy("Waits for"), choices=Hold.choices, initial=Hold.NOTHING
    )
    condition = forms.CharField(
        label=gettext_lazy("Which condition, if it waits for one"), required=False, max_length=250
    )
    cost_code = forms.CharField(label=gettext_lazy("Cost code"), max_length=40)
    supplier_number = forms.CharField(
        label=gettext_lazy("Supplier number"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("What finance calls the group. It is kept for the next payment."),
    )


class AnswerForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Why we say so"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The group reads this."),
    )


class AskBackForm(forms.Form):
    use_required_attribute = False

    back_amount = MoneyField(label=gettext_lazy("Amount to pay back, in pounds"))
    back_due_on = day_field(gettext_lazy("To be here by"))
    back_why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The group reads this."),
    )


class CameForm(_OnceForm):
    repayment = forms.UUIDField(widget=forms.HiddenInput)
    came_amount = MoneyField(label=gettext_lazy("Amount that came, in pounds"))
    came_on = day_field(gettext_lazy("Came on"))
    came_reference = forms.CharField(
        label=gettext_lazy("Reference on the statement"), required=False, max_length=60
    )


@dataclass
class Forms:
    """Of the page; the one that was sent has its errors."""

    plan: PlanForm
    answer: AnswerForm = field(default_factory=AnswerForm)
    back: AskBackForm = field(default_factory=AskBackForm)
    came: CameForm = field(default_factory=CameForm)
    wrong: list[str] = field(default_factory=list)

    @property
    def has_problem(self) -> bool:
        return bool(self.wrong) or any(
            one.errors for one in (self.plan, self.answer, self.back, self.came)
        )


def page(model_admin: Any, request: HttpRequest, award: Award) -> HttpResponse:
    found = Forms(PlanForm(initial=_first(award)))
    if request.method == "POST":
        verb = VERBS.get(request.POST.get("do", ""))
        try:
            if verb is None:
                raise ValidationError(_("Choose one of the buttons."))
            if said := verb(request, award, found):
                messages.success(request, said)
                here = reverse("admin:grants_payment_of", args=[award.application_id])
                return HttpResponseRedirect(here)
        except ValidationError as refused:
            found.wrong = list(refused.messages)
            award.refresh_from_db()
    shown: HttpResponse = model_admin.show(
        request,
        "admin/grants/payment_of.html",
        award.application.title,
        award=award,
        application=award.application,
        money=_money(award),
        payments=_payments(award),
        variations=award.variations.select_related("asked_by", "answered_by"),
        repayments=_repayments(award, found),
        moves=award.moves.select_related("moved_by"),
        report=getattr(award, "report", None),
        may=_may(award, who(request)),
        forms=found,
    )
    return shown


def _first(award: Award) -> dict[str, Any]:
    left = paying.left_to_plan(award)
    return {
        "amount": f"{left:,.2f}".removesuffix(".00") if left else "",
        "due_on": award.starts_on,
        "cost_code": award.application.round.cost_code,
        "supplier_number": paying.supplier_of(award.organisation),
    }


def _money(award: Award) -> list[tuple[str, Decimal]]:
    return [
        (_("Awarded"), award.amount),
        (_("Planned"), award.planned),
        (_("Paid"), award.paid),
        (_("Still to plan"), paying.left_to_plan(award)),
        (_("Back in the pot"), award.returned),
        (_("Of that, paid back"), award.repaid),
    ]


def _payments(award: Award) -> list[tuple[Any, str]]:
    rows = list(award.payments.order_by("number"))
    for one in rows:
        one.award = award
    return [(one, paying.waits_for(one)) for one in rows]


def _repayments(award: Award, found: Forms) -> list[tuple[Repayment, CameForm]]:
    """Each with a form of its own for what came."""
    rows = award.repayments.prefetch_related("came__noted_by")
    return [
        (one, found.came)
        if found.came.data.get("repayment") == str(one.pk)
        else (one, CameForm(auto_id=f"id_{at}_%s", initial={"repayment": one.pk}))
        for at, one in enumerate(rows)
    ]


def _may(award: Award, person: User) -> dict[str, bool]:
    """Which forms there are. The verbs ask again."""
    runs = person.has_perm("grants.run_round")
    notes = any(person.has_perm(one) for one in repaying.NOTES_MONEY)
    return {
        "plan": runs and paying.left_to_plan(award) > 0,
        "answer": runs,
        "ask_back": runs and award.status in repaying.MAY_ASK and repaying.most_to_ask(award) > 0,
        "note": notes,
        "review": person.has_perm("grants.review_report"),
        "is_over": award.status == AwardStatus.REPAID,
    }


def _plan(request: HttpRequest, award: Award, found: Forms) -> str:
    found.plan = PlanForm(request.POST)
    if not found.plan.is_valid():
        return ""
    said = dict(found.plan.cleaned_data)
    once = said.pop("once")
    if said["held_until"] != Hold.CONDITION:
        said["condition"] = ""
    made = paying.plan(award=award, plan=paying.Plan(**said), by=who(request), once=once)
    return _("%s is planned.") % made


def _answer(request: HttpRequest, award: Award, found: Forms) -> str:
    found.answer = AnswerForm(request.POST)
    if not found.answer.is_valid():
        return ""
    waiting = award.variations.filter(answer=Variation.Answer.ASKED).first()
    if waiting is None:
        raise ValidationError(_("This is answered already, or was taken back."))
    agreed = request.POST.get("do") == "agree"
    reason = found.answer.cleaned_data["reason"]
    changing.answer(variation=waiting, agreed=agreed, reason=reason, by=who(request))
    return _("Agreed, and added to the agreement.") if agreed else _("The group is told.")


def _ask_back(request: HttpRequest, award: Award, found: Forms) -> str:
    found.back = AskBackForm(request.POST)
    if not found.back.is_valid():
        return ""
    said = found.back.cleaned_data
    made = repaying.ask_back(
        award=award,
        amount=said["back_amount"],
        why=said["back_why"],
        due_on=said["back_due_on"],
        by=who(request),
    )
    return _("We have asked for %s back.") % in_pounds(made.amount)


def _came(request: HttpRequest, award: Award, found: Forms) -> str:
    found.came = CameForm(request.POST)
    if not found.came.is_valid():
        return ""
    said = found.came.cleaned_data
    repayment = Repayment.objects.filter(award=award, pk=said["repayment"]).first()
    if repayment is None:
        raise ValidationError(_("Look again: that is another award’s."))
    came = repaying.note(
        repayment=repayment,
        amount=said["came_amount"],
        came_on=said["came_on"],
        reference=said["came_reference"],
        by=who(request),
        once=said["once"],
    )
    return _("%s came back, and are in the pot again.") % in_pounds(came.amount)


VERBS: dict[str, Callable[[HttpRequest, Award, Forms], str]] = {
    "plan": _plan,
    "agree": _answer,
    "refuse": _answer,
    "ask-back": _ask_back,
    "came": _came,
}
