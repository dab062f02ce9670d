"""One application as it was sent, with what our team has seen of it and done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.admin.base import who
from assets.admin.finding import GROUPS, FindField
from grants import aiming, checking, sight
from grants.admin.check_form import CheckForm
from grants.applying.budget import BudgetForm, Line
from grants.applying.form import BUDGET
from grants.applying.reading import Answers, read
from grants.awards.words import money as in_currency
from grants.checking import Looked
from grants.models import Application, ApplicationMove, ApplicationStatus, PublishedGrant
from grants.models.application_status import PROVISIONAL
from grants.money import in_pounds
from grants.threesixty.elsewhere import found_of_applicant

MOST_GRANTS = 30
MOST_GAPS = 8


class WhyForm(forms.Form):
    why = forms.CharField(
        max_length=2000, error_messages={"required": gettext_lazy("Say why, in plain words.")}
    )


class GroupForm(forms.Form):
    use_required_attribute = False

    group = FindField(GROUPS, label=gettext_lazy("Its name in the directory"))


@dataclass
class Answer:
    """What somebody pressed, and what is wrong with it; the form that was sent has its errors."""

    wrong: list[str]
    check: CheckForm | None = None
    why: str = ""

    @property
    def has_problem(self) -> bool:
        return bool(self.wrong or (self.check and self.check.errors))


@dataclass(frozen=True)
class CheckRow:
    looked: Looked
    form: CheckForm


@dataclass(frozen=True)
class Given:
    """A grant that the group had, ours or another funder's: everybody may know of it."""

    grant: PublishedGrant
    amount: str


@dataclass(frozen=True)
class Budget:
    lines: list[tuple[Line, str, str]]
    cost: str
    asked: str


def page(model_admin: Any, request: HttpRequest, application: Application) -> HttpResponse:
    answer = Answer([])
    if request.method == "POST":
        verb = VERBS.get(request.POST.get("do", ""))
        try:
            if verb is None:
                raise ValidationError(_("Choose one of the buttons."))
            if said := verb(request, application, answer):
                messages.success(request, said)
                here = reverse("admin:grants_application_change", args=[application.pk])
                return HttpResponseRedirect(here)
        except ValidationError as refused:
            answer.wrong = list(refused.messages)
        application = model_admin.get_queryset(request).get(pk=application.pk)
    shown: HttpResponse = model_admin.show(
        request,
        "admin/grants/application.html",
        application.title,
        **_read(request, application),
        **_done(request, application, answer),
        answer=answer,
    )
    return shown


# --- What is pressed ---------------------------------------------------------------------------


def _check(request: HttpRequest, application: Application, answer: Answer) -> str:
    kinds = {one.wanted.kind for one in checking.list_of(application)}
    kind = request.POST.get("kind", "")
    if kind not in kinds:
        raise ValidationError(_("This is not checked here."))
    answer.check = form = CheckForm(request.POST, kind=kind, application=application)
    if not form.is_valid():
        return ""
    try:
        made = checking.look(
            application=application, kind=kind, by=who(request), **form.cleaned_data
        )
    except ValidationError as refused:
        form.tell(refused)
        return ""
    return f"{made.get_kind_display()}: {made.get_outcome_display()}."


def _why(request: HttpRequest, answer: Answer) -> str:
    form = WhyForm(request.POST)
    answer.why = request.POST.get("why", "")[:2000]
    if not form.is_valid():
        raise ValidationError([one for said in form.errors.values() for one in said])
    return str(form.cleaned_data["why"])


def _ineligible(request: HttpRequest, application: Application, answer: Answer) -> str:
    why = _why(request, answer)
    if not checking.find_ineligible(application=application, why=why, by=who(request)):
        raise ValidationError(_("It has moved on meanwhile. Look at it again."))
    return _("It is found ineligible, and the group is told why.")


def _eligible(request: HttpRequest, application: Application, answer: Answer) -> str:
    why = _why(request, answer)
    if not checking.find_eligible(application=application, why=why, by=who(request)):
        raise ValidationError(_("It has moved on meanwhile. Look at it again."))
    return _("It waits for its checks again, and the group is told.")


def _withdraw(request: HttpRequest, application: Application, answer: Answer) -> str:
    why = _why(request, answer)
    if not checking.withdraw_for(application=application, why=why, by=who(request)):
        raise ValidationError(_("It has moved on meanwhile. Look at it again."))
    return _("It is taken back, as the group asked.")


