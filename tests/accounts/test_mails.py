"""What our mails say: who we are, why you get this, and nothing more."""

import re
from datetime import timedelta
from pathlib import Path

import allauth
import pytest
from time_machine import travel

from accounts import mails
from accounts.adapter import SAYS
from accounts.models import User
from config import settings as configured

pytestmark = pytest.mark.django_db

TEMPLATES = Path(allauth.__file__).parent / "templates"
# Links, which we do not use, and one that allauth no longer sends.
UNUSED = {"password_reset_key", "email_confirm"}


def body_of(kind: str, person: User) -> str:
    return mails.send(kind, person.email, {"person": person, "code": "1234-5678"}).body


def test_every_mail_that_allauth_can_send_has_our_words() -> None:
    names = {
        path.name.removesuffix("_subject.txt")
        for app in ("account", "mfa")
        for path in (TEMPLATES / app / "email").glob("*_subject.txt")
    }
    assert names - UNUSED - set(mails.KINDS) == set()


def test_every_message_we_reworded_is_one_of_allauths() -> None:
    assert [name for name in SAYS if not (TEMPLATES / name).exists()] == []


@pytest.mark.parametrize("kind", mails.KINDS)
def test_a_mail_is_short_and_says_who_we_are_and_why(kind: str, vera: User) -> None:
    body = body_of(kind, vera)
    assert body.startswith("Hello,\n\n")
    assert configured.SITE_NAME in body
    assert configured.SITE_URL.geturl() in body
    assert "You get this mail because" in body
    assert len(body.split()) < 130
    assert not re.search(r"&\w+;|&#|{[{%]|None|\n\n\n", body)


@pytest.mark.parametrize("kind", mails.KINDS)
def test_a_mail_names_nobody_and_its_subject_holds_no_code(kind: str, vera: User) -> None:
    mail = mails.send(kind, vera.email, {"person": vera, "code": "1234-5678"})
    assert vera.name not in mail.subject + mail.body
    assert "1234" not in mail.subject
    assert mail.secret


def test_a_code_is_on_a_line_of_its_own(vera: User) -> None:
    assert "\n\n1234-5678\n\n" in body_of("login_code", vera)


def test_a_mail_with_a_code_is_of_use_for_a_quarter_of_an_hour(vera: User) -> None:
    with travel("2026-11-24 10:00", tick=False):
        mail = mails.send("login_code", vera.email, {"code": "1234-5678"})
    assert mail.good_until == mail.created_at + timedelta(minutes=15)
    assert "15 minutes" in mail.body
    assert mails.send("password_changed", vera.email, {}).good_until is None
