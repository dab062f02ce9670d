"""A volunteer applies for a grant on a phone: with JavaScript, and without."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.example import PASSWORD
from assets.models import Membership
from assets.words import long_date
from grants.applying.words import words_in
from grants.models import Round
from tests.browser.watch import PHONE, Watch
from tests.grants.make import make_round

pytestmark = pytest.mark.browser
WHO = "volunteer@example.org"
# What stands between words, in all its kinds; a joiner of no width is none of them.
NASTY = "one\ttwo\u00a0three\u2003four\n\nfive\u2028six\u3000seven eight\u200bnine\ufeffteń – ok"


@dataclass(frozen=True)
class Open:
    """A round that takes applications, and the name of the volunteer's group."""

    round: Round
    group: str


@dataclass
class Phone(Watch):
    scripts: bool = True


@pytest.fixture
def opened(seen_by_browser: None) -> Iterator[Open]:
    """An open round on the site that the browser sees, gone with all in it afterwards."""
    made = make_round(slug="walked", code="WALK", title="Spring fund", is_example=True)
    group = Membership.objects.get(user__email=WHO).organisation
    yield Open(made, group.name)
    made.applications.all().delete()
    made.delete()


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def watch(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Phone]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        java_script_enabled=request.param == "with JavaScript",
        base_url=site,
    )
    watched = Phone(context.new_page(), site, scripts=request.param == "with JavaScript")
    yield watched
    assert watched.troubles() == []
    context.close()


def look(watch: Phone) -> None:
    if watch.scripts:
        assert watch.faults(PHONE) == []


def press(watch: Phone, name: str) -> None:
    watch.page.get_by_role("button", name=name, exact=True).click()
    watch.page.wait_for_load_state()
    look(watch)


def is_at(watch: Phone, heading: str) -> None:
    expect(watch.page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()
    look(watch)


def come_in(watch: Phone, opened: Open) -> None:
    page = watch.page
    page.goto(f"/grants/{opened.round.slug}/")
    page.get_by_role("link", name="Apply", exact=True).first.click()
    is_at(watch, "May you apply?")
    page.get_by_role("radio", name="No", exact=True).check()
    press(watch, "Go on")
    is_at(watch, "This round is not the right one")
    page.get_by_role("link", name="Answer again").click()
    page.get_by_role("radio", name="Yes", exact=True).check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("E-mail address").fill(WHO)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main button.button--main").click()
    is_at(watch, "Begin your application")
    page.get_by_label(opened.group).check()
    press(watch, "Begin")


def write_it(watch: Phone, opened: Open) -> None:
    page = watch.page
    page.get_by_role("link", name="What you want to do").click()
    press(watch, "Save and go on")
    expect(page.get_by_text("There is a problem")).to_be_visible()
    page.get_by_label("What do you call it?").fill("Saturday bikes")
    page.get_by_label("What is it, in one or two sentences?").fill("Mending bikes together.")
    page.get_by_label("First day").fill(long_date(opened.round.spend_from))
    page.get_by_label("Last day").fill(long_date(opened.round.spend_from))
    page.get_by_label("It is something new").check()
    press(watch, "Save and go on")
    is_at(watch, "Who it is for")
    page.get_by_label("How many children and young people, about?").fill("25")
    page.get_by_label("How old are the youngest?").fill("7")
    page.get_by_label("And the oldest?").fill("11")
    page.get_by_label("Which towns and villages").fill("Bakewell, Matlock")
    page.get_by_label("Staying well").check()
    press(watch, "Save and go on")
    is_at(watch, "What will you do?")


def write_the_budget(watch: Phone) -> None:
    page = watch.page
    for name, said in {
        "0-what": "The hall, ten times",
        "0-cost": "£300",
        "0-asked": "200",
        "1-what": "Tools",
        "1-cost": "1,400.50",
        "1-asked": "1400.50",
        "ideal": "1600",
        "minimum": "900",
    }.items():
        page.locator(f"[name='{name}']").fill(said)
    page.locator("[name='0-heading']").select_option(label="Rooms")
    page.locator("[name='1-heading']").select_option(label="Things")
    if watch.scripts:
        expect(page.get_by_text("Your lines add up to £1,600.50")).to_be_visible()
    press(watch, "Save and go on")
    expect(page.locator(".problems, .error-summary, [role=alert]").first).to_be_visible()
    page.locator("[name='ideal']").fill("1,600.50")
    press(watch, "Save and go on")
    is_at(watch, "Your group")


def test_from_the_round_to_the_receipt(watch: Phone, opened: Open) -> None:
    page = watch.page
    come_in(watch, opened)
    write_it(watch, opened)
    page.get_by_label("What will you do?").fill(" ".join(["word"] * 51))
    press(watch, "Save and go on")
    expect(page.get_by_text("You have used 51 words. Take out 1 word.").first).to_be_visible()
    page.get_by_label("What will you do?").fill("We mend bikes.")
    press(watch, "Save and go on")
    is_at(watch, "Who will it help?")
    page.get_by_label("Who will it help?").fill("Children without a bike.")
    press(watch, "Save and go on")
    is_at(watch, "What it costs")
    write_the_budget(watch)
    page.get_by_label("Whom can we talk to about this?").fill("Vera")
    press(watch, "Save and go to the list")
    page.get_by_role("link", name="Check and send").click()
    is_at(watch, "Check what you wrote")
    page.get_by_role("link", name=re.compile("Give us a phone number")).click()
    page.get_by_label("On which number?").fill("01629 555 0100")
    press(watch, "Save and go back")
    press(watch, "Send")
    is_at(watch, "Thank you. We have it")
    expect(page.get_by_text(f"{opened.round.code}-001")).to_be_visible()
    page.get_by_role("link", name="To your application").click()
    press(watch, "Take it back")
    press(watch, "Yes, take it back")
    expect(page.get_by_text("You took it back").first).to_be_visible()


def test_typed_and_left_without_a_press_it_is_kept(
    browser: Browser, site: str, opened: Open
) -> None:
    context = browser.new_context(base_url=site)
    watch = Phone(context.new_page(), site)
    come_in(watch, opened)
    write_it(watch, opened)
    field = watch.page.get_by_label("What will you do?")
    field.fill(NASTY)
    expect(watch.page.get_by_text(f"{words_in(NASTY)} words of 50")).to_be_visible()
    expect(watch.page.get_by_role("status")).to_have_text("Saved")
    other: Page = context.new_page()
    other.goto(watch.page.url)
    assert words_in(other.get_by_label("What will you do?").input_value()) == words_in(NASTY)
    # Two windows: the second to save is shown what the first has written, and loses nothing.
    other.get_by_label("What will you do?").fill("From the other window.")
    other.get_by_role("button", name="Save and go to the list").click()
    expect(other.get_by_role("link", name="What will you do?")).to_be_visible()
    field.fill("From the first window.")
    watch.page.get_by_role("button", name="Save and go to the list").click()
    expect(watch.page.get_by_text("From the other window.")).to_be_visible()
    expect(field).to_have_value("From the first window.")
    assert watch.accessibility() == []
    context.close()
