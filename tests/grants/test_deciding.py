"""The panel decides: within the pot, with a quorum, in the open to itself and to nobody else."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from accounts.models import User
from accounts.outbox.models import OutgoingMail
from grants import deciding
from grants.applying import sending
from grants.models import (
    Applicant,
    Application,
    Attendance,
    Decision,
    Interest,
    Meeting,
    Round,
    Seat,
)
from grants.models.application_status import APPLICANT_WORDS, PROVISIONAL
from tests.assets.test_two_at_once import at_once, committed
from tests.grants.make import make_application, make_round
from tests.grants.panel import award, seat, sit_down
from tests.people import person

__all__ = ["committed"]


@pytest.fixture
def its_round(db: None) -> Round:
    return make_round(pot=Decimal(2_000), largest_award=Decimal(2_000))


@pytest.fixture
def meeting(its_round: Round) -> Meeting:
    return sit_down(its_round)


@pytest.fixture
def application(its_round: Round) -> Application:
    return make_application(round=its_round, status="in-scoring")


def left(round: Round) -> Decimal:
    round.refresh_from_db()
    return round.left


def test_an_award_takes_from_the_pot_and_tells_nobody(
    meeting: Meeting, application: Application
) -> None:
    decision = award(application, 800)
    application.refresh_from_db()
    assert (application.status, application.award) == ("to-award", Decimal(800))
    assert left(meeting.round) == Decimal(1_200)
    assert (decision.outcome, decision.meeting, decision.decided_by) == (
        "award",
        meeting,
        person("cora"),
    )
    assert OutgoingMail.objects.count() == 0
    assert len({str(APPLICANT_WORDS[status]) for status in PROVISIONAL}) == 1


def test_changed_and_taken_back_the_pot_has_it_again(
    meeting: Meeting, application: Application
) -> None:
    for amount, rest in ((1_000, 1_000), (600, 1_400), (900, 1_100)):
        award(application, amount)
        assert left(meeting.round) == Decimal(rest)
    for outcome, status in (
        (deciding.RESERVE, "to-reserve"),
        (deciding.DECLINE, "to-decline"),
        (deciding.OPEN, "in-scoring"),
    ):
        deciding.decide(
            application=application,
            outcome=outcome,
            reason="We talked.",
            by=person("cora"),
            seen=application.decisions.last(),
        )
        application.refresh_from_db()
        assert (application.status, application.award) == (status, None)
        assert left(meeting.round) == Decimal(2_000)
    assert list(application.moves.values_list("from_status", "to_status")) == [
        ("in-scoring", "to-award"),
        ("to-award", "to-reserve"),
        ("to-reserve", "to-decline"),
        ("to-decline", "in-scoring"),
    ]
    assert application.decisions.count() == 6


@pytest.mark.parametrize("amount", ["499.99", "1000.01"])
def test_an_award_is_between_what_works_and_what_was_asked_for(
    amount: str, meeting: Meeting, application: Application
) -> None:
    with pytest.raises(ValidationError, match="Give between £500"):
        award(application, Decimal(amount))
    assert (Decision.objects.count(), left(meeting.round)) == (0, Decimal(2_000))
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(
            status="to-award", award=Decimal(amount)
        )


def test_the_pot_says_how_much_is_left(meeting: Meeting, application: Application) -> None:
    award(application, 900)
    for number in (1, 2):
        other = make_application(round=meeting.round, status="in-scoring")
        if number == 1:
            award(other, 1_000)
    with pytest.raises(deciding.PotTooSmall) as refused:
        award(other, 500)
    assert refused.value.messages == ["There is only £100 left in the pot."]
    other.refresh_from_db()
    assert (other.status, other.decisions.count()) == ("in-scoring", 0)


def test_of_two_chairs_the_second_is_told(meeting: Meeting, application: Application) -> None:
    award(application, 800)
    with pytest.raises(deciding.DecidedMeanwhile) as refused:
        deciding.decide(
            application=application,
            outcome=deciding.DECLINE,
            reason="No.",
            by=person("cora"),
            seen=None,
        )
    assert refused.value.messages == ["Cora Dale has decided on this meanwhile: Award."]


def test_it_takes_a_reason(meeting: Meeting, application: Application) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        deciding.decide(
            application=application,
            outcome=deciding.DECLINE,
            reason=" ",
            by=person("cora"),
            seen=None,
        )


def _nobody_left(meeting: Meeting, _application: Application) -> None:
    deciding.leave(meeting=meeting, seat=Seat.objects.get(person__email="sal@example.com"))


def _interest(meeting: Meeting, application: Application) -> None:
    # Sal is in the room, and does not count for this one.
    sal = person("sal")
    Interest.objects.create(
        application=application, person=sal, kind="direct", why="My club", declared_by=sal
    )


@pytest.mark.parametrize("happens", [_nobody_left, _interest])
def test_too_few_decide_nothing(
    happens: Callable[..., None], meeting: Meeting, application: Application
) -> None:
    happens(meeting, application)
    with pytest.raises(ValidationError, match="2 are here who may decide on this"):
        award(application, 800)
    assert left(meeting.round) == Decimal(2_000)


def test_nothing_is_decided_outside_a_meeting(meeting: Meeting, application: Application) -> None:
    deciding.end_meeting(meeting=meeting, by=person("cora"), note="Tea was good.")
    with pytest.raises(ValidationError, match="The panel is not meeting"):
        award(application, 800)
    assert list(meeting.attendances.filter(left_at=None)) == []


@pytest.mark.parametrize("who", ["sal", "mona", "ada", "erin", "vera"])
def test_only_the_chair_decides(who: str, meeting: Meeting, application: Application) -> None:
    with pytest.raises(PermissionDenied):
        award(application, 800, by=person(who))


def test_a_chair_with_an_interest_in_the_round_decides_nothing_in_it(
    meeting: Meeting, application: Application
) -> None:
    # The database lets nobody chair who has declared one; what is plain to see counts as well.
    make_application(round=meeting.round, status="in-scoring", by=person("cora"))
    with pytest.raises(PermissionDenied):
        award(application, 800)


def test_who_was_there_and_when_is_kept(meeting: Meeting) -> None:
    sal = Seat.objects.get(person__email="sal@example.com")
    assert deciding.leave(meeting=meeting, seat=sal) is True
    assert deciding.leave(meeting=meeting, seat=sal) is False
    deciding.come(meeting=meeting, seats=[sal])
    deciding.come(meeting=meeting, seats=[sal])
    assert Attendance.objects.filter(seat=sal).count() == 2
    assert deciding.begin_meeting(round=meeting.round, by=person("cora")) == meeting


def test_what_was_decided_is_never_changed(meeting: Meeting, application: Application) -> None:
    decision = award(application, 800)
    for change in (
        lambda: Decision.objects.filter(pk=decision.pk).update(reason="Other"),
        lambda: Decision.objects.filter(pk=decision.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
            change()


def test_fifty_at_once_never_overspend_the_pot(committed: None) -> None:
    its_round = make_round(pot=Decimal(10_000), largest_award=Decimal(2_000))
    sit_down(its_round)
    cora: User = person("cora")
    made = [make_application(round=its_round, status="in-scoring") for _each in range(50)]

    def awarded(application: Application) -> Callable[[], Any]:
        return lambda: award(application, 900, by=cora)

    failures = at_once(*map(awarded, made))
    its_round.refresh_from_db()
    given = Application.objects.filter(status="to-award")
    assert (given.count(), its_round.committed) == (11, Decimal(9_900))
    assert {type(failure) for failure in failures} == {deciding.PotTooSmall}
    assert (len(failures), Decision.objects.count()) == (39, 11)


def test_of_many_who_decide_on_one_application_one_does(committed: None) -> None:
    its_round = make_round(pot=Decimal(10_000))
    sit_down(its_round)
    cora: User = person("cora")
    application = make_application(round=its_round, status="in-scoring")

    def decided() -> None:
        deciding.decide(
            application=application,
            outcome=deciding.AWARD,
            amount=Decimal(700),
            reason="Yes.",
            by=cora,
            seen=None,
        )

    failures = at_once(*[decided] * 8)
    its_round.refresh_from_db()
    assert {type(failure) for failure in failures} == {deciding.DecidedMeanwhile}
    assert (len(failures), its_round.committed) == (7, Decimal(700))


def test_taken_back_by_the_group_the_pot_has_it_again(
    meeting: Meeting, application: Application, vera: User
) -> None:
    award(application, 800)
    assert sending.withdraw(application=application, by=vera) is True
    application.refresh_from_db()
    assert (application.status, application.award) == ("withdrawn", None)
    assert left(meeting.round) == Decimal(2_000)
    with pytest.raises(deciding.DecidedMeanwhile):
        award(application, 800)


def test_who_acts_for_a_group_is_not_there_while_it_is_talked_about(
    meeting: Meeting, application: Application
) -> None:
    # Said or not.
    Applicant.objects.create(application=application, person=person("sal"), added_by=person("vera"))
    with pytest.raises(ValidationError, match="2 are here who may decide on this"):
        award(application, 800)


def test_given_and_taken_back_at_once_the_pot_is_right(committed: None) -> None:
    its_round = make_round(pot=Decimal(10_000))
    sit_down(its_round)
    cora, vera = person("cora"), person("vera")
    made = [make_application(round=its_round, status="in-scoring") for _each in range(6)]
    works: list[Callable[[], Any]] = []
    for one in made:
        works += [
            lambda one=one: award(one, 700, by=cora),  # type: ignore[misc]
            lambda one=one: sending.withdraw(application=one, by=vera),  # type: ignore[misc]
        ]
    failures = at_once(*works)
    its_round.refresh_from_db()
    assert {type(failure) for failure in failures} <= {deciding.DecidedMeanwhile}
    assert its_round.committed == 0
    assert set(Application.objects.values_list("status", "award")) == {("withdrawn", None)}


def test_a_seat_has_one_chair(its_round: Round) -> None:
    seat(its_round, person("cora"), is_chair=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        seat(its_round, person("sal"), is_chair=True)
