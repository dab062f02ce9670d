"""With tiles that an operator chose: one other host, asked only by whoever drags the map."""

import base64
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, Route, expect

from tests.assets.test_map_page import SEARCHES
from tests.browser.plugin import running
from tests.browser.test_live_map import ASK, PINS, open_map
from tests.browser.test_map import pins_are_named_as_the_list_is
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser
HOST = "https://tiles.example.org"
TILES = {
    "MAP_TILES": f"{HOST}/{{z}}/{{x}}/{{y}}.png",
    "MAP_TILES_ATTRIBUTION": "© Some People, https://people.example.org/who",
}
TILE = re.compile(rf"{HOST}/(\d+)/(\d+)/(\d+)\.png")
# One grey pixel.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def tiled_site(databases: tuple[str, str, str]) -> Iterator[str]:
    with running(databases[2], **TILES) as url:
        yield url


@pytest.fixture
def tiled(page: Page, tiled_site: str) -> Iterator[Watch]:
    """Tiles are answered here; whatever else goes to another host is a trouble."""

    def answer(route: Route) -> None:
        route.fulfill(body=PICTURE, content_type="image/png")

    page.route(f"{HOST}/**", answer)
    watch = Watch(page, tiled_site)
    yield watch
    others = [one for one in watch.troubles() if f"asked another host: {HOST}/" not in one]
    assert others == []


def asked_for(watch: Watch) -> list[tuple[int, int, int]]:
    """Zoom, column and row of each tile."""
    found = [TILE.search(one) for one in watch.troubles()]
    return [(int(one[1]), int(one[2]), int(one[3])) for one in found if one]


def policy_of(site: str) -> dict[str, list[str]]:
    """What the site says that its pages may ask for, by kind."""
    with urlopen(f"{site}/activities/?view=map") as answer:  # noqa: S310 (our own server)
        rules = answer.headers["Content-Security-Policy"].split(";")
    return {kind: sources for kind, *sources in map(str.split, rules)}


def test_the_setting_alone_opens_the_policy_to_its_host(site: str, tiled_site: str) -> None:
    closed, opened = policy_of(site), policy_of(tiled_site)
    assert closed["img-src"] == ["'self'", "data:"]
    assert opened == closed | {"img-src": ["'self'", "data:", HOST]}


def test_tiles_are_shown_with_whose_they_are(tiled: Watch) -> None:
    page = tiled.page
    tiled.goto("/activities/?view=map&near=Matlock")
    page.wait_for_load_state("networkidle")
    expect(
        page.get_by_text("Once you drag it, its pictures come from tiles.example.org.")
    ).to_be_visible()
    assert asked_for(tiled) == []
    page.get_by_role("button", name=ASK).click()
    expect(page.locator("img.leaflet-tile-loaded").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    # Matlock, 53.14 north and 1.555 west, is on one of them.
    zoom = asked_for(tiled)[0][0]
    assert (zoom, int((180 - 1.555) / 360 * 2**zoom)) in {one[:2] for one in asked_for(tiled)}
    credit = page.get_by_role("link", name="https://people.example.org/who")
    expect(credit).to_be_visible()
    expect(page.get_by_text("© Some People")).to_be_visible()
    expect(page.get_by_text("Drawn by us through places we know")).to_be_hidden()
    assert tiled.accessibility() == []
    assert tiled.scrolls_sideways() is False


@pytest.mark.parametrize("query", SEARCHES[::4])
def test_pins_and_list_are_called_the_same(tiled: Watch, query: str) -> None:
    open_map(tiled.page, f"{tiled.site}/activities/?view=map&{query}")
    pins_are_named_as_the_list_is(tiled.page, f"{PINS}, .map__notes a")


def test_where_it_is_stays_in_the_address_and_can_be_searched(tiled: Watch) -> None:
    page = tiled.page
    open_map(page, f"{tiled.site}/activities/?view=map&at=421700,368500&zoom=6")
    said = parse_qs(urlsplit(page.url).query)["at"][0].split(",")
    # Bakewell.
    assert float(said[0]) == pytest.approx(53.213, abs=0.003)
    assert float(said[1]) == pytest.approx(-1.675, abs=0.003)
    page.keyboard.press("ArrowRight")
    page.reload()
    expect(page.locator(".map__picture")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Please look at this again")
    open_map(page, f"{tiled.site}/activities/?view=map&at=421700,368500&zoom=6")
    page.get_by_role("link", name="Search this area").click()
    expect(page).to_have_url(re.compile("near=Bakewell"))


def test_a_tile_host_learns_the_site_and_not_the_search(tiled: Watch) -> None:
    page = tiled.page
    sent: list[str] = []
    page.on(
        "request",
        lambda one: sent.append(one.headers.get("referer", "")) if HOST in one.url else None,
    )
    open_map(page, f"{tiled.site}/activities/?view=map&q=group&near=Matlock")
    expect(page.locator("img.leaflet-tile-loaded").first).to_be_visible()
    assert set(sent) == {f"{tiled.site}/"}
