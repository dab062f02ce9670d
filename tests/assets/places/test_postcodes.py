"""What is read as a postcode, and as which. No database: which ones exist is another matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.places.postcodes import AREAS, Part, readings
from assets.places.words import LONGEST, clean, plain


def read(typed: str) -> list[str]:
    return [str(reading) for reading in readings(typed)]


@pytest.mark.parametrize(
    "typed",
    ["DE4 3AB", "de43ab", "DE4  3AB", " De4 3aB ", "D E 4 3 A B", "DE4-3AB", "DE4 3AB.", "DE4,3AB"],
)
def test_case_spaces_and_signs_do_not_matter(typed: str) -> None:
    assert read(typed) == ["DE4 3AB"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("DE4 OAB", "DE4 0AB"),
        ("SK17 OLB", "SK17 0LB"),
        ("SKI7 0LB", "SK17 0LB"),
        ("SKL7 0LB", "SK17 0LB"),
        ("DE45 IAB", "DE45 1AB"),
        ("5K17 0LB", "SK17 0LB"),
        ("S3Z 1AA", "S32 1AA"),
        ("S32 1A8", "S32 1AB"),
        ("S1B 2AA", "S18 2AA"),
    ],
)
def test_a_letter_for_a_digit_and_a_digit_for_a_letter_are_forgiven(typed: str, meant: str) -> None:
    assert meant in read(typed)


def test_what_is_a_postcode_as_it_stands_is_not_read_as_another_one() -> None:
    assert read("S10 1AA") == ["S10 1AA"]
    assert read("SL0 1AA") == ["SL0 1AA"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("DE4", (Part.OUTWARD, "DE4")),
        ("de 4", (Part.OUTWARD, "DE4")),
        ("s10", (Part.OUTWARD, "S10")),
        ("W1A", (Part.OUTWARD, "W1A")),
        ("S1O", (Part.OUTWARD, "S10")),
        ("DE45", (Part.OUTWARD, "DE45")),
        ("DE4 5", (Part.SECTOR, "DE4 5")),
        ("DE4 3A", (Part.SECTOR, "DE4 3A")),
        ("DE453A", (Part.SECTOR, "DE45 3A")),
        ("SK17 0", (Part.SECTOR, "SK17 0")),
    ],
)
def test_a_part_of_a_postcode_is_read_as_that_part(typed: str, first: tuple[Part, str]) -> None:
    reading = readings(typed)[0]
    assert (reading.part, str(reading)) == first


def test_de43_may_be_all_of_de43_or_a_part_of_de4() -> None:
    assert read("DE43") == ["DE43", "DE4 3"]


def test_a_postcode_at_the_end_of_an_address_is_found() -> None:
    assert read("Town Hall, Bank Road, Matlock DE4 3NN") == ["DE4 3NN"]


@pytest.mark.parametrize(
    "typed", ["", "Bakewell", "Lea", "Ible", "SOS", "12", "1", "XX1 1AA", "DE4 3ABC9", "😀", "DE"]
)
def test_what_is_no_postcode_is_read_as_none(typed: str) -> None:
    assert read(typed) == []


def test_there_are_a_hundred_and_twenty_four_postcode_areas() -> None:
    assert len(AREAS) == 124


@given(st.text())
def test_any_text_is_read_or_not_but_never_an_error(typed: str) -> None:
    for reading in readings(typed):
        assert reading.code == reading.outward + reading.inward


@given(st.text(max_size=3 * LONGEST))
def test_cleaned_text_is_one_short_line_that_postgresql_takes(typed: str) -> None:
    words = clean(typed)
    assert len(words) <= LONGEST
    assert words == " ".join(words.split())
    assert "\x00" not in words
    words.encode()


def test_marks_that_cannot_be_seen_are_cleaned_away() -> None:
    assert clean("\u202eDE4\u202c\u00a03\u200bAB\ufeff\x00") == "DE4 3AB"
    assert clean("ＤＥ４\t３ＡＢ\r\n") == "DE4 3AB"
    assert clean("a\ud800b") == "ab"


def test_plain_words_have_no_case_accent_apostrophe_or_sign() -> None:
    assert plain("Cross o’ th' Hands (Café-Bar)!") == "cross o th hands cafe bar"
