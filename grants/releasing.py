"""Telling everybody at once what was decided. Until then nobody outside the panel knows."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.outbox import queue
from assets.words import long_date
from grants import sight
from grants.models import (
    Application,
    ApplicationStatus,
    Award,
    Decision,
    Letter,
    Round,
    RoundMove,
    RoundStatus,
)
from grants.moving import move

# What the panel settled → what the group is told.
TOLD = {
    ApplicationStatus.TO_AWARD: ApplicationStatus.AWARDED,
    ApplicationStatus.TO_RESERVE: ApplicationStatus.RESERVE,
    ApplicationStatus.TO_DECLINE: ApplicationStatus.DECLINED,
}
LETTER_OF = {
    ApplicationStatus.TO_AWARD: Letter.Kind.AWARD,
    ApplicationStatus.TO_RESERVE: Letter.Kind.RESERVE,
    ApplicationStatus.TO_DECLINE: Letter.Kind.DECLINE,
}
OFFER_STANDS = timedelta(days=28)
# Stands in the text of a letter for the last day to answer, which is known when it leaves.
ANSWER_BY = "{answer_by}"
# More of one kind are told as a number.
MANY = 3


class NotReady(ValidationError):
    """What has to be done first: `todo`, in words, each of one application."""

    def __init__(self, todo: list[str]) -> None:
        self.todo = todo
        super().__init__(todo)


class LetterChanged(ValidationError):
    """Somebody else wrote in the letter meanwhile."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        super().__init__(_("Somebody else has changed this letter meanwhile."))


def may_release(person: User, round: Round) -> bool:
    return person.has_perm("grants.run_round") and sight.may_see_totals(person, round)


def not_ready(round: Round) -> list[str]:
    """What keeps a round from being released, in words."""
    todo = []
    waiting = round.applications.filter(
        status__in=[ApplicationStatus.SUBMITTED, ApplicationStatus.IN_SCORING]
    )
    open_ones = [one.reference for one in _named(waiting)]
    if len(open_ones) > MANY:
        todo.append(_("%d are not decided.") % len(open_ones))
    else:
        todo += [_("%s is not decided.") % one for one in open_ones]
    told = list(_named(round.applications.filter(status__in=TOLD)))
    return todo + _not_ready_to_tell(told)


def _not_ready_to_tell(told: list[Application]) -> list[str]:
    letters = letters_to(told)
    decided = Decision.objects.filter(application__in=told).order_by().values("application")
    decided_at = dict(decided.annotate(at=Max("decided_at")).values_list("application", "at"))
    todo = []
    for one in told:
        if one.status == ApplicationStatus.TO_AWARD and one.organisation_id is None:
            todo.append(
                _("%(reference)s: the group “%(group)s” is not in the directory yet.")
                % {"reference": one.reference, "group": one.group_name}
            )
        letter, last = letters.get(one.pk), decided_at.get(one.pk)
        if letter is None:
            todo.append(_("%s has no letter.") % one.reference)
        elif letter.read_at is None:
            todo.append(_("Nobody has read the letter to %s.") % one.reference)
        elif last and letter.read_at < last:
            todo.append(_("Nobody has read the letter to %s since it was decided.") % one.reference)
    return todo


def letters_to(applications: list[Application]) -> dict[object, Letter]:
    """Application → the letter that says what it is to be told: of that kind, and that amount.

    One that says something else was drafted before the panel thought again, and is never used.
    """
    by_key = {one.pk: one for one in applications if one.status in LETTER_OF}
    return {
        letter.application_id: letter
        for letter in Letter.objects.filter(application__in=[*by_key])
        if says_so(letter, by_key[letter.application_id])
    }


def says_so(letter: Letter, application: Application) -> bool:
    """Whether this letter tells what was settled of its application."""
    kind = LETTER_OF.get(ApplicationStatus(application.status))
    return letter.kind == kind and letter.amount == application.award


def _named(applications: QuerySet[Application]) -> QuerySet[Application]:
    return applications.select_related("round").order_by("number")


