"""Following a search: what is kept of it, who may say yes, and that it is forgotten."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from time_machine import travel

from accounts.models import OutgoingMail
from assets.alerts import letters, links, search, verbs
from assets.alerts.sealed import unseal
from assets.models import Alert
from assets.models.alerts import MOST
from assets.question import read_question
from tests.assets.alerts.followed import JO, ask, follow, links_in, mails

pytestmark = pytest.mark.django_db


def kept(query: str) -> search.Kept:
    found = search.kept(read_question(QueryDict(query)))
    assert found is not None
    return found


def everything_stored() -> str:
    """All that the tables of alerts and of mail hold, as somebody with a copy of them reads it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT json_agg(a) FROM assets_alert a)::text"
            " || coalesce((SELECT json_agg(m) FROM accounts_outgoingmail m)::text, '')"
        )
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("asked", "options", "words"),
    [
        ("", "", ""),
        ("near=Bakewell&within=5", "near=Bakewell&within=5", ""),
        ("near=bakewel", "near=Bakewell", ""),
        ("near=DE45+1DY&cost=free", "near=DE45&cost=free", ""),
        ("near=de451&cost=free", "near=DE45&cost=free", ""),
        ("age=7", "ages=5-10", ""),
        ("age=18+months", "ages=0-4", ""),
        ("age=pregnant", "", ""),
        ("ages=11-15&part=matlock", "ages=11-15&part=matlock", ""),
        ("theme=youth-voice&theme=mobility", "theme=mobility&theme=youth-voice", ""),
        ("when=saturday&time=evening", "time=evening", ""),
        ("q=Football++Club&view=map&page=2&sort=name&ids=AAAA", "", "football club"),
        ("q=football+near+DE45+1DY+for+a+7+year+old", "near=DE45&ages=5-10", "football"),
        ("q=i+want+to+die&cost=free", "cost=free", ""),
    ],
)
def test_what_is_kept_of_a_search(asked: str, options: str, words: str) -> None:
    found = kept(asked)
    assert (found.options, found.words) == (options, words)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("near=Bakewell", []),
        (
            "near=DE45+1DY",
            ["We do not keep your postcode. We look near the middle of DE45 instead."],
        ),
        ("age=7", ["We do not keep an age. We look for what is for ages 5 to 10."]),
        ("age=pregnant", ["We do not keep the age."]),
        (
            "when=saturday",
            ["We leave out the days: we tell you what is new, whenever it is on."],
        ),
        ("q=i+want+to+die", ["We do not keep your words."]),
    ],
)
def test_what_is_left_out_is_told_before_anything_is_sent(asked: str, told: list[str]) -> None:
    assert kept(asked).told == told
    page = Client().get(f"/alerts/?{asked}").content.decode()
    assert [words for words in told if words not in page] == []


@pytest.mark.parametrize("asked", ["near=Atlantis", "age=banana", "theme=dragons", "within=7"])
def test_what_is_no_search_is_told(asked: str) -> None:
    answer = Client().get(f"/alerts/?{asked}")
    assert answer.status_code == 400
    assert b"We could not read that search" in answer.content


def test_a_yes_takes_a_mail_a_page_and_a_button() -> None:
    assert ask("near=Bakewell&cost=free") == 302
    (mail,) = mails()
    assert (mail.to, mail.reason, mail.secret) == (JO, "alert-confirm", True)
    (path,) = links_in(mail, "confirm")
    # A mail scanner opens the link: nothing comes of it.
    page = Client().get(path)
    assert b"Yes, tell me" in page.content
    assert Alert.objects.filter(confirmed_at=None).count() == 1
    for _twice in range(2):
        assert Client().post(path, follow=True).status_code == 200
    alert = Alert.objects.get()
    assert alert.confirmed_at is not None
    assert alert.told_until == alert.confirmed_at
    assert b"We will tell you what is new" in Client().get(path).content


def test_the_tables_tell_nobody_who_follows_what() -> None:
    ask("near=Bakewell&theme=eating-disorders&q=zumba", keep_words="on")
    follow("theme=eating-disorders&q=zumba", address="kim@example.com")
    said = {(one.address, one.search) for one in map(unseal, Alert.objects.all()) if one}
    assert said == {
        (JO, "q=zumba&near=Bakewell&theme=eating-disorders"),
        ("kim@example.com", "theme=eating-disorders&q=zumba"),
    }
    stored = everything_stored()
    assert [word for word in ("zumba", "eating", "Bakewell", "kim@") if word in stored] == []


def test_words_are_kept_only_with_a_tick() -> None:
    ask("q=zumba&cost=free")
    ask("q=zumba&cost=free", email="kim@example.com", keep_words="on")
    said = {(one.address, one.search) for one in map(unseal, Alert.objects.all()) if one}
    assert said == {(JO, "cost=free"), ("kim@example.com", "q=zumba&cost=free")}


