"""Checks before scoring: a reason with each, used again until they run out, and none forgotten."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from grants import checking
from grants.models import Application, Check, Interest, RequiredCheck, Round
from tests.assets.make import make_organisation
from tests.grants.make import make_application, make_round
from tests.people import person


@pytest.fixture
def its_round(db: None) -> Round:
    return round_that_wants("eligible", "insurance")


def round_that_wants(*kinds: str) -> Round:
    made = make_round(status="draft")
    for kind in kinds:
        RequiredCheck.objects.create(round=made, kind=kind)
    Round.objects.filter(pk=made.pk).update(status="open")
    return Round.objects.get(pk=made.pk)


def look(application: Application, kind: str, outcome: str = "passed", **more: Any) -> Check:
    said: dict[str, Any] = {"reason": "Seen.", "by": person("mona")} | more
    return checking.look(application=application, kind=kind, outcome=outcome, **said)


def words(application: Application) -> list[str]:
    return [one.words for one in checking.list_of(application)]


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def test_the_last_look_counts_and_earlier_ones_stay(its_round: Round) -> None:
    application = make_application(round=its_round)
    assert words(application) == ["To do", "To do"]
    look(application, "insurance", "failed", reason="It ran out in May.")
    assert words(application) == ["To do", "Failed"]
    look(application, "insurance", expires_on=in_days(30))
    look(application, "eligible", "waived", reason="The panel agreed.")
    assert words(application) == ["Waived", "Passed"]
    assert [one.holds for one in checking.list_of(application)] == [True, True]
    assert application.checks.count() == 3


def test_pressed_twice_is_once(its_round: Round) -> None:
    application = make_application(round=its_round)
    assert look(application, "insurance") == look(application, "insurance")
    look(application, "insurance", reason="Seen again.")
    look(application, "insurance")
    assert application.checks.count() == 3


def test_it_is_used_again_in_another_round_until_it_runs_out(its_round: Round) -> None:
    group = make_organisation(name="Wheelers", kind="charity")
    first = make_application(round=its_round, organisation=group)
    look(first, "insurance", expires_on=in_days(30))
    look(first, "eligible")
    second = make_application(round=round_that_wants("eligible", "insurance"), organisation=group)
    # Whether they may apply is asked in each round; and of another group nothing is known.
    assert words(second) == ["To do", "Passed"]
    assert [one.is_from_before for one in checking.list_of(second)] == [False, True]
    assert words(make_application(round=its_round)) == ["To do", "To do"]
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert words(second) == ["To do", "Has run out"]
        assert checking.list_of(second)[1].holds is False


def test_what_two_unknown_groups_showed_is_not_mixed_up(its_round: Round) -> None:
    first, second = (make_application(round=its_round) for _each in range(2))
    Application.objects.update(organisation=None)
    first.refresh_from_db()
    second.refresh_from_db()
    look(first, "insurance")
    assert (words(first), words(second)) == (["To do", "Passed"], ["To do", "To do"])


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reason": " "}, "Fill this in"),
        ({"expires_on": in_days(0)}, "It has run out already."),
        ({"outcome": "perhaps"}, "Choose from the list"),
        ({"kind": "eligible", "expires_on": in_days(9)}, "asked anew in each round"),
    ],
)
def test_what_says_nothing_is_refused(changes: dict[str, Any], says: str, its_round: Round) -> None:
    said = {"kind": "insurance", "outcome": "passed"} | changes
    with pytest.raises(ValidationError, match=says):
        look(make_application(round=its_round), **said)
    assert Check.objects.count() == 0


@pytest.mark.parametrize("who", ["sal", "cora", "erin", "finn", "vera"])
def test_only_who_runs_rounds_checks(who: str, its_round: Round) -> None:
    with pytest.raises(PermissionDenied):
        look(make_application(round=its_round), "insurance", by=person(who))


def test_who_has_an_interest_checks_nothing_of_it(its_round: Round, mona: User) -> None:
    application = make_application(round=its_round)
    Interest.objects.create(
        application=application, person=mona, kind="direct", why="My club", declared_by=mona
    )
    with pytest.raises(PermissionDenied):
        look(application, "insurance")
    with pytest.raises(PermissionDenied):
        checking.find_ineligible(application=application, why="No.", by=mona)


def test_nothing_is_scored_before_its_checks_hold(its_round: Round, mona: User) -> None:
    first, second = (make_application(round=its_round) for _each in range(2))
    for kind in ("insurance", "eligible"):
        look(first, kind)
    look(second, "insurance", "failed", reason="None.")
    with pytest.raises(ValidationError) as refused:
        checking.hand_to_scorers(round=its_round, by=mona)
    assert refused.value.messages == [
        f"{second.reference}: May apply to this round: To do; Public liability insurance: Failed"
    ]
    assert set(Application.objects.values_list("status", flat=True)) == {"submitted"}
    assert checking.find_ineligible(application=second, why="No insurance.", by=mona)
    for _press in range(2):
        checking.hand_to_scorers(round=its_round, by=mona)
    statuses = dict(Application.objects.values_list("number", "status"))
    assert statuses == {1: "in-scoring", 2: "ineligible"}
    assert list(second.moves.values_list("to_status", "why")) == [("ineligible", "No insurance.")]
    assert first.moves.count() == 1


def test_it_says_why_it_cannot_be_funded(its_round: Round, mona: User) -> None:
    application = make_application(round=its_round)
    with pytest.raises(ValidationError, match="Say why"):
        checking.find_ineligible(application=application, why="", by=mona)
    Application.objects.filter(pk=application.pk).update(status="declined")
    assert checking.find_ineligible(application=application, why="Late.", by=mona) is False


def test_a_list_of_many_takes_no_more_queries(
    its_round: Round, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for _each in range(2):
        for _more in range(3):
            look(make_application(round=its_round), "insurance")
        mona = person("mona")
        with django_assert_max_num_queries(10) as made:
            checking.to_do(its_round, mona)
        counts.append(len(made))
    assert counts[0] == counts[1]
