"""Several at the same moment: nobody scores what somebody has just declared, nothing is doubled."""

from django.core.exceptions import ValidationError

from grants import interests
from grants.models import Interest, ScoreSheet, SheetEdit
from grants.scoring import giving, writing
from tests.assets.test_two_at_once import at_once, committed
from tests.grants.make import make_application, make_round, make_seat, make_sheet
from tests.people import person

__all__ = ["committed"]
CLUB = ("direct", "My sister runs it.")


def test_an_interest_and_the_giving_out_see_each_other(committed: None) -> None:
    its_round = make_round(status="scoring")
    made = [make_application(round=its_round) for _number in range(4)]
    for who in ("cora", "sal"):
        make_seat(who, round=its_round, declared=True)
    mona, sal = person("mona"), person("sal")

    def declare() -> None:
        for one in made:
            interests.add(application=one, person=sal, said=CLUB, by=sal)

    def give() -> None:
        giving.give(round=its_round, each=None, by=mona)

    assert at_once(declare, give, give, give) == []
    assert Interest.objects.count() == 4
    assert not ScoreSheet.objects.of_scorer(sal).exists()
    assert ScoreSheet.objects.of_scorer(person("cora")).count() == 4


def test_of_many_windows_one_is_kept_and_the_others_are_told(committed: None) -> None:
    application = make_application(round=make_round(status="scoring"))
    sheet = make_sheet("sal", application=application)
    sal = person("sal")

    def write(number: int) -> None:
        writing.write(sheet=sheet, version=1, said={"note": f"Window {number}"}, by=sal)

    failures = at_once(*[lambda number=number: write(number) for number in range(8)])
    assert {type(failure) for failure in failures} == {writing.WrittenMeanwhile}
    assert (len(failures), SheetEdit.objects.count()) == (7, 1)


def test_a_declaration_is_made_once_however_often_it_is_pressed(committed: None) -> None:
    its_round = make_round(status="scoring")
    application = make_application(round=its_round)
    make_seat("sal", round=its_round)
    sal = person("sal")

    def declare() -> None:
        interests.declare(round=its_round, person=sal, interests={application: CLUB})

    failures = at_once(*[declare] * 6)
    assert {type(failure) for failure in failures} == {ValidationError}
    assert (len(failures), Interest.objects.count()) == (5, 1)
