"""Who is given what: evenly, never in conflict, and nothing begun is taken away."""

from collections import Counter

import pytest
from django.core.exceptions import ValidationError

from grants import interests
from grants.models import Application, Round, ScoreSheet, Seat
from grants.scoring import giving, writing
from tests.grants.make import fill_in, make_application, make_round, make_seat
from tests.people import person

pytestmark = pytest.mark.django_db

CLUB = ("direct", "My sister runs it.")


def scored_round(applications: int = 4, scorers: tuple[str, ...] = ("ada", "cora", "sal")) -> Round:
    made = make_round(status="scoring")
    for _number in range(applications):
        make_application(round=made)
    for who in scorers:
        make_seat(who, round=made, declared=True)
    return made


def loads() -> list[int]:
    sheets = ScoreSheet.objects.exclude(status="void")
    return sorted(Counter(sheet.scorer_id for sheet in sheets).values())


def of(application: Application) -> set[str]:
    sheets = application.sheets.exclude(status="void")
    return {sheet.scorer.email.partition("@")[0] for sheet in sheets}


def test_all_score_all() -> None:
    its_round = scored_round()
    done = giving.give(round=its_round, each=None, by=person("mona"))
    assert (done.given, done.taken_back, loads()) == (12, 0, [4, 4, 4])
    assert {sheet.assigned_by for sheet in ScoreSheet.objects.all()} == {person("mona")}


def test_two_score_each_evenly() -> None:
    its_round = scored_round(6)
    giving.give(round=its_round, each=2, by=person("mona"))
    assert loads() == [4, 4, 4]
    assert {len(of(one)) for one in its_round.applications.all()} == {2}


def test_giving_twice_changes_nothing() -> None:
    its_round = scored_round(6)
    giving.give(round=its_round, each=2, by=person("mona"))
    done = giving.give(round=its_round, each=2, by=person("mona"))
    assert (done.given, done.taken_back) == (0, 0)


def test_nobody_is_given_what_concerns_them() -> None:
    its_round = scored_round(2)
    first, second = its_round.applications.all()
    interests.add(application=first, person=person("sal"), said=CLUB, by=person("sal"))
    giving.give(round=its_round, each=None, by=person("mona"))
    assert (of(first), of(second)) == ({"ada", "cora"}, {"ada", "cora", "sal"})


def test_what_everybody_can_see_is_a_conflict_too() -> None:
    its_round = scored_round(1)
    own = make_application(round=its_round, by=person("sal"))
    giving.give(round=its_round, each=None, by=person("mona"))
    assert of(own) == {"ada", "cora"}


def test_only_those_who_have_declared_are_given_something() -> None:
    its_round = scored_round(2, ("cora",))
    make_seat("sal", round=its_round)
    giving.give(round=its_round, each=None, by=person("mona"))
    assert loads() == [2]


def test_what_was_taken_back_or_may_not_be_funded_is_not_given() -> None:
    its_round = scored_round(2)
    first, second = its_round.applications.all()
    Application.objects.filter(pk=first.pk).update(status="withdrawn")
    giving.give(round=its_round, each=None, by=person("mona"))
    assert (of(first), len(of(second))) == (set(), 3)


def test_when_one_drops_out_the_others_take_over_and_keep_what_they_began() -> None:
    its_round = scored_round(6)
    giving.give(round=its_round, each=2, by=person("mona"))
    sal = person("sal")
    done, begun, *_rest = ScoreSheet.objects.filter(scorer=sal)
    fill_in(done)
    cora_began = ScoreSheet.objects.filter(scorer=person("cora"))[0]
    criterion = its_round.criteria.first()
    assert criterion
    said = {f"reason-{criterion.pk}": "So far, so good."}
    writing.write(sheet=cora_began, version=1, said=said, by=person("cora"))
    interests.leave(seat=Seat.objects.get(person=sal), by=person("mona"))
    giving.give(round=its_round, each=2, by=person("mona"))
    assert {len(of(one)) for one in its_round.applications.all()} == {2}
    assert list(ScoreSheet.objects.of_scorer(sal)) == [done]
    cora_began.refresh_from_db()
    assert (cora_began.status, begun.status) == ("open", "open")


def test_who_may_not_score_enough_is_told_in_words() -> None:
    its_round = scored_round(1, ("cora", "sal"))
    first = its_round.applications.get()
    interests.add(application=first, person=person("sal"), said=CLUB, by=person("sal"))
    with pytest.raises(ValidationError) as caught:
        giving.give(round=its_round, each=2, by=person("mona"))
    wanted = f"Only 1 person may score “{first.title}” ({first.reference})."
    assert caught.value.messages == [wanted]


def test_whoever_gives_out_what_concerns_them_is_told_no_name() -> None:
    its_round = scored_round(1, ("cora", "sal"))
    first = its_round.applications.get()
    mona = person("mona")
    for who in (mona, person("sal")):
        interests.add(application=first, person=who, said=CLUB, by=who)
    with pytest.raises(ValidationError) as caught:
        giving.give(round=its_round, each=2, by=mona)
    assert caught.value.messages == ["Only 1 person may score an application that you do not see."]


def test_nothing_is_given_before_the_round_is_being_scored() -> None:
    with pytest.raises(ValidationError, match="while the round is being scored"):
        giving.give(round=make_round(), each=None, by=person("mona"))


def test_nothing_is_given_when_nobody_has_declared() -> None:
    with pytest.raises(ValidationError, match="Nobody in a seat has declared"):
        giving.give(round=make_round(status="scoring"), each=None, by=person("mona"))
