"""The map of a search: the same results as the list, nothing that the list does not say."""

import gzip
import html
import re

import pytest
from django.test import Client

from assets import listings
from assets.models import Activity, Place, Venue
from assets.places.grid import GridPoint
from tests.assets.make import make_activity, make_venue, publish
from tests.assets.shown import Shown, asked, search

SEARCHES = [
    "",
    "page=2",
    "page=3",
    "q=group",
    "q=football",
    "q=toddler+group&near=DE4+3AB",
    "near=Bakewell",
    "near=Bakewell&within=1",
    "near=Ashbourne&within=20",
    "near=Hathersage&within=5",
    "near=DE45+1DY&sort=distance",
    "near=Matlock&sort=name",
    "age=3",
    "age=teenager",
    "needs=thriving",
    "needs=getting-help&needs=getting-advice",
    "theme=youth-voice",
    "cost=free&sort=name",
    "access=step-free",
    "way=online",
]
LEAST_SEARCHES = 20
TOO_CLOSE = "The map does not go that close."
NO_PLACE = "There is no such place on the map."


def on_map(query: str) -> Shown:
    return search(f"view=map&{query}")


def names(page: Shown, where: str) -> dict[int, str]:
    """What links to results are called, by number: in the picture, or in the notes under it."""
    part = re.search(rf'<(svg|div) class="{where}".*?(<nav|</div>)', page.html, re.DOTALL)
    assert part
    links = re.findall(r'href="#result-(\d+)" aria-label="(\d+) ([^"]*)"', part[0])
    assert all(number == said for number, said, _name in links)
    return {
        int(number): html.unescape(name).removesuffix(" (about here)")
        for number, _said, name in links
    }


def listed(page: Shown) -> dict[int, str]:
    """The names of the list, by the number that each is marked with."""
    items = re.findall(
        r'<li class="card" id="result-(\d+)">.*?card__title"><a [^>]*><bdi>(.*?)</bdi>',
        page.html,
        re.DOTALL,
    )
    return {int(number): html.unescape(name) for number, name in items}


@pytest.mark.parametrize("query", SEARCHES)
def test_the_map_has_what_the_list_has(example_district: None, query: str) -> None:
    page = on_map(query)
    drawn, told = names(page, "map__picture"), names(page, "map__notes")
    assert drawn | told == listed(page)
    assert {*drawn} & {*told} == set()
    assert list(listed(page).values()) == search(query).titles


def test_that_is_asked_of_twenty_searches() -> None:
    assert len(set(SEARCHES)) >= LEAST_SEARCHES


@pytest.mark.parametrize("query", ["", "near=Matlock", "at=420000,360000&zoom=1"])
def test_the_page_is_light(example_district: None, query: str) -> None:
    picture = re.search(r"<section class=\"map\".*?</section>", on_map(query).html, re.DOTALL)
    assert picture
    assert len(gzip.compress(picture[0].encode())) < 12_000


def club(title: str, *, postcode: str = "DE45 1DY", **changes: object) -> Activity:
    venue = make_venue(postcode=postcode)
    return publish(make_activity(title=title, **{"venue": venue} | changes))


@pytest.mark.django_db
def test_several_at_one_spot_are_one_pin_that_names_each() -> None:
    for title in ("Bells", "Chess", "Drums"):
        club(title)
    page = on_map("sort=name")
    assert 'aria-label="3 here: 1, 2 and 3"' in page.html
    assert names(page, "map__picture") == {1: "Bells", 2: "Chess", 3: "Drums"}


@pytest.mark.django_db
def test_what_has_no_place_is_told_and_not_pinned() -> None:
    club("Bells")
    publish(make_activity(title="Chess", ways_to_take_part=["online"], venue=None))
    page = on_map("sort=name")
    assert names(page, "map__picture") == {1: "Bells"}
    assert names(page, "map__notes") == {2: "Chess"}
    assert "1 has no place on a map" in page.html


@pytest.mark.django_db
def test_what_is_off_the_map_is_told() -> None:
    club("Bells")
    page = on_map("at=418000,346700&zoom=8")
    assert names(page, "map__picture") == {}
    assert names(page, "map__notes") == {1: "Bells"}
    assert "1 is off this map:" in page.html
    back = page.follow("Show all results")
    assert names(back, "map__picture") == {1: "Bells"}
    assert "Show all results" not in dict(back.links)


