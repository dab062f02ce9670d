"""Wards and parishes: who lies in which, from which day, and what is no boundary at all."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from assets import listings, venues
from assets.models import Area, Boundary, BoundaryRing, Place, Postcode, Venue
from assets.places.boundaries import Loaded, load_boundaries, who_lies_where
from assets.places.geojson import BoundaryError, read
from assets.places.grid import GridPoint
from tests.assets.make import make_place, make_venue
from tests.assets.places.invented import BAKEWELL, MATLOCK, WARDS, collection, feature, square

DAY = date(2025, 5, 1)
DISTRICT = "E07000035"


def load(text: str, valid_from: date = DAY, **more: Any) -> Loaded:
    return load_boundaries(
        text=text, valid_from=valid_from, source="made up", district=DISTRICT, **more
    )


def ward_of(one: Venue | Place | Postcode) -> str:
    return one.ward.name if one.ward else ""


def place_at(east: float, north: float) -> Place:
    return make_place(slug=f"at-{east}-{north}", point=GridPoint(east, north))


@pytest.mark.django_db
def test_every_venue_place_and_postcode_knows_its_ward() -> None:
    before = make_venue()
    elsewhere = make_venue(postcode="DE6 1EA", place=Place.objects.get(slug="ashbourne"))
    assert load(WARDS) == Loaded(drawn=2, same=0, ended=0)
    after = make_venue(postcode="DE4 3AB", place=Place.objects.get(slug="matlock"))
    wards = dict(Venue.objects.values_list("pk", "ward__name"))
    assert wards == {before.pk: "Bakewell Bridge", elsewhere.pk: None, after.pk: "Matlock Moor"}
    assert ward_of(Place.objects.get(slug="bakewell")) == "Bakewell Bridge"
    assert ward_of(Postcode.objects.get(code="DE43AB")) == "Matlock Moor"


@pytest.mark.django_db
def test_a_hidden_venue_lies_where_the_middle_of_its_village_lies() -> None:
    """The house is in Bakewell's ward; the village that it is shown in is Matlock."""
    load(WARDS)
    venue = make_venue()
    assert ward_of(venue) == "Bakewell Bridge"
    venue.place = Place.objects.get(slug="matlock")
    venues.hide(venue=venue, shown=Venue.Shown.MASKED, by=None)
    who_lies_where()
    venue.refresh_from_db()
    assert (ward_of(venue), venue.history.count()) == ("Matlock Moor", 1)
    assert not hasattr(venue.history.get(), "ward_id")


@pytest.mark.django_db
def test_holes_are_out_islands_in_them_are_in_and_so_are_far_off_parts() -> None:
    ring, hole, island = (
        square(400000, 340000, 3000),
        square(401000, 341000, 1000),
        square(401400, 341400, 200),
    )
    load(
        collection(
            feature("E05000003", "Ring", [ring, hole], [island], [square(410000, 340000, 500)])
        )
    )
    spots = [
        (400500, 340500),
        (401200, 341200),
        (401500, 341500),
        (410200, 340200),
        (409000, 340000),
    ]
    made = [place_at(*spot) for spot in spots]
    who_lies_where()
    inside = [bool(Place.objects.get(pk=one.pk).ward_id) for one in made]
    assert inside == [True, False, True, True, False]


@pytest.mark.django_db
def test_a_point_lies_in_one_ward_even_where_two_are_drawn() -> None:
    load(
        collection(
            feature("E05000008", "Upper", [square(400000, 340000, 2000)]),
            feature("E05000007", "Lower", [square(401000, 340000, 2000)]),
        )
    )
    made = place_at(401500, 341000)
    who_lies_where()
    assert ward_of(Place.objects.get(pk=made.pk)) == "Lower"


@pytest.mark.django_db
def test_the_same_file_twice_changes_nothing() -> None:
    load(WARDS)
    before = list(BoundaryRing.objects.values_list("pk", "ring"))
    assert load(WARDS, date(2026, 5, 1)) == Loaded(drawn=0, same=2, ended=0)
    assert before == list(BoundaryRing.objects.values_list("pk", "ring"))