def _group(request: HttpRequest, application: Application, answer: Answer) -> str:
    form = GroupForm(request.POST)
    if not form.is_valid():
        raise ValidationError([one for said in form.errors.values() for one in said])
    group = form.cleaned_data["group"]
    checking.name_group(application=application, group=group, by=who(request))
    return str(_("It is an application of “%s” now.") % group)


VERBS: dict[str, Callable[[HttpRequest, Application, Answer], str]] = {
    "check": _check,
    "group": _group,
    "ineligible": _ineligible,
    "eligible": _eligible,
    "withdraw": _withdraw,
}


# --- What is read ------------------------------------------------------------------------------


def _read(request: HttpRequest, application: Application) -> dict[str, Any]:
    """As it was sent. Young scorers get nothing that tells of people."""
    person = who(request)
    is_young = sight.is_young_in(person, application.round)
    runs = person.has_perm("grants.run_round")
    parts = read(application)
    budget = next(one.form for one in parts if one.part.slug == BUDGET)
    sections: list[tuple[str, Answers]] = [
        (str(one.part.title), one.answers if runs else one.answers_to_score)
        for one in parts
        if one.part.slug != BUDGET and not (is_young and one.part.is_personal)
    ]
    return {
        "application": application,
        "round": application.round,
        "status": ApplicationStatus(application.shown_status).label,  # type: ignore[attr-defined]
        "is_young": is_young,
        "money": {
            name: in_pounds(getattr(application, name) or Decimal(0))
            for name in ("minimum", "ideal", "total_cost")
        },
        "sections": sections,
        "budget": _budget(budget) if isinstance(budget, BudgetForm) else None,
        "documents": sight.documents(person).filter(application=application).defer("data"),
    }


def _budget(form: BudgetForm) -> Budget | None:
    lines = form.table()
    if not lines:
        return None
    rows = [
        (one, *(in_pounds(each) if each is not None else "?" for each in (one.cost, one.asked)))
        for one in lines
    ]
    return Budget(rows, in_pounds(form.total("cost")), in_pounds(form.total("asked")))  # type: ignore[arg-type]


def _done(request: HttpRequest, application: Application, answer: Answer) -> dict[str, Any]:
    person = who(request)
    runs = person.has_perm("grants.run_round")
    is_young = sight.is_young_in(person, application.round)
    may_check = person.has_perm("grants.check_application")
    was = ApplicationStatus(application.status)
    return {
        "checks": _checks(application, answer) if may_check else [],
        "may_check": may_check,
        "may_refuse": may_check
        and was in (ApplicationStatus.SUBMITTED, ApplicationStatus.IN_SCORING),
        "may_take_up": may_check and was == ApplicationStatus.INELIGIBLE,
        "group_form": GroupForm()
        if may_check and application.submitted_at and not application.organisation_id
        else None,
        "may_withdraw": may_check and application.may_be_withdrawn,
        "writers": application.applicants.select_related("person") if runs else [],
        "runs": runs,
        "moves": [] if is_young else _moves(person, application),
        "grants": _grants(application),
        **gaps_of(application),
    }


def gaps_of(application: Application) -> dict[str, Any]:
    """What it would fill of what is missing now, first what its round aims at."""
    found = aiming.would_fill(application)
    return {
        "aimed": aiming.aimed(application, aiming.gaps_of(application.round)),
        "would_fill": found[:MOST_GAPS],
        "would_fill_more": max(0, len(found) - MOST_GAPS),
    }


def _checks(application: Application, answer: Answer) -> list[CheckRow]:
    sent = answer.check
    return [
        CheckRow(
            one,
            sent
            if sent and sent.kind == one.wanted.kind
            else CheckForm(kind=one.wanted.kind, application=application),
        )
        for one in checking.list_of(application)
    ]


def _moves(person: Any, application: Application) -> QuerySet[ApplicationMove]:
    """What the panel has settled is left out for whoever may not see what it has given."""
    moves = application.moves.select_related("moved_by").order_by("-moved_at", "-pk")
    if sight.may_see_totals(person, application.round):
        return moves
    return moves.exclude(from_status__in=PROVISIONAL).exclude(to_status__in=PROVISIONAL)


def _grants(application: Application) -> list[Given]:
    """Published ones, so that they tell no more than everybody may know."""
    ours = PublishedGrant.objects.none()
    if application.organisation_id:
        ours = PublishedGrant.objects.ours().filter(organisation=application.organisation_id)
    found = [*ours.newest_first()[:MOST_GRANTS], *found_of_applicant(application)[:MOST_GRANTS]]
    return [Given(one, in_currency(one.amount_awarded, one.currency)) for one in found]
