"""Sound rows of what was decided and given, and of what was done to a round."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from grants.models import (
    Attendance,
    Award,
    AwardMove,
    Condition,
    Decision,
    EqualityAnswer,
    Letter,
    Meeting,
    PanelScore,
    RoundRecord,
    Scenario,
    ScenarioAward,
)
from tests.assets.models.case import NOW
from tests.grants.make import make_application, make_round, make_seat
from tests.people import person


def meeting() -> Meeting:
    """The second of two: the first is over."""
    words = {"round": make_round(), "began_by": person("cora")}
    first = Meeting.objects.create(**words)
    Meeting.objects.filter(pk=first.pk).update(ended_at=first.began_at)
    return Meeting(**words, began_at=NOW)


def attendance() -> Attendance:
    """The second of two: Cora is there."""
    cora = make_seat("cora")
    held = Meeting.objects.create(round=cora.round, began_by=cora.person)
    Attendance.objects.create(meeting=held, seat=cora)
    return Attendance(meeting=held, seat=make_seat("sal", round=cora.round), came_at=NOW)


def decision() -> Decision:
    application = make_application(round=make_round())
    held = Meeting.objects.create(round=application.round, began_by=person("cora"))
    application.round.meetings.update(ended_at=held.began_at)
    words = {"outcome": "decline", "reason": "Others fit better."}
    return Decision(application=application, meeting=held, decided_by=person("cora"), **words)


def panel_score() -> PanelScore:
    application = make_application(round=make_round(status="panel"))
    held = Meeting.objects.create(round=application.round, began_by=person("cora"))
    words = {"points": Decimal("71.5"), "scored": Decimal(64), "reason": "We read it again."}
    return PanelScore(application=application, meeting=held, agreed_by=person("cora"), **words)


def scenario() -> Scenario:
    """The second of two."""
    words = {"round": make_round(), "kind": "strict", "made_by": person("cora")}
    Scenario.objects.create(name="Strict", **words)
    return Scenario(name="Stricter", **words)


def scenario_award() -> ScenarioAward:
    """The second of two."""
    first = make_application(round=make_round())
    made = Scenario.objects.create(
        round=first.round, name="Ours", kind="own", made_by=person("cora")
    )
    ScenarioAward.objects.create(scenario=made, application=first, amount=Decimal(500))
    second = make_application(round=first.round)
    return ScenarioAward(scenario=made, application=second, amount=Decimal(500))


def letter() -> Letter:
    """The second of two."""
    words = {
        "application": make_application(round=make_round()),
        "subject": "Your application",
        "body": "Hello.",
    }
    Letter.objects.create(kind="award", **words)
    return Letter(kind="reserve", **words)


def condition() -> Condition:
    """The second of two."""
    words = {
        "application": make_application(round=make_round()),
        "due_on": date(2027, 5, 1),
        "added_by": person("mona"),
    }
    Condition.objects.create(words="Show us your policy.", **words)
    return Condition(words="Tell us who holds the key.", **words)


def equality_answer() -> EqualityAnswer:
    return EqualityAnswer(application=make_application(round=make_round()), led_by=["young"])


def award() -> Award:
    application = make_application(round=make_round())
    return Award(
        application=application,
        organisation=application.organisation,
        amount=Decimal(500),
        starts_on=date(2027, 4, 1),
        ends_before=date(2028, 4, 1),
        offer_ends_on=date(2027, 4, 15),
    )


def award_move() -> AwardMove:
    made = award()
    made.save()
    return AwardMove(award=made, from_status="offered", to_status="accepted")


def round_record() -> RoundRecord:
    """The second of two."""
    words: dict[str, Any] = {"round": make_round(), "what": "saved", "whole": {}}
    RoundRecord.objects.create(version=1, **words)
    return RoundRecord(version=2, **words)


DECIDED: dict[type[Model], Callable[[], Any]] = {
    Attendance: attendance,
    Award: award,
    AwardMove: award_move,
    Condition: condition,
    Decision: decision,
    EqualityAnswer: equality_answer,
    Letter: letter,
    Meeting: meeting,
    PanelScore: panel_score,
    RoundRecord: round_record,
    Scenario: scenario,
    ScenarioAward: scenario_award,
}
