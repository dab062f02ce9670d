"""The letters of a round: who is to be told what, what keeps them from going, and what went."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import OutgoingMail
from accounts.outbox.models import Status as MailStatus
from assets.admin.base import who
from grants import releasing
from grants.letters.drafting import draft
from grants.models import Applicant, Application, ApplicationStatus, Letter, Round, RoundStatus
from grants.models.application_status import TOLD
from grants.money import in_pounds


@dataclass(frozen=True)
class Line:
    """One application, what it is told, and the letter that says so, None while there is none."""

    application: Application
    is_told: str
    amount: str
    letter: Letter | None
    wrong: list[str]

    @property
    def state(self) -> str:
        if self.letter is None:
            return _("No letter yet")
        if self.letter.sent_at:
            return _("Sent")
        return _("Read") if self.letter.read_at else _("To read")

    @property
    def is_done(self) -> bool:
        return self.letter is not None and self.letter.read_at is not None


def page(model_admin: Any, request: HttpRequest, round: Round) -> HttpResponse:
    wrong: list[str] = []
    if request.method == "POST":
        try:
            number = draft(round=round, by=who(request))
        except ValidationError as refused:
            wrong = list(refused.messages)
        else:
            words = ngettext("%d letter drafted.", "%d letters drafted.", number) % number
            messages.success(request, words)
            return HttpResponseRedirect(reverse("admin:grants_letter_round", args=[round.pk]))
    lines = lines_of(round)
    at_panel = round.status == RoundStatus.PANEL
    shown: HttpResponse = model_admin.show(
        request,
        "admin/grants/letter_round.html",
        str(round),
        round=round,
        lines=lines,
        wrong=wrong,
        at_panel=at_panel,
        missing=sum(line.letter is None for line in lines),
        first_unread=next((one.letter for one in lines if one.letter and not one.is_done), None),
        not_ready=releasing.not_ready(round) if at_panel else [],
        mails=_told_of_mails(lines),
    )
    return shown


def release_page(model_admin: Any, request: HttpRequest, round: Round) -> HttpResponse:
    """Says what will happen, and asks."""
    back = HttpResponseRedirect(reverse("admin:grants_letter_round", args=[round.pk]))
    wrong: list[str] = []
    if request.method == "POST":
        try:
            releasing.release(round=round, by=who(request))
        except ValidationError as refused:
            wrong = list(refused.messages)
        else:
            messages.success(request, _("All of them are told. The letters are on their way."))
            return back
    if round.status != RoundStatus.PANEL:
        return back
    lines = lines_of(round)
    people = Applicant.objects.filter(application__in=[one.application for one in lines])
    shown: HttpResponse = model_admin.show(
        request,
        "admin/grants/letter_release.html",
        _("Release together"),
        round=round,
        kinds=list(Counter(line.is_told for line in lines).items()),
        letters=len(lines),
        people=people.values("person__email").distinct().count(),
        total=in_pounds(sum((one.application.award or Decimal(0) for one in lines), Decimal(0))),
        not_ready=wrong or releasing.not_ready(round),
    )
    return shown


def lines_of(round: Round) -> list[Line]:
    """In the order in which they came, in the same few queries for any number of them."""
    settled = [*releasing.TOLD, *TOLD]
    found = round.applications.filter(status__in=settled).select_related("round")
    applications = list(found.order_by("number"))
    letters = releasing.letters_to(applications)
    mails: dict[object, list[str]] = {}
    sent = Letter.objects.filter(application__in=applications, sent_at__isnull=False)
    for letter in sent.order_by("sent_at").prefetch_related("mails"):
        letters[letter.application_id] = letter
        mails[letter.application_id] = list(_wrong_with(letter.mails.all()))
    return [_line(one, letters.get(one.pk), mails.get(one.pk, [])) for one in applications]


def _line(application: Application, letter: Letter | None, wrong: list[str]) -> Line:
    status = ApplicationStatus(application.status)
    amount = ""
    if application.award is not None and application.ideal is not None:
        said = {"amount": in_pounds(application.award), "asked": in_pounds(application.ideal)}
        in_part = application.award < application.ideal
        amount = _("%(amount)s of %(asked)s") % said if in_part else said["amount"]
    told = releasing.LETTER_OF.get(status)
    return Line(application, str(told.label if told else status.label), amount, letter, wrong)


def _wrong_with(mails: Iterable[OutgoingMail]) -> Iterable[str]:
    """Those that did not arrive, or of which nobody knows: never sent again by themselves."""
    for mail in mails:
        if mail.status in (MailStatus.FAILED, MailStatus.UNKNOWN):
            yield f"{mail.to}: {mail.get_status_display()}"


def _told_of_mails(lines: list[Line]) -> list[tuple[str, int]]:
    """How many letters went how far, of those that have left."""
    keys = [one.letter.pk for one in lines if one.letter and one.letter.sent_at]
    if not keys:
        return []
    statuses = Letter.mails.through.objects.filter(letter__in=keys)
    counted = Counter(statuses.values_list("outgoingmail__status", flat=True))
    return [(str(one.label), counted[one.value]) for one in MailStatus if counted[one.value]]
