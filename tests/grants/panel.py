"""A panel that is meeting, for tests: Cora has the chair, Sal and Mona sit with her."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import User
from grants import deciding
from grants.models import (
    Application,
    Decision,
    Declaration,
    Meeting,
    Round,
    Score,
    ScoreSheet,
    Seat,
)
from tests.grants.make import make_application, make_round
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


def scored_round(
    *,
    applications: int = 3,
    scorers: int = 3,
    missing: int = 0,
    chair: User | None = None,
    status: str = "panel",
    **fields: Any,
) -> Round:
    """One that everybody has scored, but for `missing` applications each; Cora chairs, unless
    somebody else does.

    Application 1 scores best, and each of the rest a little less. Mona runs it, without a seat.
    """
    made = make_round(**({"pot": Decimal(3_000), "largest_award": Decimal(3_000)} | fields))
    rows = [
        make_application(
            round=made, status="in-scoring", organisation=None, is_example=made.is_example
        )
        for _each in range(applications)
    ]
    sitting = [person("cora"), person("sal")] if chair is None else [chair]
    sitting += [_another(number) for number in range(scorers - len(sitting))]
    for at, one in enumerate(sitting):
        Declaration.objects.create(round=made, person=one)
        seat(made, one, is_chair=at == 0)
    fill_all(made, rows, sitting[:scorers], missing=missing)
    Round.objects.filter(pk=made.pk).update(status=status)
    made.refresh_from_db()
    return made


def fill_all(
    round: Round, applications: list[Application], scorers: list[User], *, missing: int = 0
) -> None:
    """All sheets in a few statements: the verbs of scoring have tests of their own."""
    pairs = [
        (application, at, who)
        for number, who in enumerate(scorers)
        for at, application in enumerate(applications)
        if (at + number) % len(applications) >= missing
    ]
    sheets = ScoreSheet.objects.bulk_create(
        ScoreSheet(application=application, scorer=who) for application, _at, who in pairs
    )
    criteria = list(round.criteria.prefetch_related("levels"))
    Score.objects.bulk_create(
        Score(
            sheet=sheet,
            criterion=criterion,
            level=criterion.levels.all()[_points(at, scorers.index(who), number)],
            reason="Said.",
        )
        for sheet, (_application, at, who) in zip(sheets, pairs, strict=True)
        for number, criterion in enumerate(criteria)
    )
    ScoreSheet.objects.filter(pk__in=[one.pk for one in sheets]).update(
        status="submitted", submitted_at=timezone.now()
    )


def _points(at: int, scorer: int, criterion: int) -> int:
    """0 to 3: less further down the list, and the third scorer strict by the second criterion."""
    return max(0, 3 - (at + criterion) // 2 % 4 - (scorer == 2 and criterion == 1))


def _another(number: int) -> User:
    email = f"scorer-{number}@example.com"
    if found := User.objects.filter(email=email).first():
        return found
    made = User.objects.create_user(email, name=f"Scorer {number}", is_staff=True)
    made.groups.add(Group.objects.get(name="Scorer"))
    return made
