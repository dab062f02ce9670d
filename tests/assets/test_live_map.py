"""What the map that can be dragged is given, and what it can ask for."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from assets import listings
from assets.basemap.window import Window
from assets.models import Place, Venue
from assets.places.grid import latitude_longitude
from config.environment import Tiles
from tests.assets.make import make_activity, make_venue, publish
from tests.assets.shown import asked, shown
from tests.assets.test_map_page import SEARCHES, club, listed, on_map

TILES = Tiles("https://tiles.example.org/{z}/{x}/{y}.png", "© <Some> People, https://example.org/")


def given(query: str) -> dict[str, Any]:
    found = re.search(r' data-map="([^"]*)"', on_map(query).html)
    assert found
    data: dict[str, Any] = json.loads(html.unescape(found[1]))
    return data


@pytest.mark.parametrize("query", SEARCHES)
def test_it_has_what_the_list_has_but_for_what_has_no_place(
    example_district: None, query: str
) -> None:
    page = on_map(query)
    nowhere = re.search(r"no place on a map.*?</p>", page.html, re.DOTALL)
    numbers = {int(one) for one in re.findall(r"#result-(\d+)", nowhere[0] if nowhere else "")}
    pins = given(query)["pins"]
    assert {one["number"] for one in pins} == listed(page).keys() - numbers
    for one in pins:
        label = f"{one['number']} {listed(page)[one['number']]}"
        assert one["label"] == label + (" (about here)" if one["about"] else "")


@pytest.mark.django_db
@pytest.mark.parametrize("tiles", [None, TILES], ids=["our own drawing", "tiles"])
@pytest.mark.parametrize("how", [Venue.Shown.MASKED, Venue.Shown.TOLD])
def test_of_a_hidden_venue_it_knows_the_middle_of_its_village(
    settings: Settings, how: Venue.Shown, tiles: Tiles | None
) -> None:
    settings.MAP_TILES = tiles
    village = Place.objects.get(slug="tideswell")
    venue = make_venue(postcode="SK17 8PD", place=village)
    house = venue.point
    club("Bells", venue=venue)

    def at() -> Any:
        return given("")["pins"][0]["at"]

    def measured(point: Any) -> list[float]:
        if tiles is None:
            return [point.northing, point.easting]
        return [round(side, 5) for side in latitude_longitude(point)]

    assert at() == measured(house)
    venue.shown = how
    listings.save(listing=venue, by=None)
    assert at() == measured(village.point)
    assert at() != measured(house)
    data = given("")
    assert data["pins"][0]["about"] is True
    # The window is around the village, too.
    (south, west), (north, east) = data["box"]
    middle = [(south + north) / 2, (west + east) / 2]
    assert middle == pytest.approx(measured(village.point), rel=0.0001)
    for side in measured(house):
        assert str(round(side, 4)) not in on_map("").html


@pytest.mark.django_db
def test_what_has_no_place_is_no_pin() -> None:
    publish(make_activity(title="Chess", ways_to_take_part=["online"], venue=None))
    assert given("")["pins"] == []


@pytest.mark.django_db
def test_it_starts_with_the_window_that_was_drawn() -> None:
    club("Bells")
    west, south, east, north = map(round, Window((429800, 360200), 6).box)
    expected = [[south, west], [north, east]]
    assert given("at=429800,360200&zoom=6")["box"] == expected
    assert given("at=53.138125,-1.555999&zoom=6")["box"] == expected


@pytest.mark.django_db
def test_of_tiles_it_says_where_they_are_and_whose(settings: Settings) -> None:
    club("Bells")
    privacy = "Your browser talks to this site and to nobody else."
    assert "pictures come from" not in on_map("").html
    assert privacy in shown("/privacy/").html
    assert given("")["tiles"] == given("")["attribution"] == ""
    settings.MAP_TILES = TILES
    assert "Once you drag it, its pictures come from tiles.example.org." in on_map("").html
    assert privacy not in shown("/privacy/").html
    assert "then the map’s pictures come from tiles.example.org." in shown("/privacy/").html
    data = given("")
    assert data["tiles"] == TILES.address
    assert data["attribution"] == (
        '© &lt;Some&gt; People, <a href="https://example.org/">https://example.org/</a>'
    )


# --- To search there ---------------------------------------------------------------------------


@pytest.mark.parametrize("at", ["421700,368500", "53.2133,-1.6749"])
def test_where_it_has_been_dragged_to_can_be_searched(example_district: None, at: str) -> None:
    link = given("q=group&near=Matlock&cost=free&page=1&at=429800,360200&zoom=5")["area"]
    assert asked(link) == [
        ("around", "1"),
        ("cost", "free"),
        ("near", "Matlock"),
        ("q", "group"),
        ("view", "map"),
    ]
    answer = Client().get(f"/activities/{link}&at={at}&zoom=6")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/activities/?")
    assert asked(answer["Location"]) == [
        ("cost", "free"),
        ("near", "Bakewell"),
        ("q", "group"),
        ("view", "map"),
        ("within", "3"),
    ]


def test_to_search_there_a_there_is_needed(example_district: None) -> None:
    page = on_map("around=1&near=Matlock")
    assert page.status == 200
    assert listed(page) == listed(on_map("near=Matlock"))
    assert "around=" not in dict(page.links)["Closer"]
    assert on_map("around=1&at=banana").status == 400


# --- The land beneath --------------------------------------------------------------------------


def test_the_land_says_what_it_covers_and_may_be_kept() -> None:
    answer = Client().get("/map/land.svg?at=429800,360200&zoom=4")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "public, max-age=86400"
    text = answer.content.decode()
    assert 'data-covers="343950.0 416800.0 376450.0 442800.0"' in text
    assert ">Matlock</text>" in text
    assert "style=" not in text


def test_of_the_land_the_district_comes_first() -> None:
    whole = Client().get("/map/land.svg").content.decode()
    assert ">Bakewell</text>" in whole
    assert ">Ashbourne</text>" in whole


@pytest.mark.parametrize("zoom", range(9))
def test_the_land_reaches_twice_as_far_as_is_seen_and_is_as_detailed(zoom: int) -> None:
    seen, beneath = Window((429800, 360200), zoom), Window((429800, 360200), zoom, spread=2)
    assert beneath.width == 2 * seen.width
    assert beneath.height == 2 * seen.height


@pytest.mark.parametrize(
    "query",
    ["at=banana&zoom=4", "at=1,1&zoom=9", "at=1,1&zoom=x", "zoom=-1"],
)
def test_of_the_land_garbage_is_told(query: str) -> None:
    answer = Client().get(f"/map/land.svg?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "text/plain"
    assert "Cache-Control" not in answer
