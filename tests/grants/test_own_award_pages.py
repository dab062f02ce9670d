"""What a group sees of its own award, writes of it and asks for; and nobody else does."""

import html
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assets.models import Membership
from grants import changing
from grants.models import Award, Report, Story, Variation
from tests.grants.paid import (
    accepted,
    make_award,
    make_offer,
    money_of,
    planned,
    released,
    sent,
    typed,
)
from tests.people import person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]


@pytest.fixture
def award(db: None) -> Award:
    return make_award(2_000)


def at(name: str, award: Award) -> str:
    return reverse(name, args=[award.pk])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


NAMES = [
    "own_award",
    "own_change",
    "own_change_drop",
    "own_report",
    "own_report_check",
    "own_story_drop",
]


@pytest.mark.parametrize("who", ["pam", "mona", "finn", "ada"])
def test_a_stranger_finds_none_of_it_not_even_of_our_team(
    client_of: ClientOf, award: Award, who: str
) -> None:
    client = client_of(who)
    got = {client.get(at(name, award)).status_code for name in NAMES}
    sent_ = {client.post(at(name, award), {}).status_code for name in NAMES}
    assert (got, sent_) == ({404, 405}, {404, 405})


def test_an_offer_that_waits_is_no_award_yet(client_of: ClientOf, award: Award) -> None:
    offered = make_offer(round=award.application.round)
    assert client_of("vera").get(at("own_award", offered)).status_code == 404


def test_the_group_sees_its_payments_and_no_account(client_of: ClientOf, award: Award) -> None:
    released(award, 600)
    planned(award, 400, held_until="condition", condition="A safeguarding policy")
    page = text_of(client_of("vera").get(at("own_award", award)))
    assert "£600" in page
    assert "R1-001/1" in page
    assert "A safeguarding policy" in page
    assert "00001234" not in page


def test_a_report_is_written_checked_and_sent(client_of: ClientOf, award: Award) -> None:
    vera, page = client_of("vera"), at("own_report", award)
    words = typed(Report.objects.get())
    answer = vera.post(page, words | {"do": "check", "children": "lots"})
    assert "Write a whole number, such as 25." in text_of(answer)
    base = text_of(answer).split('name="base" value="')[1].split('"')[0]
    said = words | {"do": "check", "base": html.unescape(base)}
    assert vera.post(page, said).status_code == 302
    assert "leads the warm-up" in text_of(vera.get(at("own_report_check", award)))
    for _press in range(2):
        assert vera.post(at("own_report_check", award)).status_code == 302
    report = Report.objects.get()
    assert (report.status, report.children) == ("sent", 20)
    late = vera.post(page, words | {"story": "Something else."})
    assert late.status_code == 409
    assert "Something else." in text_of(late)


def test_what_two_write_at_once_is_shown_side_by_side(client_of: ClientOf, award: Award) -> None:
    vera, page = client_of("vera"), at("own_report", award)
    kept = vera.post(page, {"do": "keep", "children": "20", "base": "{}"})
    assert "base" in json.loads(kept.content)
    assert vera.post(page, {"do": "keep", "children": "9", "base": "{}"}).status_code == 409
    answer = vera.post(page, {"do": "list", "children": "9", "base": "garbage"})
    assert answer.status_code == 409
    assert "Somebody else has changed this" in text_of(answer)
    assert Report.objects.get().said["children"] == "20"


def test_a_change_is_asked_for_answered_with_a_reason_and_added_to_the_agreement(
    client_of: ClientOf, award: Award
) -> None:
    vera, page = client_of("vera"), at("own_change", award)
    assert "Say what is to change." in text_of(vera.post(page, {"why": "Because."}))
    assert "Write less than the £2,000" in text_of(
        vera.post(page, {"amount": "2,000", "why": "Because."})
    )
    said = {"amount": "1,500", "last_day": "31 May 2028", "purpose": "A garden.", "why": "Rain."}
    assert vera.post(page, said).status_code == 302
    assert "waits for an answer already" in text_of(vera.post(page, said))
    asked = Variation.objects.get()
    with pytest.raises(ValidationError, match="Say why"):
        changing.answer(variation=asked, agreed=True, reason="", by=person("mona"))
    changing.answer(variation=asked, agreed=True, reason="A good plan.", by=person("mona"))
    award.refresh_from_db()
    assert (award.agreement, str(award.kept), str(award.ends_before)) == (
        "Terms.",
        "1500.00",
        "2028-06-01",
    )
    assert str(Report.objects.get().due_on) == "2028-06-28"
    page_now = text_of(vera.get(at("own_award", award)))
    for words in ("Terms.", "The grant is now £1,500.", "31 May 2028", "A garden.", "A good plan."):
        assert words in page_now
    with pytest.raises(changing.AnsweredMeanwhile):
        changing.answer(variation=asked, agreed=False, reason="No.", by=person("mona"))


def test_less_is_not_agreed_to_while_payments_are_planned_for_more(award: Award) -> None:
    planned(award, 1_900)
    asked = changing.ask(
        award=award, asked=changing.Asked(amount=Decimal(1_500)), why="Rain.", by=person("vera")
    )
    with pytest.raises(ValidationError, match="Cancel one first"):
        changing.answer(variation=asked, agreed=True, reason="Yes.", by=person("mona"))
    asked.refresh_from_db()
    assert (asked.answer, money_of(award)[2]) == ("asked", Decimal(0))


def test_what_is_asked_for_can_be_taken_back(client_of: ClientOf, award: Award) -> None:
    vera = client_of("vera")
    vera.post(at("own_change", award), {"purpose": "A garden.", "why": "Rain."})
    for _press in range(2):
        assert vera.post(at("own_change_drop", award)).status_code == 302
    assert Variation.objects.get().answer == "withdrawn"


def test_the_group_takes_its_story_back(client_of: ClientOf, award: Award) -> None:
    accepted(award)
    assert client_of("vera").post(at("own_story_drop", award)).status_code == 302
    assert Story.objects.get().text == ""


def test_whoever_acts_for_the_group_sees_it_too(client_of: ClientOf, award: Award) -> None:
    Membership.objects.create(
        organisation=award.organisation,
        user=person("pam"),
        role="editor",
        confirmed_at=timezone.now(),
        confirmed_by=person("erin"),
    )
    assert client_of("pam").get(at("own_award", award)).status_code == 200
    sent(award)
    assert "Your report" in text_of(client_of("pam").get(at("own_award", award)))
