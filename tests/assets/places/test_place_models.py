"""The database itself refuses what cannot be, and the form says why."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from assets.models import Area, OutwardCode, Place, Postcode
from assets.places.grid import GridPoint

pytestmark = pytest.mark.django_db


def area(**changes: Any) -> Area:
    fields = {"code": "E05000001", "name": "Somewhere", "kind": "district"}
    return Area(**(fields | changes))


def place(**changes: Any) -> Place:
    fields = {
        "name": "Shed",
        "slug": "shed",
        "kind": "hamlet",
        "point": GridPoint(421_000, 368_000),
        "district": Area.objects.get(code="E07000035"),
        "source": "a test",
    }
    return Place(**(fields | changes))


def postcode(**changes: Any) -> Postcode:
    fields = {
        "code": "DE49XX",
        "outward": OutwardCode.objects.get(code="DE4"),
        "district": Area.objects.get(code="E07000035"),
        "point": GridPoint(421_000, 368_000),
    }
    return Postcode(**(fields | changes))


def assert_refused(row: models.Model, message: str, constraint: str) -> None:
    """By the form with that message, and by the database by that name."""
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert message in refused.value.messages
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


NOT_ON_THE_GRID = "That is not a point of the British National Grid."
BEYOND = GridPoint(421_000, 1_300_001)


def test_an_areas_code_is_a_letter_and_eight_digits() -> None:
    message = "A code is a letter and eight digits, like E07000035."
    assert_refused(area(code="E0700003"), message, "area_code_is_a_code")


def test_an_areas_code_is_its_own() -> None:
    message = "There is an area with that code already."
    assert_refused(area(code="E07000035"), message, "assets_area_code")


def test_an_area_is_of_a_known_kind() -> None:
    assert_refused(area(kind="manor"), "Choose from the list.", "area_kind_known")


@pytest.mark.parametrize(
    ("kind", "has_parent"), [("ward", False), ("parish", False), ("county", True)]
)
def test_a_ward_is_part_of_something_and_a_county_of_nothing(kind: str, has_parent: bool) -> None:
    parent = Area.objects.get(code="E07000035") if has_parent else None
    message = "A ward or parish is part of a district. A county is part of nothing."
    assert_refused(area(kind=kind, parent=parent), message, "area_knows_its_parent")


def test_an_area_is_not_part_of_itself() -> None:
    loop = Area.objects.get(code="E07000035")
    loop.parent = loop
    assert_refused(loop, "An area cannot be part of itself.", "area_not_in_itself")


def test_a_ward_has_the_term_dates_of_its_county() -> None:
    ward = area(kind="ward", parent=Area.objects.get(code="E07000035"))
    assert ward.education_authority.name == "Derbyshire"


def test_a_place_is_of_a_known_kind() -> None:
    assert_refused(place(kind="moor"), "Choose from the list.", "place_kind_known")


def test_a_place_is_on_the_grid() -> None:
    assert_refused(place(point=BEYOND), NOT_ON_THE_GRID, "place_on_the_grid")


def test_a_places_address_is_its_own() -> None:
    message = "There is a place with that address already."
    assert_refused(place(slug="bakewell"), message, "assets_place_slug")


def test_an_outward_code_looks_like_one() -> None:
    message = "Write the first half of a postcode, like DE4."
    row = OutwardCode(code="4DE", point=GridPoint(1, 1))
    assert_refused(row, message, "outwardcode_is_one")


def test_an_outward_code_is_on_the_grid() -> None:
    row = OutwardCode(code="ZE9", point=BEYOND)
    assert_refused(row, NOT_ON_THE_GRID, "outwardcode_on_the_grid")


def test_a_postcode_looks_like_one() -> None:
    message = "Write the whole postcode without its space: DE43AB."
    assert_refused(postcode(code="DE4 9X"), message, "postcode_is_one")


def test_a_postcode_begins_with_its_first_half() -> None:
    message = "The first half must be that of the postcode."
    assert_refused(postcode(code="DE59XX"), message, "postcode_begins_with_outward")


def test_a_postcode_is_on_the_grid() -> None:
    assert_refused(postcode(point=BEYOND), NOT_ON_THE_GRID, "postcode_on_the_grid")


def test_a_postcode_is_shown_with_its_space() -> None:
    assert str(postcode()) == "DE4 9XX"


def test_what_keeps_to_the_rules_is_taken() -> None:
    for row in (area(), place(), postcode()):
        row.full_clean()
        row.save()
