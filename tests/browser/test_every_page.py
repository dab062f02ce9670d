"""Every page in each of its states, in a real Chromium, on a phone and on a desk."""

import gzip
from functools import cache
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page

from tests.browser.watch import PHONE, Watch
from tests.pages import PUBLIC_PAGES
from tests.pages import Page as SitePage
from tests.pseudo_language import CODE

# The bar for public pages: 60 kB gzipped and ten requests.
MOST_BYTES, MOST_REQUESTS = 60_000, 10
HELP_NOW_BYTES = 25_000


@pytest.mark.browser
@pytest.mark.parametrize("where", PUBLIC_PAGES, ids=lambda where: where.name)
def test_a_page_is_accessible_light_and_fits(watched: Watch, where: SitePage) -> None:
    """Opened once for all of it: a browser is slow to open, and pages are many."""
    page, asked = watched.page, list[str]()
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": PHONE, "height": 800})
    answer = page.goto(f"{watched.site}{where.path}", wait_until="networkidle")
    assert answer is not None
    assert answer.status == where.status
    cookies = {cookie.get("name") for cookie in page.context.cookies()}
    assert cookies <= ({"csrftoken"} if where.has_form else set())
    weight = sum(compressed_bytes(url) for url in asked)
    assert len(asked) <= MOST_REQUESTS, asked
    assert weight <= (HELP_NOW_BYTES if where.path == "/help-now/" else MOST_BYTES), asked
    assert watched.faults() == []
    page.emulate_media(color_scheme="dark")
    assert watched.faults(PHONE, colours_alone=True) == []


@pytest.mark.browser
@pytest.mark.parametrize("where", PUBLIC_PAGES, ids=lambda where: where.name)
def test_a_page_is_accessible_from_right_to_left(watched: Watch, where: SitePage) -> None:
    watched.goto(f"/{CODE}{where.path}")
    assert watched.page.locator("html").get_attribute("dir") == "rtl"
    assert watched.faults(PHONE) == []


@cache
def compressed_bytes(url: str) -> int:
    """What travels: the body as a browser asks for it, gzipped where the server would not."""
    if url.startswith("data:"):
        return 0
    request = Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310 (our own server)
    try:
        with urlopen(request) as answer:  # noqa: S310
            body = answer.read()
            zipped = answer.headers.get("Content-Encoding") == "gzip"
    except OSError as error:
        body, zipped = getattr(error, "read", bytes)(), False
    return len(body) if zipped else len(gzip.compress(body))


@pytest.mark.browser
def test_the_style_is_small(watched: Watch) -> None:
    watched.goto("/")
    sheets: list[Any] = watched.page.evaluate(
        "[...document.querySelectorAll('link[rel=stylesheet]')].map(sheet => sheet.href)"
    )
    assert sum(compressed_bytes(sheet) for sheet in sheets) <= 15_000


@pytest.mark.browser
def test_every_link_on_every_page_leads_somewhere(page: Page, site: str) -> None:
    seen: dict[str, str] = {}
    for where in PUBLIC_PAGES:
        page.goto(f"{site}{where.path}")
        links: list[str] = page.evaluate("[...document.links].map(link => link.href)")
        whole = {link.partition("#")[0] for link in links if link.startswith(site)}
        # A link to a part of this page leads to this page, which may well be a 404.
        seen |= dict.fromkeys(whole - {page.url}, where.path)
    answers = {(link, on): page.request.get(link).status for link, on in seen.items()}
    assert {where: status for where, status in answers.items() if status != 200} == {}
