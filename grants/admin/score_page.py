"""One application on one side, the criteria on the other."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from assets.admin.base import who
from grants import interests, sight
from grants.admin import score_words
from grants.admin.declare_page import InterestForm
from grants.applying.reading import sections
from grants.models import Application, Criterion, ScoreSheet
from grants.money import in_pounds
from grants.scoring import mine, writing
from grants.scoring.writing import NOT_APPLICABLE, Words, level_field, reason_field

MONEY = ["minimum", "ideal", "total_cost"]


@dataclass
class Answer:
    """What somebody pressed, and what came of it. `said` is what the form shows."""

    said: Words = field(default_factory=dict)
    version: int = 0
    wrong: list[str] = field(default_factory=list)
    beside: dict[str, str] = field(default_factory=dict)
    theirs: Words = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    interest: InterestForm = field(default_factory=lambda: InterestForm(prefix="interest"))

    @property
    def has_problem(self) -> bool:
        return bool(self.wrong or self.beside or self.interest.errors)


@dataclass(frozen=True)
class Choice:
    value: str
    name: str
    description: str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """One criterion on the page; `theirs_…` is what another window wrote, None where nothing."""

    criterion: Criterion
    level_field: str
    reason_field: str
    choices: list[Choice]
    reason: str
    wrong_level: str
    wrong_reason: str
    theirs_level: str | None
    theirs_reason: str | None


def page(model_admin: Any, request: HttpRequest, sheet: ScoreSheet) -> HttpResponse:
    person = who(request)
    answer = Answer()
    if request.method == "POST":
        came = _answered(request, sheet, person)
        if isinstance(came, HttpResponse):
            return came
        answer = came
        again = model_admin.get_queryset(request).filter(pk=sheet.pk).first()
        if again is None:
            return not_theirs(request)
        sheet = again
    application = sheet.application
    shown: HttpResponse = model_admin.show(
        request,
        "admin/grants/score.html",
        application.title,
        **_application(application, person),
        **_form(sheet, answer),
        sheet=sheet,
        answer=answer,
        may_write=sheet.is_open and writing.is_time_for(sheet),
        columns=score_words.columns(sight.sheets(person, application)),
        next=mine.next_after(sheet),
    )
    return shown


def _answered(request: HttpRequest, sheet: ScoreSheet, by: User) -> Answer | HttpResponse:
    posted = {name: str(value) for name, value in request.POST.items()}
    if posted.get("do") == "interest":
        return _declared(request, sheet, by)
    version = posted.get("version", "")
    answer = Answer(said=posted, version=int(version) if _is_number(version) else 0)
    try:
        written = writing.write(sheet=sheet, version=answer.version, said=posted, by=by)
        answer.version = written.version
        answer.said = {}
        if posted.get("do") == "submit":
            writing.hand_in(sheet=sheet, version=written.version, by=by)
    except ValidationError as refused:
        return _told(refused, answer, sheet)
    handed_in = posted.get("do") == "submit"
    messages.success(request, _("Your scores are in.") if handed_in else _("Saved."))
    return HttpResponseRedirect(reverse("admin:grants_scoresheet_change", args=[sheet.pk]))


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) < 9


def _told(refused: ValidationError, answer: Answer, sheet: ScoreSheet) -> Answer:
    if isinstance(refused, writing.WrittenMeanwhile):
        answer.said, answer.theirs = refused.merged, refused.theirs
        answer.version = refused.sheet.version
    if hasattr(refused, "error_dict"):
        answer.beside = {name: " ".join(said) for name, said in refused.message_dict.items()}
    else:
        answer.wrong = list(refused.messages)
    if isinstance(refused, writing.SheetClosed):
        # Nothing that was typed is lost without a word: it is shown, to copy.
        answer.lost = _texts(answer.said)
        answer.said = {}
    return answer


def _declared(request: HttpRequest, sheet: ScoreSheet, by: User) -> Answer | HttpResponse:
    form = InterestForm(request.POST, prefix="interest")
    answer = Answer(version=sheet.version, interest=form)
    if not form.is_valid():
        return answer
    said = (form.cleaned_data["kind"], form.cleaned_data["why"])
    if not said[0]:
        answer.wrong = [_("Say what kind of interest it is.")]
        return answer
    try:
        interests.add(application=sheet.application, person=by, said=said, by=by)
    except ValidationError as refused:
        answer.wrong = list(refused.messages)
        return answer
    messages.success(request, _("You have declared it. You see no more of that application."))
    return HttpResponseRedirect(reverse("admin:grants_scoresheet_changelist"))


def not_theirs(request: HttpRequest) -> HttpResponse:
    """Given to somebody else, or taken back meanwhile: what they had typed is shown, to copy."""
    messages.error(request, _("You do not score this any more."))
    for text in _texts({name: str(value) for name, value in request.POST.items()}):
        messages.info(request, _("You had written: %s") % text)
    return HttpResponseRedirect(reverse("admin:grants_scoresheet_changelist"))


def _texts(said: Words) -> list[str]:
    names = ("reason-", "note")
    return [text for name, text in said.items() if name.startswith(names) and text.strip()]


def _application(application: Application, person: User) -> dict[str, Any]:
    """What is to be read. Young scorers get nothing that tells of people."""
    is_young = sight.is_young_in(person, application.round)
    return {
        "application": application,
        "round": application.round,
        "is_young": is_young,
        "money": {name: in_pounds(getattr(application, name)) for name in MONEY},
        "sections": sections(application, for_young=is_young),
        "needs_groups": application.needs_groups.all(),
        "themes": application.themes.all(),
        "places": application.places.all(),
        "documents": sight.documents(person).filter(application=application).defer("data"),
    }


def _form(sheet: ScoreSheet, answer: Answer) -> dict[str, Any]:
    criteria = writing.criteria_of(sheet.application.round)
    said = writing.said_of(sheet, criteria) | answer.said
    return {
        "rows": [_row(one, said, answer) for one in criteria],
        "note": said["note"],
        "version": answer.version or sheet.version,
    }


def _row(criterion: Criterion, said: Words, answer: Answer) -> Row:
    level, reason = level_field(criterion), reason_field(criterion)
    choices = [
        Choice(str(one.pk), str(one), one.description, said[level] == str(one.pk))
        for one in criterion.levels.all()
    ]
    if criterion.may_not_apply:
        left_out = _("It is left out, and never counts as nothing.")
        is_chosen = said[level] == NOT_APPLICABLE
        choices.append(Choice(NOT_APPLICABLE, _("Not applicable"), left_out, is_chosen))
    names = {one.value: one.name for one in choices}
    theirs = answer.theirs.get(level)
    return Row(
        criterion=criterion,
        level_field=level,
        reason_field=reason,
        choices=choices,
        reason=said[reason],
        wrong_level=answer.beside.get(level, ""),
        wrong_reason=answer.beside.get(reason, ""),
        theirs_level=None if theirs is None else names.get(theirs, _("nothing")),
        theirs_reason=answer.theirs.get(reason),
    )
