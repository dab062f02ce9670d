"""The panel in a real Chromium: accessible, fitting, from the first award to the minutes."""

from collections.abc import Iterator

import pytest

from accounts.models import User
from grants.models import Round
from tests.assets.admin.test_in_browser import Staff
from tests.browser.watch import Watch
from tests.grants.panel import scored_round

pytestmark = pytest.mark.browser


@pytest.fixture
def its_round(seen_by_browser: None) -> Iterator[Round]:
    """In the database that the browser sees, with Ada in the chair and one application unscored."""
    ada = User.objects.get(email="admin@example.org")
    made = scored_round(applications=4, missing=1, chair=ada, is_example=True, quorum=2)
    yield made
    made.applications.all().delete()
    made.delete()


@pytest.fixture
def ada(watched: Watch, its_round: Round) -> Iterator[Staff]:
    person = Staff(watched)
    person.sign_in("admin@example.org")
    yield person
    assert person.wrong == {}


def test_from_the_first_award_to_the_minutes(ada: Staff, its_round: Round) -> None:
    page, path = ada.page, f"/admin/grants/round/{its_round.pk}/"
    ada.open(f"{path}board/")
    ada.look("the board, nobody there")
    page.get_by_role("link", name="Begin a meeting").click()
    ada.look("a meeting to begin")
    ada.press("Begin")
    page.get_by_label("Scorer 0").check()
    ada.press("They are there")
    page.get_by_text("2 are there.").wait_for()
    for summary in page.locator("tbody summary").all():
        summary.click()
    ada.look("the meeting")
    page.get_by_role("link", name="Board").click()
    page.locator("tbody th a").first.click()
    page.get_by_label("Award", exact=True).check()
    page.get_by_label("Amount, in pounds").fill("9,000")
    page.get_by_label("Why").first.fill("They know the valley.")
    ada.press("Write it down")
    page.get_by_role("heading", name="Not done yet").wait_for()
    assert page.get_by_label("Why").first.input_value() == "They know the valley."
    for summary in page.locator("summary").all():
        summary.click()
    ada.look("an application that asked for less")
    page.get_by_label("Amount, in pounds").fill("800")
    ada.press("Write it down")
    page.get_by_text("Award: £800").first.wait_for()
    ada.open(f"{path}board/?order=contested")
    ada.look("the board, contested first")
    ada.open(f"{path}board/?as=cover")
    ada.look("the board, everything covered")
    page.get_by_role("link", name="+ new way").click()
    ada.press("Save")
    ada.look("a way without a name")
    page.get_by_label("Name").fill("Ours")
    ada.press("Save")
    page.get_by_role("button", name="Delete “Ours”").wait_for()
    for name in ("scenarios", "results", "paper", "minutes"):
        ada.open(f"{path}{name}/")
        ada.look(name)
