"""Others' grants brought in by staff, and then found by anybody, without JavaScript too."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assets.admin.test_in_browser import Staff
from tests.browser.watch import Watch
from tests.grants.awarded import LICENCE, as_file, said

pytestmark = pytest.mark.browser


@pytest.fixture
def staff(watched: Watch) -> Iterator[Staff]:
    person = Staff(watched)
    yield person
    assert person.wrong == {}


@pytest.fixture
def without_javascript(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 740}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def bring(staff: Staff, file: Path) -> None:
    staff.open("/admin/grants/grantfile/")
    staff.page.get_by_role("link", name="Bring in a file").click()
    staff.look("bring a file")
    staff.page.get_by_label("File").set_input_files(file)
    staff.press("Look at it first")


def test_a_file_is_brought_in_found_by_anybody_and_taken_back(
    staff: Staff, without_javascript: Page, site: str, tmp_path: Path
) -> None:
    word = f"zinnia{uuid4().hex[:6]}"
    grants = [
        said(number, id=f"{word}-{number}", title=f"{word} {number}", amountAwarded=number * 100)
        for number in range(1, 23)
    ]
    file = tmp_path / "theirs.json"
    file.write_bytes(as_file(*(one | {"currency": "pounds"} for one in grants)))
    staff.sign_in("admin@example.org")
    bring(staff, file)
    staff.page.get_by_role("heading", name="22 things are wrong with it").wait_for()
    staff.look("wrong")

    file.write_bytes(as_file(*grants, license=LICENCE))
    bring(staff, file)
    staff.page.get_by_text("22 grants to add").wait_for()
    staff.look("before it is loaded")
    staff.press("Load it")
    staff.page.get_by_text("22 added, 0 changed, 0 as before.").wait_for()
    staff.look("files")
    staff.open("/admin/grants/publishedgrant/")
    staff.look("published grants")
    staff.page.get_by_role("link", name=f"{word} 9").click()
    staff.look("a published grant")

    page = without_javascript
    page.goto(f"{site}/grants/awards/?q={word}")
    page.get_by_role("link", name="Look through other funders’ grants, too").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"22 grants for “{word}”")
    page.get_by_text("Where the money went").first.click()
    page.get_by_role("row", name="Matlock £25,300 22").wait_for()
    page.get_by_role("link", name="Next").click()
    page.locator(".card__title a").first.click()
    expect(page.locator("main")).to_contain_text("not one of ours")

    visitor = staff
    for scheme in ("light", "dark"):
        staff.page.emulate_media(color_scheme=scheme)
        visitor.open(f"/grants/awards/?whose=theirs&q={word}")
        visitor.page.get_by_text("Where the money went").first.click()
        visitor.look(f"awards, {scheme}")
        visitor.page.locator(".card__title a").first.click()
        visitor.look(f"an award, {scheme}")
    staff.open("/admin/grants/grantfile/")
    staff.page.locator("tbody th a").first.click()
    staff.look("a file")
    staff.press("Take this file back")
    staff.page.get_by_text("22 grants were taken back.").wait_for()
