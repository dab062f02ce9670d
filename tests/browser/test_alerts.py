"""Somebody on a phone follows a search, says yes from the mail, and stops: by keyboard alone."""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from playwright.sync_api import expect

from tests.browser.watch import Watch

pytestmark = pytest.mark.browser
WALKER = "walker@example.com"


@pytest.fixture
def database(databases: tuple[str, str, str]) -> Iterator[psycopg.Connection[Any]]:
    """The database of the site that the browser sees: its outbox is everybody's mailbox."""
    settings = connection.get_connection_params() | {"dbname": databases[2]}
    known = {key: settings[key] for key in ("dbname", "host", "port", "user") if settings.get(key)}
    with psycopg.connect(**known, autocommit=True) as opened:
        yield opened
        opened.execute("DELETE FROM assets_alert")
        opened.execute("DELETE FROM shared_cache")


def link_in_the_mail(database: psycopg.Connection[Any]) -> str:
    row = database.execute(
        'SELECT body FROM accounts_outgoingmail WHERE "to" = %s ORDER BY id DESC', [WALKER]
    ).fetchone()
    found = re.search(r"https?://[^/]+(/alerts/\S+)", row[0] if row else "")
    assert found
    return found[1]


def test_from_a_search_to_a_yes_and_to_the_end(
    watched: Watch, database: psycopg.Connection[Any]
) -> None:
    page = watched.page
    watched.goto("/activities/?near=DE45+1DY&q=football")
    page.get_by_role("link", name="Tell me by e-mail when something new comes").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Keep my words: “football”").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("nowhere")
    page.keyboard.press("Enter")
    # What was typed and ticked is still there, with what is wrong beside it.
    expect(page.locator("#id_email")).to_have_value("nowhere")
    expect(page.get_by_label("Keep my words: “football”")).to_be_checked()
    assert watched.faults() == []
    page.locator("#id_email").fill(WALKER)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    watched.goto(link_in_the_mail(database))
    assert watched.faults() == []
    page.get_by_role("button", name="Yes, tell me").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("We will tell you what is new")
    assert watched.faults() == []
    page.get_by_role("link", name="Stop it again").click()
    assert watched.faults() == []
    page.get_by_role("button", name="Stop, and forget me").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("You get no more of these mails")
    assert watched.faults() == []
    left = database.execute('SELECT count(*) FROM accounts_outgoingmail WHERE "to" = %s', [WALKER])
    assert left.fetchone() == (0,)
