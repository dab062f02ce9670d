"""The verbs of the panel. The pot cannot be overspent, whoever clicks when."""

from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from grants import sight
from grants.models import (
    Application,
    ApplicationMove,
    ApplicationStatus,
    Attendance,
    Decision,
    Meeting,
    Round,
    RoundStatus,
    Seat,
)
from grants.money import in_pounds

AWARD, RESERVE, DECLINE, OPEN = Decision.Outcome
STATUS_OF = {
    AWARD: ApplicationStatus.TO_AWARD,
    RESERVE: ApplicationStatus.TO_RESERVE,
    DECLINE: ApplicationStatus.TO_DECLINE,
    OPEN: ApplicationStatus.IN_SCORING,
}
BEFORE_RELEASE = tuple(STATUS_OF.values())


class DecidedMeanwhile(ValidationError):
    """Somebody else decided on it since the page was made: `last` is their decision."""

    def __init__(self, last: Decision | None) -> None:
        self.last = last
        if last is None:
            super().__init__(_("It was taken back meanwhile."))
            return
        said = {"who": last.decided_by, "what": last.get_outcome_display()}
        super().__init__(_("%(who)s has decided on this meanwhile: %(what)s.") % said)


class PotTooSmall(ValidationError):
    """There is not so much left: `left` in pounds."""

    def __init__(self, left: Decimal) -> None:
        self.left = left
        super().__init__(_("There is only %s left in the pot.") % in_pounds(left))


@transaction.atomic
def begin_meeting(*, round: Round, by: User, place: str = "") -> Meeting:
    """The panel sits down, the chair with it. Twice is once."""
    seat = _chair_of(round, by)
    if found := Meeting.objects.filter(round=round, ended_at=None).first():
        return found
    meeting = Meeting(round=round, place=place, began_by=by)
    try:
        with transaction.atomic():
            meeting.save()
    except IntegrityError:
        return Meeting.objects.get(round=round, ended_at=None)
    come(meeting=meeting, seats=[seat])
    return meeting


@transaction.atomic
def come(*, meeting: Meeting, seats: Iterable[Seat]) -> None:
    """They are there from now on. Who is there already stays."""
    rows = [Attendance(meeting=meeting, seat=seat) for seat in seats]
    Attendance.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def leave(*, meeting: Meeting, seat: Seat) -> bool:
    """Somebody goes, for good or while one application is talked about."""
    return bool(meeting.present().filter(seat=seat).update(left_at=timezone.now()))


@transaction.atomic
def end_meeting(*, meeting: Meeting, by: User, note: str = "") -> None:
    _chair_of(meeting.round, by)
    now = timezone.now()
    meeting.present().update(left_at=now)
    Meeting.objects.filter(pk=meeting.pk, ended_at=None).update(ended_at=now, note=note)


@transaction.atomic
def decide(
    *,
    application: Application,
    outcome: Decision.Outcome,
    amount: Decimal | None = None,
    reason: str,
    by: User,
    seen: Decision | None,
    rank: int | None = None,
) -> Decision:
    """What the panel makes of an application: told to nobody until `grants.releasing`.

    `seen` is the last decision on it that the chair saw, None for none. Raises DecidedMeanwhile for
    any other, PotTooSmall, PermissionDenied for whoever does not chair or has an interest, and
    ValidationError where too few are there, or for an amount that is not between what would work
    and what was asked for.
    """
    # One decision after the other in a round: the pot is one.
    its_round = Round.objects.select_for_update().get(pk=application.round_id)
    locked = Application.objects.select_for_update(of=["self"]).get(pk=application.pk)
    meeting = _quorate_meeting(its_round, locked, by)
    last = locked.decisions.select_related("decided_by").last()
    if locked.status not in BEFORE_RELEASE or last != seen:
        raise DecidedMeanwhile(last)
    decision = Decision(
        application=locked,
        meeting=meeting,
        outcome=outcome,
        amount=amount,
        reason=reason.strip(),
        rank=rank,
        decided_by=by,
    )
    decision.validate_constraints()
    _check_amount(locked, amount)
    _commit(its_round, (amount or Decimal(0)) - (locked.award or Decimal(0)))
    decision.save(force_insert=True)
    _move(locked, STATUS_OF[outcome], amount, by, decision.reason)
    return decision


def _chair_of(round: Round, person: User) -> Seat:
    """Their seat. PermissionDenied for whoever does not chair, or has an interest in the round."""
    seat = Seat.objects.taken().filter(round=round, person=person, is_chair=True).first()
    has_interest = sight.has_interest_in(person, round)
    if seat is None or has_interest or not person.has_perm("grants.chair_round"):
        raise PermissionDenied
    return seat


def _quorate_meeting(round: Round, application: Application, by: User) -> Meeting:
    if round.status != RoundStatus.PANEL:
        raise ValidationError(_("This round is not with the panel."))
    _chair_of(round, by)
    meeting = Meeting.objects.filter(round=round, ended_at=None).first()
    if meeting is None:
        raise ValidationError(_("The panel is not meeting. Begin a meeting first."))
    # Whoever has an interest in it is not there while it is talked about.
    conflicted = application.interests.values("person")
    there = meeting.present().exclude(seat__person__in=conflicted).count()
    if there < round.quorum:
        raise ValidationError(
            _("%(there)d are here who may decide on this. It takes %(quorum)d.")
            % {"there": there, "quorum": round.quorum}
        )
    return meeting


def _check_amount(application: Application, amount: Decimal | None) -> None:
    least, most = application.minimum, application.ideal
    if amount is not None and least and most and not least <= amount <= most:
        raise ValidationError(
            _("Give between %(least)s, the least that would work, and %(most)s, as asked.")
            % {"least": in_pounds(least), "most": in_pounds(most)}
        )


def _commit(round: Round, more: Decimal) -> None:
    """Take from the pot, or give back, in one step that the pot can refuse."""
    within = Q(committed__lte=F("pot") - more) if more > 0 else Q()
    if not Round.objects.filter(within, pk=round.pk).update(committed=F("committed") + more):
        round.refresh_from_db()
        raise PotTooSmall(round.left)


def _move(
    application: Application, to: ApplicationStatus, award: Decimal | None, by: User, why: str
) -> None:
    was = application.status
    application.status, application.award = to, award
    application.save(update_fields=["status", "award"])
    if was != to:
        ApplicationMove.objects.create(
            application=application, from_status=was, to_status=to, moved_by=by, why=why
        )
