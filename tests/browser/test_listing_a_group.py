"""A volunteer with ten minutes and a phone lists a group: with JavaScript, and without."""

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import psycopg
import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect

from tests.browser.watch import Watch

pytestmark = pytest.mark.browser
NUMBERS = count(1)


@pytest.fixture
def database(databases: tuple[str, str, str]) -> Iterator[psycopg.Connection[Any]]:
    """The database of the site that the browser sees: its outbox is everybody's mailbox."""
    settings = connection.get_connection_params() | {"dbname": databases[2]}
    known = {key: settings[key] for key in ("dbname", "host", "port", "user") if settings.get(key)}
    with psycopg.connect(**known, autocommit=True) as opened:
        yield opened
        # Each walk begins with none of the limits used up, and leaves no group behind.
        opened.execute("DELETE FROM shared_cache")


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def phone(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        java_script_enabled=request.param == "with JavaScript",
        base_url=site,
    )
    yield context.new_page()
    context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def begin(page: Page, name: str) -> str:
    """From the search to the task list: the address that was given."""
    address = f"jo{next(NUMBERS)}@example.com"
    page.goto("/list-your-group/")
    page.get_by_label("Name of your group, postcode or website").fill(name)
    press(page, "Look first")
    page.get_by_role("link", name=re.compile("ist our group")).click()
    page.get_by_label("Your name").fill("Jo Kite")
    page.get_by_label("Your e-mail address").fill(address)
    press(page, "Begin")
    expect(page.get_by_role("heading", level=1, name="List your group")).to_be_visible()
    return address


def write_the_group(page: Page, name: str) -> None:
    page.get_by_role("link", name="About the group").click()
    page.get_by_label("Name of the group").fill(name)
    page.get_by_label("Community group").check()
    page.get_by_label("Who are you, in one or two sentences?").fill("We fly kites.")
    press(page, "Save and go on")
    page.get_by_label("Phone", exact=True).fill("01632 960123")
    page.get_by_label("Whom to ask for").fill("Jo")
    press(page, "Save and go on")
    page.get_by_label("We have insurance").check()
    press(page, "Save and go on")


def write_an_activity(page: Page, title: str) -> None:
    press(page, "Add an activity")
    page.get_by_label("What is it called?").fill(title)
    page.get_by_label(re.compile("^Session")).check()
    page.get_by_label("What is it, in one or two sentences?").fill("Bring a kite.")
    press(page, "Save and go on")
    page.get_by_label("Tuesday").first.check()
    page.get_by_label("From", exact=True).first.fill("4")
    page.get_by_label("To", exact=True).first.fill("5.30 pm")
    press(page, "Save and go on")
    page.get_by_label("Find the hall or place").fill("weir field")
    press(page, "Look for it")
    page.get_by_label(re.compile("^Weir Field Hall")).check()
    press(page, "Save and go on")
    page.get_by_label("From what age?").fill("5")
    page.get_by_label("For everyone").check()
    page.get_by_label(re.compile("^Staying well")).check()
    press(page, "Save and go on")
    page.get_by_label("Free", exact=True).check()
    page.get_by_label("Just come along").check()
    press(page, "Save and go to the list")


def link_in_mail(database: psycopg.Connection[Any], address: str) -> str:
    row = database.execute(
        """SELECT body FROM accounts_outgoingmail
           WHERE "to" = %s AND reason = 'proposal-begun'""",
        [address],
    ).fetchone()
    found = re.search(r"^https?://[^/\s]+(/list-your-group/\S+)$", row[0] if row else "", re.M)
    assert found, row
    return found[1]


def test_a_group_with_two_activities_from_the_search_to_the_receipt(
    phone: Page, database: psycopg.Connection[Any]
) -> None:
    address = begin(phone, "Zephyr Kites")
    write_the_group(phone, "Zephyr Kites")
    write_an_activity(phone, "Kites on the moor")
    phone.get_by_role("button", name=re.compile("^The same again on another day")).click()
    expect(phone.get_by_label("Tuesday").first).not_to_be_checked()
    phone.get_by_label("Thursday").first.check()
    press(phone, "Save and go to the list")
    expect(phone.get_by_text("Tuesdays, 4 pm to 5.30 pm")).to_be_visible()
    expect(phone.get_by_text("Thursdays, 4 pm to 5.30 pm")).to_be_visible()
    phone.get_by_role("link", name="Check and send").click()
    expect(phone.get_by_text("A little is still missing")).to_have_count(0)
    phone.get_by_label(re.compile("^The group wants this")).check()
    press(phone, "Send")
    expect(phone.get_by_role("heading", level=1, name="Thank you. We have it")).to_be_visible()
    expect(phone.get_by_text(address)).to_be_visible()
    mails = database.execute(
        'SELECT reason FROM accounts_outgoingmail WHERE "to" = %s ORDER BY id', [address]
    ).fetchall()
    assert mails == [("proposal-begun",), ("proposal-received",)]


def test_a_draft_is_found_again_by_the_link_in_the_mail(
    phone: Page, browser: Browser, site: str, database: psycopg.Connection[Any]
) -> None:
    address = begin(phone, "Breeze Kites")
    write_the_group(phone, "Breeze Kites")
    elsewhere = browser.new_context(base_url=site, java_script_enabled=False).new_page()
    elsewhere.goto(link_in_mail(database, address))
    elsewhere.get_by_role("link", name="About the group").click()
    assert elsewhere.get_by_label("Name of the group").input_value() == "Breeze Kites"
    elsewhere.context.close()


