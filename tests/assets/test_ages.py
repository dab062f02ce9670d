"""Ages: read from what people type, and said as people say them."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assets.ages import OLDEST, Age, AgeNotUnderstood, ages_in_words, read_age


@pytest.mark.parametrize(
    ("typed", "age"),
    [
        ("3", Age(36)),
        (" 3 ", Age(36)),
        ("0", Age(0)),
        ("age 11", Age(132)),
        ("Aged 11", Age(132)),
        ("11 years old", Age(132)),
        ("11-year-old", Age(132)),
        ("4 yrs", Age(48)),
        ("4yo", Age(48)),
        ("18 months", Age(18)),
        ("18m", Age(18)),
        ("1 month", Age(1)),
        ("8 weeks", Age(1)),
        ("51 weeks", Age(11)),
        ("52 weeks", Age(12)),
        ("newborn", Age(0)),
        ("New-born", Age(0)),
        ("pregnant", Age(in_pregnancy=True)),
        ("120", Age(OLDEST)),
        ("toddler", Age(24)),
        ("Six", Age(72)),
        ("18-months", Age(18)),
    ],
)
def test_an_age_is_read_as_people_type_it(typed: str, age: Age) -> None:
    assert read_age(typed) == age


@pytest.mark.parametrize(
    "typed",
    ["", "banana", "-", "-3", "121", "9999 years", "3-5", "2.5", "٣", "3 potatoes", "½", "\x00"],
)
def test_what_is_no_age_is_not_understood(typed: str) -> None:
    with pytest.raises(AgeNotUnderstood):
        read_age(typed)


@given(st.text() | st.from_regex(r"(?i)\A(aged? ?)?\d{0,5} ?[mwyo]\w* ?(old)?\Z"))
@example("3" * 5000)
@example("\ud800")
def test_whatever_is_typed_is_an_age_or_not_understood(typed: str) -> None:
    try:
        age = read_age(typed)
    except AgeNotUnderstood:
        return
    assert 0 <= age.months <= OLDEST


@pytest.mark.parametrize(
    ("age_from", "age_before", "in_words"),
    [
        (0, None, "All ages"),
        (0, 1, "Newborn"),
        (0, 2, "Birth to 1 month"),
        (0, 7, "Birth to 6 months"),
        (0, 12, "Birth to 11 months"),
        (0, 24, "Birth to 23 months"),
        (0, 36, "Birth to 2 years"),
        (0, 60, "Birth to 4 years"),
        (0, 66, "Birth to under 5½ years"),
        (0, 216, "Birth to 17 years"),
        (1, 2, "1 month"),
        (6, 7, "6 months"),
        (6, 12, "6 to 11 months"),
        (6, 19, "6 to 18 months"),
        (6, 24, "6 to 23 months"),
        (6, 60, "6 months to 4 years"),
        (6, None, "6 months and over"),
        (12, 24, "1 year"),
        (12, 36, "1 to 2 years"),
        (12, 18, "12 to 17 months"),
        (12, None, "1 year and over"),
        (18, 30, "18 to 29 months"),
        (13, 24, "13 to 23 months"),
        (18, 36, "18 months to 2 years"),
        (24, 60, "2 to 4 years"),
        (24, 30, "24 to 29 months"),
        (27, 48, "27 months to 3 years"),
        (30, 36, "30 to 35 months"),
        (30, 48, "2½ to 3 years"),
        (30, 60, "2½ to 4 years"),
        (30, None, "2½ years and over"),
        (36, 66, "3 years to under 5½ years"),
        (54, 60, "4½ years to under 5 years"),
        (60, 72, "5 years"),
        (132, 216, "11 to 17 years"),
        (156, 312, "13 to 25 years"),
        (216, None, "18 years and over"),
    ],
)
def test_ages_are_said_as_people_say_them(
    age_from: int, age_before: int | None, in_words: str
) -> None:
    assert ages_in_words(age_from, age_before) == in_words


@pytest.mark.parametrize(
    ("age_from", "age_before", "in_words"),
    [
        (0, 1, "Pregnancy"),
        (0, 24, "Pregnancy to 23 months"),
        (0, 60, "Pregnancy to 4 years"),
        (0, None, "All ages, and in pregnancy"),
        (6, 60, "6 months to 4 years, and in pregnancy"),
        (192, None, "16 years and over, and in pregnancy"),
    ],
)
def test_pregnancy_is_said_beside_the_ages(
    age_from: int, age_before: int | None, in_words: str
) -> None:
    assert ages_in_words(age_from, age_before, in_pregnancy=True) == in_words


@given(st.integers(0, OLDEST), st.none() | st.integers(1, OLDEST), st.booleans())
def test_every_range_of_ages_has_words(
    age_from: int, length: int | None, in_pregnancy: bool
) -> None:
    age_before = None if length is None else age_from + length
    said = ages_in_words(age_from, age_before, in_pregnancy=in_pregnancy)
    assert re.search(r"(?<!\d)0 (month|year)|-\d", said) is None
