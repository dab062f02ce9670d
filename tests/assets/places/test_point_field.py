"""The column of PostgreSQL's type `point`, both ways."""

import json

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.migrations.writer import MigrationWriter
from django.db.models import Value

from assets.fields import PointField, PointFormField, parse_point
from assets.models import Area, Place, SearchRow
from assets.places.grid import GridPoint

SHED = GridPoint(421_234.5, 368_765.25)


def form_field() -> PointFormField:
    field = Place._meta.get_field("point").formfield()
    assert isinstance(field, PointFormField)
    return field


@pytest.fixture
def place(db: None) -> Place:
    return Place.objects.create(
        name="Shed",
        slug="shed",
        kind=Place.Kind.HAMLET,
        point=SHED,
        district=Area.objects.get(code="E07000035"),
        source="a test",
    )


def test_a_point_comes_back_as_it_went_in(place: Place) -> None:
    place.refresh_from_db()
    assert place.point == SHED


def test_a_point_may_be_written_as_words(place: Place) -> None:
    Place.objects.filter(pk=place.pk).update(point="421000, 368000")
    place.refresh_from_db()
    assert place.point == GridPoint(421_000, 368_000)


def test_a_point_may_be_computed_by_the_database(place: Place) -> None:
    Place.objects.filter(pk=place.pk).update(point=Value(SHED, output_field=PointField()))
    place.refresh_from_db()
    assert place.point == SHED


def test_many_points_are_changed_at_once(place: Place) -> None:
    place.point = GridPoint(1, 2)
    Place.objects.bulk_update([place], ["point"])
    place.refresh_from_db()
    assert place.point == GridPoint(1, 2)


def test_rows_are_found_by_their_point_and_its_parts(place: Place) -> None:
    assert Place.objects.get(point=SHED) == place
    assert Place.objects.get(point__easting=421_234.5, point__northing__lt=368_766) == place
    assert not Place.objects.filter(point=GridPoint(421_234.5, 368_766)).exists()


@pytest.mark.django_db
def test_no_point_is_none() -> None:
    field = SearchRow._meta.get_field("point")
    with connection.cursor() as cursor:
        cursor.execute("SELECT NULL::point")
        (nothing,) = cursor.fetchone()
    assert field.from_db_value(nothing) is None
    assert field.get_prep_value(None) is None
    assert field.to_python(None) is None


@pytest.mark.parametrize("nonsense", ["", "1", "1, 2, 3", "here, there", "(", b"1,2", 12, (1, 2)])
def test_what_is_no_point_is_refused(nonsense: object) -> None:
    with pytest.raises(ValidationError) as refused:
        PointField().to_python(nonsense)
    assert refused.value.messages == [
        "Write two numbers, metres east and metres north, like 429800, 360200."
    ]


@pytest.mark.parametrize("beyond", ["-1, 0", "nan, nan", "inf, 0", "1e9, 5"])
def test_a_point_off_the_grid_is_refused(beyond: str) -> None:
    with pytest.raises(ValidationError) as refused:
        PointField().clean(beyond, None)
    assert refused.value.messages == ["That is not a point of the British National Grid."]


def test_a_form_takes_two_numbers_with_a_comma() -> None:
    assert form_field().clean(" 429800 ,360200 ") == GridPoint(429_800, 360_200)


def test_a_form_shows_what_it_would_take() -> None:
    shown = form_field().prepare_value(SHED)
    assert str(shown) == "421234.5, 368765.25"
    assert parse_point(str(shown)) == SHED


@pytest.mark.parametrize("nonsense", ["x", "1,", "1;2", "\x00", "9" * 400 + ",1,2"])
def test_a_form_tells_what_is_wrong(nonsense: str) -> None:
    with pytest.raises(ValidationError) as refused:
        form_field().clean(nonsense)
    assert refused.value.messages == [
        "Write two numbers, metres east and metres north, like 429800, 360200."
    ]


def test_an_empty_form_field_gives_none_where_it_may_be_empty() -> None:
    assert PointField(null=True, blank=True).formfield().clean("") is None


def test_a_row_is_written_out_and_read_in_again(place: Place) -> None:
    written = serializers.serialize("json", [place], fields=["point"])
    assert json.loads(written)[0]["fields"] == {"point": "421234.5, 368765.25"}
    (read,) = serializers.deserialize("json", written)
    assert read.object.__dict__["point"] == SHED


def test_a_migration_can_spell_it() -> None:
    written, imports = MigrationWriter.serialize(PointField("where", null=True))
    assert written == "assets.fields.PointField(null=True, verbose_name='where')"
    assert imports == {"import assets.fields"}


@pytest.mark.django_db
def test_its_gist_index_serves_a_radius() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT FROM assets_place WHERE point <@ circle(point(421700, 368500), 1609)"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "place_point" in plan
