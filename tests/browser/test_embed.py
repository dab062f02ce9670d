"""Our search in a real frame, on a page that another server sends."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from tests.browser.watch import Watch

pytestmark = pytest.mark.browser


class Partner(BaseHTTPRequestHandler):
    """A page of theirs with a frame in it, 280 pixels wide: of what, its address says."""

    def do_GET(self) -> None:
        frame = parse_qs(urlsplit(self.path).query).get("of", [""])[0].replace("&", "&amp;")
        page = f'<h1>Ours</h1><iframe src="{frame}" width="280" height="700"></iframe>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_said: object) -> None:
        """Nothing: the tests tell enough."""


def _serve() -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Partner)
    Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="module")
def partners(databases: tuple[str, str, str]) -> Iterator[tuple[str, str]]:
    """The hosts of a school, which staff have allowed, and of a stranger."""
    settings = connection.get_connection_params() | {"dbname": databases[2]}
    known = {key: settings[key] for key in ("dbname", "host", "port", "user") if settings.get(key)}
    servers = [_serve(), _serve()]
    school, stranger = (f"127.0.0.1:{server.server_address[1]}" for server in servers)
    with psycopg.connect(**known, autocommit=True) as database:
        database.execute(
            "INSERT INTO assets_embedhost (host, whose, is_allowed, note, added_at)"
            " VALUES (%s, 'The school', true, '', now())",
            [school],
        )
        yield school, stranger
        database.execute("DELETE FROM assets_embedhost")
    for server in servers:
        server.shutdown()
        server.server_close()


def open_in_frame(page: Page, host: str, address: str) -> str:
    """The address of the partner's page."""
    page.goto(f"http://{host}/clubs/?of={address.replace('&', '%26')}", wait_until="networkidle")
    return page.url


def test_where_staff_allow_it_the_list_is_there_and_a_link_takes_the_whole_window(
    page: Page, site: str, partners: tuple[str, str]
) -> None:
    address = f"{site}/embed/activities/?near=Bakewell&sort=name"
    here = open_in_frame(page, partners[0], address)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("link", name="Need help now?")).to_be_visible()
    # The next page comes in the frame, by keyboard alone.
    frame.get_by_role("link", name="Next").focus()
    page.keyboard.press("Enter")
    expect(frame.locator("ol.cards")).to_have_attribute("start", "11")
    assert page.url == here
    frame.locator(".card__title a").first.click()
    page.wait_for_url(f"{site}/activities/*/")
    assert page.context.cookies() == []


def test_the_map_is_moved_and_its_numbers_lead_to_their_results_in_the_frame(
    page: Page, site: str, partners: tuple[str, str]
) -> None:
    address = f"{site}/embed/activities/?near=Bakewell&view=map"
    here = open_in_frame(page, partners[0], address)
    frame = page.frame_locator("iframe")
    frame.locator(".pins--small a").first.focus()
    page.keyboard.press("Enter")
    page.frames[1].wait_for_url("**#result-*")
    frame.get_by_role("link", name="Closer").click()
    page.frames[1].wait_for_url("**zoom=*")
    assert page.url == here


def test_anywhere_else_the_frame_stays_empty(
    page: Page, site: str, partners: tuple[str, str]
) -> None:
    school, stranger = partners
    for host, path in (
        (stranger, "/embed/activities/"),
        (stranger, "/activities/"),
        (school, "/activities/"),
        (school, "/embed/"),
        (school, "/account/login/"),
    ):
        open_in_frame(page, host, f"{site}{path}")
        assert page.frames[1].url.startswith("chrome-error:"), (host, path)


def test_the_preview_on_our_own_page_is_the_real_frame(watched: Watch) -> None:
    watched.goto("/embed/?near=Bakewell&view=map")
    watched.page.locator("iframe").scroll_into_view_if_needed()
    expect(watched.page.frame_locator("iframe").locator(".map__picture")).to_be_visible()


def test_in_280_pixels_nothing_goes_over_the_edge(watched: Watch) -> None:
    for query in ("near=Bakewell", "near=Bakewell&view=map", "q=i+want+to+die"):
        watched.goto(f"/embed/activities/?{query}")
        assert watched.faults(280) == []