def test_a_session_that_ran_out_loses_nothing(phone: Page) -> None:
    begin(phone, "Gust Kites")
    phone.get_by_role("link", name="About the group").click()
    phone.get_by_label("Name of the group").fill("Gust Kites")
    phone.context.clear_cookies()
    press(phone, "Save and go to the list")
    assert phone.context.cookies() == []
    phone.get_by_role("link", name="About the group").click()
    assert phone.get_by_label("Name of the group").input_value() == "Gust Kites"


def test_the_wrong_thing_on_purpose(phone: Page) -> None:
    begin(phone, "Storm Kites")
    phone.get_by_role("link", name="How to reach you").click()
    phone.get_by_label("Phone", exact=True).fill("ring us")
    phone.get_by_label("E-mail address").fill("kites@example.com")
    press(phone, "Save and go on")
    summary = phone.get_by_role("alert")
    expect(summary).to_contain_text("Phone – Write a phone number")
    assert phone.get_by_label("E-mail address").input_value() == "kites@example.com"
    summary.get_by_role("link").click()
    assert phone.url.endswith("#id_phone")
    phone.get_by_label("Phone", exact=True).fill("01632 960123")
    press(phone, "Save and go to the list")
    phone.get_by_role("link", name="Check and send").click()
    phone.get_by_label(re.compile("^The group wants this")).check()
    press(phone, "Send")
    missing = phone.get_by_role("alert").first
    expect(missing).to_contain_text("Say what the group is called.")
    missing.get_by_role("link").first.click()
    expect(phone.get_by_role("heading", level=1, name="About the group")).to_be_visible()


def test_every_page_of_it_is_accessible_and_fits(
    watched: Watch, site: str, database: psycopg.Connection[Any]
) -> None:
    page, wrong = watched.page, dict[str, list[str]]()

    def look(name: str) -> None:
        if found := watched.faults():
            wrong[name] = found

    page.context.set_default_timeout(90_000)
    page.goto(f"{site}/list-your-group/begin/")
    page.get_by_label("Your name").fill("Jo Kite")
    page.get_by_label("Your e-mail address").fill(f"walker{next(NUMBERS)}@example.com")
    press(page, "Begin")
    form = page.url
    look("list, nothing yet")
    write_the_group(page, "Aura Kites")
    write_an_activity(page, "Kites by the river")
    look("list")
    steps = [f"group/{slug}/" for slug in ("about", "contact", "trust")]
    slugs = ("what", "when", "where", "who", "coming", "first-visit", "contact")
    for step in [*steps, *(f"new-1/{slug}/" for slug in slugs)]:
        page.goto(f"{form}{step}")
        look(step)
    page.goto(f"{form}group/contact/")
    page.get_by_label("Phone", exact=True).fill("banana")
    press(page, "Save and go on")
    look("contact, wrong")
    page.goto(f"{form}new-1/when/")
    page.get_by_label("From", exact=True).first.fill("tea")
    press(page, "Save and go on")
    look("when, wrong")
    page.goto(f"{form}group/about/")
    page.get_by_label("Name of the group").fill("Mine")
    other = page.context.new_page()
    other.goto(f"{form}group/about/")
    other.get_by_label("Name of the group").fill("Theirs")
    press(other, "Save and go on")
    other.close()
    press(page, "Save and go on")
    look("written meanwhile")
    page.goto(form)
    page.get_by_role("button", name=re.compile("^Leave it out")).click()
    look("leave it out?")
    for part in ("group", "new-1"):
        page.goto(f"{form}preview/{part}/")
        expect(page.get_by_text("Preview.", exact=True)).to_be_visible()
        look(f"preview of {part}")
    page.goto(f"{form}check/")
    press(page, "Send")
    look("check, no tick")
    page.get_by_label(re.compile("^The group wants this")).check()
    press(page, "Send")
    look("sent")
    page.goto(f"{form}check/")
    look("check, sent")
    assert wrong == {}


def test_where_asks_only_for_what_is_needed_and_says_at_the_top_what_is_wrong(
    phone: Page, database: psycopg.Connection[Any]
) -> None:
    begin(phone, "Larch Lane Kites")
    press(phone, "Add an activity")
    phone.goto(phone.url.replace("/what/", "/where/"))
    name, area = phone.get_by_label("Name of the place"), phone.locator("#id_area")
    for shown in (name, area):
        expect(shown).to_be_hidden()
    phone.get_by_label("Find the hall or place").fill("zebracrossing")
    press(phone, "Look for it")
    phone.get_by_label("Another place").check()
    expect(name).to_be_visible()
    press(phone, "Save and go on")
    expect(
        phone.get_by_role("link", name=re.compile("Say what the place is called"))
    ).to_be_visible()
    assert phone.evaluate("window.scrollY") == 0
    phone.get_by_label("Somebody’s home").check()
    expect(name).to_be_hidden()
    expect(phone.get_by_label("Town or village")).to_be_visible()
    phone.get_by_role("checkbox", name="Online").check()
    expect(area).to_be_visible()
    phone.get_by_role("checkbox", name="In person").uncheck()
    expect(phone.get_by_label("Find the hall or place")).to_be_hidden()
