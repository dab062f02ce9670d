"""One letter: to change, to see as it will be mailed, to say that one has read it."""

import re
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.outbox.html import SIGNATURE
from assets.admin.base import who
from grants import releasing
from grants.admin import condition_parts
from grants.models import ApplicationStatus, Award, Letter
from grants.models.application_status import GIVEN
from grants.money import in_pounds
from grants.releasing import LetterChanged

LONGEST_SUBJECT, LONGEST = 150, 10_000
PLACEHOLDER = re.compile(r"\{\w*\}")


class LetterForm(forms.Form):
    """`version` is that of the letter as it was shown."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=LONGEST_SUBJECT,
        help_text=gettext_lazy("Who looks after our mail can read it: say neither yes nor no."),
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 24, "class": "letter__text"}),
    )

    def clean_body(self) -> str:
        # A browser sends two signs for each end of a line.
        body = str(self.cleaned_data["body"]).replace("\r\n", "\n")
        if unknown := sorted(set(PLACEHOLDER.findall(body)) - {releasing.ANSWER_BY}):
            said = _("Nothing is put in place of %s: take it out.")
            raise forms.ValidationError(said % ", ".join(unknown))
        return body


@dataclass
class Answer:
    """What came of what somebody pressed. `theirs` is what a colleague wrote meanwhile."""

    form: LetterForm
    wrong: list[str] = field(default_factory=list)
    theirs: Letter | None = None
    conditions: condition_parts.Parts = field(default_factory=condition_parts.Parts)

    @property
    def has_problem(self) -> bool:
        return bool(self.wrong or self.theirs or self.form.errors or self.conditions.has_problem)


def page(model_admin: Any, request: HttpRequest, letter: Letter) -> HttpResponse:
    answer = Answer(_form_of(letter))
    if request.method == "POST":
        came = _answered(request, letter)
        if isinstance(came, HttpResponse):
            return came
        answer = came
        letter = get_object_or_404(model_admin.get_queryset(request), pk=letter.pk)
    application = letter.application
    its_mail = releasing.text_of(letter)
    text, _dashes, signature = its_mail.partition(SIGNATURE)
    is_award = letter.kind == Letter.Kind.AWARD
    shown: HttpResponse = model_admin.show(
        request,
        "admin/grants/letter.html",
        application.title,
        letter=letter,
        application=application,
        answer=answer,
        amount=in_pounds(letter.amount) if letter.amount else "",
        is_used=_is_used(letter),
        in_reserve=application.status == ApplicationStatus.RESERVE and is_award,
        people=[one.person for one in application.applicants.select_related("person")],
        text=text.strip(),
        signature=signature.strip(),
        next=_next_after(letter),
        subsidies=Award.Subsidy.choices if is_award and not letter.sent_at else [],
        has_conditions=is_award and application.status in GIVEN,
        agreed=Award.objects.filter(application=application, accepted_at__isnull=False).exists(),
        conditions=condition_parts.lines_of(application),
    )
    return shown


def _form_of(letter: Letter) -> LetterForm:
    said = {name: getattr(letter, name) for name in ("version", "subject", "body")}
    return LetterForm(initial=said)


def _answered(request: HttpRequest, letter: Letter) -> Answer | HttpResponse:
    do = request.POST.get("do", "")
    here = HttpResponseRedirect(reverse("admin:grants_letter_change", args=[letter.pk]))
    if do in condition_parts.VERBS:
        answer = Answer(_form_of(letter))
        said = condition_parts.do(request, letter.application, answer.conditions)
    elif do == "subsidy":
        answer = Answer(_form_of(letter))
        said = _say_subsidy(request, letter, answer)
    else:
        answer = Answer(LetterForm(request.POST))
        said = _write(request, letter, answer, is_read=do == "read")
    if not said:
        return answer
    messages.success(request, said)
    return _onwards(letter) if do == "read" else here


def _write(request: HttpRequest, letter: Letter, answer: Answer, *, is_read: bool) -> str:
    if not answer.form.is_valid():
        return ""
    try:
        releasing.write_letter(
            letter=letter, is_read=is_read, by=who(request), **answer.form.cleaned_data
        )
    except LetterChanged as changed:
        # Theirs is shown; what was typed stays, and is saved over it if that is what is wanted.
        answer.theirs = changed.letter
        answer.form.data = {**request.POST.dict(), "version": str(changed.letter.version)}
        return ""
    except ValidationError as refused:
        answer.wrong = list(refused.messages)
        return ""
    return _("You have read it.") if is_read else _("Saved. It has to be read before it goes.")


def _say_subsidy(request: HttpRequest, letter: Letter, answer: Answer) -> str:
    said = request.POST.get("subsidy", "")
    try:
        releasing.say_subsidy(letter=letter, subsidy=said, by=who(request))
    except ValidationError as refused:
        answer.wrong = list(refused.messages)
        return ""
    return _("The agreement says so now.")


def _onwards(letter: Letter) -> HttpResponse:
    following = _next_after(letter)
    its_round = letter.application.round_id
    if following:
        url = reverse("admin:grants_letter_change", args=[following.pk])
    elif letter.application.status == ApplicationStatus.RESERVE:
        url = reverse("admin:grants_award_reserve", args=[its_round])
    else:
        url = reverse("admin:grants_letter_round", args=[its_round])
    return HttpResponseRedirect(url)


def _is_used(letter: Letter) -> bool:
    """Whether it says what will be told; sent, it has said it."""
    application = letter.application
    next_in_line = application.status == ApplicationStatus.RESERVE
    for_reserve = next_in_line and letter.kind == Letter.Kind.AWARD
    return bool(letter.sent_at) or for_reserve or releasing.says_so(letter, application)


def _next_after(letter: Letter) -> Letter | None:
    """The next that nobody has read and that will be sent, from here to the end and round again."""
    number = letter.application.number or 0
    unread = Letter.objects.filter(
        ~Q(pk=letter.pk),
        application__round=letter.application.round_id,
        application__status__in=releasing.TOLD,
        read_at=None,
    ).select_related("application")
    waiting = [one for one in unread if releasing.says_so(one, one.application)]
    waiting.sort(key=lambda one: ((one.application.number or 0) < number, one.application.number))
    return waiting[0] if waiting else None
