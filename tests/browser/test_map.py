"""The map, by keyboard alone and without a script; and what its pins are called."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assets.test_map_page import SEARCHES
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser
# They stand twice, for a small map and for a wide one: one of them is shown.
PINS = ".map__picture a:visible"


@pytest.fixture
def desk(browser: Browser, site: str) -> Iterator[Page]:
    """A desk without JavaScript."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, java_script_enabled=False, base_url=site
    )
    yield context.new_page()
    context.close()


def press_to(page: Page, name: str) -> None:
    """Tab until the link has the focus, as somebody without a mouse does."""
    link = page.get_by_role("link", name=name, exact=True)
    for _press in range(120):
        page.keyboard.press("Tab")
        if link.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"The keyboard does not come to “{name}”.")


def test_zooming_and_moving_by_keyboard_without_a_script(desk: Page) -> None:
    desk.goto("/activities/?view=map&near=Matlock")
    names = desk.locator(".card__title").all_inner_texts()
    for way in ("Closer", "Move north", "Further away"):
        press_to(desk, way)
        desk.keyboard.press("Enter")
        expect(desk).to_have_url(re.compile(r"at=\d+%2C\d+&zoom=\d#map$"))
        expect(desk.locator(".card__title")).to_have_text(names)
    press_to(desk, "Show all results")
    desk.keyboard.press("Enter")
    expect(desk).not_to_have_url(re.compile("zoom="))


def test_a_pin_leads_to_its_result_by_keyboard(desk: Page) -> None:
    desk.goto("/activities/?view=map&near=Matlock")
    name = desk.locator(PINS).first.get_attribute("aria-label") or ""
    number = name.split()[0]
    press_to(desk, name)
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(f"#result-{number}$"))
    expect(desk.locator(f"#result-{number}")).to_be_in_viewport()


@pytest.mark.parametrize("query", SEARCHES)
def test_pins_and_list_are_called_the_same_without_a_script(desk: Page, query: str) -> None:
    desk.goto(f"/activities/?view=map&{query}")
    pins_are_named_as_the_list_is(desk, f"{PINS}, .map__notes a:visible")


def pins_are_named_as_the_list_is(page: Page, links: str) -> None:
    """As a screen reader has them: what is on the map or said of it, and what is listed."""
    said = [one.get_attribute("aria-label") or "" for one in page.locator(links).all()]
    listed = [
        f"{number} {title}"
        for number, title in zip(
            page.locator(".card__number").all_inner_texts(),
            page.locator(".card__title").all_inner_texts(),
            strict=True,
        )
    ]
    assert sorted(name.removesuffix(" (about here)") for name in said) == sorted(listed)
    for name in said:
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(1)


def test_no_pin_covers_another_on_a_small_phone(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    for query in SEARCHES:
        page.goto(f"{site}/activities/?view=map&{query}")
        no_pin_covers_another(page, PINS)


def no_pin_covers_another(page: Page, pins: str) -> None:
    boxes = [box for one in page.locator(pins).all() if (box := one.bounding_box())]
    for place, box in enumerate(boxes):
        assert box["width"] >= 24
        assert box["height"] >= 24
        for other in boxes[:place]:
            beside = box["x"] + box["width"] <= other["x"] + 1
            beside = beside or other["x"] + other["width"] <= box["x"] + 1
            above = box["y"] + box["height"] <= other["y"] + 1
            above = above or other["y"] + other["height"] <= box["y"] + 1
            assert beside or above, (page.url, box, other)


def test_words_on_the_map_are_never_small(page: Page, site: str) -> None:
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{site}/activities/?view=map")
        sizes: list[float] = page.evaluate(
            "[...document.querySelectorAll('.map__picture text')]"
            ".map(one => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert sizes
        assert min(sizes) >= 15


def test_with_a_script_the_map_moves_and_the_page_stays(watched: Watch) -> None:
    watched.goto("/activities/?view=map&near=Matlock")
    page = watched.page
    page.evaluate("window.stayed = true")
    before = page.locator(".map .land").inner_html()
    closer = page.get_by_role("link", name="Closer", exact=True)
    closer.press("Enter")
    expect(page).to_have_url(re.compile(r"zoom=\d#map$"))
    expect(closer).to_be_focused()
    assert page.locator(".map .land").inner_html() != before
    assert page.evaluate("window.stayed") is True
    page.get_by_role("link", name="Show all results").click()
    expect(page).not_to_have_url(re.compile("zoom="))
    assert page.locator(".map .land").inner_html() == before


def test_a_result_that_is_looked_at_lights_its_pin(watched: Watch) -> None:
    watched.goto("/activities/?view=map&near=Matlock")
    page = watched.page
    href = page.locator(PINS).first.get_attribute("href")
    pin = page.locator(f"{PINS}[href='{href}']")
    lit = re.compile(r"\blit\b")
    expect(pin).not_to_have_class(lit)
    page.locator(f"{href} .card__title a").focus()
    expect(pin).to_have_class(lit)
