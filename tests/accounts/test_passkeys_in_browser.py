"""Passkeys in a real Chromium, with an authenticator that its own tools pretend."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from playwright.sync_api import CDPSession, Page

from accounts.example import PASSWORD
from tests.accounts.test_pages_in_browser import database
from tests.browser.watch import Watch

__all__ = ["database"]

pytestmark = pytest.mark.browser

WHO = "volunteer@example.org"
PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def phone(page: Page, database: psycopg.Connection[Any]) -> Iterator[CDPSession]:
    """The means to make a phone that says yes, and to take it away."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    yield tools
    # Whoever signs in as the same person after this is not asked for that phone.
    whose = "(SELECT id FROM accounts_user WHERE email = %s)"
    database.execute(f"DELETE FROM mfa_authenticator WHERE user_id = {whose}", [WHO])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def give_password(watched: Watch, path: str) -> None:
    watched.goto(path)
    watched.page.get_by_label("E-mail address").fill(WHO)
    watched.page.get_by_label("Password").fill(PASSWORD)
    press(watched.page, "Sign in")


def test_a_passkey_is_added_and_then_signs_in_by_itself(watched: Watch, phone: CDPSession) -> None:
    page = watched.page
    made = phone.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
    give_password(watched, "/account/login/?next=/account/extra/passkeys/add/")
    page.get_by_role("heading", name="Is it still you?").wait_for()
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Go on")
    page.get_by_label("A name for it").fill("My phone")
    press(page, "Add it")
    page.get_by_role("heading", name="Your spare codes").wait_for()
    watched.goto("/account/logout/")
    press(page, "Sign out")
    page.get_by_text("You are signed out.").wait_for()

    press(page, "Use a passkey")
    page.get_by_role("heading", name="Your account").wait_for()

    # Somebody else's phone, which knows nothing, is told so in words.
    phone.send("WebAuthn.removeVirtualAuthenticator", made)
    phone.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
    watched.goto("/account/confirm/passkey/")
    press(page, "Use your passkey")
    page.get_by_text("That did not work, and nothing was changed.").wait_for()
    assert watched.accessibility() == []


def test_without_a_script_passkeys_are_not_offered(page: Page, watched: Watch, site: str) -> None:
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{site}/account/login/")
    assert plain.get_by_role("link", name="E-mail me a code").is_visible()
    assert not plain.get_by_role("button", name="Use a passkey").is_visible()
    plain.context.close()
