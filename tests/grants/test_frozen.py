"""What the database itself does not let change once a round has opened."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from grants import rounds
from grants.models import (
    BudgetHeading,
    Criterion,
    EligibilityQuestion,
    Level,
    Question,
    RequiredCheck,
    Round,
    RoundMove,
    RoundRecord,
    RoundStatus,
)
from tests.grants.make import make_round
from thrive.models import NeedsGroup

pytestmark = pytest.mark.django_db
PARTS = [EligibilityQuestion, Question, Criterion, Level, BudgetHeading, RequiredCheck]
FROZEN = "A round that has opened does not change"
KEPT = "The record of who did what is not changed"


def make_whole_round(**fields: Any) -> Round:
    """With a required check as well."""
    round = make_round(status=RoundStatus.DRAFT, **fields)
    RequiredCheck.objects.create(round=round, kind="rules")
    return round


def opened(**fields: Any) -> Round:
    round = make_whole_round(**fields)
    Round.objects.filter(pk=round.pk).update(status="open")
    round.refresh_from_db()
    return round


def refused(words: str) -> Any:
    return pytest.raises(IntegrityError, match=words)


@pytest.mark.parametrize("part", PARTS, ids=lambda one: one._meta.model_name)
def test_a_part_of_an_opened_round_neither_changes_nor_goes(part: Any) -> None:
    opened()
    one = part.objects.first()
    with refused(FROZEN), transaction.atomic():
        part.objects.filter(pk=one.pk).update(**{_text_of(part): "other"})
    with refused(FROZEN), transaction.atomic():
        part.objects.filter(pk=one.pk).delete()


@pytest.mark.parametrize("part", PARTS, ids=lambda one: one._meta.model_name)
def test_a_part_of_a_draft_changes_and_goes(part: Any) -> None:
    make_whole_round()
    one = part.objects.first()
    assert part.objects.filter(pk=one.pk).update(**{_text_of(part): "other"}) == 1
    one.delete()
    assert not part.objects.filter(pk=one.pk).exists()


def _text_of(part: Any) -> str:
    """A field of text that every rule lets be anything."""
    return "description" if part is Level else "text" if hasattr(part, "text") else "help"


def test_an_opened_round_gets_no_new_parts() -> None:
    round = opened()
    criterion = round.criteria.first()
    assert criterion
    for part in (
        EligibilityQuestion(round=round, number=9, text="x", why_not="x"),
        Question(round=round, number=9, text="x"),
        Criterion(round=round, number=9, name="x", weight=1),
        Level(criterion=criterion, points=9, name="x", description="x"),
        BudgetHeading(round=round, number=9, name="x"),
        RequiredCheck(round=round, kind="insurance"),
    ):
        with refused(FROZEN), transaction.atomic():
            part.save(force_insert=True)


def test_nothing_is_carried_from_an_opened_round_to_a_draft() -> None:
    round, other = opened(), make_round(status=RoundStatus.DRAFT)
    with refused(FROZEN), transaction.atomic():
        Question.objects.filter(round=round, number=1).update(round=other, number=9)
    with refused(FROZEN), transaction.atomic():
        Question.objects.filter(round=other, number=1).update(round=round, number=9)


def test_the_needs_groups_of_an_opened_round_stay() -> None:
    round = opened()
    with refused(FROZEN), transaction.atomic():
        round.needs_groups.add(NeedsGroup.objects.get(slug="getting-help"))
    with refused(FROZEN), transaction.atomic():
        round.needs_groups.clear()


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"},
        {"smallest_award": Decimal(1)},
        {"young_weight": Decimal(2)},
        {"spend_from": timezone.localdate()},
        {"pot": Decimal(9_999)},
        {"status": "draft"},
        {"closes_at": timezone.now()},
        {"is_example": True},
    ],
    ids=lambda one: next(iter(one)),
)
def test_what_was_promised_does_not_change(change: dict[str, Any]) -> None:
    round = opened()
    with refused(FROZEN), transaction.atomic():
        Round.objects.filter(pk=round.pk).update(**change)


def test_there_may_be_more_time_and_more_money() -> None:
    round = opened()
    later = round.closes_at + timedelta(days=1)
    assert Round.objects.filter(pk=round.pk).update(pot=20_000, closes_at=later) == 1


def test_an_opened_round_is_not_deleted_and_a_draft_is() -> None:
    round = opened()
    with refused(FROZEN), transaction.atomic():
        Round.objects.filter(pk=round.pk)._raw_delete("default")
    draft = make_whole_round()
    draft.delete()
    assert [*Round.objects.all()] == [round]


def test_who_moved_it_and_what_was_done_is_never_changed(mona: User) -> None:
    round = make_whole_round()
    rounds.save(round=round, by=mona)
    rounds.open_(round=round, by=mona)
    for record in (RoundMove, RoundRecord):
        with refused(KEPT), transaction.atomic():
            record.objects.update(why="Not I.")
        with refused(KEPT), transaction.atomic():
            record.objects.all().delete()


def test_a_record_says_what_was_done_and_of_which_version(mona: User) -> None:
    round = make_whole_round()
    rounds.save(round=round, by=mona)
    for broken in ({"what": "danced", "version": 9}, {"what": "saved", "version": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoundRecord.objects.create(round=round, whole={}, **broken)


def test_an_example_goes_with_all_its_parts(mona: User) -> None:
    round = make_whole_round(is_example=True)
    rounds.save(round=round, by=mona)
    rounds.open_(round=round, by=mona)
    other = opened()
    round.delete()
    assert [*Round.objects.all()] == [other]
    for part in (*PARTS, RoundMove, RoundRecord):
        its = "criterion__round" if part is Level else "round"
        assert not part._default_manager.exclude(**{its: other}).exists()
