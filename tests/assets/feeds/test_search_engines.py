"""What search engines are told: the site's own addresses, and what pages are about."""

import json
import re
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from assets import listings
from assets.models import Status, Venue
from tests.assets.make import (
    make_activity,
    make_contact,
    make_organisation,
    make_schedule,
    make_venue,
    publish,
)
from tests.assets.shown import shown
from tests.grants.awarded import make_ours, make_theirs
from tests.grants.make import make_round
from tests.pages import PUBLIC_PAGES

SITE = "http://localhost:8000"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def listed(name: str = "sitemap") -> dict[str, str | None]:
    """Address → the day on which it last changed."""
    answer = Client().get(f"/{name}.xml")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    rows = ElementTree.fromstring(answer.content)  # noqa: S314 (our own)
    return {str(row.findtext(f"{SPACE}loc")): row.findtext(f"{SPACE}lastmod") for row in rows}


def canonical(path: str) -> list[str]:
    return re.findall(r'<link rel="canonical" href="([^"]+)">', shown(path).html)


def told(path: str, *types: str) -> list[dict[str, Any]]:
    """The things of these types that a page tells of."""
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', shown(path).html, re.DOTALL
    )
    graph = [thing for one in found for thing in json.loads(one)["@graph"]]
    return [thing for thing in graph if thing["@type"] in types]


@pytest.mark.django_db
def test_the_sitemap_lists_what_is_public_and_when_it_changed() -> None:
    made = publish(make_activity(title="Bells"))
    make_activity(title="A draft")
    over = publish(make_activity(title="Over"))
    listings.move(listing=over, to=Status.ENDED, by=None)
    today = timezone.localdate().isoformat()
    assert listed("sitemap-activities") == {f"{SITE}/activities/bells/": today}
    assert f"{SITE}/groups/{made.organisation.slug}/" in listed("sitemap-groups")
    assert listed("sitemap-villages") == {f"{SITE}/villages/bakewell/": None}
    assert listed()[f"{SITE}/sitemap-activities.xml"] == today
    assert listed()[f"{SITE}/sitemap-pages.xml"] is None


@pytest.mark.django_db
def test_a_hidden_venue_is_not_in_the_sitemap() -> None:
    publish(make_venue(name="The Hall"))
    publish(make_venue(name="Rosie Cottage", shown="masked"))
    assert list(listed("sitemap-places")) == [f"{SITE}/places/the-hall/"]


@pytest.mark.django_db
def test_on_a_real_site_no_example_is_in_the_sitemap(settings: Any) -> None:
    publish(make_activity(title="Made up", is_example=True))
    make_round(is_example=True)
    parts = {name.removeprefix(f"{SITE}/").removesuffix(".xml") for name in listed()}
    assert parts >= {"sitemap-activities", "sitemap-groups", "sitemap-places", "sitemap-rounds"}
    settings.PRIVATE_POSTGRES = False
    assert list(listed()) == [f"{SITE}/sitemap-pages.xml", f"{SITE}/sitemap-thrive.xml"]
    assert listed("sitemap-activities") == {}


@pytest.mark.django_db
def test_of_grants_only_ours_are_in_the_sitemap() -> None:
    make_ours(1)
    make_theirs(1)
    [ours] = listed("sitemap-awards")
    assert shown(ours.removeprefix(SITE)).status == 200
    assert Client().get("/sitemap-banana.xml").status_code == 404


def test_every_page_of_the_sitemap_is_there_and_may_be_listed(example_district: None) -> None:
    for address in listed("sitemap-pages"):
        page = shown(address.removeprefix(SITE))
        assert page.status == 200
        assert "noindex" not in page.html
        assert canonical(address.removeprefix(SITE)) == [address]


@pytest.mark.django_db
def test_robots_are_told_where_the_sitemap_is_and_where_not_to_go() -> None:
    answer = Client().get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /admin/" in lines
    assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"


@pytest.mark.parametrize(
    ("asked", "own"),
    [
        ("/activities/", "/activities/"),
        ("/activities/?q=art&view=map&sort=name&ids=x&utm_source=y&page=1", "/activities/?q=art"),
        ("/activities/?within=5&near=Bakewell", "/activities/?near=Bakewell&amp;within=5"),
        ("/activities/?near=Bakewell&within=10&age=", "/activities/?near=Bakewell"),
        ("/activities/?within=5&q=art", "/activities/?q=art"),
        (
            "/activities/?needs=thriving&needs=getting-help&needs=thriving",
            "/activities/?needs=getting-help&amp;needs=thriving",
        ),
        ("/activities/?page=2", "/activities/?page=2"),
        ("/activities/?age=banana&q=art", "/activities/"),
        ("/activities/?view=print&q=art", "/activities/?q=art"),
        ("/groups/?sort=name&needs=thriving&x=1", "/groups/?needs=thriving"),
        ("/activities/the-front-room/?ids=x", "/activities/the-front-room/"),
        ("/help-now/?x=%22%3E", "/help-now/"),
    ],
)
def test_a_page_names_the_one_address_that_is_its_own(
    example_district: None, asked: str, own: str
) -> None:
    assert canonical(asked) == [f"{SITE}{own}"]


def test_every_public_page_has_an_address_of_its_own_and_a_card(example_district: None) -> None:
    for page in PUBLIC_PAGES:
        # What has no place in the site map has no address of its own either, and the lightest
        # page of all has nothing beside its text: search engines are asked to leave it out.
        if page.status == 404 or page.has_form or "view=text" in page.path:
            continue
        html = shown(page.path).html
        assert html.count('<link rel="canonical"') == 1, page.name
        title = re.findall(r'<meta property="og:title" content="([^"]+)">', html)
        assert [html.count(f"<title>{one}") for one in title] == [1], page.name


