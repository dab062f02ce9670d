"""Declaring interests: the names of those who apply, and what one has to do with each."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from assets.admin.base import who
from grants import interests, sight
from grants.models import Application, Declaration, Interest, Round
from grants.scoring import mine

LONGEST = 300


class InterestForm(forms.Form):
    """What somebody has to do with one application; nothing, as a rule."""

    kind = forms.ChoiceField(
        required=False, choices=[("", gettext_lazy("nothing")), *Interest.Kind.choices]
    )
    why = forms.CharField(required=False, max_length=LONGEST)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") and not cleaned.get("why") and "why" not in self.errors:
            self.add_error("why", _("Say what it is, in a few words."))
        if cleaned.get("why") and not cleaned.get("kind") and "kind" not in self.errors:
            self.add_error("kind", _("Say what kind it is."))
        return cleaned


@dataclass(frozen=True)
class Line:
    application: Application
    form: InterestForm
    is_plain: bool


def page(model_admin: Any, request: HttpRequest, key: UUID) -> HttpResponse:
    person = who(request)
    mine_too = [one.round.pk for one in mine.rounds_of(person)]
    round = get_object_or_404(Round.objects.filter(pk__in=mine_too), pk=key)
    has_declared = Declaration.objects.filter(round=round, person=person).exists()
    lines = _lines(request, person, round, has_declared=has_declared)
    wrong: list[str] = []
    if request.method == "POST" and all(line.form.is_valid() for line in lines):
        try:
            messages.success(request, _do(person, round, lines, has_declared=has_declared))
        except ValidationError as refused:
            wrong = refused.messages
        else:
            return HttpResponseRedirect(reverse("admin:grants_scoresheet_changelist"))
    context = {
        "round": round,
        "lines": lines,
        "wrong": wrong,
        "has_problem": bool(wrong) or any(line.form.errors for line in lines),
        "has_declared": has_declared,
        "may_declare": interests.may_be_declared(round),
    }
    title = _("Your interests")
    shown: HttpResponse = model_admin.show(request, "admin/grants/declare.html", title, **context)
    return shown


def _lines(request: HttpRequest, person: User, round: Round, *, has_declared: bool) -> list[Line]:
    """Names and titles alone; and nothing more of what is declared already."""
    if not interests.may_be_declared(round):
        return []
    names = sight.to_declare_on(person, round).order_by("group_name", "number")
    plain = set(names.filter(sight.writes_or_acts_for(person)).values_list("pk", flat=True))
    shown = names.exclude(pk__in=Interest.objects.of(person).values("application"))
    if has_declared:
        shown = shown.exclude(sight.concerns(person))
    data = request.POST if request.method == "POST" else None
    return [Line(one, InterestForm(data, prefix=str(one.pk)), one.pk in plain) for one in shown]


@transaction.atomic
def _do(person: User, round: Round, lines: list[Line], *, has_declared: bool) -> str:
    """What was done, in words."""
    said = {
        line.application: (line.form.cleaned_data["kind"], line.form.cleaned_data["why"])
        for line in lines
        if line.form.cleaned_data["kind"]
    }
    if has_declared:
        if not said:
            raise ValidationError(_("Choose what you have to do with a group, and say what it is."))
        for application, words in said.items():
            interests.add(application=application, person=person, said=words, by=person)
    else:
        interests.declare(round=round, person=person, interests=said)
    number = len(said)
    if not number:
        return _("You have declared that you have nothing to do with any of them.")
    return ngettext(
        "You have declared %(number)d interest. You see no more of that application.",
        "You have declared %(number)d interests. You see no more of those applications.",
        number,
    ) % {"number": number}
