"""Telling everybody at once what was decided. Until then nobody outside the panel knows."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.outbox import queue
from grants import sight
from grants.models import (
    Application,
    ApplicationStatus,
    Award,
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
    todo += [_("%s is not decided.") % one.reference for one in _named(waiting)]
    letters = {
        (one.application_id, one.kind): one
        for one in Letter.objects.filter(application__round=round)
    }
    for one in _named(round.applications.filter(status__in=TOLD)):
        if one.status == ApplicationStatus.TO_AWARD and one.organisation_id is None:
            todo.append(
                _("%(reference)s: the group “%(group)s” is not in the directory yet.")
                % {"reference": one.reference, "group": one.group_name}
            )
        letter = letters.get((one.pk, LETTER_OF[ApplicationStatus(one.status)]))
        if letter is None:
            todo.append(_("%s has no letter.") % one.reference)
        elif letter.read_at is None:
            todo.append(_("Nobody has read the letter to %s.") % one.reference)
    return todo


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
        offer(application)
    send(letter)


def offer(application: Application) -> Award:
    """An award to be accepted, of what the panel gave."""
    columns = ("organisation", "starts_on", "ends_before")
    return Award.objects.create(
        **{name: getattr(application, name) for name in columns},
        application=application,
        amount=application.award,
        offer_ends_on=timezone.localdate() + OFFER_STANDS,
        is_example=application.is_example,
    )


def send(letter: Letter) -> None:
    """To everybody who wrote the application, once each, however often it is asked for."""
    for applicant in letter.application.applicants.select_related("person"):
        mail = queue.put(
            to=applicant.person.email,
            subject=letter.subject,
            body=letter.body.strip() + "\n",
            reason=f"letter-{letter.kind}",
            label=str(letter.get_kind_display()),
            # It tells what somebody was given, or was not.
            secret=True,
            once=f"letter-{letter.pk}-{applicant.person_id}",
        )
        letter.mails.add(mail)
    letter.sent_at = timezone.now()
    letter.save(update_fields=["sent_at"])
