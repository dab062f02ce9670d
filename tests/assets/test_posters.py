"""Posters of a group, an activity, a search: what the page says, and a code that leads to it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from typing import Any
from unittest.mock import patch
from xml.etree import ElementTree

import pytest
import qrcode
import time_machine
from django.test import Client
from pypdf import PdfReader

from accounts.models import User
from assets import listings, pdf
from assets.models import Activity, Membership, Status, Venue
from assets.posters.drawn import BOTTOM, LEFT, WIDTH, lines
from assets.posters.words import Poster
from assets.qr import code
from tests.assets.make import make_activity, make_organisation, make_schedule, make_venue, publish
from tests.assets.shown import search, shown
from tests.people import signed_in

SITE = "http://localhost:8000"
SVG = "{http://www.w3.org/2000/svg}"
needs_pango = pytest.mark.skipif(not pdf.can(), reason="Pango is not installed")


def picture(path: str) -> ElementTree.Element:
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    return ElementTree.fromstring(answer.content)  # noqa: S314 (our own)


def words(path: str) -> str:
    return " ".join(text.text or "" for text in picture(path).iter(f"{SVG}text"))


def sheet(path: str) -> PdfReader:
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return PdfReader(BytesIO(answer.content))


def printed(path: str) -> str:
    [page] = sheet(path).pages
    return " ".join(page.extract_text().split())


def figures(part: Any) -> Iterator[str]:
    """What is read aloud in place of each picture below this part of a PDF."""
    part = part.get_object()
    if isinstance(part, list):
        for one in part:
            yield from figures(one)
    elif isinstance(part, dict):
        if part.get("/S") == "/Figure":
            yield str(part.get("/Alt"))
        yield from figures(part["/K"]) if "/K" in part else ()


def dark(path: str) -> set[tuple[int, int]]:
    return {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)}


def code_for(address: str) -> set[tuple[int, int]]:
    """By the library itself: where this address has its dark squares."""
    made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M)
    made.add_data(address)
    made.make()
    return {(x, y) for y, row in enumerate(made.get_matrix()) for x, on in enumerate(row) if on}


@pytest.fixture
def bells(db: None) -> Activity:
    made = make_activity(title="Bells & <b>drums</b>", summary="We ring, and drum.")
    make_schedule(made)
    return publish(made)


def test_a_code_has_the_squares_of_its_address_and_a_quiet_edge() -> None:
    made = code(f"{SITE}/activities/bells/")
    assert dark(made.path) == code_for(f"{SITE}/activities/bells/")
    assert {min(dark(made.path)), max(dark(made.path))[0]} <= {(4, 4), made.size - 5}


@pytest.mark.parametrize(
    ("poster", "page"),
    [
        ("/activities/the-front-room/poster.svg", "/activities/the-front-room/"),
        ("/groups/pebble-and-wren-families/poster.svg", "/groups/pebble-and-wren-families/"),
        (
            "/activities/poster.svg?near=Bakewell&view=map&age=3&ids=x",
            "/activities/?near=Bakewell&age=3",
        ),
    ],
)
def test_the_code_leads_to_the_page_and_its_address_is_printed_beneath(
    example_district: None, poster: str, page: str
) -> None:
    [path] = picture(poster).findall(f"{SVG}svg/{SVG}path")
    assert dark(path.attrib["d"]) == code_for(f"{SITE}{page}")
    assert shown(page).status == 200
    assert f"localhost:8000{page}" in words(poster).replace("/ ", "/")
    assert "Example: this is made up." in words(poster)


def test_a_poster_says_what_the_page_says(bells: Activity) -> None:
    said = words(f"/activities/{bells.slug}/poster.svg")
    for one in (
        "Bells & <b>drums</b>",
        "Weir Field Wrens",
        "We ring, and drum.",
        "Tuesdays, 10 am to 11.30 am",
        "Weir Field Hall, Weir Field Lane, Bakewell, DE45 1DY",
        "Free",
        "Just come along",
        "01632 960123",
    ):
        assert one in said
    assert "Example" not in said


@needs_pango
def test_as_a_pdf_it_says_the_same_on_one_sheet_and_reads_aloud(bells: Activity) -> None:
    path = f"/activities/{bells.slug}/poster.pdf"
    said = printed(path)
    for one in ("Bells & <b>drums</b>", "Tuesdays, 10 am to 11.30 am", "DE45 1DY", "Free"):
        assert one in said
    made = sheet(path)
    assert made.metadata is not None
    assert made.metadata.title == "Bells & <b>drums</b> · Golden Opportunities"
    root: Any = made.trailer["/Root"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert list(figures(root["/StructTreeRoot"])) == ["A code that leads to this page"]
    assert Client().get(path)["Content-Disposition"] == 'inline; filename="poster.pdf"'


@needs_pango
def test_much_to_say_still_fits_one_sheet(db: None) -> None:
    made = make_activity(
        title="Long " * 24, summary="Words and words. " * 14, cost="paid", cost_note="x" * 110
    )
    for day in range(5):
        make_schedule(made, weekday=day, time_of_year="term", note="n" * 100)
    publish(made)
    assert len(sheet(f"/activities/{made.slug}/poster.pdf").pages) == 1
    assert "Point a phone’s camera here" in printed(f"/activities/{made.slug}/poster.pdf")


def test_on_the_picture_nothing_runs_over_the_edge_or_into_the_code() -> None:
    facts = [("When", ["every day of the week " * 9] * 4), ("Where", ["far away " * 20])]
    for times in (1, 9, 24):
        poster = Poster("Title " * times, "Whose " * times, "Says it " * 31, facts * 3, "/")
        drawn = lines(poster)
        assert drawn[0].text.startswith("Title")
        assert max(line.y for line in drawn) <= BOTTOM
        assert max(len(line.text) * line.size * 0.5 for line in drawn) <= WIDTH
    assert LEFT + WIDTH < 210


@pytest.mark.django_db
@pytest.mark.parametrize("shown_as", ["masked", "told"])
def test_a_hidden_place_stays_hidden(shown_as: str) -> None:
    venue = make_venue(name="Rosie Cottage", address="1 Secret Lane", getting_there="A blue gate")
    publish(make_activity(title="Sums at home", venue=venue))
    paths = ["/activities/sums-at-home/poster.svg", "/activities/sums-at-home/poster.pdf"]
    assert "1 Secret Lane" in words(paths[0])
    venue.refresh_from_db()
    venue.shown, venue.getting_there = Venue.Shown(shown_as), ""
    listings.save(listing=venue, by=None)
    said = [words(paths[0]), *([printed(paths[1])] if pdf.can() else [])]
    for one in said:
        assert [secret for secret in ("Rosie", "Secret", "DE45", "blue") if secret in one] == []
        assert "Bakewell" in one
        assert "we show only the village" in one


@time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False)
def test_a_poster_says_of_which_day_it_is(bells: Activity) -> None:
    says = "As it was on 23 November 2026. Ring before you travel: clubs change."
    for path in (f"/activities/{bells.slug}/poster", "/activities/poster"):
        assert words(f"{path}.svg").endswith(says)
        assert not pdf.can() or says in printed(f"{path}.pdf")


@pytest.mark.django_db
def test_no_odd_sign_breaks_the_picture() -> None:
    publish(make_activity(title="Art\x0b & “craft”", summary="a\x01b ]]>"))
    assert "Art & “craft”" in words("/activities/art-craft/poster.svg")


@pytest.mark.django_db
def test_what_is_not_on_has_no_poster() -> None:
    made = publish(make_activity(title="Bells"))
    make_activity(title="A draft")
    assert Client().get("/activities/a-draft/poster.svg").status_code == 404
    assert Client().get("/activities/bells/poster.gif").status_code == 404
    made.title = "Peals"
    listings.save(listing=made, by=None)
    moved = Client().get("/activities/bells/poster.svg")
    assert (moved.status_code, moved["Location"]) == (301, "/activities/peals/poster.svg")
    listings.move(listing=made, to=Status.PAUSED, by=None)
    assert Client().get("/activities/peals/poster.svg").status_code == 410
    group = publish(make_organisation(name="Os"))
    listings.move(listing=group, to=Status.ENDED, by=None)
    assert Client().get("/groups/os/poster.pdf").status_code == 410


@pytest.mark.parametrize("query", ["near=DE45+1DY&cost=free", "q=bells+DE45+1DY&cost=free"])
def test_a_poster_of_a_search_does_not_say_where_somebody_lives(
    example_district: None, query: str
) -> None:
    said = words(f"/activities/poster.svg?{query}")
    assert ("DE45" in said, "1DY" in said) == (True, False)


def test_a_bad_search_is_told_in_plain_text(example_district: None) -> None:
    answer = Client().get("/activities/poster.pdf?age=banana")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert Client().get("/activities/poster.svg?q=zebracrossing").status_code == 200
    answer = Client().get("/activities/poster.svg", {"x": "a" * 2_400})
    assert (answer.status_code, answer.content) == (
        400,
        b"That search is too long for a poster.\n",
    )


def test_without_pango_there_is_a_picture_and_no_word_of_a_pdf(bells: Activity) -> None:
    with patch("assets.views.posters.pdf.can", return_value=False):
        answer = Client().get(f"/activities/{bells.slug}/poster.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert "Take the picture" in answer.content.decode()
    with patch("assets.templatetags.for_machines.can", return_value=False):
        links = dict(shown(f"/activities/{bells.slug}/").links)
    assert "Poster (PDF)" not in links
    assert links["Poster (picture)"] == f"/activities/{bells.slug}/poster.svg"


@needs_pango
def test_pages_lead_to_their_posters(bells: Activity, vera: User) -> None:
    assert dict(shown(f"/activities/{bells.slug}/").links)["Poster (PDF)"] == (
        f"/activities/{bells.slug}/poster.pdf"
    )
    group = bells.organisation
    assert dict(shown(f"/groups/{group.slug}/").links)["Poster (PDF)"] == (
        f"/groups/{group.slug}/poster.pdf"
    )
    links = dict(search("near=Bakewell&sort=name").links)
    assert links["Poster (PDF)"] == "/activities/poster.pdf?near=Bakewell&sort=name"
    Membership.objects.create(
        organisation=group,
        user=vera,
        role="owner",
        confirmed_at=group.created_at,
        confirmed_by=vera,
    )
    own = unescape(signed_in(Client(), vera).get(f"/my/{group.pk}/").content.decode())
    for path in (f"/activities/{bells.slug}/poster.pdf", f"/groups/{group.slug}/poster.svg"):
        assert f'href="{path}"' in own
