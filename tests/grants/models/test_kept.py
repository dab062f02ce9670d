"""What is promised, sent or done does not change; an example goes with all that hangs on it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from grants.models import (
    Application,
    ApplicationMove,
    Check,
    Declaration,
    Interest,
    Round,
    RoundMove,
    Seat,
    SeatMove,
    SheetEdit,
)
from tests.assets.models.rows import build
from tests.grants.make import make_application, make_round, make_seat, make_sheet
from tests.people import person

pytestmark = pytest.mark.django_db

FROZEN = "A round that has opened does not change."
SENT = "What was sent does not change."
KEPT = "The record of who did what is not changed."
PARTS = ["eligibility_questions", "questions", "criteria", "budget_headings", "required_checks"]
RECORDS = {
    RoundMove: {"why": "Or rather"},
    ApplicationMove: {"why": "Or rather"},
    SeatMove: {"why": "Or rather"},
    Declaration: {"person_id": 1},
    Interest: {"why": "Or rather"},
    Check: {"reason": "Or rather"},
    SheetEdit: {"said": {"note": "Or rather"}},
}


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    return str(caught.value.__cause__.diag.message_primary)  # type: ignore[union-attr]


def draft_with_parts(**fields: Any) -> Round:
    made = make_round(status="draft", **fields)
    made.required_checks.create(kind="rules")
    return made


def opened(**fields: Any) -> Round:
    made = draft_with_parts(**fields)
    Round.objects.filter(pk=made.pk).update(status="open")
    made.refresh_from_db()
    return made


def test_a_draft_changes_with_its_parts_and_goes_with_them() -> None:
    made = draft_with_parts()
    Round.objects.filter(pk=made.pk).update(title="Another", pot=Decimal(6_000))
    for parts in PARTS:
        last = getattr(made, parts).last()
        last.save()
        last.delete()
    made.criteria.first().levels.first().delete()
    made.needs_groups.clear()
    made.delete()
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Another"},
        {"slug": "another"},
        {"largest_award": Decimal(200)},
        {"young_weight": Decimal(2)},
        {"pot": Decimal(9_999)},
        {"status": "draft"},
        {"is_example": True},
    ],
)
def test_an_open_round_keeps_what_it_promised(changes: dict[str, Any]) -> None:
    rows = Round.objects.filter(pk=opened().pk)
    assert refused(lambda: rows.update(**changes)) == FROZEN


def test_an_open_round_does_not_close_earlier() -> None:
    made = opened()
    rows = Round.objects.filter(pk=made.pk)
    earlier = made.closes_at - timedelta(seconds=1)
    assert refused(lambda: rows.update(closes_at=earlier)) == FROZEN


def test_an_open_round_moves_on_grows_and_waits_longer() -> None:
    made = opened()
    later = made.closes_at + timedelta(days=1)
    changes = {"status": "scoring", "pot": Decimal(10_001), "committed": Decimal(5)}
    Round.objects.filter(pk=made.pk).update(closes_at=later, version=2, last_number=1, **changes)


def test_an_open_round_is_kept() -> None:
    rows = Round.objects.filter(pk=opened().pk)
    assert refused(lambda: rows._raw_delete("default")) == FROZEN


@pytest.mark.parametrize("parts", PARTS)
def test_the_parts_of_an_open_round_stay_as_they_are(parts: str) -> None:
    made = opened()
    one = getattr(made, parts).last()
    rows = type(one)._default_manager.filter(pk=one.pk)
    assert refused(lambda: rows.update(help="Or rather")) == FROZEN
    assert refused(lambda: rows._raw_delete("default")) == FROZEN
    one.pk, one._state.adding = None, True
    one.id = type(one)._meta.pk.get_default()
    if parts == "required_checks":
        one.kind = "insurance"
    else:
        one.number = 9
    assert refused(lambda: one.save(force_insert=True)) == FROZEN


def test_the_levels_and_needs_groups_of_an_open_round_stay_as_they_are() -> None:
    made = opened()
    criterion = made.criteria.first()
    assert criterion
    levels = criterion.levels
    assert refused(lambda: levels.update(description="Or rather")) == FROZEN
    assert refused(lambda: levels.create(points=9, name="More", description="More")) == FROZEN
    assert refused(lambda: levels.all()._raw_delete("default")) == FROZEN
    assert refused(made.needs_groups.clear) == FROZEN


def test_nothing_is_carried_off_from_an_open_round() -> None:
    question = opened().questions.first()
    draft = draft_with_parts()
    assert question
    question.round, question.number = draft, 9
    assert refused(question.save) == FROZEN


@pytest.mark.parametrize(
    "changes",
    [
        {"said": {"project": {"title": "Another"}}},
        {"title": "Another"},
        {"number": 77},
        {"ideal": Decimal(1_100)},
        {"people": 21},
        {"age_from": 12},
    ],
)
def test_what_was_sent_does_not_change(changes: dict[str, Any]) -> None:
    rows = Application.objects.filter(pk=make_application().pk)
    assert refused(lambda: rows.update(**changes)) == SENT


def test_what_stands_beside_what_was_sent_may_change() -> None:
    rows = Application.objects.filter(pk=make_application().pk)
    rows.update(status="in-scoring", organisation=None)
    # A person's words are erased.
    rows.update(said={}, title="Erased", summary="")


def test_what_is_not_sent_yet_may_change() -> None:
    not_sent = {"number": None, "submitted_at": None, "submitted_by": None}
    made = make_application(status="draft", **not_sent)
    Application.objects.filter(pk=made.pk).update(said={"you": {}}, title="Another")


@pytest.mark.parametrize("model", list(RECORDS))
def test_a_record_is_neither_changed_nor_deleted(model: type[Model]) -> None:
    row = build(model, {})
    row.save()
    rows = model._default_manager.filter(pk=row.pk)
    assert refused(lambda: rows.update(**RECORDS[model])) == KEPT
    assert refused(lambda: rows._raw_delete("default")) == KEPT


def test_an_example_goes_with_all_that_hangs_on_it() -> None:
    made = opened(is_example=True)
    RoundMove.objects.create(round=made, from_status="draft", to_status="open")
    application = make_application(round=made, is_example=True)
    ApplicationMove.objects.create(
        application=application, from_status="draft", to_status="submitted"
    )
    application.checks.create(
        kind="rules", outcome="passed", reason="Seen.", done_by=person("mona")
    )
    seat = make_seat("cora", round=made, declared=True)
    SeatMove.objects.create(seat=seat, what="joined")
    why = {"kind": "direct", "why": "My club.", "declared_by": seat.person}
    Interest.objects.create(application=application, person=seat.person, **why)
    make_sheet("sal", application=application).edits.create(version=2)
    application.delete()
    made.delete()
    assert not Round.objects.exists()
    assert not Seat.objects.exists()