def test_nobody_who_typed_words_is_told_of_everything_unasked() -> None:
    assert ask("q=zumba") == 200
    assert not Alert.objects.exists()
    page = Client().get("/alerts/?q=zumba").content.decode()
    assert ("Everything on the board" in page, "Only your words narrow" in page) == (False, True)
    assert ask("q=zumba", keep_words="on") == 302
    # With something else that narrows it they may be left out.
    assert ask("q=zumba&cost=free") == 302


def test_words_of_crisis_bring_help_first_and_are_never_kept() -> None:
    page = Client().get("/alerts/?q=i+want+to+die").content.decode()
    assert page.index("You do not have to carry this alone") < page.index("<h1>")
    assert "keep_words" not in page
    ask("q=i+want+to+die&near=Bakewell", keep_words="on")
    said = unseal(Alert.objects.get())
    assert said is not None
    assert said.search == "near=Bakewell"


def test_the_answer_is_the_same_whoever_follows_it_already() -> None:
    follow("cost=free")
    follow("cost=free", address="kim@example.com")
    answers = [
        (answer.status_code, answer.headers["Location"])
        for email in (JO, "nobody@example.com")
        if (answer := _sent("cost=free", email))
    ]
    assert answers == [(302, "/alerts/sent/")] * 2
    assert [(mail.to, mail.reason) for mail in mails()] == [
        (JO, "alert-known"),
        ("nobody@example.com", "alert-confirm"),
    ]


def _sent(query: str, email: str) -> Any:
    return Client().post(f"/alerts/?{query}", {"key": str(uuid4()), "email": email})


def test_asked_twice_on_a_day_it_is_one_alert_and_one_mail() -> None:
    for email in (JO, JO.upper()):
        ask("cost=free", email=email)
    assert Alert.objects.count() == 1
    assert len(mails()) == 1


def test_nobody_follows_more_than_five() -> None:
    for number in range(MOST):
        follow(f"within={number}&near=Bakewell")
    verbs.ask(address=JO, search="cost=free")
    assert Alert.objects.count() == MOST
    assert [mail.reason for mail in mails()] == ["alert-full"]
    # One stopped, there is room again.
    verbs.stop(alert=Alert.objects.get(number=2))
    verbs.ask(address=JO, search="cost=free")
    assert sorted(Alert.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_what_a_stranger_asked_for_takes_nobodys_place() -> None:
    kept = follow("within=1&near=Bakewell")
    for number in range(2, MOST + 1):
        verbs.ask(address=JO, search=f"within={number}&near=Bakewell")
    first = Alert.objects.get(number=2)
    verbs.ask(address=JO, search="cost=free")
    assert not Alert.objects.filter(pk=first.pk).exists()
    assert sorted(Alert.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert Alert.objects.filter(pk=kept.pk, confirmed_at__isnull=False).exists()
    # Nor is the mail that asked for it still on its way.
    assert len(mails()) == MOST - 1


def test_too_many_from_one_place_have_to_wait() -> None:
    caches["default"].clear()
    statuses = [ask("cost=free", email=f"jo{number}@example.com") for number in range(7)]
    assert statuses == [302] * 5 + [429] * 2


def test_without_a_yes_it_is_forgotten_after_a_week() -> None:
    verbs.ask(address=JO, search="cost=free")
    follow("cost=free", address="kim@example.com")
    verbs.ask(address=JO, search="cost=free")
    now = timezone.now()
    with travel(now + timedelta(days=6), tick=False):
        assert letters.write().ended == 0
    with travel(now + timedelta(days=7, minutes=1), tick=False):
        assert letters.write().ended == 1
    said = [one.address for one in map(unseal, Alert.objects.all()) if one]
    assert said == ["kim@example.com"]
    assert not OutgoingMail.objects.filter(to=JO).exists()


def test_stopped_with_one_press_nothing_of_it_is_left() -> None:
    alert = follow("cost=free")
    letters.put_known(alert, JO)
    path = f"/alerts/stop/{links.key_of(alert, links.STOP)}/"
    assert b"Stop, and forget me" in Client().get(path).content
    assert Alert.objects.count() == 1
    # As a mail program presses it: no cookie, and no redirect is followed.
    answer = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Alert.objects.exists()
    assert not OutgoingMail.objects.filter(to=JO).exists()
    assert b"You get no more of these mails" in Client().get(path).content
    assert Client().post(path).status_code == 200


def test_a_yes_that_comes_too_late_does_nothing() -> None:
    verbs.ask(address=JO, search="cost=free")
    alert = Alert.objects.get()
    verbs.stop(alert=Alert.objects.get())
    verbs.confirm(alert=alert)
    assert not Alert.objects.exists()


def test_a_link_opens_what_it_was_made_for_and_nothing_else() -> None:
    alert = follow()
    confirm, stop = (links.key_of(alert, to) for to in (links.CONFIRM, links.STOP))
    for path in (f"stop/{confirm}", f"confirm/{stop}", f"stop/{stop}x", "stop/nothing"):
        assert Client().get(f"/alerts/{path}/").status_code == 404
        assert Client().post(f"/alerts/{path}/").status_code == 404
    assert Alert.objects.count() == 1
