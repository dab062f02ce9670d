"""What the database itself says about who scores what, and about scores that are in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from grants.models import Interest, Score, ScoreSheet, Seat
from tests.grants.make import make_application, make_round, make_seat, make_sheet
from tests.people import person

pytestmark = pytest.mark.django_db

STANDS = "What was scored does not change."
INTEREST = "Nobody scores what they have an interest in."
CHAIR = "Nobody chairs a round in which they have an interest."


def kept(act: Callable[[], Any]) -> None:
    """As at the end of a transaction."""
    act()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(act: Callable[[], Any]) -> str:
    """What the database says, at once or when all of it is to be kept."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        kept(act)
    return str(caught.value.__cause__.diag.message_primary)  # type: ignore[union-attr]


def score_all(sheet: ScoreSheet) -> None:
    for criterion in sheet.application.round.criteria.all():
        sheet.scores.create(criterion=criterion, level=criterion.levels.last(), reason="Yes.")


def submit(sheet: ScoreSheet) -> None:
    rows = ScoreSheet.objects.filter(pk=sheet.pk)
    rows.update(status="submitted", submitted_at=timezone.now())


def submitted(who: str = "sal", **fields: Any) -> ScoreSheet:
    sheet = make_sheet(who, **fields)
    score_all(sheet)
    submit(sheet)
    return sheet


def declare(sheet_or_seat: ScoreSheet | Seat) -> Interest:
    """Of the scorer in the application; of somebody with a seat in a new one."""
    if isinstance(sheet_or_seat, ScoreSheet):
        application, who = sheet_or_seat.application, sheet_or_seat.scorer
    else:
        application, who = make_application(round=sheet_or_seat.round), sheet_or_seat.person
    return Interest.objects.create(
        application=application, person=who, declared_by=who, kind="direct", why="My club."
    )


def test_a_score_has_a_level_of_its_own_criterion() -> None:
    sheet = make_sheet("sal")
    first, second = sheet.application.round.criteria.all()
    said = refused(lambda: sheet.scores.create(criterion=first, level=second.levels.first()))
    assert "score_level_is_the_criterions" in said


def test_a_score_is_by_a_criterion_of_its_own_round() -> None:
    other = make_round().criteria.all()[0]
    sheet = make_sheet("sal", application=make_application(round=make_round()))
    said = refused(lambda: sheet.scores.create(criterion=other))
    assert said == "A score is by a criterion of its own round."


def test_what_always_applies_is_not_left_out() -> None:
    sheet = make_sheet("sal")
    always, may_not = sheet.application.round.criteria.all()
    said = refused(lambda: sheet.scores.create(criterion=always, does_not_apply=True))
    assert said == "This criterion always applies."
    sheet.scores.create(criterion=may_not, does_not_apply=True)


def test_nobody_scores_without_a_seat() -> None:
    application = make_application()
    said = refused(lambda: ScoreSheet.objects.create(application=application, scorer=person("sal")))
    assert said == "Only those with a seat in the round score."


def test_nobody_scores_who_has_left() -> None:
    seat = make_seat("sal", declared=True, left_at=timezone.now())
    application = make_application(round=seat.round)
    said = refused(lambda: ScoreSheet.objects.create(application=application, scorer=seat.person))
    assert said == "Only those with a seat in the round score."


def test_nobody_scores_before_they_have_declared() -> None:
    seat = make_seat("sal")
    application = make_application(round=seat.round)
    said = refused(lambda: ScoreSheet.objects.create(application=application, scorer=seat.person))
    assert said == "Nobody scores before they have declared their interests."


def test_nobody_is_given_what_they_have_an_interest_in() -> None:
    seat = make_seat("sal", declared=True)
    application = declare(seat).application
    said = refused(lambda: ScoreSheet.objects.create(application=application, scorer=seat.person))
    assert said == INTEREST


@pytest.mark.parametrize("make", [make_sheet, submitted])
def test_an_interest_leaves_no_sheet_that_counts(make: Callable[..., ScoreSheet]) -> None:
    sheet = make("sal")
    assert refused(lambda: declare(sheet)) == INTEREST


def test_an_interest_goes_with_a_void_sheet() -> None:
    sheet = submitted()
    rows = ScoreSheet.objects.filter(pk=sheet.pk)
    rows.update(status="void", void_at=timezone.now(), void_why="Declared late.")
    kept(lambda: declare(sheet))
    assert refused(lambda: rows.update(status="open", void_at=None, void_why="")) == STANDS


def test_nobody_chairs_a_round_in_which_they_have_an_interest() -> None:
    cora, sal = make_seat("cora", is_chair=True), make_seat("sal")
    assert refused(lambda: declare(cora)) == CHAIR
    declare(sal)
    Seat.objects.filter(pk=cora.pk).update(is_chair=False)
    assert refused(lambda: Seat.objects.filter(pk=sal.pk).update(is_chair=True)) == CHAIR


def test_a_sheet_is_in_once_each_criterion_has_a_score_and_a_reason() -> None:
    sheet = make_sheet("sal")
    wanted = "Each criterion has a score and a reason."
    assert refused(lambda: submit(sheet)) == wanted
    score_all(sheet)
    Score.objects.filter(sheet=sheet, criterion__number=1).update(reason="")
    assert refused(lambda: submit(sheet)) == wanted
    Score.objects.filter(sheet=sheet, criterion__number=1).update(reason="Yes.", level=None)
    assert refused(lambda: submit(sheet)) == wanted
    first = sheet.application.round.criteria.all()[0]
    Score.objects.filter(sheet=sheet, criterion=first).update(level=first.levels.first())
    submit(sheet)


def test_what_is_in_does_not_change() -> None:
    sheet = submitted()
    rows = ScoreSheet.objects.filter(pk=sheet.pk)
    other = make_application(round=sheet.application.round)
    assert refused(lambda: rows.update(note="Or rather")) == STANDS
    assert refused(lambda: rows.update(version=7)) == STANDS
    assert refused(lambda: rows.update(status="open", submitted_at=None)) == STANDS
    assert refused(lambda: rows.update(application=other)) == STANDS
    assert refused(lambda: sheet.scores.update(reason="Or rather")) == STANDS
    assert refused(lambda: sheet.scores.update(level=None)) == STANDS
    assert refused(lambda: sheet.scores.all()[0].delete()) == STANDS
    again = sheet.application.round.criteria.all()[0]
    assert refused(lambda: Score.objects.create(sheet=sheet, criterion=again)) == STANDS


def test_an_open_sheet_stays_whose_it_is() -> None:
    sheet = make_sheet("sal")
    rows = ScoreSheet.objects.filter(pk=sheet.pk)
    assert refused(lambda: rows.update(scorer=person("cora"))) == STANDS
    assert refused(lambda: rows.update(stage="after")) == STANDS


def test_the_words_of_a_person_can_be_erased() -> None:
    sheet = submitted()
    sheet.scores.update(reason="")
    ScoreSheet.objects.filter(pk=sheet.pk).update(note="")
    assert {score.reason for score in sheet.scores.all()} == {""}


def test_sheets_are_kept_and_those_of_an_example_go() -> None:
    sheet = submitted()
    sheet.edits.create(version=2)
    assert refused(lambda: ScoreSheet.objects.filter(pk=sheet.pk)._raw_delete("default")) == (
        "What was scored is kept."
    )
    example = submitted("cora", application=make_application(is_example=True))
    example.edits.create(version=2)
    example.application.delete()
    assert ScoreSheet.objects.get() == sheet
