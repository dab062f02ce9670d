"""The map that can be dragged: fetched when asked for, moved by hand and by keyboard."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.assets.test_map_page import SEARCHES
from tests.browser.test_every_page import MOST_BYTES, compressed_bytes
from tests.browser.test_map import no_pin_covers_another, pins_are_named_as_the_list_is
from tests.browser.watch import Watch
from tests.pseudo_language import CODE

pytestmark = pytest.mark.browser
# With Leaflet, and the land twice as far as is seen.
MOST_WITH_LEAFLET = 120_000
PINS = ".map__moving .map__pin a"
ASK = "Drag and zoom this map"


def open_map(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=ASK).click()
    expect(page.locator(".map__moving")).to_be_focused()


def here(page: Page) -> tuple[int, int, int]:
    """East, north and zoom, by the address of the page."""
    # Asked of the page itself: `page.url` may be a moment behind.
    said = parse_qs(urlsplit(page.evaluate("location.href")).query)
    east, north = said["at"][0].split(",")
    return int(east), int(north), int(said["zoom"][0])


def names(page: Page, selector: str) -> list[str]:
    return [one.get_attribute("aria-label") or "" for one in page.locator(selector).all()]


@pytest.mark.parametrize("query", SEARCHES)
def test_pins_and_list_are_called_the_same(page: Page, site: str, query: str) -> None:
    open_map(page, f"{site}/activities/?view=map&{query}")
    pins_are_named_as_the_list_is(page, f"{PINS}, .map__notes a")


def test_it_is_fetched_only_for_who_asks_for_it(browser: Browser, site: str) -> None:
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.goto(f"{site}/activities/?view=map", wait_until="networkidle")
    assert [url for url in asked if "leaflet" in url or "live" in url or "land" in url] == []
    assert sum(map(compressed_bytes, asked)) <= MOST_BYTES
    page.get_by_role("button", name=ASK).click()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".map__moving")).to_be_focused()
    assert len([url for url in asked if "leaflet" in url or "live" in url or "land" in url]) == 5
    assert sum(map(compressed_bytes, set(asked))) <= MOST_WITH_LEAFLET
    page.context.close()


@pytest.mark.parametrize("language", ["", f"/{CODE}"], ids=["left to right", "right to left"])
def test_it_is_accessible_and_fits(watched: Watch, language: str) -> None:
    page = watched.page
    watched.goto(f"{language}/activities/?view=map&near=Matlock")
    page.locator(".map__drag").click()
    expect(page.locator(".map__moving")).to_be_focused()
    assert watched.faults() == []
    page.emulate_media(color_scheme="dark")
    assert watched.faults(colours_alone=True) == []
    assert page.context.cookies() == []


def test_it_starts_where_the_drawn_map_was(page: Page, site: str) -> None:
    open_map(page, f"{site}/activities/?view=map&at=421700,368500&zoom=5")
    east, north, zoom = here(page)
    assert (abs(east - 421700) < 60, abs(north - 368500) < 60, zoom) == (True, True, 5)


def test_the_map_by_keyboard_alone(watched: Watch) -> None:
    page = watched.page
    watched.goto("/activities/?view=map&near=Matlock")
    button = page.get_by_role("button", name=ASK)
    for _press in range(150):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".map__moving")).to_be_focused()
    east, north, zoom = here(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    moved = here(page)
    assert (moved[0] > east, moved[1] > north, moved[2]) == (True, True, zoom)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    assert here(page)[2] == zoom
    page.keyboard.press("+")
    assert here(page)[2] == zoom + 2
    page.keyboard.press("-")
    assert here(page)[2] == zoom
    walked = []
    for _pin in names(page, PINS):
        page.keyboard.press("Tab")
        walked.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        expect(page.locator(":focus")).to_be_in_viewport(ratio=0.5)
    assert walked == names(page, PINS)
    # Of every pin the first, as the list has them.
    firsts = [
        int((one.locator("a").first.get_attribute("aria-label") or "").split()[0])
        for one in page.locator(".map__moving .pin").all()
    ]
    assert firsts == sorted(firsts)
    number = walked[-1].split()[0]
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"#result-{number}$"))
    expect(page.locator(f"#result-{number}")).to_be_in_viewport()


def test_from_a_pin_the_keys_move_the_map_and_the_pin_keeps_the_focus(watched: Watch) -> None:
    page = watched.page
    open_map(page, f"{watched.site}/activities/?view=map")
    page.keyboard.press("Tab")
    name = page.locator(":focus").get_attribute("aria-label")
    before, pins = here(page), page.locator(".map__moving .pin").count()
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert here(page)[2] == before[2] + 4
    assert page.locator(".map__moving .pin").count() > pins
    assert page.locator(":focus").get_attribute("aria-label") == name


# In crowds around places, far apart and close together, so that pins stand above, below and beside.
CROWDS = """button => {
    const data = JSON.parse(button.dataset.map);
    const steps = [[0, 0], [0, 900], [800, -700], [-900, 300], [1000, 900], [-700, -1000]];
    data.pins = [[421700, 368500], [434500, 348500], [411000, 366000], [428000, 378000]].flatMap(
        ([east, north]) => steps.map(([right, up]) => [north + up, east + right])
    ).map((at, place) => [at, place + 1]).map(
        ([at, number]) => ({number, label: `${number} Football`, at, about: number % 5 == 1})
    );
    button.dataset.map = JSON.stringify(data);
}"""


def all_pins_come_into_sight(page: Page) -> None:
    pins = names(page, PINS)
    assert pins != []
    for pin in pins:
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.get_attribute("aria-label") == pin
        # Of the window, and of the map, which cuts off what sticks out of it.
        expect(focused).to_be_in_viewport(ratio=1)


def test_a_pin_out_of_sight_is_brought_into_it_by_keyboard(watched: Watch) -> None:
    page = watched.page
    open_map(page, f"{watched.site}/activities/?view=map&at=421700,368500&zoom=8")
    page.set_viewport_size({"width": 360, "height": 740})
    all_pins_come_into_sight(page)


@pytest.mark.parametrize("zoom", [5, 6, 7, 8])
def test_so_is_a_pin_that_stands_below_or_beside_its_place(watched: Watch, zoom: int) -> None:
    page = watched.page
    page.set_viewport_size({"width": 360, "height": 740})
    watched.goto(f"/activities/?view=map&at=421700,368500&zoom={zoom}")
    page.locator(".map__drag").evaluate(CROWDS)
    page.locator(".map__drag").click()
    expect(page.locator(".map__moving")).to_be_focused()
    expect(page.locator(PINS)).to_have_count(24)
    all_pins_come_into_sight(page)


def test_the_pin_with_the_focus_stays_in_sight_when_the_phone_is_turned(watched: Watch) -> None:
    page = watched.page
    page.set_viewport_size({"width": 740, "height": 600})
    open_map(page, f"{watched.site}/activities/?view=map&at=421700,368500&zoom=8")
    for _pin in names(page, PINS):
        page.keyboard.press("Tab")
        for width, height in ((360, 740), (740, 600)):
            page.set_viewport_size({"width": width, "height": height})
            expect(page.locator(":focus")).to_be_in_viewport(ratio=1)


def test_the_buttons_move_it_too_and_come_to_an_end(watched: Watch) -> None:
    page = watched.page
    open_map(page, f"{watched.site}/activities/?view=map&near=Matlock")
    start = here(page)
    page.get_by_role("button", name="Move west").click()
    assert here(page)[0] < start[0]
    further = page.get_by_role("button", name="Further away")
    for _press in range(5):
        further.click(force=True)
    assert here(page)[2] == 0
    expect(further).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Show all results").click()
    assert here(page) == start
    expect(further).not_to_have_attribute("aria-disabled", "true")


def test_pulling_at_the_drawn_map_asks_for_it(watched: Watch) -> None:
    page = watched.page
    watched.goto("/activities/?view=map&at=421700,368500&zoom=4")
    box = page.locator(".map__picture").bounding_box()
    assert box is not None
    for first in (True, False):
        page.mouse.move(box["x"] + 60, box["y"] + 100)
        page.mouse.down()
        page.mouse.move(box["x"] + 160, box["y"] + 140, steps=4)
        page.mouse.up()
        if first:
            expect(page.locator(".map__moving")).to_be_focused()
            east, north, _zoom = here(page)
            # The ground under a mouse that went right and down is west and north of where it was.
            assert east < 421700
            assert north > 368500
    again = here(page)
    assert again[0] < east
    assert again[1] > north


def test_what_is_beneath_follows(watched: Watch) -> None:
    page = watched.page
    open_map(page, f"{watched.site}/activities/?view=map&near=Matlock")
    expect(page.locator(".map__moving .words text", has_text="Matlock").first).to_be_attached()
    for _press in range(6):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("+")
    land = page.locator(".map__moving [data-covers]")
    east, north, _zoom = here(page)
    expect(land).to_have_count(1)
    page.wait_for_function(
        """([east, north]) => {
            const land = document.querySelector(".map__moving [data-covers]");
            const [south, west, top, right] = land.dataset.covers.split(" ").map(Number);
            return west < east && east < right && south < north && north < top;
        }""",
        arg=[east, north],
    )


def test_a_result_that_is_looked_at_lifts_its_pin(watched: Watch) -> None:
    page = watched.page
    open_map(page, f"{watched.site}/activities/?view=map&near=Matlock")
    href = page.locator(PINS).first.get_attribute("href")
    pin = page.locator(f"{PINS}[href='{href}']")
    lit = re.compile(r"\blit\b")
    expect(pin).not_to_have_class(lit)
    page.locator(f"{href} .card__title a").focus()
    expect(pin).to_have_class(lit)
    page.locator(".map__moving").focus()
    page.locator(f"{href}").hover()
    expect(pin).to_have_class(lit)


def test_this_area_can_be_searched(watched: Watch) -> None:
    page = watched.page
    where = "near=Matlock&at=421700,368500&zoom=6&page=1"
    open_map(page, f"{watched.site}/activities/?view=map&cost=free&{where}")
    page.get_by_role("link", name="Search this area").click()
    expect(page).to_have_url(re.compile("near=Bakewell"))
    assert parse_qs(urlsplit(page.url).query) == {
        "cost": ["free"],
        "near": ["Bakewell"],
        "within": ["3"],
        "view": ["map"],
    }


def test_no_pin_covers_another_on_a_small_phone(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    for query in SEARCHES[::4]:
        open_map(page, f"{site}/activities/?view=map&{query}")
        no_pin_covers_another(page, PINS)


def test_where_it_does_not_come_the_drawn_map_stays(page: Page, site: str) -> None:
    def lost(route: Route) -> None:
        route.abort()

    page.route("**/leaflet*.js", lost)
    page.goto(f"{site}/activities/?view=map&near=Matlock")
    button = page.get_by_role("button", name=ASK)
    button.click()
    expect(page.get_by_role("alert")).to_have_text("The map did not come. Please try again.")
    expect(page.locator(".map__picture")).to_be_visible()
    page.unroute("**/leaflet*.js", lost)
    button.click()
    expect(page.locator(".map__moving")).to_be_focused()
