"""The verbs of the panel. The pot cannot be overspent, whoever clicks when."""

from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from grants import sight
from grants.models import (
    Application,
    ApplicationStatus,
    Attendance,
    Decision,
    Meeting,
    PanelScore,
    Round,
    RoundStatus,
    Seat,
)
from grants.moving import PotTooSmall as PotTooSmall
from grants.moving import move

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


class AgreedMeanwhile(ValidationError):
    """The panel's score is another than the page showed: `last` is the one that stands."""

    def __init__(self, last: PanelScore | None) -> None:
        self.last = last
        who = last.agreed_by if last else _("Somebody")
        super().__init__(_("%s has written down another score meanwhile.") % who)


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
    _under_way(meeting)
    rows = [Attendance(meeting=meeting, seat=seat) for seat in seats]
    Attendance.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def leave(*, meeting: Meeting, seat: Seat, left_for: Application | None = None) -> bool:
    """Somebody goes; `left_for`: while this one is talked about. False where they had not come."""
    here = meeting.present().filter(seat=seat)
    return bool(here.update(left_at=timezone.now(), left_for=left_for))


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
    move(locked, STATUS_OF[outcome], by=by, why=decision.reason, award=amount)
    decision.save(force_insert=True)
    return decision


@transaction.atomic
def agree_on_score(
    *,
    application: Application,
    points: Decimal | None,
    scored: Decimal | None,
    reason: str,
    by: User,
    seen: PanelScore | None,
) -> PanelScore:
    """The panel's own points out of 100, beside the scorers' mean, which is `scored` and stays.

    None takes them back. Raises AgreedMeanwhile where `seen` is not the last that there is, and
    else what `decide` raises.
    """
    its_round = Round.objects.select_for_update().get(pk=application.round_id)
    locked = Application.objects.select_for_update(of=["self"]).get(pk=application.pk)
    meeting = _quorate_meeting(its_round, locked, by)
    last = locked.panel_scores.select_related("agreed_by").last()
    if last != seen:
        raise AgreedMeanwhile(last)
    if locked.status not in BEFORE_RELEASE:
        raise DecidedMeanwhile(None)
    made = PanelScore(
        application=locked,
        meeting=meeting,
        points=points,
        scored=scored,
        reason=reason.strip(),
        agreed_by=by,
    )
    made.full_clean(exclude=["application", "meeting", "agreed_by"])
    made.save(force_insert=True)
    return made


def _under_way(meeting: Meeting) -> None:
    if not Meeting.objects.select_for_update().filter(pk=meeting.pk, ended_at=None).exists():
        raise ValidationError(_("This meeting is over."))


def may_chair(person: User, round: Round) -> bool:
    """That they would not be turned away: they have the chair, and no interest."""
    try:
        _chair_of(round, person)
    except PermissionDenied:
        return False
    return True


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
    # Whoever has an interest in it, said or plain to see, is not there while it is talked about.
    here = [one.seat.person for one in meeting.present().select_related("seat__person")]
    there = sum(not sight.has_interest_of(person, application) for person in here)
    if there < round.quorum:
        raise ValidationError(
            ngettext(
                "%(there)d is here who may decide on this. It takes %(quorum)d.",
                "%(there)d are here who may decide on this. It takes %(quorum)d.",
                there,
            )
            % {"there": there, "quorum": round.quorum}
        )
    return meeting