@transaction.atomic
def write_letter(
    *, letter: Letter, subject: str, body: str, version: int, is_read: bool, by: User
) -> Letter:
    """Change a draft, and say whether it has been read as it now stands.

    Raises LetterChanged where somebody else was first, and ValidationError once it is sent.
    """
    now = timezone.now()
    changed = Letter.objects.filter(pk=letter.pk, version=version, sent_at=None).update(
        subject=subject,
        body=body,
        version=F("version") + 1,
        read_at=now if is_read else None,
        read_by=by if is_read else None,
    )
    letter.refresh_from_db()
    if not changed:
        if letter.sent_at:
            raise ValidationError(_("This letter has been sent."))
        raise LetterChanged(letter)
    return letter


@transaction.atomic
def say_subsidy(*, letter: Letter, subsidy: str, by: User) -> None:
    """What the agreement of this offer says of subsidies. ValidationError once it is sent."""
    if not may_release(by, letter.application.round):
        raise PermissionDenied
    if subsidy not in Award.Subsidy.values:
        raise ValidationError(_("Say whether it is a subsidy."))
    drafts = Letter.objects.filter(pk=letter.pk, kind=Letter.Kind.AWARD, sent_at=None)
    if not drafts.update(subsidy=subsidy):
        raise ValidationError(_("This letter has been sent."))


@transaction.atomic
def release(*, round: Round, by: User) -> Round:
    """Every letter leaves, every status is told, every award is offered: all of it or nothing.

    Released already, it is the same again. Raises NotReady, and PermissionDenied for whoever does
    not run rounds or has an interest in this one.
    """
    locked = Round.objects.select_for_update().get(pk=round.pk)
    if not may_release(by, locked):
        raise PermissionDenied
    if locked.status in (RoundStatus.DECIDED, RoundStatus.CLOSED):
        return locked
    if locked.status != RoundStatus.PANEL:
        raise ValidationError(_("This round is not with the panel."))
    # Nobody writes in a letter between here and its leaving.
    list(Letter.objects.select_for_update().filter(application__round=locked))
    if todo := not_ready(locked):
        raise NotReady(todo)
    for application in _named(locked.applications.filter(status__in=TOLD)):
        _tell(application, by)
    locked.status = RoundStatus.DECIDED
    locked.save(update_fields=["status"])
    RoundMove.objects.create(
        round=locked, from_status=RoundStatus.PANEL, to_status=RoundStatus.DECIDED, moved_by=by
    )
    return locked


def _tell(application: Application, by: User) -> None:
    was = ApplicationStatus(application.status)
    letter = Letter.objects.get(application=application, kind=LETTER_OF[was])
    move(application, TOLD[was], by=by, award=application.award)
    if application.status == ApplicationStatus.AWARDED:
        offer(application, subsidy=letter.subsidy)
    send(letter)


def offer(application: Application, *, subsidy: str = Award.Subsidy.NONE) -> Award:
    """An award to be accepted, of what the panel gave."""
    columns = ("organisation", "starts_on", "ends_before")
    return Award.objects.create(
        **{name: getattr(application, name) for name in columns},
        application=application,
        amount=application.award,
        subsidy=subsidy,
        offer_ends_on=timezone.localdate() + OFFER_STANDS,
        is_example=application.is_example,
    )


def text_of(letter: Letter) -> str:
    """Its text as it is mailed, to the last sign: were it sent today, unless it was sent."""
    answer_by = long_date(timezone.localdate() + OFFER_STANDS)
    return letter.body.replace(ANSWER_BY, answer_by).strip() + "\n"


def send(letter: Letter) -> None:
    """To everybody who wrote the application, once each, however often it is asked for."""
    letter.body = text_of(letter)
    for applicant in letter.application.applicants.select_related("person"):
        mail = queue.put(
            to=applicant.person.email,
            subject=letter.subject,
            body=letter.body,
            reason=f"letter-{letter.kind}",
            # Who looks after mail reads this, with the address: it is the same for a yes and a no.
            label=_("Letter of the fund"),
            # It tells what somebody was given, or was not.
            secret=True,
            once=f"letter-{letter.pk}-{applicant.person_id}",
        )
        letter.mails.add(mail)
    letter.sent_at = timezone.now()
    letter.save(update_fields=["body", "sent_at"])