@pytest.mark.django_db
def test_a_new_edition_ends_the_old_one_on_its_day() -> None:
    load(WARDS)
    venue = make_venue()
    redrawn = feature("E05000001", "Bakewell", [square(418000, 365000, 8000)])
    new = feature("E05000009", "Tansley", [square(430000, 357000, 6000)])
    later = date(2026, 5, 1)
    assert load(collection(redrawn, new), later) == Loaded(drawn=2, same=0, ended=1)
    assert list(
        Boundary.objects.order_by("area__code", "valid_from").values_list(
            "area__code", "valid_from", "valid_until"
        )
    ) == [
        ("E05000001", DAY, later),
        ("E05000001", later, None),
        ("E05000002", DAY, later),
        ("E05000009", later, None),
    ]
    assert ward_of(Venue.objects.get(pk=venue.pk)) == "Bakewell"
    assert Postcode.objects.get(code="DE43AB").ward is None
    with pytest.raises(BoundaryError, match="has been drawn anew since, on 01 May 2026"):
        load(WARDS, DAY)


@pytest.mark.django_db
def test_parishes_leave_wards_alone() -> None:
    load(WARDS)
    load(
        collection(
            feature("E04000001", "Ashford", [square(419000, 366000, 6000)], field="PARNCP23")
        )
    )
    place = Place.objects.get(slug="bakewell")
    assert place.ward
    assert place.parish
    assert (place.ward.name, place.parish.name) == ("Bakewell Bridge", "Ashford")


@pytest.mark.django_db
def test_a_file_of_more_districts_is_taken_where_that_is_asked_for() -> None:
    text = collection(
        BAKEWELL, feature("E05000005", "Far", [square(450000, 300000, 99)], LAD24CD="E07999999")
    )
    with pytest.raises(BoundaryError, match="We have no district E07999999"):
        load(text)
    assert not Boundary.objects.exists()
    assert load(text, others_too=True) == Loaded(drawn=1, same=0, ended=0)


OPEN = feature("E05000001", "Open", [square(419000, 366000, 6000)[:-1]])
AT_SEA = feature("E05000001", "Sea", [[[40, 10], [41, 10], [41, 11], [40, 10]]])
METRES = feature(
    "E05000001",
    "Metres",
    [[[419000, 366000], [419000, 367000], [420000, 366000], [419000, 366000]]],
)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a GeoJSON FeatureCollection"),
        (collection(), "There is no area"),
        (collection(3), "Area 1 has no properties"),
        (collection({"properties": {"NAME": "x"}}), "Area 1 has no code"),
        (collection(feature("x", "Odd", [square(1, 1, 1)])), "“x” is no code"),
        (collection(feature("E05000001", "", [square(1, 1, 1)])), "has no name in WD24NM"),
        (collection(BAKEWELL, BAKEWELL), "twice: E05000001"),
        (collection(BAKEWELL | {"geometry": None}), "not a Polygon"),
        (collection(BAKEWELL | {"geometry": {"type": "Polygon"}}), "points must be longitude"),
        (collection(OPEN), "lines closed"),
        (collection(AT_SEA), "in or near Britain"),
        (collection(METRES), "in or near Britain"),
    ],
)
def test_garbage_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(BoundaryError, match=why):
        read(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "features", "properties", "geometry", "coordinates", "WD24CD"]
            ),
            inner,
        )
    ),
    max_leaves=12,
)


@given(JSON)
@settings(max_examples=100, deadline=None)
def test_no_json_is_more_than_refused(anything: Any) -> None:
    for text in (
        json.dumps(anything),
        collection(anything),
        collection(BAKEWELL | {"geometry": anything}),
    ):
        with pytest.raises(BoundaryError):
            read(text)


@pytest.mark.django_db
def test_all_or_nothing(tmp_path: Any) -> None:
    file = tmp_path / "wards.geojson"
    Area.objects.create(
        code="E05000002", name="Odd", kind="parish", parent=Area.objects.get(code=DISTRICT)
    )
    file.write_text(collection(BAKEWELL, MATLOCK))
    with pytest.raises(CommandError, match=r"E05000002 is a parish already, .* Nothing was loaded"):
        call_command("load_boundaries", file, "--from=2025-05-01", "--source=made up")
    assert not Boundary.objects.exists()
    for wrong in (["--from=2999-01-01"], ["--from=2025-05-01", "--district=x"]):
        with pytest.raises(CommandError):
            call_command("load_boundaries", file, "--source=made up", *wrong)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_boundaries", tmp_path / "no", "--from=2025-05-01", "--source=made up")


@pytest.mark.django_db
def test_a_venue_that_moves_lies_elsewhere() -> None:
    load(WARDS)
    venue = make_venue()
    venue.postcode = "DE4 3AB"
    listings.save(listing=venue, by=None)
    assert ward_of(Venue.objects.get(pk=venue.pk)) == "Matlock Moor"
