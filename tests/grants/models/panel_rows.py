"""Sound rows of the panel and of scoring."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from grants.models import (
    Declaration,
    Interest,
    Score,
    ScoreSheet,
    Seat,
    SeatMove,
    SheetEdit,
)
from tests.grants.make import make_application, make_round, make_seat, make_sheet
from tests.people import person


def seat() -> Seat:
    """The second of two: Cora has the chair."""
    first = make_seat("cora", is_chair=True)
    return Seat(round=first.round, person=person("sal"))


def declaration() -> Declaration:
    """The second of two."""
    first = Declaration.objects.create(round=make_round(), person=person("cora"))
    return Declaration(round=first.round, person=person("sal"))


def interest() -> Interest:
    """The second of two: Cora has one."""
    why = {"kind": "direct", "why": "My sister runs it."}
    cora = person("cora")
    first = Interest.objects.create(
        application=make_application(round=make_round()), person=cora, declared_by=cora, **why
    )
    return Interest(
        application=first.application, person=person("sal"), declared_by=person("sal"), **why
    )


def sheet() -> ScoreSheet:
    """The second of two: Cora has one."""
    first = make_sheet("cora", application=make_application(round=make_round()))
    make_seat("sal", round=first.application.round, declared=True)
    return ScoreSheet(application=first.application, scorer=person("sal"))


def score() -> Score:
    """The second of two: of a criterion that may not apply."""
    its_sheet = make_sheet("sal")
    first, second = its_sheet.application.round.criteria.all()
    Score.objects.create(sheet=its_sheet, criterion=first)
    return Score(sheet=its_sheet, criterion=second, level=second.levels.first())


def sheet_edit() -> SheetEdit:
    """The second of two."""
    first = SheetEdit.objects.create(sheet=make_sheet("sal"), version=2)
    return SheetEdit(sheet=first.sheet, version=3)


PANEL: dict[type[Model], Callable[[], Any]] = {
    Declaration: declaration,
    Interest: interest,
    Score: score,
    ScoreSheet: sheet,
    Seat: seat,
    SeatMove: lambda: SeatMove(seat=make_seat("sal"), what="joined"),
    SheetEdit: sheet_edit,
}
