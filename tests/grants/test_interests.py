"""Seats, declarations and interests: what they give, and what they take away."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from assets.models import Membership
from grants import interests, sight
from grants.models import Application, Declaration, Interest, Round, ScoreSheet, Seat
from tests.assets.make import make_organisation
from tests.grants.make import fill_in, make_application, make_round, make_seat, make_sheet
from tests.people import person

pytestmark = pytest.mark.django_db

CLUB = ("direct", "My sister runs it.")


def scored_round(applications: int = 2) -> Round:
    made = make_round(status="scoring")
    for _number in range(applications):
        make_application(round=made)
    return made


def what(seat: Seat) -> list[str]:
    return [move.what for move in seat.moves.all()]


def test_nothing_to_declare_is_declared_as_well() -> None:
    its_round = scored_round()
    make_seat("sal", round=its_round)
    sal = person("sal")
    assert not sight.applications(sal).exists()
    interests.declare(round=its_round, person=sal, interests={})
    assert sight.applications(sal).count() == 2
    assert not Interest.objects.exists()


def test_what_is_declared_is_out_of_sight_and_the_rest_is_read() -> None:
    its_round = scored_round()
    make_seat("sal", round=its_round)
    first, second = its_round.applications.all()
    interests.declare(round=its_round, person=person("sal"), interests={first: CLUB})
    assert list(sight.applications(person("sal"))) == [second]
    assert not sight.may_see_totals(person("sal"), its_round)
    one = Interest.objects.get()
    assert (one.application, one.kind, one.why, one.is_late) == (first, *CLUB, False)


def test_a_declaration_is_made_once() -> None:
    its_round = scored_round()
    make_seat("sal", round=its_round, declared=True)
    with pytest.raises(ValidationError, match="Add to it instead"):
        interests.declare(round=its_round, person=person("sal"), interests={})


def test_nobody_declares_before_all_names_are_known() -> None:
    its_round = make_round()
    make_seat("sal", round=its_round)
    with pytest.raises(ValidationError, match="Groups can still apply"):
        interests.declare(round=its_round, person=person("sal"), interests={})


@pytest.mark.parametrize("said", [("direct", " "), ("rumour", "Somebody said so.")])
def test_an_interest_says_of_what_kind_and_what_it_is(said: tuple[str, str]) -> None:
    its_round = scored_round()
    make_seat("sal", round=its_round)
    first = its_round.applications.first()
    assert first
    with pytest.raises(ValidationError):
        interests.declare(round=its_round, person=person("sal"), interests={first: said})
    assert not Declaration.objects.exists()


def test_who_writes_one_or_acts_for_its_group_has_an_interest_said_or_not() -> None:
    its_round = make_round(status="scoring")
    written = make_application(round=its_round, by=person("sal"))
    group = make_organisation(name="Acted for")
    Membership.objects.create(
        organisation=group,
        user=person("sal"),
        role="editor",
        confirmed_at=timezone.now(),
        confirmed_by=person("erin"),
    )
    acted_for = make_application(round=its_round, organisation=group)
    of_no_group = make_application(round=its_round)
    Application.objects.filter(pk=of_no_group.pk).update(organisation=None)
    make_seat("sal", round=its_round)
    sal = person("sal")
    assert sight.has_interest_in(sal, its_round)
    interests.declare(round=its_round, person=sal, interests={written: ("helped", "I wrote it.")})
    assert {one.application: one.kind for one in Interest.objects.all()} == {
        written: "helped",
        acted_for: "direct",
    }
    assert list(sight.applications(sal)) == [of_no_group]


def test_who_typed_one_in_for_somebody_else_has_no_interest_in_it() -> None:
    mona = person("mona")
    application = make_application(by=mona, entered_by=mona, entered_for="Jo", entered_how="paper")
    assert list(sight.applications(mona)) == [application]


@pytest.mark.parametrize("who", ["mona", "ada"])
def test_who_runs_the_round_sees_all_but_what_concerns_them(who: str) -> None:
    its_round = scored_round()
    first, second = its_round.applications.all()
    someone = person(who)
    assert sight.may_see_totals(someone, its_round)
    interests.add(application=first, person=someone, said=CLUB, by=someone)
    assert list(sight.applications(someone)) == [second]
    assert not sight.may_see_totals(someone, its_round)


def test_a_late_interest_voids_the_scores_and_keeps_them_for_who_runs_the_round() -> None:
    sheet = fill_in(make_sheet("sal", application=scored_round().applications.first()))
    untouched = make_sheet("sal", application=sheet.application.round.applications.last())
    interest = interests.add(
        application=sheet.application, person=sheet.scorer, said=CLUB, by=sheet.scorer
    )
    sheet.refresh_from_db()
    untouched.refresh_from_db()
    assert interest.is_late
    assert (sheet.status, sheet.void_why) == (
        "void",
        "An interest was declared after it was given.",
    )
    assert untouched.status == "open"
    assert [score.reason for score in sheet.scores.all()] == ["Why I gave 2."] * 2
    assert list(sight.void_sheets(person("mona"), sheet.application)) == [sheet]
    make_seat("cora", round=sheet.application.round, declared=True)
    for who in ("sal", "cora"):
        assert not sight.void_sheets(person(who), sheet.application).exists()


def test_an_interest_in_what_nobody_had_begun_is_not_late() -> None:
    sheet = make_sheet("sal", application=scored_round().applications.first())
    interest = interests.add(
        application=sheet.application, person=sheet.scorer, said=CLUB, by=person("mona")
    )
    assert (interest.is_late, interest.declared_by) == (False, person("mona"))
    assert ScoreSheet.objects.get().status == "void"


def test_an_interest_is_declared_once() -> None:
    its_round = scored_round()
    first = its_round.applications.first()
    assert first
    words: dict[str, Any] = {"person": person("sal"), "said": CLUB, "by": person("sal")}
    interests.add(application=first, **words)
    with pytest.raises(ValidationError, match="declared already"):
        interests.add(application=first, **words)


def test_a_chair_with_an_interest_hands_over() -> None:
    its_round = scored_round()
    chair = make_seat("cora", round=its_round, is_chair=True)
    first = its_round.applications.first()
    assert first
    interests.declare(round=its_round, person=person("cora"), interests={first: CLUB})
    chair.refresh_from_db()
    assert not chair.is_chair
    assert what(chair) == ["handed-over"]
    with pytest.raises(interests.SeatRefused, match="They have an interest in this round"):
        interests.hand_over(to=chair, by=person("mona"))


def test_the_chair_goes_from_one_to_the_other() -> None:
    its_round = scored_round()
    before = make_seat("ada", round=its_round, is_chair=True)
    after = make_seat("cora", round=its_round)
    interests.hand_over(to=after, by=person("mona"), why="On holiday")
    assert list(Seat.objects.filter(is_chair=True)) == [after]
    assert (what(before), what(after)) == (["handed-over"], ["chair"])
    with pytest.raises(interests.SeatRefused, match="They chair this round already"):
        interests.hand_over(to=after, by=person("mona"))


def test_who_may_not_chair_does_not() -> None:
    its_round = scored_round()
    seat = make_seat("sal", round=its_round)
    with pytest.raises(interests.SeatRefused, match="role “Chair”"):
        interests.hand_over(to=seat, by=person("mona"))
    young = make_seat("cora", round=its_round, is_young=True)
    with pytest.raises(interests.SeatRefused, match="A young scorer does not chair"):
        interests.hand_over(to=young, by=person("mona"))


def test_a_seat_is_taken_left_and_taken_again() -> None:
    its_round = scored_round()
    words: dict[str, Any] = {"round": its_round, "person": person("sal"), "by": person("mona")}
    seat = interests.join(**words, partner="The council")
    with pytest.raises(interests.SeatRefused, match="They have a seat"):
        interests.join(**words)
    interests.leave(seat=seat, by=person("mona"), why="Moved away")
    assert not Seat.objects.taken().exists()
    with pytest.raises(interests.SeatRefused, match="They have left"):
        interests.leave(seat=seat, by=person("mona"))
    with pytest.raises(interests.SeatRefused, match="of the other kind"):
        interests.join(**words, is_young=True)
    interests.join(**words)
    assert what(Seat.objects.taken().get()) == ["joined", "left", "joined"]


@pytest.mark.parametrize("who", ["mona", "vera", "stefan"])
def test_who_may_not_score_has_no_seat(who: str) -> None:
    with pytest.raises(interests.SeatRefused, match="role “Scorer” or “Chair”"):
        interests.join(round=scored_round(), person=person(who), by=person("ada"))


def test_who_leaves_takes_what_was_not_in_with_them_and_the_chair() -> None:
    its_round = scored_round()
    first, second = its_round.applications.all()
    done = fill_in(make_sheet("cora", application=first))
    open_ = make_sheet("cora", application=second)
    seat = Seat.objects.get()
    interests.hand_over(to=seat, by=None)
    assert interests.leave(seat=seat, by=person("mona")) == 1
    for sheet in (done, open_):
        sheet.refresh_from_db()
    assert (done.status, open_.status, open_.void_why) == (
        "submitted",
        "void",
        "They left the round.",
    )
    assert what(seat) == ["chair", "handed-over", "left"]


def test_everybody_waits_for_those_who_have_not_declared() -> None:
    its_round = scored_round()
    make_seat("cora", round=its_round, declared=True)
    waits_for = make_seat("sal", round=its_round)
    make_seat("ada", round=its_round, left_at=timezone.now())
    assert interests.undeclared(its_round) == [waits_for]


def test_a_scorer_reads_others_scores_once_their_own_are_in() -> None:
    its_round = scored_round(1)
    application = its_round.applications.get()
    theirs = fill_in(make_sheet("cora", application=application))
    own = make_sheet("sal", application=application)
    sal = person("sal")
    assert not sight.sheets(sal, application).exists()
    own = fill_in(own)
    assert set(sight.sheets(sal, application)) == {own, theirs}
    interests.add(application=application, person=person("cora"), said=CLUB, by=person("cora"))
    assert list(sight.sheets(sal, application)) == [own]
    assert not sight.sheets(person("cora"), application).exists()


def test_who_was_not_given_one_waits_for_the_panel() -> None:
    its_round = scored_round(1)
    application = its_round.applications.get()
    sheet = fill_in(make_sheet("cora", application=application))
    make_seat("sal", round=its_round, declared=True)
    assert not sight.sheets(person("sal"), application).exists()
    assert list(sight.sheets(person("mona"), application)) == [sheet]
    Round.objects.filter(pk=its_round.pk).update(status="panel")
    application.refresh_from_db()
    assert list(sight.sheets(person("sal"), application)) == [sheet]
