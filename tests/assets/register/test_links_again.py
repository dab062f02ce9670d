"""The way back to a form that somebody has begun: the link again, and what a broken one says."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import OutgoingMail, User
from assets.models import Proposal
from assets.proposals import links, mails, writing
from tests.assets.proposals.made import public_group, wrote
from tests.assets.register.writer import JO, begun, words

pytestmark = pytest.mark.django_db


def ask(email: str, key: str = "") -> Any:
    data = {"key": key or str(uuid4()), "email": email, "website": ""}
    return Client().post("/list-your-group/link/", data)


def sent() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(reason="proposal-links-again"))


def urls_in(mail: OutgoingMail) -> list[str]:
    return re.findall(r"/list-your-group/\S+/", mail.body)


def form_of(proposal: Proposal) -> str:
    return f"/list-your-group/{links.key_of(proposal)}/"


def test_the_links_of_all_that_was_begun_come_in_one_mail() -> None:
    mine = [begun(), begun()]
    over = begun()
    writing.drop(proposal=over, by=None)
    begun("other@example.com")
    assert ask("Jo@Example.com")["Location"] == "/list-your-group/link/sent/"
    (mail,) = sent()
    assert (mail.to, urls_in(mail)) == (JO, [form_of(one) for one in mine])


def test_the_answer_is_the_same_for_an_address_that_nobody_knows() -> None:
    begun()
    known, unknown = ask(JO), ask("stranger@example.com")

    def seen(answer: HttpResponse) -> tuple[int, str, bytes]:
        return answer.status_code, answer["Location"], answer.content

    assert seen(known) == seen(unknown)
    assert [mail.to for mail in sent()] == [JO]


def test_pressed_twice_one_mail_leaves_and_asked_too_often_none(db: None) -> None:
    begun()
    key = str(uuid4())
    for _press in range(2):
        ask(JO, key)
    assert len(sent()) == 1
    answers = [ask(email).status_code for email in [JO, "stranger@example.com"] for _n in range(4)]
    assert (answers[2], answers[-1]) == (429, 429)


def test_who_acts_for_a_group_is_told_how_to_come_in(vera: User) -> None:
    public_group()
    ask(vera.email)
    (mail,) = sent()
    assert (mail.to, urls_in(mail)) == (vera.email, [])
    assert "/my/" in mail.body


def test_the_second_link_names_what_was_begun_before() -> None:
    first = begun()
    wrote(first, "group", name="Kites")
    spam = begun()
    wrote(spam, "group", name="Buy at www.example.org")
    data = {"key": str(uuid4()), "name": "Jo", "email": JO, "phone": "", "website": ""}
    answer = Client().post("/list-your-group/begin/", data)
    mail = OutgoingMail.objects.get(reason="proposal-begun")
    assert urls_in(mail) == [answer["Location"], form_of(first), form_of(spam)]
    assert ("Kites, begun on" in mail.body, "www.example.org" in mail.body) == (True, False)


@pytest.mark.parametrize(
    "path",
    ["nothing/", "nothing/check/", "nothing/sent/", "nothing/group/about/", "vouch/nothing/"],
)
def test_a_link_that_is_not_whole_says_what_to_do(path: str) -> None:
    answer = Client().get(f"/list-your-group/{path}")
    assert answer.status_code == 404
    assert "This link does not work" in words(answer)
    assert 'href="/list-your-group/link/"' in answer.content.decode()


def test_our_team_reads_that_mail_without_any_of_its_links() -> None:
    first, second = begun(), begun()
    mails.send("begun", second)
    mail = OutgoingMail.objects.latest("pk")
    keys = [links.key_of(one) for one in (first, second)]
    assert [key in mail.body for key in keys] == [True, True]
    assert [key in mail.shown for key in keys] == [False, False]
