"""News of a search as RSS, and the search as plain JSON."""

import json
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from assets import listings
from assets.models import NotFound, Venue
from tests.assets.make import (
    make_activity,
    make_organisation,
    make_schedule,
    make_venue,
    publish,
)
from tests.assets.shown import search

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "http://localhost:8000"


def channel(query: str = "") -> ElementTree.Element:
    answer = Client().get(f"/activities.rss?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (
        200,
        "application/rss+xml; charset=utf-8",
    )
    assert answer.cookies == {}
    found = ElementTree.fromstring(answer.content).find("channel")  # noqa: S314 (our own)
    assert found is not None
    return found


def items(query: str = "") -> list[dict[str, str]]:
    return [{part.tag: part.text or "" for part in item} for item in channel(query).iter("item")]


def results(query: str = "") -> dict[str, Any]:
    answer = Client().get(f"/activities.json?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    found: dict[str, Any] = json.loads(answer.content)
    return found


@pytest.mark.django_db
def test_what_changed_last_comes_first_and_says_whether_it_is_new() -> None:
    with time_machine.travel(timezone.now() - timedelta(days=30)):
        old, changed = (publish(make_activity(title=one)) for one in ("Old bells", "Drums"))
    new = publish(make_activity(title="New bells"))
    changed.cost = "donation"
    listings.save(listing=changed, by=None)
    found = items()
    assert [one["title"] for one in found] == ["Drums", "New bells", "Old bells"]
    says = [one["description"].split(" · ")[0] for one in found]
    assert says == ["Changed.", "New on the board.", "New on the board."]
    assert [one["guid"] for one in found] == [f"urn:uuid:{one.pk}" for one in (changed, new, old)]
    assert parsedate_to_datetime(found[0]["pubDate"]) == changed.changed_at.replace(microsecond=0)


@pytest.mark.django_db
def test_its_key_stays_when_its_name_and_address_change() -> None:
    made = publish(make_activity(title="Bells"))
    before = items()[0]
    made.title = "Peals"
    listings.save(listing=made, by=None)
    after = items()[0]
    assert (before["link"], after["link"]) == (
        f"{SITE}/activities/bells/",
        f"{SITE}/activities/peals/",
    )
    assert before["guid"] == after["guid"]


def test_a_feed_is_of_its_search_and_knows_its_own_address(example_district: None) -> None:
    query = "near=Wirksworth&within=5&age=3"
    found = channel(query)
    assert found.findtext("link") == f"{SITE}/activities/?{query}"
    own = found.find(f"{ATOM}link")
    assert own is not None
    assert own.attrib == {"rel": "self", "href": f"{SITE}/activities.rss?{query}"}
    titles = [one["title"].removeprefix("Example: ") for one in items(query)]
    page = search(query)
    assert len(titles) == page.total
    shown = [title.removesuffix(" Example") for title in page.titles]
    assert set(shown) <= set(titles)
    assert {one["link"].startswith(f"{SITE}/") for one in items(query)} == {True}


def test_a_feed_stays_short(example_district: None) -> None:
    assert len(items()) == 50


def test_words_of_crisis_bring_people_to_call_first(example_district: None) -> None:
    assert items("q=i+want+to+die")[0]["link"] == f"{SITE}/help-now/"
    assert "0800 1111" in {one.get("phone") for one in results("q=i+want+to+die")["help_first"]}


@pytest.mark.django_db
def test_what_was_asked_of_a_feed_is_not_written_down() -> None:
    for file in ("rss", "json", "ics"):
        assert Client().get(f"/activities.{file}?q=zebracrossing").status_code == 200
    assert NotFound.objects.count() == 0


@pytest.mark.django_db
def test_nothing_that_somebody_wrote_is_markup_or_breaks_the_feed() -> None:
    publish(make_activity(title="<b>Art</b> & “craft”\x0b ]]>", summary="a\x01b"))
    assert items()[0]["title"] == "<b>Art</b> & “craft” ]]>"
    assert results()["results"][0]["summary"] == "a\x01b"


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["%EF%BF%BE", "%EF%BF%BF", "%0B"])
def test_signs_that_no_xml_may_hold_are_left_out(sign: str) -> None:
    assert channel(f"q=bells{sign}").findtext("title", "").startswith("“bells” · ")