@pytest.mark.django_db
@pytest.mark.parametrize("shown", [Venue.Shown.MASKED, Venue.Shown.TOLD])
def test_of_a_hidden_venue_only_its_village_is_on_the_map(shown: Venue.Shown) -> None:
    village = Place.objects.get(slug="tideswell")
    venue = make_venue(
        name="Gable End", address="3 Church Lane", postcode="SK17 8PD", place=village
    )
    house = venue.point
    activity = club("Bells", venue=venue)
    assert house != village.point
    before = on_map("zoom=8")
    venue.shown = shown
    listings.save(listing=venue, by=None)
    activity.refresh_from_db()
    page = on_map("zoom=8")
    # A ring in the middle of the map, which is the village's; on the small and on the wide one.
    assert before.html.count('class="ring"') == 0
    assert re.findall(r'class="ring" cx="(.*?)" cy="(.*?)"', page.html) == [("50.0%", "50.0%")] * 2
    assert 'aria-label="1 Bells (about here)"' in page.html
    assert "A ring means “about here”" in page.html
    assert middle(page) == village.point
    assert middle(before) == GridPoint(round(house.easting), round(house.northing))
    for secret in ("Gable End", "Church Lane", "SK17 8PD"):
        assert secret not in page.html
    assert str(round(house.easting)) not in page.html
    assert str(round(house.northing)) not in page.html


def middle(page: Shown) -> GridPoint:
    """Of the map, by its link further away."""
    east, north = dict(asked(dict(page.links)["Further away"].partition("#")[0]))["at"].split(",")
    return GridPoint(int(east), int(north))


def test_moving_and_zooming_keep_the_search(example_district: None) -> None:
    page = on_map("near=Matlock&cost=free&page=1")
    for words in ("Closer", "Further away", "Move west", "Move north", "Move south", "Move east"):
        url = dict(page.links)[words]
        kept = [pair for pair in asked(url.partition("#")[0]) if pair[0] not in ("at", "zoom")]
        assert kept == [("cost", "free"), ("near", "Matlock"), ("page", "1"), ("view", "map")]
        assert url.endswith("#map")
        assert listed(page.at(url)) == listed(page)


def test_closer_and_further_come_to_an_end(example_district: None) -> None:
    page = on_map("near=Matlock")
    for _step in range(8):
        if "Closer" in dict(page.links):
            page = page.follow("Closer")
    assert "Closer" not in dict(page.links)
    for _step in range(8):
        if "Further away" in dict(page.links):
            page = page.follow("Further away")
    assert "Further away" not in dict(page.links)


def test_another_page_of_results_has_a_map_of_its_own(example_district: None) -> None:
    page = on_map("at=420000,360000&zoom=2")
    assert [name for name, _value in asked(dict(page.links)["Next"])] == ["page", "view"]
    assert dict(asked(dict(page.links)["List"])) == {}


@pytest.mark.parametrize(
    ("garbage", "words"),
    [
        ("zoom=banana", TOO_CLOSE),
        ("zoom=99", TOO_CLOSE),
        ("zoom=-1", TOO_CLOSE),
        ("at=banana", NO_PLACE),
        ("at=1", NO_PLACE),
        ("at=999999,9999999", NO_PLACE),
        ("at=420000;360000", NO_PLACE),
    ],
)
def test_garbage_is_told(example_district: None, garbage: str, words: str) -> None:
    page = on_map(garbage)
    assert page.status == 400
    assert words in page.html


def test_far_from_home_the_map_stays_where_something_is_drawn(example_district: None) -> None:
    assert on_map("at=1,1&zoom=8").status == 200


def test_past_the_last_page_and_with_nothing_found_there_is_no_map(example_district: None) -> None:
    for query in ("page=99", "q=zebracrossing"):
        assert 'class="map"' not in on_map(query).html


def test_the_place_that_was_asked_about_is_on_the_map(example_district: None) -> None:
    assert '<g role="img" aria-label="Near DE4 3AB">' in on_map("near=DE4+3AB").html


def test_no_other_view_carries_the_map(example_district: None) -> None:
    for query in ("", "view=text", "view=print", "view=dates"):
        page = Client().get(f"/activities/?{query}").content.decode()
        assert "map.css" not in page
        assert "#result" not in page
        assert 'id="result' not in page


def test_where_the_map_has_been_moved_to_can_be_searched(example_district: None) -> None:
    page = on_map("q=group&near=Matlock&at=421700,368500&zoom=6")
    url = dict(page.links)["Search around Bakewell"]
    assert asked(url) == [("near", "Bakewell"), ("q", "group"), ("view", "map"), ("within", "3")]
    around = page.at(url)
    assert around.status == 200
    assert "Search around Bakewell" not in dict(around.links)


def test_from_the_list_to_its_map_and_back(example_district: None) -> None:
    page = search("near=Matlock&cost=free")
    there = page.follow("Map")
    assert asked(there.path) == [("cost", "free"), ("near", "Matlock"), ("view", "map")]
    assert asked(there.follow("List").path) == asked(page.path)
