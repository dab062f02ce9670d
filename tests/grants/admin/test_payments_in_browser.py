"""What comes after the yes, in a real Chromium: the staff's pages and the group's."""

from collections.abc import Iterator

import pytest

from accounts.models import User
from grants.models import Applicant, Award
from tests.assets.admin.test_in_browser import Staff
from tests.browser.watch import Watch
from tests.grants.make import make_round
from tests.grants.paid import approved, make_award, planned, released

pytestmark = pytest.mark.browser
VOLUNTEER = "volunteer@example.org"


@pytest.fixture
def award(seen_by_browser: None) -> Iterator[Award]:
    """In the database that the browser sees: with a payment in each state, and no report yet."""
    its_round = make_round(status="decided", is_example=True, title="Spring 2027")
    made = make_award(2_000, round=its_round, is_example=True, organisation=_group(), title="Kites")
    volunteer = User.objects.get(email=VOLUNTEER)
    Applicant.objects.create(application=made.application, person=volunteer, added_by=volunteer)
    released(made, 500)
    approved(made, 500)
    planned(made, 500, held_until="condition", condition="A safeguarding policy")
    yield made
    Award.objects.filter(pk=made.pk).delete()
    made.application.delete()
    its_round.delete()


def _group() -> object:
    """Of the example district."""
    return User.objects.get(email=VOLUNTEER).memberships.first().organisation  # type: ignore[union-attr]


def test_the_group_writes_its_report_and_our_team_reads_it(watched: Watch, award: Award) -> None:
    group = Staff(watched)
    group.watch.goto("/account/login/?next=/my/applications/")
    page = group.page
    page.fill("[name=login]", VOLUNTEER)
    page.fill("[name=password]", "moss-and-limestone")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Kites", exact=True).click()
    page.get_by_role("link", name="Your grant").click()
    group.look("own award")
    page.get_by_role("link", name="Ask for a change").click()
    group.press("Ask for it")
    group.look("a change, nothing said")
    page.get_by_label("Why?").fill("The hall was cheaper.")
    page.get_by_label("How much do you need now").fill("1,900")
    group.press("Ask for it")
    page.get_by_role("link", name="Write your report").click()
    group.look("a report")
    page.get_by_label("How many children").fill("20")
    group.press("Save and check")
    group.look("a report, a little missing")
    page.get_by_label("How many sessions").fill("12")
    page.get_by_label("What changed?").first.select_option("friends")
    page.get_by_label("before?").first.fill("6")
    page.get_by_label("after?").first.fill("14")
    page.get_by_label("Rooms").fill("2,000")
    page.get_by_label("Tell us a story").fill("One of them now leads the warm-up.")
    group.press("Save and check")
    group.look("a report, to check")
    group.press("Send")
    page.get_by_text("Thank you. We have your report.").wait_for()
    group.look("own award, reported")
    assert group.wrong == {}
    page.context.clear_cookies()

    ada = Staff(watched)
    ada.sign_in("admin@example.org")
    ada.open("/admin/grants/payment/")
    ada.look("payments")
    page.get_by_role("link", name="Kites").first.click()
    ada.look("the money of an award")
    ada.press("Plan it")
    ada.look("the money of an award, nothing said")
    page.get_by_role("link", name=f"{award.application.reference}/3").click()
    ada.look("a payment")
    ada.press("Cancel this payment")
    ada.look("a payment, no reason")
    ada.open("/admin/grants/report/")
    ada.look("reports")
    page.get_by_role("link", name="Kites", exact=True).click()
    ada.look("a report, to read")
    ada.press("Give back")
    ada.look("a report, nothing missing")
    ada.open("/admin/grants/report/did/")
    ada.look("what it did")
    assert ada.wrong == {}
