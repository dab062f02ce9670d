"""Two questions to those who applied: nobody reads one answer, and no sum tells of a few."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from grants import equality
from grants.models import EqualityAnswer, Round
from grants.models.equality import Community
from tests.grants.make import make_application, make_round, make_seat
from tests.people import CAST, person

ClientOf = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def decided(*answers: tuple[int, int, list[str]]) -> Round:
    """So many that were awarded, so many that were not, each led by these."""
    its_round = make_round()
    for awarded, declined, led_by in answers:
        for number in range(awarded + declined):
            one = make_application(
                round=its_round,
                organisation=None,
                status="awarded" if number < awarded else "declined",
                award=700 if number < awarded else None,
            )
            equality.answer(application=one, led_by=led_by, is_for=[])
    Round.objects.filter(pk=its_round.pk).update(status="decided")
    its_round.refresh_from_db()
    return its_round


def told(its_round: Round) -> list[tuple[str, int | None, int | None]]:
    lines = equality.sums(its_round, "led_by")
    assert [one.community for one in lines] == list(Community)
    return [
        (one.community.value, one.applied, one.awarded)
        for one in lines
        if one.community.value in ("women", "young")
    ]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        # Enough of each, of those who got a grant and of those who did not.
        (
            [(6, 6, ["women"]), (7, 5, ["young"])],
            [("women", 12, 6), ("young", 12, 7)],
        ),
        # Four got none: who they are could be guessed, so neither is told how many got one.
        ([(8, 4, ["women"]), (6, 6, ["young"])], [("women", 12, None), ("young", 12, None)]),
        # Three in all are not told, and what the others are in all would tell it.
        ([(6, 6, ["women"]), (3, 0, ["young"])], [("women", None, None), ("young", None, None)]),
        # Everybody ticked it: it tells nobody apart.
        ([(6, 6, ["women"])], [("women", 12, 6), ("young", 0, 0)]),
        ([(12, 0, ["women"])], [("women", 12, 12), ("young", 0, 0)]),
        # Too few have answered at all: not even who ticked nothing is told.
        ([(2, 2, ["women"])], [("women", None, None), ("young", None, None)]),
    ],
)
def test_sums_are_told_unless_they_tell_of_a_few(answers: Any, expected: Any) -> None:
    assert told(decided(*answers)) == expected


def test_what_was_taken_up_but_never_sent_counts_for_nothing() -> None:
    its_round = decided((6, 6, ["women"]))
    draft = make_application(
        round=its_round, status="draft", number=None, submitted_at=None, submitted_by=None
    )
    equality.answer(application=draft, led_by=["women"], is_for=[])
    assert (told(its_round), equality.answers_of(its_round)) == (
        [("women", 12, 6), ("young", 0, 0)],
        12,
    )


def test_an_answer_is_changed_and_taken_back() -> None:
    one = make_application()
    for led_by, is_for in ((["young", "women", "young"], []), (["faith"], ["poor"])):
        equality.answer(application=one, led_by=led_by, is_for=is_for)
    assert list(EqualityAnswer.objects.values_list("led_by", "is_for")) == [(["faith"], ["poor"])]
    with pytest.raises(ValidationError) as refused:
        equality.answer(application=one, led_by=["rich"], is_for=[])
    assert list(refused.value.message_dict) == ["led_by"]
    equality.answer(application=one, led_by=[], is_for=[])
    assert not EqualityAnswer.objects.exists()


def test_a_group_answers_after_it_has_sent(client_of: ClientOf) -> None:
    one, vera = make_application(), client_of("vera")
    page = reverse("application_fair", args=[one.pk])
    sent = vera.get(reverse("application_sent", args=[one.pk])).content.decode()
    assert page in sent
    assert "Women and girls" in vera.get(page).content.decode()
    wrong = vera.post(page, {"led_by": ["rich"]})
    assert (wrong.status_code, "There is a problem" in wrong.content.decode()) == (200, True)
    answered = vera.post(page, {"led_by": ["women"], "is_for": ["young", "poor"]}, follow=True)
    assert "Nobody reads it beside your name." in answered.content.decode()
    assert EqualityAnswer.objects.get().is_for == ["poor", "young"]
    assert vera.get(page).content.decode().count("checked") == 3
    draft = make_application(status="draft", number=None, submitted_at=None, submitted_by=None)
    assert vera.get(reverse("application_fair", args=[draft.pk])).status_code == 404


@pytest.mark.parametrize("who", [*CAST])
def test_who_runs_rounds_reads_sums_and_nobody_else(client_of: ClientOf, who: str) -> None:
    its_round = decided((6, 6, ["migrants"]))
    one = its_round.applications.earliest("number")
    for scorer in ("sal", "cora"):
        make_seat(scorer, round=its_round, declared=True)
    may = who in ("mona", "ada")
    client, label = client_of(who), str(Community.MIGRANTS.label)
    page = reverse("admin:grants_round_fair", args=[its_round.pk])
    assert (label in client.get(page, follow=True).content.decode()) == may
    read = client.get(reverse("admin:grants_application_change", args=[one.pk]), follow=True)
    assert label not in read.content.decode()


def test_no_sum_is_told_before_the_letters_or_to_whoever_has_an_interest(
    client_of: ClientOf,
) -> None:
    its_round = decided((6, 6, ["migrants"]))
    page, mona = reverse("admin:grants_round_fair", args=[its_round.pk]), client_of("mona")
    label = str(Community.MIGRANTS.label)
    Round.objects.update(status="panel")
    assert label not in mona.get(page).content.decode()
    Round.objects.update(status="decided")
    assert label in mona.get(page).content.decode()
    one = its_round.applications.earliest("number")
    one.applicants.create(person=person("mona"), added_by=person("vera"))
    assert label not in mona.get(page).content.decode()
    assert "so its totals are not for you" in mona.get(page).content.decode()
