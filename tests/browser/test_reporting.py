"""“Something wrong here?” on a phone, without JavaScript, and what staff then see of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assets.admin.test_in_browser import Staff
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser

LISTING = "/activities/the-front-room/"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def staff(watched: Watch) -> Iterator[Staff]:
    watched.page.on("dialog", lambda dialog: dialog.accept())
    person = Staff(watched)
    yield person
    assert person.wrong == {}


def test_a_problem_is_told_answered_and_done_with(phone: Page, site: str, staff: Staff) -> None:
    phone.goto(f"{site}{LISTING}")
    phone.get_by_role("link", name="Something wrong here?").click()
    phone.get_by_label("Something it says is wrong").check()
    phone.get_by_label("What is wrong?").fill("It is on Thursdays now, says Flo.")
    phone.get_by_label("Your e-mail address").fill("jo at home")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_label("What is wrong?")).to_have_value("It is on Thursdays now, says Flo.")
    phone.get_by_label("Your e-mail address").fill("jo@example.com")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you. We have it.")

    staff.sign_in("editor@example.org")
    staff.page.get_by_role("link", name="1 to look at").click()
    staff.look("problems")
    staff.page.get_by_role("link", name="The Front Room").click()
    staff.look("a problem")
    staff.page.get_by_label("What you write").fill("Thank you, Thursdays it is.")
    staff.press("Send the answer")
    staff.page.get_by_text("Your answer is on its way.").wait_for()
    staff.press("Handled")
    staff.page.get_by_role("button", name="To look at").wait_for()
    staff.look("a problem, handled and answered")


def test_a_worry_first_shows_whom_to_call_and_reaches_the_lead_alone(
    phone: Page, site: str, staff: Staff
) -> None:
    phone.goto(f"{site}{LISTING}")
    phone.get_by_role("link", name="Something wrong here?").click()
    phone.get_by_label("A worry about safety").check()
    phone.get_by_label("What is wrong?").fill("The gate to the road is left open.")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("link", name="Call 999")).to_be_visible()
    assert phone.get_by_label("What worries you?").input_value().startswith("The gate")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you. We have it.")

    staff.sign_in("safety@example.org")
    staff.page.get_by_role("link", name="1 nobody has opened").click()
    staff.look("worries")
    staff.page.get_by_role("link", name="The Front Room").click()
    staff.look("a worry, not opened")
    assert "left open" not in staff.page.content()
    staff.press("Open it")
    staff.page.get_by_text("The gate to the road is left open.").wait_for()
    staff.look("a worry, opened")
    staff.page.get_by_label("How it ended").select_option("put-right")
    staff.press("Close it")
    staff.page.get_by_role("button", name="Open it again").wait_for()
    staff.look("a worry, closed")
