"""A panel that is meeting, for tests: Cora has the chair, Sal and Mona sit with her."""

from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from grants import deciding
from grants.models import Application, Decision, Meeting, Round, Seat
from tests.people import person


def seat(round: Round, who: User, **fields: object) -> Seat:
    return Seat.objects.create(round=round, person=who, **fields)


def sit_down(round: Round) -> Meeting:
    """Three seats, all there."""
    seats = [seat(round, person("cora"), is_chair=True)]
    seats += [seat(round, person(who)) for who in ("sal", "mona")]
    Round.objects.filter(pk=round.pk).update(status="panel")
    round.refresh_from_db()
    meeting = deciding.begin_meeting(round=round, by=person("cora"))
    deciding.come(meeting=meeting, seats=seats)
    return meeting


def award(application: Application, amount: Decimal | int, by: User | None = None) -> Decision:
    return deciding.decide(
        application=application,
        outcome=deciding.AWARD,
        amount=Decimal(amount),
        reason=f"Said at {timezone.now():%H:%M}.",
        by=by or person("cora"),
        seen=application.decisions.last(),
    )
