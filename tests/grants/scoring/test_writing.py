"""Writing in a score sheet: nothing is lost, and what is in stays."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from grants import interests
from grants.models import Application, Round, ScoreSheet
from grants.scoring import mine, writing
from tests.grants.make import fill_in, make_application, make_round, make_seat, make_sheet
from tests.people import person

pytestmark = pytest.mark.django_db


def a_sheet(who: str = "sal") -> ScoreSheet:
    return make_sheet(who, application=make_application(round=make_round(status="scoring")))


class Fields:
    """The fields of a sheet by short names."""

    def __init__(self, sheet: ScoreSheet) -> None:
        self.sheet = sheet
        first, second = sheet.application.round.criteria.all()
        self.level, self.reason = f"level-{first.pk}", f"reason-{first.pk}"
        self.second_level, self.second_reason = f"level-{second.pk}", f"reason-{second.pk}"
        self.best = str(first.levels.all()[3].pk)
        self.worst = str(first.levels.all()[0].pk)

    def write(self, version: int | None = None, **said: str) -> ScoreSheet:
        names = {getattr(self, name, name): text for name, text in said.items()}
        sheet = ScoreSheet.objects.get(pk=self.sheet.pk)
        seen = sheet.version if version is None else version
        return writing.write(sheet=sheet, version=seen, said=names, by=sheet.scorer)

    def said(self) -> dict[str, str]:
        sheet = ScoreSheet.objects.get(pk=self.sheet.pk)
        return writing.said_of(sheet, writing.criteria_of(sheet.application.round))


def test_half_a_sheet_is_kept() -> None:
    fields = Fields(a_sheet())
    fields.write(reason="They know the\r\nvalley. ", note="Ring them")
    assert fields.said() == {
        "note": "Ring them",
        fields.level: "",
        fields.reason: "They know the\nvalley.",
        fields.second_level: "",
        fields.second_reason: "",
    }


def test_every_version_is_kept_and_the_same_again_is_none() -> None:
    fields = Fields(a_sheet())
    fields.write(reason="First")
    fields.write(reason="Second", level=fields.best)
    assert fields.write(reason="Second").version == 3
    edits = fields.sheet.edits.all()
    assert [(edit.version, edit.said[fields.reason]) for edit in edits] == [
        (2, "First"),
        (3, "Second"),
    ]


def test_two_windows_that_write_elsewhere_both_count() -> None:
    fields = Fields(a_sheet())
    fields.write(version=1, reason="From one window")
    fields.write(version=1, second_reason="From the other")
    said = fields.said()
    assert (said[fields.reason], said[fields.second_reason]) == (
        "From one window",
        "From the other",
    )


def test_two_windows_that_write_the_same_field_are_shown_both() -> None:
    fields = Fields(a_sheet())
    fields.write(version=1, reason="From one window", note="Kept")
    with pytest.raises(writing.WrittenMeanwhile) as caught:
        fields.write(version=1, reason="From the other", second_reason="Too")
    assert caught.value.theirs == {fields.reason: "From one window"}
    merged = caught.value.merged
    assert (merged[fields.reason], merged[fields.second_reason], merged["note"]) == (
        "From the other",
        "Too",
        "Kept",
    )
    assert fields.said()[fields.reason] == "From one window"
    fields.write(version=caught.value.sheet.version, reason="From both")
    assert fields.said()[fields.reason] == "From both"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"level": "banana"}, "Choose one of the levels."),
        ({"level": "na"}, "Choose one of the levels."),
        ({"note": "x" * 2001}, "Write 2000 letters at most."),
        ({"reason": "x" * 2001}, "Write 2000 letters at most."),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(said: dict[str, str], wrong: str) -> None:
    fields = Fields(a_sheet())
    with pytest.raises(ValidationError) as caught:
        fields.write(None, **said)
    name = getattr(fields, next(iter(said)), next(iter(said)))
    assert caught.value.message_dict == {name: [wrong]}


def test_a_level_is_one_of_its_own_criterion() -> None:
    fields = Fields(a_sheet())
    with pytest.raises(ValidationError):
        fields.write(second_level=fields.best)


def test_what_may_not_apply_is_left_out_with_a_reason() -> None:
    fields = Fields(a_sheet())
    fields.write(level=fields.worst, reason="No", second_level="na", second_reason="No venue")
    sheet = ScoreSheet.objects.get()
    writing.hand_in(sheet=sheet, version=sheet.version, by=sheet.scorer)
    _first, second = sheet.scores.all()
    assert (second.level, second.does_not_apply) == (None, True)


def test_a_sheet_is_handed_in_whole() -> None:
    fields = Fields(a_sheet())
    fields.write(level=fields.best, second_reason="Because")
    sheet = ScoreSheet.objects.get()
    with pytest.raises(writing.NotWhole) as caught:
        writing.hand_in(sheet=sheet, version=sheet.version, by=sheet.scorer)
    assert caught.value.message_dict == {
        fields.reason: ["Criterion 1: say why."],
        fields.second_level: ["Criterion 2: choose a level."],
    }


def test_what_another_window_wrote_is_not_handed_in_unseen() -> None:
    sheet = a_sheet()
    Fields(sheet).write(reason="From another window")
    with pytest.raises(ValidationError, match="in another window"):
        writing.hand_in(sheet=sheet, version=1, by=sheet.scorer)


def test_what_is_in_does_not_change() -> None:
    sheet = fill_in(a_sheet())
    with pytest.raises(writing.SheetClosed, match="are in"):
        Fields(sheet).write(reason="Or rather")
    with pytest.raises(writing.SheetClosed, match="are in"):
        writing.hand_in(sheet=sheet, version=sheet.version, by=sheet.scorer)


def refused(sheet: ScoreSheet, by: Any = None) -> str:
    with pytest.raises(writing.SheetClosed) as caught:
        writing.write(sheet=sheet, version=1, said={"note": "x"}, by=by or sheet.scorer)
    return caught.value.messages[0]


def test_nobody_writes_in_somebody_elses_sheet() -> None:
    sheet = a_sheet()
    for who in ("mona", "ada", "cora"):
        assert refused(sheet, person(who)) == "You do not score this any more."


def test_nobody_writes_about_what_concerns_them_or_was_taken_back() -> None:
    sheet, other = a_sheet(), a_sheet("cora")
    interests.add(
        application=sheet.application, person=sheet.scorer, said=("direct", "Mine"), by=sheet.scorer
    )
    assert refused(sheet) == "You do not score this any more."
    Application.objects.filter(pk=other.application_id).update(status="withdrawn")
    assert refused(other) == "You do not score this any more."


@pytest.mark.parametrize(("stage", "status"), [("before", "panel"), ("after", "scoring")])
def test_each_stage_has_its_time(stage: str, status: str) -> None:
    application = make_application(round=make_round(status=status))
    sheet = make_sheet("sal", application=application, stage=stage)
    assert refused(sheet) == "The round has moved on. Ask the grants manager."


def test_the_next_is_what_fewest_have_scored() -> None:
    its_round = make_round(status="scoring")
    first, second, third = (make_application(round=its_round) for _number in range(3))
    own = [make_sheet("sal", application=one) for one in (first, second, third)]
    for one in (first, second):
        fill_in(make_sheet("cora", application=one))
    fill_in(make_sheet("ada", application=second))
    assert list(mine.in_order(mine.to_score(person("sal")))) == [own[2], own[0], own[1]]
    assert mine.next_after(own[2]) == own[0]
    fill_in(own[2])
    (my_round,) = mine.rounds_of(person("sal"))
    assert (my_round.done, my_round.left, my_round.has_declared) == (1, [own[0], own[1]], True)


def test_a_round_to_declare_in_comes_first_when_all_names_are_known() -> None:
    make_seat("sal", round=make_round())
    waits = make_round(status="scoring")
    make_seat("sal", round=waits)
    assert mine.to_declare(person("sal")) == [waits]
    Round.objects.filter(pk=waits.pk).update(status="decided")
    assert mine.to_declare(person("sal")) == []
