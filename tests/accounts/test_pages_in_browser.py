"""Every account page in its states, in a real Chromium: accessible, fitting, one heading."""

import hashlib
import hmac
import re
import struct
import time
from base64 import b32decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import psycopg
import pytest
from django.db import connection
from playwright.sync_api import Page

from accounts.example import PASSWORD as EXAMPLE_PASSWORD
from tests.browser.watch import PHONE, Watch
from tests.pseudo_language import CODE

pytestmark = pytest.mark.browser

PASSWORD = "a heron stands in the Wye"
PAGES_FOR_ALL = ["login/", "signup/", "login/code/", "password/reset/", "inactive/"]
NUMBERS = count(1)


@pytest.fixture
def database(databases: tuple[str, str, str]) -> Iterator[psycopg.Connection[Any]]:
    """The database of the site that the browser sees: its outbox is everybody's mailbox."""
    settings = connection.get_connection_params() | {"dbname": databases[2]}
    known = {key: settings[key] for key in ("dbname", "host", "port", "user") if settings.get(key)}
    with psycopg.connect(**known, autocommit=True) as opened:
        yield opened


@dataclass
class Walk:
    """A person with a browser, who looks hard at every page."""

    watch: Watch
    database: psycopg.Connection[Any]
    email: str = field(default_factory=lambda: f"walker{next(NUMBERS)}@example.com")
    wrong: dict[str, list[str]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.watch.page

    def look(self, name: str, heading: str) -> None:
        self.page.get_by_role("heading", level=1, name=heading).wait_for()
        self.seen.append(name)
        if found := self.watch.faults():
            self.wrong[name] = found

    def go(self, path: str, name: str, heading: str) -> None:
        self.watch.goto(path)
        self.look(name, heading)

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.fill(f"[name={name}]", value)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.watch.wait()

    def code(self) -> str:
        """From the newest mail to this person."""
        row = self.database.execute(
            'SELECT body FROM accounts_outgoingmail WHERE "to" = %s ORDER BY id DESC', [self.email]
        ).fetchone()
        found = re.search(r"^\d{4}-\d{4}$", row[0] if row else "", re.MULTILINE)
        assert found, row
        return found.group()

    def change(self, statement: str) -> None:
        self.database.execute(f"{statement} WHERE email = %s", [self.email])


@pytest.fixture
def walk(watched: Watch, database: psycopg.Connection[Any]) -> Iterator[Walk]:
    walk = Walk(watched, database)
    yield walk
    assert walk.wrong == {}
    # These walks, but for the last, keep within the limits: each begins with none used up.
    database.execute("DELETE FROM shared_cache")


def app_code(key: str) -> str:
    secret = b32decode(key.replace(" ", ""))
    digest = hmac.new(secret, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def sign_up(walk: Walk) -> None:
    walk.go("/account/signup/", "sign up", "Make an account")
    walk.press("E-mail me a code")
    walk.look("sign up, nothing typed", "Make an account")
    walk.fill(email=walk.email)
    walk.press("E-mail me a code")
    walk.look("confirm address", "Look in your e-mail")
    walk.fill(code="1")
    walk.press("Go on")
    walk.look("confirm address, wrong code", "Look in your e-mail")
    walk.fill(code=walk.code())
    walk.press("Go on")
    walk.look("account, new", "Your account")


def choose_password(walk: Walk) -> None:
    walk.go("/account/password/set/", "first password", "Choose a password")
    walk.fill(password1="x", password2="y")
    walk.press("Save")
    walk.look("first password, too short", "Choose a password")
    walk.fill(password1=PASSWORD, password2=PASSWORD)
    walk.press("Save")
    walk.look("account, with a password", "Your account")


def test_the_pages_for_all(walk: Walk) -> None:
    for path, heading in zip(
        PAGES_FOR_ALL,
        (
            "Sign in",
            "Make an account",
            "Sign in with a code",
            "Choose a new password",
            "You cannot sign in with this account",
        ),
        strict=True,
    ):
        walk.go(f"/account/{path}", path, heading)
    walk.watch.goto("/account/login/")
    walk.fill(login="nobody@example.com", password="wrong")
    walk.press("Sign in")
    walk.page.get_by_text("do not go together").wait_for()
    walk.look("sign in, wrong", "Sign in")


@pytest.mark.parametrize("path", PAGES_FOR_ALL)
def test_the_pages_for_all_in_the_dark_and_from_right_to_left(watched: Watch, path: str) -> None:
    watched.goto(f"/{CODE}/account/{path}")
    assert watched.faults(PHONE) == []
    watched.page.emulate_media(color_scheme="dark")
    assert watched.faults(PHONE, colours_alone=True) == []


def test_the_pages_of_an_account(walk: Walk) -> None:
    sign_up(walk)
    choose_password(walk)
    walk.go("/account/password/change/", "change password", "Change your password")
    walk.go("/account/email/", "change address", "Change your e-mail address")
    walk.fill(email=f"new.{walk.email}")
    walk.press("E-mail me a code there")
    walk.look("confirm by password", "Is it still you?")
    walk.fill(password="wrong")
    walk.press("Go on")
    walk.page.get_by_text("There is a problem").wait_for()
    walk.look("confirm by password, wrong", "Is it still you?")
    walk.fill(password=PASSWORD)
    walk.press("Go on")
    walk.look("confirm new address", "Look in your e-mail")
    walk.email = f"new.{walk.email}"
    walk.fill(code=walk.code())
    walk.press("Go on")
    walk.look("account, address changed", "Your account")
    walk.go("/account/extra/", "passkeys and apps, none", "Passkeys and apps")
    walk.go("/account/extra/passkeys/", "passkeys, none", "Your passkeys")
    walk.go("/account/logout/", "sign out", "Sign out?")
    walk.press("Sign out")
    walk.look("signed out", "Sign in")


def test_the_pages_of_an_app(walk: Walk) -> None:
    sign_up(walk)
    choose_password(walk)
    walk.watch.goto("/account/extra/app/add/")
    walk.fill(password=PASSWORD)
    walk.press("Go on")
    walk.look("add app", "Add an app")
    walk.fill(code="1")
    walk.press("Add this app")
    walk.page.get_by_text("There is a problem").wait_for()
    walk.look("add app, wrong code", "Add an app")
    key = walk.page.locator("code").inner_text()
    walk.fill(code=app_code(key))
    walk.press("Add this app")
    walk.look("spare codes", "Your spare codes")
    spare = walk.page.locator("code").all_inner_texts()
    walk.go("/account/extra/", "passkeys and apps", "Passkeys and apps")
    walk.go("/account/extra/app/remove/", "remove app", "Remove your app?")
    walk.go("/account/extra/spare-codes/new/", "new spare codes", "Make new spare codes?")
    walk.go("/account/", "account, with an app", "Your account")
    walk.go("/account/confirm/app/", "confirm by app", "Is it still you?")
    walk.watch.goto("/account/logout/")
    walk.press("Sign out")
    walk.look("signed out", "Sign in")
    walk.fill(login=walk.email, password=PASSWORD)
    walk.press("Sign in")
    walk.look("second step at sign-in", "One more step")
    walk.fill(code="1")
    walk.press("Sign in")
    walk.page.get_by_text("There is a problem").wait_for()
    walk.look("second step at sign-in, wrong code", "One more step")
    walk.fill(code=spare[0])
    walk.press("Sign in")
    walk.look("account", "Your account")


def test_the_pages_of_the_second_step(walk: Walk) -> None:
    sign_up(walk)
    walk.go("/admin/", "staff only", "These pages are for our staff")
    walk.change("UPDATE accounts_user SET is_staff = true")
    walk.go("/admin/", "second step, no password", "One more step")
    choose_password(walk)
    walk.go("/admin/", "second step, password first", "One more step")
    walk.watch.goto("/account/logout/")
    walk.press("Sign out")
    walk.look("signed out", "Sign in")
    walk.change("UPDATE accounts_user SET is_staff = false")
    walk.fill(login=walk.email, password=PASSWORD)
    walk.press("Sign in")
    walk.look("account", "Your account")
    walk.change("UPDATE accounts_user SET is_staff = true")
    walk.go("/admin/", "second step, by mail", "One more step")
    walk.press("E-mail me a code")
    walk.look("second step, code", "Look in your e-mail")
    walk.fill(code="1")
    walk.press("Go on")
    walk.page.get_by_text("There is a problem").wait_for()
    walk.look("second step, wrong code", "Look in your e-mail")
    walk.fill(code=walk.code())
    walk.press("Go on")
    walk.page.wait_for_url(lambda url: url.endswith("/admin/"))


def forget_password(walk: Walk) -> None:
    walk.watch.goto("/account/password/reset/")
    walk.fill(email=walk.email)
    walk.press("E-mail me a code")


def test_the_pages_of_a_forgotten_password_and_of_too_many_tries(walk: Walk) -> None:
    sign_up(walk)
    walk.watch.goto("/account/logout/")
    walk.press("Sign out")
    walk.look("signed out", "Sign in")
    forget_password(walk)
    walk.look("new password, code", "Look in your e-mail")
    walk.fill(code=walk.code())
    walk.press("Go on")
    walk.look("new password", "Choose a new password")
    walk.fill(password1=PASSWORD, password2=PASSWORD)
    walk.press("Save")
    walk.look("new password, done", "Your password is changed")
    for _time in range(5):
        forget_password(walk)
    walk.look("too many tries", "That was too many tries")


def test_the_staff_pages_of_people_roles_and_mail(walk: Walk) -> None:
    walk.watch.goto("/account/login/?next=/admin/accounts/user/")
    walk.fill(login="admin@example.org", password=EXAMPLE_PASSWORD)
    walk.press("Sign in")
    walk.look("people", "People")
    walk.go("/admin/accounts/user/?second_step=mail&q=erin", "people, found", "People")
    walk.go("/admin/accounts/user/add/", "new person", "Add person")
    walk.fill(email="no address")
    walk.press("Save")
    walk.page.get_by_text("Write an e-mail address, such as jo@example.org.").first.wait_for()
    walk.look("new person, wrong", "Add person")
    walk.fill(email=walk.email, name="Wilma Walker")
    walk.press("Save and stay here")
    walk.look("person", "Wilma Walker")
    walk.go("/admin/accounts/role/", "roles", "Roles")
    walk.page.get_by_role("link", name="Directory editor").click()
    walk.look("role", "Directory editor")
    walk.go("/admin/accounts/outgoingmail/", "mails", "Mails")
    walk.page.get_by_role("link", name="Welcome").first.click()
    walk.look("mail", "Welcome, ")
