"""The verbs of a round: saved, copied, opened, moved on, given more time and money."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from assets.listings import ChangedMeanwhile
from grants import copying, rounds
from grants.models import Criterion, Level, Question, Round, RoundMove, RoundRecord, RoundStatus
from tests.grants.make import make_round
from thrive.models import NeedsGroup

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def again(round: Round) -> Round:
    return Round.objects.get(pk=round.pk)


def draft(**fields: Any) -> Round:
    return make_round(status=RoundStatus.DRAFT, **fields)


def test_saving_stores_the_round_with_its_parts_and_says_who_did(mona: User) -> None:
    round = draft()
    round.title = "Spring"
    asked = Question(round=round, number=3, text="And then?", most_words=80)
    rounds.save(round=round, by=mona, parts=[asked], gone=round.questions.all()[:1])
    assert again(round).title == "Spring"
    assert [one.text for one in round.questions.all()] == ["Who will it help?", "And then?"]
    [record] = RoundRecord.objects.all()
    assert (record.made_by, record.what, record.version) == (mona, "saved", 1)
    assert [one["text"] for one in record.whole["questions"]] == ["Who will it help?", "And then?"]


def test_two_questions_change_places(mona: User) -> None:
    round = draft()
    first, second = round.questions.all()
    first.number, second.number = 2, 1
    rounds.save(round=round, by=mona, parts=[first, second])
    assert [one.text for one in round.questions.all()] == [second.text, first.text]


def test_two_questions_cannot_have_one_place(mona: User) -> None:
    round = draft()
    second = round.questions.last()
    assert second
    second.number = 1
    with pytest.raises(ValidationError, match="Two of them have the same number"):
        rounds.save(round=round, by=mona, parts=[second])


def test_the_second_window_overwrites_nothing_and_reads_who_was_first(
    mona: User, ada: User
) -> None:
    mine, theirs = draft(), Round.objects.get()
    theirs.title = "Theirs"
    rounds.save(round=theirs, by=ada)
    mine.title = "Mine"
    with pytest.raises(ChangedMeanwhile, match="Ada Wright was faster"):
        rounds.save(round=mine, by=mona)
    assert again(mine).title == "Theirs"


def test_a_round_that_has_opened_is_not_saved(mona: User) -> None:
    round = make_round()
    with pytest.raises(ValidationError, match="does not change any more"):
        rounds.save(round=round, by=mona)


def test_nothing_is_stored_where_one_part_is_wrong(mona: User) -> None:
    round = draft()
    round.title = "Never"
    with pytest.raises(ValidationError):
        rounds.save(round=round, by=mona, parts=[Question(round=round, number=9, text="")])
    assert again(round).title == "Round 1"
    assert not RoundRecord.objects.exists()


# --- Copying ---


def test_a_copy_asks_the_same_a_year_later(mona: User) -> None:
    closes = datetime(2026, 11, 30, 12, tzinfo=LONDON)
    opens = datetime(2026, 6, 1, 9, tzinfo=LONDON)
    round = make_round(status=RoundStatus.CLOSED, opens_at=opens, closes_at=closes)
    made = copying.copy(round=round, by=mona, title="Next", slug="next", code="N2")
    assert (made.status, made.copied_from, made.title) == ("draft", round, "Next")
    assert made.closes_at == datetime(2027, 11, 30, 12, tzinfo=LONDON)
    assert made.opens_at == datetime(2027, 6, 1, 9, tzinfo=LONDON)
    assert (made.committed, made.last_number, made.is_example) == (0, 0, False)
    assert [*made.needs_groups.all()] == [*round.needs_groups.all()]
    for name in ("eligibility_questions", "questions", "budget_headings"):
        assert [str(one) for one in getattr(made, name).all()] == [
            str(one) for one in getattr(round, name).all()
        ]
    theirs, mine = (
        [(one.name, one.weight, [str(level) for level in one.levels.all()]) for one in its]
        for its in (round.criteria.all(), made.criteria.all())
    )
    assert mine == theirs
    assert [one.what for one in made.records.all()] == ["copied"]


def test_a_copy_of_the_29th_of_february_is_of_the_28th(mona: User) -> None:
    closes = datetime(2028, 2, 29, 12, tzinfo=LONDON)
    opens = closes - timedelta(days=30)
    round = make_round(status=RoundStatus.CLOSED, opens_at=opens, closes_at=closes)
    made = copying.copy(round=round, by=mona, title="Next", slug="next", code="N2")
    assert made.closes_at == datetime(2029, 2, 28, 12, tzinfo=LONDON)


def test_a_copy_leaves_the_round_it_is_from_alone(mona: User) -> None:
    round = make_round(status=RoundStatus.CLOSED)
    before = Criterion.objects.filter(round=round).count()
    copying.copy(round=round, by=mona, title="Next", slug="next", code="N2")
    assert Criterion.objects.filter(round=round).count() == before
    assert again(round).version == round.version


def test_the_next_name_is_suggested() -> None:
    round = make_round(title="Spring 2027", slug="spring-2027", code="GGO2")
    assert copying.suggested(round) == {
        "title": "Spring 2028",
        "slug": "spring-2028",
        "code": "GGO3",
    }


def test_a_name_that_is_taken_is_not_suggested() -> None:
    round = make_round(slug="spring", code="GGO2")
    make_round(code="GGO3")
    suggested = copying.suggested(round)
    assert (suggested["slug"], suggested["code"]) == ("", "")


# --- Opening ---


def test_a_whole_draft_opens_and_says_who_opened_it(mona: User) -> None:
    round = draft()
    assert rounds.what_is_missing(round) == []
    rounds.open_(round=round, by=mona, why="All agreed.")
    assert round.status == "open"
    [move] = RoundMove.objects.all()
    assert (move.moved_by, move.from_status, move.to_status) == (mona, "draft", "open")
    assert move.why == "All agreed."


@pytest.mark.parametrize(
    ("weights", "total"), [((60, 30), "90"), ((60, 41), "101"), ((60, Decimal("39.99")), "99.99")]
)
def test_weights_have_to_be_a_hundred(mona: User, weights: tuple[int, ...], total: str) -> None:
    round = draft(weights=weights)
    said = f"The weights are {total} together. They have to be 100."
    assert rounds.what_is_missing(round) == [said]
    with pytest.raises(rounds.MoveRefused) as error:
        rounds.open_(round=round, by=mona)
    assert error.value.messages == [said]
    assert again(round).status == "draft"


def test_thirds_that_make_a_hundred_are_a_hundred(mona: User) -> None:
    third = Decimal("33.33")
    round = draft(weights=(third, third, Decimal("33.34")))
    assert rounds.what_is_missing(round) == []


def test_an_empty_draft_is_told_all_that_it_needs() -> None:
    round = draft()
    for name in ("questions", "criteria", "budget_headings"):
        getattr(round, name).all().delete()
    round.needs_groups.clear()
    now = timezone.now()
    Round.objects.update(opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    Round.objects.update(decisions_on=timezone.localdate() - timedelta(days=2))
    assert rounds.what_is_missing(again(round)) == [
        "Write at least one question.",
        "Write at least one criterion to score by.",
        "Write at least one budget heading.",
        "Tick at least one needs group that this round may fund.",
        "It closes in the past. Choose a later closing time.",
        "They hear from us before it closes. Choose a later day.",
    ]


def test_a_criterion_needs_two_levels() -> None:
    round = draft()
    first = round.criteria.get(number=1)
    Level.objects.filter(criterion=first, points__gt=0).delete()
    assert rounds.what_is_missing(round) == ["“Criterion 1” needs two levels or more."]


def test_the_second_to_open_is_told_who_was_first(mona: User, ada: User) -> None:
    mine, theirs = draft(), Round.objects.get()
    with time_machine.travel(datetime(2026, 11, 3, 14, 30, tzinfo=LONDON), tick=False):
        rounds.open_(round=theirs, by=ada)
    with pytest.raises(rounds.MoveRefused) as error:
        rounds.open_(round=mine, by=mona)
    assert error.value.messages == [
        "Ada Wright was faster, at 2.30 pm on 3 November 2026: open. Look again first."
    ]
    assert RoundMove.objects.count() == 1


def test_what_somebody_did_not_see_is_not_opened(mona: User, ada: User) -> None:
    mine, theirs = draft(), Round.objects.get()
    rounds.save(round=theirs, by=ada)
    with pytest.raises(rounds.MoveRefused, match="Ada Wright was faster"):
        rounds.open_(round=mine, by=mona)
    assert again(mine).status == "draft"


# --- Moving on ---


def test_it_moves_from_status_to_status_and_writes_each_down(mona: User) -> None:
    round = make_round(closes_at=timezone.now() - timedelta(minutes=1))
    for to in ("scoring", "panel", "scoring", "panel", "decided", "closed"):
        rounds.move(round=round, to=RoundStatus(to), by=mona, why="Next.")
    assert again(round).status == "closed"
    assert [one.to_status for one in round.moves.all()] == [
        "scoring",
        "panel",
        "scoring",
        "panel",
        "decided",
        "closed",
    ]


def test_it_takes_applications_until_it_closes(mona: User) -> None:
    round = make_round(closes_at=datetime(2099, 11, 3, 12, tzinfo=LONDON))
    with pytest.raises(rounds.MoveRefused, match="until noon on 3 November 2099"):
        rounds.move(round=round, to=RoundStatus.SCORING, by=mona)


def test_it_cannot_go_anywhere_else(mona: User) -> None:
    round = draft()
    with pytest.raises(rounds.MoveRefused, match="it cannot become decided"):
        rounds.move(round=round, to=RoundStatus.DECIDED, by=mona)


# --- More time, more money ---


def test_more_time_is_given_with_a_reason(mona: User) -> None:
    round = make_round()
    later = round.closes_at + timedelta(days=3)
    rounds.extend(round=round, closes_at=later, by=mona, why="Snow.")
    assert again(round).closes_at == later
    [record] = round.records.all()
    assert (record.what, record.made_by, record.why) == ("dates", mona, "Snow.")


def test_time_is_never_taken_away(mona: User) -> None:
    round = make_round()
    earlier = round.closes_at - timedelta(hours=1)
    with pytest.raises(ValidationError) as error:
        rounds.extend(round=round, closes_at=earlier, by=mona, why="Haste.")
    assert [*error.value.message_dict] == ["closes_at"]
    assert again(round).closes_at == round.closes_at


def test_more_time_than_the_promised_answer_leaves_needs_a_later_answer(mona: User) -> None:
    round = make_round()
    later = round.closes_at + timedelta(days=90)
    with pytest.raises(ValidationError) as error:
        rounds.extend(round=round, closes_at=later, by=mona, why="Snow.")
    assert [*error.value.message_dict] == ["decisions_on"]
    day = timezone.localdate(later) + timedelta(days=30)
    rounds.extend(round=round, closes_at=later, decisions_on=day, by=mona, why="Snow.")
    assert again(round).decisions_on == day


def test_more_time_and_money_need_a_reason(mona: User) -> None:
    round = make_round()
    with pytest.raises(ValidationError) as error:
        rounds.add_to_pot(round=round, amount=Decimal(1), by=mona, why=" ")
    assert [*error.value.message_dict] == ["why"]
    later = round.closes_at + timedelta(days=3)
    with pytest.raises(ValidationError) as error:
        rounds.extend(round=round, closes_at=later, by=mona, why="")
    assert [*error.value.message_dict] == ["why"]


def test_a_second_press_does_not_add_to_the_pot_twice(mona: User) -> None:
    round = make_round()
    same = again(round)
    rounds.add_to_pot(round=round, amount=Decimal("500.50"), by=mona, why="A gift.")
    with pytest.raises(rounds.MoveRefused, match="Mona Fell was faster"):
        rounds.add_to_pot(round=same, amount=Decimal("500.50"), by=mona, why="A gift.")
    assert again(round).pot == Decimal("10500.50")
    assert [(one.what, one.why) for one in round.records.all()] == [("pot", "A gift.")]


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "9999999"])
def test_a_pot_grows_by_an_amount_that_there_can_be(mona: User, amount: str) -> None:
    round = make_round()
    with pytest.raises(ValidationError) as error:
        rounds.add_to_pot(round=round, amount=Decimal(amount), by=mona, why="A gift.")
    assert [*error.value.message_dict] == ["amount"]
    assert again(round).pot == 10_000


@pytest.mark.parametrize("status", ["draft", "closed"])
def test_only_the_pot_of_a_round_under_way_grows(mona: User, status: str) -> None:
    round = make_round(status=status)
    with pytest.raises(ValidationError, match="under way"):
        rounds.add_to_pot(round=round, amount=Decimal(1), by=mona, why="A gift.")


def test_needs_groups_are_stored_with_the_rest(mona: User) -> None:
    round = draft()
    only = NeedsGroup.objects.filter(slug="getting-advice")
    rounds.save(round=round, by=mona, needs_groups=only)
    assert [*again(round).needs_groups.all()] == [*only]
