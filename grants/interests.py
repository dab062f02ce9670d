"""The verbs of who sits in a round, and of what they have to do with those who apply.

Everybody in a seat looks at the names once, and says; nothing to say is said as well. Until then
they read nothing. An interest is added to and never taken back: it takes away sight and score, and
the chair.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from grants import sight
from grants.models import (
    Application,
    Declaration,
    Interest,
    Round,
    RoundStatus,
    ScoreSheet,
    Seat,
    SeatMove,
    SheetStatus,
)
from grants.models.scoring import SHEET_MOVES

# Kind, and what it is.
Said = tuple[str, str]
What = SeatMove.What


class SeatRefused(ValidationError):
    """They may not sit or chair; the message says why."""


def may_be_declared(round: Round) -> bool:
    """All names are known: nobody can apply any more."""
    if round.status == RoundStatus.DRAFT:
        return False
    return round.status != RoundStatus.OPEN or round.closes_at <= timezone.now()


# --- Interests -------------------------------------------------------------------------------


@transaction.atomic
def declare(*, round: Round, person: User, interests: Mapping[Application, Said]) -> Declaration:
    """Somebody has looked at who applies; `interests` are those they have, and may be none.

    What everybody can see is added to them: that they write one, or act for its group. Raises
    ValidationError a second time, while groups can still apply, and for an interest that says
    nothing.
    """
    locked = in_turn(round)
    if not may_be_declared(locked):
        raise ValidationError(_("Groups can still apply. Come back when the round has closed."))
    declaration = Declaration(round=locked, person=person)
    declaration.validate_constraints()
    declaration.save()
    names = sight.to_declare_on(person, locked)
    said = {one.pk: said for one, said in interests.items()}
    for application in names:
        if application.pk in said:
            _declare_one(application, person, said[application.pk], by=person)
    for application in names.filter(sight.writes_or_acts_for(person)).exclude(pk__in=said):
        own = (Interest.Kind.DIRECT, _("They write it, or act for the group."))
        _declare_one(application, person, own, by=person)
    return declaration


@transaction.atomic
def add(*, application: Application, person: User, said: Said, by: User) -> Interest:
    """One more, at any time. What they scored of it does not count any more, and is kept.

    Raises ValidationError where it is declared already, or says nothing.
    """
    in_turn(application.round)
    return _declare_one(application, person, said, by=by)


def _declare_one(application: Application, person: User, said: Said, *, by: User) -> Interest:
    kind, why = said
    sheets = ScoreSheet.objects.of_scorer(person).filter(application=application)
    interest = Interest(
        application=application,
        person=person,
        kind=kind,
        why=why.strip(),
        declared_by=by,
        is_late=sheets.filter(Q(status=SheetStatus.SUBMITTED) | Q(version__gt=1)).exists(),
    )
    interest.full_clean()
    for sheet in sheets.select_for_update():
        void(sheet, _("An interest was declared after it was given."))
    chair = Seat.objects.taken().filter(round=application.round_id, person=person, is_chair=True)
    for seat in chair:
        _step_down(seat, by, _("An interest was declared."))
    interest.save()
    return interest


def void(sheet: ScoreSheet, why: str) -> None:
    """A locked sheet counts no more. It is kept, with its scores and reasons."""
    if SheetStatus.VOID not in SHEET_MOVES[SheetStatus(sheet.status)]:
        raise ValueError("It is void already.")
    sheet.status, sheet.void_at, sheet.void_why = SheetStatus.VOID, timezone.now(), why
    sheet.save(update_fields=["status", "void_at", "void_why"])


# --- Seats -----------------------------------------------------------------------------------


@transaction.atomic
def join(
    *, round: Round, person: User, by: User | None, partner: str = "", is_young: bool = False
) -> Seat:
    """A seat in a round, also for somebody who had left it. Raises SeatRefused."""
    in_turn(round)
    if not person.is_active or not person.has_perm("grants.score_round"):
        raise SeatRefused(_("Give them the role “Scorer” or “Chair” first."))
    seat = Seat.objects.filter(round=round, person=person).first() or Seat(
        round=round, person=person
    )
    if seat.pk and seat.left_at is None:
        raise SeatRefused(_("They have a seat in this round already."))
    if seat.pk and seat.is_young != is_young:
        # Their scores have a weight already.
        raise SeatRefused(_("They had a seat of the other kind in this round."))
    seat.partner, seat.is_young, seat.left_at = partner, is_young, None
    seat.clean_fields(exclude={"left_at"})
    seat.save()
    SeatMove.objects.create(seat=seat, what=What.JOINED, moved_by=by)
    return seat


@transaction.atomic
def leave(*, seat: Seat, by: User | None, why: str = "") -> int:
    """They score no more. What is in still counts; of what was not, how many sheets are void."""
    locked = _locked_seat(seat)
    if locked.is_chair:
        _step_down(locked, by, why)
    unfinished = ScoreSheet.objects.of_scorer(locked.person).filter(
        application__round=locked.round_id, status=SheetStatus.OPEN
    )
    sheets = list(unfinished.select_for_update())
    for sheet in sheets:
        void(sheet, _("They left the round."))
    locked.left_at = timezone.now()
    locked.save(update_fields=["left_at"])
    SeatMove.objects.create(seat=locked, what=What.LEFT, moved_by=by, why=why)
    return len(sheets)


@transaction.atomic
def hand_over(*, to: Seat, by: User | None, why: str = "") -> Seat:
    """The chair of the round goes to this seat, from whoever has it. Raises SeatRefused."""
    seat = _locked_seat(to)
    if refused := _why_no_chair(seat):
        raise SeatRefused(refused)
    for chair in Seat.objects.taken().filter(round=seat.round_id, is_chair=True):
        if chair == seat:
            raise SeatRefused(_("They chair this round already."))
        _step_down(chair, by, why)
    seat.is_chair = True
    seat.save(update_fields=["is_chair"])
    SeatMove.objects.create(seat=seat, what=What.CHAIR, moved_by=by, why=why)
    return seat


def _why_no_chair(seat: Seat) -> str:
    if not seat.person.has_perm("grants.chair_round"):
        return _("Give them the role “Chair” first.")
    if seat.is_young:
        return _("A young scorer does not chair.")
    if sight.has_interest_in(seat.person, seat.round):
        return _("They have an interest in this round, so they cannot chair it.")
    return ""


def _step_down(seat: Seat, by: User | None, why: str) -> None:
    seat.is_chair = False
    seat.save(update_fields=["is_chair"])
    SeatMove.objects.create(seat=seat, what=What.HANDED_OVER, moved_by=by, why=why)


def undeclared(round: Round) -> list[Seat]:
    """Whom everybody waits for."""
    declared = Declaration.objects.filter(round=round)
    seats = Seat.objects.taken().filter(round=round).exclude(person__in=declared.values("person"))
    return list(seats.select_related("person"))


def in_turn(round: Round) -> Round:
    """In turn: an interest and an assignment of the same moment see each other."""
    return Round.objects.select_for_update(of=["self"], no_key=True).get(pk=round.pk)


def _locked_seat(seat: Seat) -> Seat:
    in_turn(seat.round)
    locked = Seat.objects.select_related("person", "round").get(pk=seat.pk)
    if locked.left_at:
        raise SeatRefused(_("They have left this round."))
    return locked
