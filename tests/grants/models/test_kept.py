"""What was sent or done does not change; an example goes with all that hangs on it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from grants.models import (
    Application,
    ApplicationMove,
    BankCall,
    BankDetails,
    Check,
    Declaration,
    Interest,
    Meeting,
    PanelScore,
    PaymentExport,
    PaymentMove,
    RepaymentReceived,
    ReportMove,
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

SENT = "What was sent does not change."
KEPT = "The record of who did what is not changed."
RECORDS: dict[type[Model], dict[str, Any]] = {
    RoundMove: {"why": "Or rather"},
    ApplicationMove: {"why": "Or rather"},
    SeatMove: {"why": "Or rather"},
    Declaration: {"person_id": 1},
    Interest: {"why": "Or rather"},
    Check: {"reason": "Or rather"},
    BankDetails: {"ending": "999"},
    BankCall: {"note": "Or rather"},
    PanelScore: {"reason": "Or rather"},
    PaymentMove: {"why": "Or rather"},
    PaymentExport: {"total": Decimal(1)},
    RepaymentReceived: {"reference": "Or rather"},
    ReportMove: {"why": "Or rather"},
    SheetEdit: {"said": {"note": "Or rather"}},
}


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    return str(caught.value.__cause__.diag.message_primary)  # type: ignore[union-attr]


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


def test_the_panel_scores_nothing_before_and_after_it_has_the_round() -> None:
    row = build(PanelScore, {})
    Round.objects.filter(pk=row.application.round_id).update(status="decided")
    assert refused(row.save) == "The panel scores while the round is with it."


def test_an_example_goes_with_all_that_hangs_on_it() -> None:
    made = make_round(is_example=True)
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
    held = Meeting.objects.create(round=made, began_by=seat.person)
    held.attendances.create(seat=seat)
    application.decisions.create(
        meeting=held, outcome="decline", reason="No.", decided_by=seat.person
    )
    application.delete()
    made.delete()
    assert not Round.objects.exists()
    assert not Seat.objects.exists()
