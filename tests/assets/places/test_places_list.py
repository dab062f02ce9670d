"""Our own lists, places.csv and areas.csv: is what they say so?"""

import csv
from collections import defaultdict
from itertools import product

import pytest
from django.utils.text import slugify

from assets.models import Area, Place, Postcode
from assets.places.attribution import ATTRIBUTIONS
from assets.places.grid import GridPoint
from assets.places.load import AREAS, PLACES
from assets.places.onspd import Directory
from assets.slugs import RESERVED


def rows(path: object) -> list[dict[str, str]]:
    with open(str(path), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.django_db
def test_every_place_lies_within_a_mile_of_a_postcode_of_its_district() -> None:
    squares: defaultdict[tuple[str, int, int], list[GridPoint]] = defaultdict(list)
    for district, point in Postcode.objects.values_list("district__code", "point"):
        squares[district, int(point.easting // 1500), int(point.northing // 1500)].append(point)
    for place in Place.objects.select_related("district"):
        east, north = int(place.point.easting // 1500), int(place.point.northing // 1500)
        near = [
            place.point.metres_to(point)
            for x, y in product((-1, 0, 1), repeat=2)
            for point in squares[place.district.code, east + x, north + y]
        ]
        assert min(near, default=9_999) < 1_500, place.name


@pytest.mark.django_db
def test_all_of_the_list_is_loaded_and_most_of_it_is_in_the_district() -> None:
    assert Place.objects.count() == len(rows(PLACES)) > 300
    assert Place.objects.filter(district__code="E07000035").count() >= 160


@pytest.mark.django_db
def test_the_towns_over_the_border_are_there_and_say_so() -> None:
    over = Place.objects.filter(kind__in=["town", "city"]).select_related("district")
    names = {place.name for place in over if place.is_over_the_border}
    expected = "Alfreton Belper Buxton Chesterfield Derby Dronfield Leek Ripley Sheffield Uttoxeter"
    assert set(expected.split()) <= names
    assert "Clay Cross" in names
    assert not names & {"Ashbourne", "Bakewell", "Darley Dale", "Matlock", "Wirksworth"}


def test_addresses_are_made_from_the_names_and_none_is_a_reserved_word() -> None:
    for row in rows(PLACES):
        assert row["slug"] == slugify(row["name"])
        assert row["slug"] not in RESERVED


def test_every_place_says_where_its_position_is_from() -> None:
    assert {row["source"] for row in rows(PLACES)} == {
        "own reading, moved to the middle of the postcodes there",
        "own reading, checked against the nearest postcode",
    }


def test_names_and_other_names_are_in_order_and_once_each() -> None:
    names = [row["name"] for row in rows(PLACES)]
    assert len(names) == len(set(names))
    assert [row["slug"] for row in rows(PLACES)] == sorted(row["slug"] for row in rows(PLACES))


def test_every_district_of_england_and_wales_in_the_directory_has_a_name() -> None:
    named = {row["code"] for row in rows(AREAS)}
    in_the_directory = {
        str(code)
        for data in Directory.installed()._files()
        for code in set(map(str, data["laua"]))
        if code[0] in "EW"
    }
    assert in_the_directory - named == set()


def test_every_area_is_part_of_a_county_of_the_list_or_of_none() -> None:
    kinds = {row["code"]: row["kind"] for row in rows(AREAS)}
    assert len(kinds) == len(rows(AREAS))
    for row in rows(AREAS):
        assert row["kind"] == ("county" if row["code"].startswith("E10") else "district")
        assert row["parent"] == "" or kinds[row["parent"]] == "county"


@pytest.mark.django_db
def test_term_dates_are_the_countys_or_the_citys() -> None:
    authorities = {
        area.name: area.education_authority.name
        for area in Area.objects.filter(code__in=["E07000035", "E07000198", "E06000015"])
    }
    assert authorities == {
        "Derbyshire Dales": "Derbyshire",
        "Staffordshire Moorlands": "Staffordshire",
        "Derby": "Derby",
    }


def test_those_whose_data_it_is_are_named_in_their_own_words() -> None:
    assert [str(attribution) for attribution in ATTRIBUTIONS] == [
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0.",
        "Contains OS data © Crown copyright and database right 2025.",
        "Contains Royal Mail data © Royal Mail copyright and database right 2025.",
    ]