@pytest.mark.django_db
def test_on_a_real_site_examples_are_in_no_feed(settings: Any) -> None:
    publish(make_activity(title="Made up", is_example=True))
    publish(make_activity(title="Real"))
    publish(make_organisation(name="Made-up group", is_example=True))
    assert {one["title"] for one in items()} == {
        "Example: Made up",
        "Real",
        "Example: Made-up group",
    }
    settings.PRIVATE_POSTGRES = False
    assert [one["title"] for one in items()] == ["Real"]
    assert [one["title"] for one in results()["results"]] == ["Real"]


@pytest.mark.django_db
@pytest.mark.parametrize("shown_as", ["masked", "told"])
def test_a_hidden_venue_gives_its_village_and_nothing_else(shown_as: str) -> None:
    venue = make_venue(name="Rosie Cottage", address="1 Secret Lane")
    made = make_activity(title="Sums at home", venue=venue)
    make_schedule(made)
    publish(made)
    assert "Secret Lane" in str(results())
    venue.refresh_from_db()
    venue.shown = Venue.Shown(shown_as)
    listings.save(listing=venue, by=None)
    told = str(results("near=DE45+1DY")["results"]) + str(items())
    assert [one for one in ("Rosie Cottage", "Secret Lane", "DE45") if one in told] == []
    assert results()["results"][0]["where"] == "Bakewell"


@pytest.mark.django_db
def test_plain_json_has_what_the_other_files_have() -> None:
    made = make_activity(title="Bells")
    make_schedule(made)
    publish(made)
    found = results("q=bells")
    assert (found["total"], found["page"]) == (1, f"{SITE}/activities/?q=bells")
    [row] = found["results"]
    coming = made.occurrences.filter(cancelled=False, ends_at__gt=timezone.now())[0]
    assert row["next_date"] == coming.on.isoformat()
    assert (row["title"], row["cost"], row["postcode"]) == ("Bells", "Free", "DE45 1DY")
    assert "miles" not in row


@pytest.mark.parametrize("file", ["rss", "json"])
def test_a_bad_value_is_told_in_plain_text(example_district: None, file: str) -> None:
    answer = Client().get(f"/activities.{file}?age=banana")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")


def test_the_search_page_tells_where_its_news_and_dates_are(example_district: None) -> None:
    page = search("q=art&near=Matlock&view=dates&page=1")
    assert dict(page.links)["News by RSS"] == "/activities.rss?q=art&near=Matlock"
    for kind, file in (("application/rss+xml", "rss"), ("text/calendar", "ics")):
        link = f'<link rel="alternate" type="{kind}" title="'
        rest = page.html.partition(link)[2].partition(">")[0]
        assert rest.endswith(f'href="/activities.{file}?q=art&amp;near=Matlock"')


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "What’s on"),
        ("cost=free", "Free"),
        ("q=bells&cost=free", "“bells”, Free"),
        ("age=4&way=online&cost=free", "Age 4 years, Free, Online"),
        (
            "cost=free&access=step-free&way=in-person&way=online&way=phone&way=at-home",
            "Free, Step-free, In person, Online, By phone, and 1 thing more",
        ),
    ],
)
def test_its_name_says_all_that_narrows_the_search(query: str, name: str) -> None:
    """Many readers, calendars and posters have no other words for it."""
    title = f"{name} · Golden Opportunities"
    assert channel(query).findtext("title") == title
    calendar = Calendar.from_ical(Client().get(f"/activities.ics?{query}").content)
    assert str(calendar["X-WR-CALNAME"]) == title
