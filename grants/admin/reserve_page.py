"""Who is next in line, and giving them what was freed."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.admin.base import who
from grants import offers
from grants.letters.drafting import draft_from_reserve
from grants.models import Application, Letter, Round
from grants.money import in_pounds


class AmountForm(forms.Form):
    amount = forms.DecimalField(
        label=gettext_lazy("Award, in pounds"), max_digits=9, decimal_places=2
    )


@dataclass(frozen=True)
class Line:
    """One in line. `is_next`: nobody before them fits what is left, and they do."""

    application: Application
    rank: int | None
    least: str
    most: str
    is_next: bool
    letter: Letter | None

    @property
    def amount(self) -> str:
        return in_pounds(self.letter.amount) if self.letter and self.letter.amount else ""


@dataclass
class Answer:
    form: AmountForm = field(default_factory=AmountForm)
    wrong: list[str] = field(default_factory=list)


def page(model_admin: Any, request: HttpRequest, round: Round) -> HttpResponse:
    answer = Answer()
    if request.method == "POST":
        came = _answered(request, round, answer)
        if came is not None:
            return came
        round.refresh_from_db()
    lines = _lines(round)
    following = next((one for one in lines if one.is_next), None)
    if following and not answer.form.is_bound:
        most = min(following.application.ideal or Decimal(0), round.left)
        answer.form = AmountForm(initial={"amount": most})
    shown: HttpResponse = model_admin.show(
        request,
        "admin/grants/reserve.html",
        str(round),
        round=round,
        lines=lines,
        following=following,
        answer=answer,
        pot={name: in_pounds(getattr(round, name)) for name in ("pot", "committed", "left")},
    )
    return shown


def _answered(request: HttpRequest, round: Round, answer: Answer) -> HttpResponse | None:
    following = next((one for one in _lines(round) if one.is_next), None)
    seen = request.POST.get("application", "")
    try:
        if following is None or str(following.application.pk) != seen:
            raise ValidationError(_("Who is next has changed meanwhile. Look again first."))
        if request.POST.get("do") == "award":
            return _award(request, round, following)
        answer.form = AmountForm(request.POST)
        if not answer.form.is_valid():
            return None
        amount = answer.form.cleaned_data["amount"]
        letter = draft_from_reserve(
            application=following.application, amount=amount, by=who(request)
        )
    except ValidationError as refused:
        answer.wrong = list(refused.messages)
        return None
    return HttpResponseRedirect(reverse("admin:grants_letter_change", args=[letter.pk]))


def _award(request: HttpRequest, round: Round, following: Line) -> HttpResponse:
    letter = following.letter
    if letter is None or letter.amount is None:
        raise ValidationError(_("Draft the letter first."))
    award = offers.award_from_reserve(
        application=following.application, amount=letter.amount, letter=letter, by=who(request)
    )
    said = {"amount": in_pounds(award.amount), "group": following.application.group_name}
    messages.success(request, _("%(amount)s is offered to %(group)s.") % said)
    return HttpResponseRedirect(reverse("admin:grants_award_reserve", args=[round.pk]))


def _lines(round: Round) -> list[Line]:
    waiting = list(offers.next_in_line(round).select_related("round"))
    drafts = Letter.objects.filter(
        application__in=waiting, kind=Letter.Kind.AWARD, sent_at=None
    ).select_related("read_by")
    letters = {one.application_id: one for one in drafts}
    found: list[Line] = []
    for one in waiting:
        fits = one.minimum is not None and one.minimum <= round.left
        found.append(
            Line(
                application=one,
                rank=one.rank,  # type: ignore[attr-defined]  # annotated
                least=in_pounds(one.minimum or Decimal(0)),
                most=in_pounds(one.ideal or Decimal(0)),
                is_next=fits and not any(before.is_next for before in found),
                letter=letters.get(one.pk),
            )
        )
    return found
