"""A round in a real Chromium: written, opened, read by everybody, given more."""

from collections.abc import Iterator

import pytest

from tests.assets.admin.test_in_browser import Staff
from tests.browser.watch import Watch
from tests.pseudo_language import CODE

pytestmark = pytest.mark.browser

FIELDS = {
    "title": "Spring in the Dales",
    "slug": "spring-in-the-dales",
    "code": "SPR1",
    "summary": "Small grants for clubs.",
    "about": "For what helps children thrive.",
    "who_may_apply": "Groups that work here.",
    "equality_note": "Ask us for help.",
    "funder": "The county",
    "pot": "5000",
    "smallest_award": "100",
    "largest_award": "1000",
    "opens_at": "2026-01-01T09:00",
    "closes_at": "2099-05-31T12:00",
    "decisions_on": "2099-07-01",
    "spend_from": "2099-08-01",
    "spend_before": "2100-08-01",
}
PARTS = {
    "eligibility_questions-0": {"text": "Do you work here?", "why_not": "It is for here."},
    "questions-0": {"text": "What will you do?", "help": "Who, where and when."},
    "criteria-0": {
        "name": "Need",
        "weight": "90",
        "levels_as_lines": "0: None: Nothing is said.\n1: Clear: It says who.",
    },
    "budget_headings-0": {"name": "Rooms"},
    "required_checks-0": {"help": "One page is enough."},
}


@pytest.fixture
def staff(watched: Watch) -> Iterator[Staff]:
    watched.page.on("dialog", lambda dialog: dialog.accept())
    person = Staff(watched)
    person.sign_in("admin@example.org")
    yield person
    assert person.wrong == {}


def write(staff: Staff) -> None:
    staff.open("/admin/grants/round/add/")
    staff.look("a new round")
    for name, value in FIELDS.items():
        staff.field(name).fill(value)
    for part, fields in PARTS.items():
        staff.page.locator(f"#{part} > summary").click()
        for name, value in fields.items():
            staff.field(f"{part}-{name}").fill(value)
    staff.field("required_checks-0-kind").select_option("rules")
    staff.press("Save")
    staff.page.get_by_text("Weights: 90 of 100.").wait_for()


def test_a_round_from_the_first_draft_to_more_money(staff: Staff) -> None:
    write(staff)
    for part in staff.page.locator(".part > summary").all():
        part.click()
    staff.look("a draft, all parts open")
    assert staff.page.get_by_role("link", name="Open it…").count() == 0
    staff.field("criteria-0-weight").fill("100")
    staff.press("Save and stay here")
    staff.page.get_by_role("link", name="See it as those who apply").click()
    staff.page.get_by_text("Only staff can see it.").wait_for()
    staff.look("the preview")
    staff.page.get_by_role("link", name="Back to the round").click()
    staff.page.get_by_role("link", name="Open it…").click()
    staff.look("open it?")
    staff.press("Open it")
    staff.page.get_by_text("“Spring in the Dales” is open now.").wait_for()
    staff.look("an open round")
    staff.page.get_by_role("link", name="Give them more time…").click()
    staff.field("closes_at").fill("2020-01-01T10:00")
    staff.press("Give them more time")
    staff.page.get_by_role("heading", name="Not done yet").wait_for()
    staff.look("more time, wrong")
    staff.page.get_by_role("link", name="Leave it as it is").click()
    staff.page.get_by_role("link", name="Add to the pot…").click()
    staff.field("amount").fill("250")
    staff.field("why").fill("A gift.")
    staff.press("Add to the pot")
    staff.page.get_by_text("There is £5,250 in the pot now.").wait_for()
    staff.page.get_by_role("link", name="History").click()
    staff.page.locator(".timeline").wait_for()
    staff.look("the history of a round")
    staff.open("/admin/grants/round/")
    staff.look("rounds")
    look_at_the_public_pages(staff)


def look_at_the_public_pages(staff: Staff) -> None:
    staff.open("/grants/")
    staff.look("grants, one is open")
    staff.page.get_by_role("link", name="Spring in the Dales").click()
    staff.page.get_by_text("Open until noon on 31 May 2099.").wait_for()
    staff.look("a round")
    with staff.page.expect_download() as download:
        staff.page.get_by_role("link", name="All of this as a document").click()
    assert download.value.suggested_filename == "spring-in-the-dales.odt"
    staff.page.emulate_media(color_scheme="dark")
    staff.look("a round in the dark", 320)
    staff.page.emulate_media(color_scheme="light", media="print")
    assert not staff.page.get_by_role("link", name="All of this as a document").is_visible()
    assert staff.page.get_by_role("heading", name="How we score").is_visible()
    staff.page.emulate_media(media="screen")
    staff.open(f"/{CODE}/grants/spring-in-the-dales/")
    staff.look("a round from right to left", 320)
