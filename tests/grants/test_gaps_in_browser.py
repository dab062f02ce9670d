"""Gaps of a round, a cell of the coverage and the update for boards, in a real Chromium."""

from collections.abc import Iterator

import pytest

from grants.models import Round
from tests.assets.admin.test_in_browser import Staff
from tests.browser.watch import Watch
from tests.grants.make import make_round

pytestmark = pytest.mark.browser


@pytest.fixture
def draft(seen_by_browser: None) -> Iterator[Round]:
    """In the database that the browser sees, and gone afterwards."""
    made = make_round(status="draft", is_example=True, title="Summer 2027")
    yield made
    made.delete()


@pytest.fixture
def ada(watched: Watch) -> Iterator[Staff]:
    person = Staff(watched)
    person.sign_in("admin@example.org")
    yield person
    assert person.wrong == {}


def test_a_gap_is_chosen_and_told_to_commissioners(ada: Staff, draft: Round) -> None:
    ada.open(f"/admin/grants/round/{draft.pk}/change/")
    ada.page.get_by_role("link", name="Choose from what is missing").click()
    first = ada.page.get_by_role("checkbox").first
    first.wait_for()
    ada.look("gaps of a draft")
    ada.press("Aim at these, too")
    ada.page.get_by_text("Tick what this round aims at.").first.wait_for()
    ada.look("gaps, nothing ticked")
    ada.page.get_by_role("checkbox").first.check()
    ada.press("Aim at these, too")
    ada.page.get_by_text("The round aims at it now.").wait_for()
    ada.look("gaps, one chosen")
    ada.page.get_by_role("link", name="Write to commissioners").click()
    ada.page.get_by_label("Message").wait_for()
    ada.press("Send it")
    ada.page.get_by_role("alert").wait_for()
    ada.look("to commissioners, without an address")


def test_the_update_and_what_people_said_beside_a_gap(ada: Staff) -> None:
    ada.open("/admin/grants/boardupdate/add/")
    ada.look("a new update")
    ada.open("/admin/grants/boardupdate/")
    ada.look("updates")
    ada.page.get_by_role("link", name="Read it").first.click()
    ada.page.get_by_role("heading", name="What we ask of the board").wait_for()
    ada.look("update")
    ada.page.emulate_media(color_scheme="dark")
    ada.look("update in the dark", 320)
    ada.page.emulate_media(color_scheme="light")
    ada.open("/admin/assets/notfound/cell/?theme=mobility&ages=11-15&place=wirksworth")
    ada.look("a cell")