def test_a_page_for_one_person_alone_has_no_address_to_share(client: Client, db: None) -> None:
    assert b"canonical" not in client.get("/account/login/").content


def test_the_picture_on_the_card_is_ours_and_of_the_size_that_is_told(
    example_district: None,
) -> None:
    html = shown("/").html
    [address] = re.findall(r'<meta property="og:image" content="([^"]+)">', html)
    assert address.startswith(f"{SITE}/static/")
    answer = Client().get(address.removeprefix(SITE))
    with Image.open(BytesIO(answer.getvalue())) as picture:
        assert picture.size == (1200, 630)


@pytest.mark.django_db
def test_an_activitys_dates_are_events_and_those_called_off_say_so() -> None:
    made = make_activity(title="Bells", cost="paid", price="3.50", cost_note="a family")
    make_schedule(made)
    publish(made)
    first, *_later = coming = list(made.occurrences.filter(ends_at__gt=timezone.now())[:6])
    made.occurrences.filter(pk=first.pk).update(cancelled=True)
    found = told("/activities/bells/", "Event")
    assert [datetime.fromisoformat(one["startDate"]) for one in found] == [
        one.starts_at for one in coming
    ]
    assert all(re.search(r"T10:00:00\+0[01]:00$", one["startDate"]) for one in found)
    statuses = [one["eventStatus"].rpartition("/")[2] for one in found]
    assert statuses == ["EventCancelled", *["EventScheduled"] * 5]
    assert found[1]["location"] == [
        {
            "@type": "Place",
            "name": "Weir Field Hall",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Bakewell",
                "addressCountry": "GB",
                "streetAddress": "Weir Field Lane",
                "postalCode": "DE45 1DY",
            },
        }
    ]
    assert found[1]["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert found[1]["organizer"]["name"] == "Weir Field Wrens"
    offer = found[1]["offers"]
    assert (offer["price"], offer["priceCurrency"]) == ("3.50", "GBP")
    assert found[1]["isAccessibleForFree"] is False


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ways", "mode"),
    [
        (["online"], "OnlineEventAttendanceMode"),
        (["in-person", "phone"], "MixedEventAttendanceMode"),
        (["at-home"], None),
    ],
)
def test_how_to_take_part_is_told(ways: list[str], mode: str | None) -> None:
    made = make_activity(title="Bells", ways_to_take_part=ways)
    make_schedule(made)
    publish(made)
    modes = {one["eventAttendanceMode"] for one in told("/activities/bells/", "Event")}
    assert modes == ({f"https://schema.org/{mode}"} if mode else set())


@pytest.mark.django_db
@pytest.mark.parametrize("shown_as", ["masked", "told"])
def test_of_a_hidden_venue_the_village_alone_is_told(shown_as: str) -> None:
    venue = make_venue(name="Rosie Cottage", address="1 Secret Lane")
    made = make_activity(title="Sums at home", venue=venue)
    make_schedule(made)
    publish(made)
    assert "Secret Lane" in shown("/activities/sums-at-home/").html
    venue.refresh_from_db()
    venue.shown = Venue.Shown(shown_as)
    listings.save(listing=venue, by=None)
    address = {"@type": "PostalAddress", "addressLocality": "Bakewell", "addressCountry": "GB"}
    events = told("/activities/sums-at-home/", "Event")
    assert [one["location"] for one in events] == [[{"@type": "Place", "address": address}]] * 6
    html = shown("/activities/sums-at-home/").html
    assert [one for one in ("Rosie Cottage", "Secret Lane", "DE45") if one in html] == []


@pytest.mark.django_db
def test_groups_and_places_say_what_they_are_and_what_they_are_below() -> None:
    group = publish(make_organisation(name="Bells", summary="We ring."))
    make_contact(group, kind="web", value="https://example.org/bells")
    publish(make_venue(name="The Hall"))
    assert told("/groups/bells/", "Organization") == [
        {
            "@type": "Organization",
            "name": "Bells",
            "url": f"{SITE}/groups/bells/",
            "description": "We ring.",
            "telephone": "01632 960123",
            "sameAs": ["https://example.org/bells"],
        }
    ]
    [place] = told("/places/the-hall/", "Place")
    assert (place["name"], place["url"]) == ("The Hall", f"{SITE}/places/the-hall/")
    assert place["geo"]["latitude"] == pytest.approx(53.2, abs=0.1)
    [crumbs] = told("/places/the-hall/", "BreadcrumbList")
    assert [one["item"] for one in crumbs["itemListElement"]] == [
        f"{SITE}/places/",
        f"{SITE}/places/the-hall/",
    ]
    [site] = told("/", "WebSite")
    assert site["url"] == f"{SITE}/"


@pytest.mark.django_db
def test_nothing_that_somebody_wrote_breaks_out_of_the_data() -> None:
    title = "</script><script>alert(1)</script> & <!-- “art”"
    made = make_activity(title=title)
    make_schedule(made)
    publish(made)
    path = f"/activities/{made.slug}/"
    assert {one["name"] for one in told(path, "Event")} == {title}
    assert "<script>" not in shown(path).html


@pytest.mark.django_db
def test_on_a_real_site_nothing_is_told_of_examples(settings: Any) -> None:
    made = publish(make_activity(title="Made up", is_example=True))
    assert made.venue is not None
    paths = [
        "/activities/made-up/",
        f"/groups/{made.organisation.slug}/",
        f"/places/{made.venue.slug}/",
    ]
    assert [len(told(path, "BreadcrumbList")) for path in paths] == [1, 1, 1]
    settings.PRIVATE_POSTGRES = False
    assert [told(path, "BreadcrumbList") for path in paths] == [[], [], []]
