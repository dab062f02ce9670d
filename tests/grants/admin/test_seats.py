"""Who sits in a round and who scores what, in the staff pages."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from grants.models import Round, ScoreSheet, Seat
from tests.assets.admin.pages import messages
from tests.grants.make import make_application, make_round, make_seat
from tests.people import person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]


def scored_round(applications: int = 2) -> Round:
    made = make_round(status="scoring")
    for _number in range(applications):
        make_application(round=made)
    return made


def page_of(its_round: Round) -> str:
    return reverse("admin:grants_seat_round", args=[its_round.pk])


def test_somebody_is_given_a_seat_takes_the_chair_and_leaves(client_of: ClientOf) -> None:
    its_round, mona = scored_round(), client_of("mona")
    page = page_of(its_round)
    cora = person("cora")
    sent = {"do": "join", "person": cora.email, "partner": "The council"}
    assert messages(mona.post(page, sent, follow=True)) == ["Cora Dale has a seat now."]
    seat = Seat.objects.get()
    done = mona.post(page, {"do": "chair", "seat": seat.pk}, follow=True)
    assert messages(done) == ["Cora Dale chairs the round now."]
    done = mona.post(page, {"do": "leave", "seat": seat.pk, "why": "Moved"}, follow=True)
    assert messages(done) == ["Cora Dale has left, with 0 applications not scored."]
    assert "Have left:" in done.content.decode()
    again = mona.post(page, {"do": "leave", "seat": seat.pk})
    assert "They have left this round." in again.content.decode()


def test_who_cannot_have_a_seat_is_told_why(client_of: ClientOf) -> None:
    page = page_of(scored_round())
    for sent, says in (
        ({"person": "nobody@example.com"}, "Nobody has an account"),
        ({"person": person("stefan").email}, "role “Scorer” or “Chair”"),
        ({}, "Please look at this again"),
    ):
        answer = client_of("mona").post(page, {"do": "join"} | sent)
        assert says in answer.content.decode()
    assert "Choose one of the buttons." in client_of("mona").post(page).content.decode()


def test_applications_are_given_out(client_of: ClientOf) -> None:
    its_round = scored_round(3)
    for who in ("sal", "cora", "ada"):
        make_seat(who, round=its_round, declared=True)
    mona, page = client_of("mona"), page_of(its_round)
    done = mona.post(page, {"do": "give", "each": "2"}, follow=True)
    assert messages(done) == ["Given out: 6. Taken back: 0."]
    done = mona.post(page, {"do": "give", "each": ""}, follow=True)
    assert messages(done) == ["Given out: 3. Taken back: 0."]
    assert ScoreSheet.objects.count() == 9
    answer = mona.post(page, {"do": "give", "each": "4"})
    assert "Only 3 people may score" in answer.content.decode()
    assert mona.post(page, {"do": "give", "each": "x"}).status_code == 200


@pytest.mark.parametrize("who", ["sal", "cora", "erin", "finn"])
def test_who_does_not_run_rounds_is_kept_out(client_of: ClientOf, who: str) -> None:
    its_round = scored_round()
    seat = make_seat("sal", round=its_round)
    paths = [
        page_of(its_round),
        reverse("admin:grants_seat_changelist"),
        reverse("admin:grants_seat_change", args=[seat.pk]),
    ]
    for path in paths:
        assert client_of(who).get(path).status_code == 403
        assert client_of(who).post(path, {"do": "leave", "seat": seat.pk}).status_code == 403


def test_a_seat_leads_to_the_page_of_its_round(client_of: ClientOf) -> None:
    its_round = scored_round()
    seat = make_seat("sal", round=its_round)
    mona = client_of("mona")
    assert page_of(its_round) in mona.get("/admin/grants/seat/").content.decode()
    found = mona.get(reverse("admin:grants_seat_change", args=[seat.pk]))
    assert found.headers["Location"] == page_of(its_round)


def test_the_first_page_says_what_waits(client_of: ClientOf) -> None:
    its_round = scored_round(1)
    make_seat("sal", round=its_round)
    sal, mona = client_of("sal"), client_of("mona")
    first = sal.get("/admin/").content.decode()
    assert "Interests to declare" in first
    assert "What needs doing" in first
    assert "1 in “" in mona.get("/admin/").content.decode()
    sal.post(reverse("admin:grants_scoresheet_declare", args=[its_round.pk]))
    mona.post(page_of(its_round), {"do": "give"})
    assert "1 to score" in sal.get("/admin/").content.decode()
    assert "All in a seat have declared." in mona.get("/admin/").content.decode()
