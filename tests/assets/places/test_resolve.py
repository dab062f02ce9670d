"""From what a family types after "near" to a point, or to words that help."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assets.models import Area, OutwardCode, Place, Postcode
from assets.places.grid import GridPoint
from assets.places.resolve import Kind, NotResolved, Resolved, resolve

pytestmark = pytest.mark.django_db

# Nothing is written, so one database serves all examples.
garbage = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def found(typed: str) -> Resolved:
    answer = resolve(typed)
    assert isinstance(answer, Resolved), answer
    return answer


def not_found(typed: str) -> NotResolved:
    answer = resolve(typed)
    assert isinstance(answer, NotResolved), answer
    return answer


def point_of(code: str) -> GridPoint:
    return Postcode.objects.get(code=code).point


def district_postcodes() -> list[Postcode]:
    return list(Postcode.objects.filter(district__code="E07000035").order_by("code"))


def typed_in_a_hurry(postcode: Postcode, dice: random.Random) -> str:
    """Any case, any spaces, now and then O for 0 or I for 1."""
    letters = [
        slip if dice.random() < 0.3 and (slip := {"0": "o", "1": "i"}.get(letter)) else letter
        for letter in str(postcode)
    ]
    spaced = "".join(letter + " " * dice.choice([0, 0, 0, 1, 2]) for letter in letters)
    return "".join(dice.choice([letter.lower(), letter.upper()]) for letter in spaced)


def test_every_postcode_of_the_district_is_found_however_it_is_typed() -> None:
    dice = random.Random(4)
    postcodes = district_postcodes()
    assert len(postcodes) == 3_465
    for postcode in postcodes:
        answer = found(typed_in_a_hurry(postcode, dice))
        assert (answer.kind, answer.label) == (Kind.POSTCODE, str(postcode))
        assert answer.point == postcode.point


@pytest.mark.parametrize("typed", ["DE4 3AA", "de43aa", "DE4  3AA", "dE4-3 aa.", "ＤＥ４ ３ＡＡ"])
def test_a_postcode_is_found_without_a_word_about_case_spaces_or_signs(typed: str) -> None:
    assert resolve(typed) == Resolved(Kind.POSTCODE, point_of("DE43AA"), "DE4 3AA")


def test_a_letter_for_a_digit_is_forgiven_and_said() -> None:
    answer = found("SK17 OAA")
    assert answer == Resolved(
        Kind.POSTCODE, point_of("SK170AA"), "SK17 0AA", "We took “SK17 OAA” to mean SK17 0AA."
    )


def test_a_postcode_is_found_at_the_end_of_an_address() -> None:
    assert found("Town Hall, Bank Road, Matlock DE4 3AA").label == "DE4 3AA"


@pytest.mark.parametrize("typed", ["DE4", "de 4", "De4."])
def test_the_first_half_of_a_postcode_is_its_fixed_middle(typed: str) -> None:
    assert resolve(typed) == Resolved(
        Kind.OUTWARD, OutwardCode.objects.get(code="DE4").point, "DE4"
    )


@pytest.mark.parametrize("typed", ["DE4 3", "de43", "DE4 3A"])
def test_a_little_more_than_the_first_half_is_the_middle_of_what_begins_so(typed: str) -> None:
    answer = found(typed)
    assert (answer.kind, answer.label) == (Kind.SECTOR, "DE4 3")
    assert answer.point.metres_to(point_of("DE43AA")) < 1_500


def test_a_little_more_of_what_nobody_has_is_the_first_half_and_says_so() -> None:
    Postcode.objects.filter(code__startswith="DE48").delete()
    answer = found("DE4 8")
    assert (answer.kind, answer.label) == (Kind.OUTWARD, "DE4")
    assert answer.note == "We do not know “DE4 8”, so we look near DE4."


def test_a_postcode_we_do_not_know_offers_its_first_half() -> None:
    Postcode.objects.filter(code="DE43AA").delete()
    assert resolve("de4 3aa") == NotResolved(
        "We do not know the postcode DE4 3AA. You could look near DE4.", ("DE4",)
    )


def test_a_postcode_from_elsewhere_is_told_where_we_are() -> None:
    assert resolve("SW1A 1AA") == NotResolved(
        "We do not know SW1A 1AA. We only know postcodes in and near the Derbyshire Dales."
    )


def test_where_we_are_comes_from_the_data() -> None:
    Area.objects.filter(code="E07000035").update(name="Elsewhereshire", name_in_text="")
    assert "in and near Elsewhereshire." in not_found("SW1A 1AA").explanation


def test_bakewel_is_taken_for_bakewell_and_says_so() -> None:
    bakewell = Place.objects.get(slug="bakewell")
    assert resolve("bakewel") == Resolved(
        Kind.PLACE, bakewell.point, "Bakewell", "We took “bakewel” to mean Bakewell."
    )


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("Bakewell", "Bakewell"),
        ("BAKEWELL", "Bakewell"),
        ("Matlock", "Matlock"),
        ("matlock   bath", "Matlock Bath"),
        ("Youlgrave", "Youlgreave"),
        ("Stony Middleton", "Stoney Middleton"),
        ("millers dale", "Miller's Dale"),
        ("MILLER’S DALE", "Miller's Dale"),
        ("Ashford in the Water", "Ashford-in-the-Water"),
        ("Cross o th Hands", "Cross o' th' Hands"),
        ("ible", "Ible"),
        ("lea", "Lea"),
        ("derby", "Derby"),
    ],
)
def test_a_name_is_found_in_any_case_and_former_spelling(typed: str, place: str) -> None:
    assert resolve(typed) == Resolved(Kind.PLACE, Place.objects.get(name=place).point, place)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("bake", "Bakewell"),
        ("matlok", "Matlock"),
        ("wirksworh", "Wirksworth"),
        ("youlgreve", "Youlgreave"),
        ("hathersedge", "Hathersage"),
        ("Stoney Midleton", "Stoney Middleton"),
        ("chesterfeild", "Chesterfield"),
        ("Bakewell, Derbyshire", "Bakewell"),
        ("Matlock Bath Derbyshire", "Matlock Bath"),
        ("near bakewell", "Bakewell"),
        ("buxton sk17", "Buxton"),
    ],
)
def test_a_slip_or_a_word_too_many_is_forgiven_and_said(typed: str, place: str) -> None:
    assert resolve(typed) == Resolved(
        Kind.PLACE,
        Place.objects.get(name=place).point,
        place,
        f"We took “{typed}” to mean {place}.",
    )


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("biggin", ("Biggin-by-Hartington", "Biggin-by-Hulland")),
        ("pilsley", ("Pilsley (near Chatsworth)", "Pilsley (near Clay Cross)")),
        (
            "Middleton",
            ("Middleton-by-Wirksworth", "Middleton-by-Youlgreave", "Stoney Middleton"),
        ),
        ("matl", ("Matlock", "Matlock Bank", "Matlock Bath", "Matlock Green")),
    ],
)
def test_one_name_for_several_places_asks_which(typed: str, places: tuple[str, ...]) -> None:
    assert resolve(typed) == NotResolved(
        f"“{typed}” could be one of these places. Which one?", places
    )


def test_a_name_much_like_one_place_asks_whether_it_is_that() -> None:
    assert resolve("eyma") == NotResolved("We could not find “eyma”. Did you mean Eyam?", ("Eyam",))


@pytest.mark.parametrize("typed", ["Timbuktu", "London", "XX1 1AA", "😀", "%", "_", "\\", "'", "s"])
def test_what_we_cannot_find_is_said_plainly(typed: str) -> None:
    assert resolve(typed) == NotResolved(
        f"We could not find “{typed}”. Try a postcode, or the nearest town or village."
    )


@pytest.mark.parametrize("typed", ["", " ", "\x00", "\u200b", "\ud800", "\u202e"])
def test_nothing_that_can_be_seen_is_nothing_typed(typed: str) -> None:
    assert resolve(typed) == NotResolved("Type a postcode, or the name of a town or village.")


def test_what_is_too_long_is_not_said_again_in_full() -> None:
    assert len(not_found("a" * 10_000).explanation) < 200


@garbage
@given(st.text(max_size=400))
@example("DE4\x00 3AA")
@example("\u202eDE4 3AA")
@example("1" * 10_000)
@example("'; DROP TABLE assets_place; --")
@example("O0O0O0O")
def test_any_garbage_gets_an_answer(typed: str) -> None:
    assert isinstance(resolve(typed), Resolved | NotResolved)


@garbage
@given(st.text(alphabet="DESK0123456789OIL ab", min_size=1, max_size=9))
def test_whatever_was_understood_means_the_same_when_typed_again(typed: str) -> None:
    answer = resolve(typed)
    if isinstance(answer, Resolved):
        again = found(answer.label)
        assert (again.point, again.label, again.note) == (answer.point, answer.label, "")


def test_every_name_of_our_list_means_that_place_and_no_other() -> None:
    for place in Place.objects.all():
        assert resolve(place.name) == Resolved(Kind.PLACE, place.point, place.name)


@pytest.mark.parametrize(
    ("typed", "statements"),
    [
        ("DE4 3AA", 1),
        ("DE4", 1),
        ("DE4 3", 2),
        ("Bakewell", 1),
        ("bakewel", 1),
        ("matlok", 2),
        ("Timbuktu", 2),
    ],
)
def test_an_answer_takes_one_or_two_statements(typed: str, statements: int) -> None:
    with CaptureQueriesContext(connection) as captured:
        resolve(typed)
    assert len(captured) == statements


def test_a_renamed_place_is_found_by_its_new_name_whoever_renamed_it() -> None:
    Place.objects.filter(slug="bakewell").update(name="Badequella", aliases="Bakewell\r\nBaca’s\n")
    for typed in ("badequella", "bakewell", "bacas"):
        assert found(typed).label == "Badequella"
