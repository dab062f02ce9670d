"""Scoring in a real Chromium: accessible, fitting, by the keyboard alone, two windows at once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from grants.models import Round
from tests.assets.admin.test_in_browser import Staff
from tests.browser.watch import Watch
from tests.grants.make import fill_in, make_application, make_round, make_seat, make_sheet

pytestmark = pytest.mark.browser
KITES = "Kites on Saturdays"


@pytest.fixture
def its_round(seen_by_browser: None) -> Iterator[Round]:
    """In the database that the browser sees: three applications, of which Cora has scored two."""
    made = make_round(status="scoring", is_example=True, title="Spring 2027")
    for title in (KITES, "Quiet room at the library", "Songs for babies"):
        application = make_application(round=made, organisation=None, is_example=True, title=title)
        if title != KITES:
            fill_in(make_sheet("cora", application=application))
    ada = User.objects.get(email="admin@example.org")
    made.seats.create(person=ada, partner="The council")
    make_seat("sal", round=made, is_young=True)
    yield made
    made.applications.all().delete()
    made.delete()


@pytest.fixture
def ada(watched: Watch, its_round: Round) -> Iterator[Staff]:
    person = Staff(watched)
    person.sign_in("admin@example.org")
    yield person
    assert person.wrong == {}


def declare(ada: Staff, its_round: Round) -> None:
    ada.open(f"/admin/grants/scoresheet/declare/{its_round.pk}/")
    ada.press("I have looked at every name: declare")
    ada.page.get_by_text("nothing to do with any of them").wait_for()


def give_out(ada: Staff, its_round: Round) -> None:
    ada.open(f"/admin/grants/seat/round/{its_round.pk}/")
    ada.press("Give them out")
    ada.page.get_by_text("Given out:").wait_for()


def test_from_the_declaration_to_what_others_gave(ada: Staff, its_round: Round) -> None:
    ada.look("what needs doing")
    ada.open("/admin/grants/scoresheet/")
    ada.look("my scoring, to declare")
    to_declare = ada.page.get_by_role("link", name="Declare your interests")
    # Whoever runs rounds declares in each: the example's is under way as well.
    to_declare.filter(has_text=its_round.title).click()
    ada.look("declare")
    ada.page.get_by_label("What you have to do with").first.select_option("indirect")
    ada.press("I have looked at every name: declare")
    ada.look("declare, half an interest")
    ada.page.get_by_label("What you have to do with").first.select_option("")
    ada.press("I have looked at every name: declare")
    ada.page.get_by_text("nothing to do with any of them").wait_for()
    ada.look("my scoring, nothing given")
    ada.open("/admin/grants/seat/")
    ada.look("who scores")
    give_out(ada, its_round)
    for summary in ada.page.locator("tbody summary").all():
        summary.click()
    ada.look("who scores in a round")
    ada.press("Give them a seat")
    ada.look("who scores in a round, nobody named")
    ada.open("/admin/grants/scoresheet/")
    ada.look("my scoring")
    # What fewest have scored comes first.
    ada.page.locator("tbody th a").first.click()
    ada.page.get_by_role("heading", level=1, name=KITES).wait_for()
    ada.page.get_by_text("I have to do with this group").click()
    ada.look("an application")
    ada.press("Save and submit")
    ada.page.get_by_role("heading", name="Your scores are not in yet").wait_for()
    ada.look("an application, not whole")
    ada.page.get_by_role("link", name="Criterion 2: say why.").click()
    ada.page.wait_for_function("document.activeElement.id.startsWith('id_reason-')")


def test_an_application_is_scored_by_the_keyboard_alone(ada: Staff, its_round: Round) -> None:
    declare(ada, its_round)
    give_out(ada, its_round)
    ada.open("/admin/grants/scoresheet/")
    ada.page.get_by_role("link", name="Songs for babies").focus()
    ada.page.keyboard.press("Enter")
    ada.page.get_by_role("heading", level=1, name="Songs for babies").wait_for()
    page = ada.page
    page.locator("[type=radio]").first.focus()
    for _criterion in its_round.criteria.all():
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.type("They know the valley.")
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Your scores are in.").wait_for()
    expect(page.locator("main")).to_contain_text("Why I gave 2.")
    ada.look("an application, in")
    page.get_by_role("link", name="Next application").click()
    page.get_by_role("heading", level=1, name=KITES).wait_for()


def test_two_windows_are_shown_side_by_side(ada: Staff, its_round: Round) -> None:
    declare(ada, its_round)
    give_out(ada, its_round)
    ada.open("/admin/grants/scoresheet/")
    ada.page.get_by_role("link", name=KITES).click()
    first = ada.page.locator("textarea").first
    first.wait_for()
    other: Page = ada.page.context.new_page()
    other.goto(ada.page.url)
    other.locator("textarea").first.fill("From the other window")
    other.get_by_role("button", name="Save", exact=True).click()
    other.get_by_text("Saved.").wait_for()
    first.fill("From this window")
    ada.press("Save")
    ada.page.get_by_role("heading", name="Look at both before you save").wait_for()
    ada.look("an application, two windows")
    assert first.input_value() == "From this window"
    expect(ada.page.locator("main")).to_contain_text("From the other window")
    ada.press("Save")
    ada.page.get_by_text("Saved.").wait_for()
    assert first.input_value() == "From this window"
