"""One award: what was given and agreed, what it is bound to, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.admin.base import who
from grants import agreeing, offers
from grants.admin import condition_parts
from grants.models import Award, AwardStatus, PublishedGrant
from grants.models.awards import AWARD_MOVES
from grants.money import in_pounds
from grants.threesixty.telling import TOLD, tell


@dataclass(frozen=True)
class Part:
    """What another page of the staff's adds to an award's: a template, and what `part` is in it."""

    template: str
    part: Callable[[HttpRequest, Award], Any]


# In their order, below what was agreed: payments, say. Each module adds its own when it is read.
PARTS: list[Part] = []


class EndForm(forms.Form):
    unspent = forms.DecimalField(
        label=gettext_lazy("Goes back into the pot, in pounds"),
        max_digits=9,
        decimal_places=2,
        min_value=0,
        help_text=gettext_lazy("Of what has not been paid. What was paid stays with the group."),
    )
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=2000,
        help_text=gettext_lazy("For the record. Only staff see it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@dataclass
class Answer:
    wrong: list[str] = field(default_factory=list)
    conditions: condition_parts.Parts = field(default_factory=condition_parts.Parts)

    @property
    def has_problem(self) -> bool:
        return bool(self.wrong or self.conditions.has_problem)


def page(model_admin: Any, request: HttpRequest, award: Award) -> HttpResponse:
    answer = Answer()
    if request.method == "POST":
        if said := _done(request, award, answer):
            messages.success(request, said)
            return _page_of(award)
        award = get_object_or_404(model_admin.get_queryset(request), pk=award.pk)
    application = award.application
    is_told = award.status in TOLD
    shown: HttpResponse = model_admin.show(
        request,
        "admin/grants/award.html",
        application.title,
        award=award,
        application=application,
        answer=answer,
        money=_money(award),
        last_day=award.ends_before - timedelta(days=1),
        agreement=agreeing.blocks_of(agreeing.agreement_of(award)),
        conditions=condition_parts.lines_of(application),
        moves=award.moves.select_related("moved_by").order_by("-moved_at", "-pk"),
        letters=application.letters.exclude(sent_at=None).order_by("sent_at"),
        subsidies=Award.Subsidy.choices if award.status == AwardStatus.OFFERED else [],
        may_end=AwardStatus.ENDED_EARLY in AWARD_MOVES[AwardStatus(award.status)],
        published=PublishedGrant.objects.ours().filter(application=application).first(),
        is_told=is_told,
        parts=[(one.template, one.part(request, award)) for one in PARTS],
    )
    return shown


def end_page(model_admin: Any, request: HttpRequest, award: Award) -> HttpResponse:
    """Says what will happen, and asks."""
    if AwardStatus.ENDED_EARLY not in AWARD_MOVES[AwardStatus(award.status)]:
        return _page_of(award)
    posted = request.POST if request.method == "POST" else None
    form = EndForm(posted, initial={"unspent": award.amount - award.paid})
    if form.is_valid():
        try:
            offers.end_early(award=award, by=who(request), **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("It has ended."))
            return _page_of(award)
    shown: HttpResponse = model_admin.show(
        request,
        "admin/grants/award_end.html",
        _("End it early"),
        award=award,
        form=form,
        money=_money(award),
    )
    return shown


def _done(request: HttpRequest, award: Award, answer: Answer) -> str:
    do = request.POST.get("do", "")
    if do in condition_parts.VERBS:
        return condition_parts.do(request, award.application, answer.conditions)
    try:
        if do == "subsidy":
            said = request.POST.get("subsidy", "")
            agreeing.set_subsidy(award=award, subsidy=said, by=who(request))
            return _("The agreement says so now.")
        if do == "publish":
            answer.wrong = tell(award=award)
            return "" if answer.wrong else _("It is published.")
    except ValidationError as refused:
        answer.wrong = list(refused.messages)
        return ""
    answer.wrong = [_("Choose one of the buttons.")]
    return ""


def _money(award: Award) -> dict[str, str]:
    names = ("amount", "planned", "paid", "returned")
    return {name: in_pounds(getattr(award, name)) for name in names}


def _page_of(award: Award) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:grants_award_change", args=[award.pk]))
