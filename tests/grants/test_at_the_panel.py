"""What the panel does beside deciding: its own scores, who leaves when, ways it keeps, stages."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from grants import deciding, rounds, sight
from grants.models import (
    Application,
    Interest,
    Meeting,
    PanelScore,
    Round,
    RoundStatus,
    Scenario,
    ScoreSheet,
)
from grants.panel import saving, scored, stages
from grants.panel.board import Board, cost_words, moved_against_scores
from tests.assets.test_two_at_once import at_once, committed
from tests.grants.make import make_application, make_round, make_sheet
from tests.grants.panel import award, scored_round
from tests.people import person
from thrive.models import NeedsGroup, Theme

__all__ = ["committed"]


def begin(round: Round) -> Meeting:
    """All who sit in it are there."""
    meeting = deciding.begin_meeting(round=round, by=person("cora"), place="Town hall")
    deciding.come(meeting=meeting, seats=round.seats.all())
    return meeting


@pytest.fixture
def its_round(db: None) -> Round:
    return scored_round(applications=4)


@pytest.fixture
def meeting(its_round: Round) -> Meeting:
    return begin(its_round)


def applications(round: Round) -> list[Application]:
    return list(round.applications.order_by("number"))


def agree(of: Application, score: str | None, **more: Any) -> PanelScore:
    return deciding.agree_on_score(
        **{
            "application": of,
            "points": None if score is None else Decimal(score),
            "scored": Decimal("50.0"),
            "reason": "We read it again.",
            "by": person("cora"),
            "seen": of.panel_scores.last(),
        }
        | more
    )


# --- Scores before and after the panel ---


def test_the_panels_score_stands_beside_what_scorers_gave(
    its_round: Round, meeting: Meeting
) -> None:
    first, second, third, fourth = applications(its_round)
    before = scored.read(its_round).by_key
    agree(fourth, "99.5")
    after = scored.read(its_round)
    assert [one.application for one in after.lines] == [fourth, first, second, third]
    line = after.by_key[str(fourth.pk)]
    assert (line.raw, line.rank) == (before[line.key].raw, before[line.key].rank)
    assert (line.points, line.place) == (Fraction("99.5"), 1)
    agree(fourth, None)
    again = scored.read(its_round)
    assert [one.key for one in again.lines] == list(before)
    assert fourth.panel_scores.count() == 2


def test_the_panel_scores_with_a_reason_a_chair_and_a_quorum(
    its_round: Round, meeting: Meeting
) -> None:
    first = applications(its_round)[0]
    for changes, refusal in (
        ({"reason": " "}, ValidationError),
        ({"points": Decimal("100.1")}, ValidationError),
        ({"points": Decimal("50.55")}, ValidationError),
        ({"by": person("sal")}, PermissionDenied),
        ({"by": person("mona")}, PermissionDenied),
    ):
        with pytest.raises(refusal):
            agree(first, "70", **changes)
    deciding.end_meeting(meeting=meeting, by=person("cora"))
    with pytest.raises(ValidationError, match="not meeting"):
        agree(first, "70")
    assert PanelScore.objects.count() == 0


def test_of_two_who_score_for_the_panel_at_once_the_second_is_told(committed: None) -> None:
    its_round = scored_round(applications=3)
    begin(its_round)
    cora: User = person("cora")
    first = applications(its_round)[0]
    failures = at_once(*[lambda: agree(first, "70", by=cora, seen=None)] * 4)
    assert {type(one) for one in failures} == {deciding.AgreedMeanwhile}
    assert (len(failures), PanelScore.objects.count()) == (3, 1)
    assert failures[0].messages == ["Cora Dale has written down another score meanwhile."]  # type: ignore[attr-defined]


# --- Who leaves when ---


def test_who_leaves_for_one_application_says_which_and_may_come_back(
    its_round: Round, meeting: Meeting
) -> None:
    first = applications(its_round)[0]
    sal = its_round.seats.get(person=person("sal"))
    assert deciding.leave(meeting=meeting, seat=sal, left_for=first) is True
    deciding.come(meeting=meeting, seats=[sal])
    rows = meeting.attendances.filter(seat=sal).order_by("pk")
    assert [(one.left_for, one.left_at is None) for one in rows] == [(first, False), (None, True)]


def test_nobody_comes_to_a_meeting_that_is_over(its_round: Round, meeting: Meeting) -> None:
    deciding.end_meeting(meeting=meeting, by=person("cora"))
    with pytest.raises(ValidationError, match="This meeting is over"):
        deciding.come(meeting=meeting, seats=its_round.seats.all())


# --- Ways to share out the pot ---


def test_the_panels_own_way_counts_what_it_gave_and_covers(
    its_round: Round, meeting: Meeting
) -> None:
    first, second, *_rest = applications(its_round)
    second.themes.set(Theme.objects.filter(slug="youth-voice"))
    second.needs_groups.set(NeedsGroup.objects.filter(slug="getting-risk-support"))
    award(first, 600)
    board = Board(scored.read(its_round))
    way = board.as_the_panel_has_it
    assert (way.awards, way.left) == ({str(first.pk): Decimal(600)}, Decimal(2_400))
    rows = {row.line.key: row for row in board.rows(way, board.lines)}
    theme = Theme.objects.get(slug="youth-voice")
    assert (rows[str(first.pk)].is_part, rows[str(second.pk)].is_after_the_cut) == (True, True)
    assert rows[str(second.pk)].fills == [theme.name]
    # Beyond the round it is a message, and no gap that an award here would fill.
    risk = str(NeedsGroup.objects.get(slug="getting-risk-support"))
    assert rows[str(second.pk)].beyond == [risk]
    assert board.for_commissioners == [(risk, 1)]
    assert risk not in [*board.names(board.aims)]
    themes = board.coverage(way, "theme")
    assert (themes.covered, themes.wanted) == (1, Theme.objects.count())
    assert theme.name in board.names(way.not_covered)
    assert board.next_in_line(way) == board.scored.by_key[str(second.pk)]


def test_computed_ways_are_of_the_whole_pot_and_cost_points(its_round: Round) -> None:
    *_better, last = applications(its_round)
    last.themes.set(Theme.objects.filter(slug="youth-voice"))
    board = Board(scored.read(its_round))
    skip, cover = board.computed("skip"), board.computed("cover")
    assert str(last.pk) not in skip.awards
    assert str(last.pk) in cover.awards
    assert cost_words(board.cost(cover)).startswith("costs ")
    assert cost_words(board.cost(skip)) == "costs no points"


def test_what_nobody_has_scored_comes_last_and_into_no_computed_way(its_round: Round) -> None:
    new = make_application(round=its_round, status="in-scoring")
    board = Board(scored.read(its_round))
    assert board.lines[-1].application == new
    assert (board.lines[-1].place, board.lines[-1].points) == (None, None)
    assert all(str(new.pk) not in board.computed(kind).awards for kind in ("strict", "skip"))


def test_what_moved_against_the_scores_is_told(its_round: Round, meeting: Meeting) -> None:
    first, second, third, _fourth = applications(its_round)
    award(third, 500)
    deciding.decide(
        application=first,
        outcome=deciding.DECLINE,
        reason="The hall is closed.",
        by=person("cora"),
        seen=None,
    )
    up, down = moved_against_scores(scored.read(its_round).lines)
    assert [one.application for one in up] == [third]
    assert [one.application for one in down] == [first]
    award(second, 500)
    award(first, 500)
    up, down = moved_against_scores(scored.read(its_round).lines)
    assert (up, down) == ([], [])


def test_a_way_is_kept_within_the_pot_and_what_was_asked(its_round: Round) -> None:
    first, second, *_rest = applications(its_round)
    by = person("mona")

    def save(name: str, awards: dict[Application, Decimal]) -> Scenario:
        return saving.save(round=its_round, name=name, kind="own", awards=awards, by=by)

    made = save("Ours", {first: Decimal(500), second: Decimal(750)})
    assert {(one.application, one.amount) for one in made.awards.all()} == {
        (first, Decimal(500)),
        (second, Decimal(750)),
    }
    elsewhere = make_application(round=make_round())
    Round.objects.filter(pk=its_round.pk).update(pot=Decimal(3_000))
    for name, awards, said in (
        ("Ours", {}, "Another scenario has this name"),
        ("", {}, "Enter|Fill|blank|Write"),
        ("Less", {first: Decimal(499)}, "give between £500 and £1,000"),
        ("Far", {elsewhere: Decimal(500)}, "is of another round"),
        ("All", dict.fromkeys(applications(its_round), Decimal(1_000)), "more than the pot"),
    ):
        with pytest.raises(ValidationError, match=said):
            save(name, awards)
    assert Scenario.objects.count() == 1
    saving.delete(scenario=made)
    assert Scenario.objects.count() == 0


# --- To the panel, and back ---


def open_sheet(round: Round) -> ScoreSheet:
    new = make_application(round=round, status="in-scoring")
    return make_sheet("sal", application=new)


def unchecked(round: Round) -> Application:
    return make_application(round=round, status="submitted")


@pytest.mark.parametrize(
    ("happens", "said"), [(open_sheet, "not in: 1"), (unchecked, "checks are not done: 1")]
)
def test_a_round_waits_for_scores_and_checks(
    db: None, happens: Callable[[Round], Any], said: str
) -> None:
    its_round = scored_round(status="scoring")
    happens(its_round)
    with pytest.raises(ValidationError, match=said):
        stages.move(round=its_round, to=RoundStatus.PANEL, by=person("mona"))
    its_round.refresh_from_db()
    assert its_round.status == "scoring"


def test_without_what_is_not_in_it_goes_on_and_that_counts_no_more(db: None) -> None:
    its_round = scored_round(status="scoring")
    sheet = open_sheet(its_round)
    stages.move(round=its_round, to=RoundStatus.PANEL, by=person("mona"), without_the_rest=True)
    sheet.refresh_from_db()
    assert (its_round.status, sheet.status) == ("panel", "void")
    assert sheet.void_why == "It was not in when the panel met."


def test_back_to_scoring_only_between_meetings_and_never_to_decided(
    its_round: Round, meeting: Meeting
) -> None:
    mona = person("mona")
    with pytest.raises(ValidationError, match="End the meeting first"):
        stages.move(round=its_round, to=RoundStatus.SCORING, by=mona)
    with pytest.raises(ValidationError, match="when its decisions are released"):
        stages.move(round=its_round, to=RoundStatus.DECIDED, by=mona)
    deciding.end_meeting(meeting=meeting, by=person("cora"))
    stages.move(round=its_round, to=RoundStatus.SCORING, by=mona, why="Read two again.")
    assert its_round.status == "scoring"
    with pytest.raises(rounds.MoveRefused):
        stages.move(round=its_round, to=RoundStatus.CLOSED, by=mona)


def test_an_interest_leaves_no_board(its_round: Round) -> None:
    first = applications(its_round)[0]
    sal = person("sal")
    assert list(sight.rounds_with_results(sal)) == [its_round]
    said = {"kind": "direct", "why": "My club.", "declared_by": sal}
    ScoreSheet.objects.filter(scorer=sal, application=first).update(
        status="void", void_at=its_round.created_at, void_why="Late."
    )
    Interest.objects.create(application=first, person=sal, **said)
    assert list(sight.rounds_with_results(sal)) == []
