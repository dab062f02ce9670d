"""Rules and numbers of a feed, in the words that our cells are read in."""

from datetime import date
from typing import Any

import pytest

from assets.harvesting.reach import Reach, reach_of
from assets.harvesting.saying import ages, cost, helps_with_cost, in_two, room
from assets.harvesting.terms import ways
from assets.harvesting.times import when
from assets.importing.reading.ages import read_ages
from assets.importing.reading.costs import read_cost_in_words
from assets.importing.reading.times import read_times

TODAY = date(2026, 11, 23)
CLOCK = {"opens_at": "18:00:00", "closes_at": "19:30"}
WEEKLY = {"freq": "WEEKLY", "byday": "TU", **CLOCK}
MONTHLY = {"freq": "MONTHLY", **CLOCK}


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        (WEEKLY, "Tuesday 18:00-19:30"),
        (WEEKLY | {"byday": "TU,TH"}, "Tuesday 18:00-19:30; Thursday 18:00-19:30"),
        (
            WEEKLY | {"interval": 2, "dtstart": "2026-11-03"},
            "every other Tuesday 18:00-19:30 from 2026-11-03",
        ),
        (
            WEEKLY | {"valid_from": "2026-09-01", "valid_to": "2027-07-20T00:00:00Z"},
            "Tuesday 18:00-19:30 from 2026-09-01 until 2027-07-20",
        ),
        (WEEKLY | {"notes": "In term time"}, "Tuesday 18:00-19:30 in term time"),
        (WEEKLY | {"notes": "bank holidays: not on"}, "Tuesday 18:00-19:30 not on bank holidays"),
        (WEEKLY | {"notes": "Not in term time"}, "Tuesday 18:00-19:30 in the school holidays"),
        (WEEKLY | {"notes": "Closed in school holidays."}, "Tuesday 18:00-19:30 in term time"),
        (
            WEEKLY | {"notes": "All year except the school holidays"},
            "Tuesday 18:00-19:30 in term time",
        ),
        (WEEKLY | {"notes": "No sessions during holidays"}, "Tuesday 18:00-19:30 in term time"),
        (
            WEEKLY | {"notes": "We don't meet in term time"},
            "Tuesday 18:00-19:30 in the school holidays",
        ),
        (WEEKLY | {"notes": "No need to book. Term time only"}, "Tuesday 18:00-19:30 in term time"),
        (WEEKLY | {"notes": "Term time and school holidays"}, "Tuesday 18:00-19:30"),
        (WEEKLY | {"notes": "Open on bank holidays"}, "Tuesday 18:00-19:30"),
        (
            WEEKLY | {"notes": "Closed on bank holidays and school holidays"},
            "Tuesday 18:00-19:30 in term time closed on bank holidays",
        ),
        (
            WEEKLY | {"notes": "Not bank holidays, term time only"},
            "Tuesday 18:00-19:30 in term time not bank holidays",
        ),
        (WEEKLY | {"until": "2027-07-20"}, "Tuesday 18:00-19:30 until 2027-07-20"),
        (
            WEEKLY | {"until": "2027-07-20", "valid_to": "2027-03-01"},
            "Tuesday 18:00-19:30 until 2027-03-01",
        ),
        # It begins in January; one that began long ago is simply on.
        (WEEKLY | {"dtstart": "2027-01-12"}, "Tuesday 18:00-19:30 from 2027-01-12"),
        (WEEKLY | {"dtstart": "2020-01-14"}, "Tuesday 18:00-19:30"),
        # As we tell it ourselves: from a day on, and the first time after it.
        (
            WEEKLY | {"valid_from": "2027-01-09", "dtstart": "2027-01-12"},
            "Tuesday 18:00-19:30 from 2027-01-09",
        ),
        # Of every other week the first time says which.
        (
            WEEKLY | {"interval": 2, "valid_from": "2026-09-01", "dtstart": "2026-09-15"},
            "every other Tuesday 18:00-19:30 from 2026-09-15",
        ),
        (
            WEEKLY | {"interval": 2, "valid_from": "2026-09-08", "dtstart": "2026-09-01"},
            "every other Tuesday 18:00-19:30 from 2026-09-15",
        ),
        (MONTHLY | {"byday": "1SA"}, "first Saturday 18:00-19:30"),
        (MONTHLY | {"byday": "-1FR"}, "last Friday 18:00-19:30"),
        (
            CLOCK | {"dtstart": "2026-12-01", "valid_from": "2026-12-01", "valid_to": "2026-12-01"},
            "2026-12-01 18:00-19:30",
        ),
    ],
)
def test_a_rule_is_said_so_that_it_is_read_again(schedule: dict[str, Any], said: str) -> None:
    assert when([schedule], TODAY) == (said, [])
    assert read_times(said, TODAY)


@pytest.mark.parametrize(
    "schedule",
    [
        {"freq": "WEEKLY", "byday": "TU", "description": "x"},
        WEEKLY | {"byday": "XX", "description": "x"},
        WEEKLY | {"interval": 3, "description": "x"},
        WEEKLY | {"byday": "2TU", "description": "x"},
        WEEKLY | {"byday": "MO,WED", "description": "x"},
        WEEKLY | {"byday": "MO,2TU", "description": "x"},
        MONTHLY | {"byday": "1TU,5TH", "description": "x"},
        WEEKLY | {"count": 3, "description": "x"},
        WEEKLY | {"notes": "Not in August or the school holidays", "description": "x"},
        WEEKLY | {"notes": "Not term time only", "description": "x"},
        WEEKLY | {"notes": "Not all year", "description": "x"},
        MONTHLY | {"bymonthday": "3", "description": "x"},
        MONTHLY | {"byday": "TU", "description": "x"},
        WEEKLY | {"opens_at": "25:00", "description": "x"},
    ],
)
def test_half_a_time_is_left_out_and_told(schedule: dict[str, Any]) -> None:
    assert when([schedule], TODAY) == ("", ["a time that we cannot write down: “x”"])


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ({"valid_to": "9999-12-31"}, ""),
        ({"valid_from": "1999-09-01"}, ""),
        (
            {"valid_from": "2026-09-01", "valid_to": "2027-07-20"},
            " from 2026-09-01 until 2027-07-20",
        ),
    ],
)
def test_a_day_that_no_cell_can_say_takes_no_times_along(span: dict[str, str], said: str) -> None:
    often = WEEKLY | {"description": ""}
    plain, _left = when([often], TODAY)
    words, left = when([often | span], TODAY)
    assert (words, left) == (f"{plain}{said}", [])
    assert read_times(words, TODAY)


def test_every_other_week_since_long_ago_is_still_on_the_same_weeks() -> None:
    often = WEEKLY | {"description": "", "interval": 2}
    (long_ago,) = read_times(when([often | {"valid_from": "1999-12-28"}], TODAY)[0], TODAY)
    (lately,) = read_times(when([often | {"valid_from": "2000-01-11"}], TODAY)[0], TODAY)
    assert long_ago == lately


def test_what_is_over_is_not_said() -> None:
    assert when([WEEKLY | {"valid_to": "2026-11-22"}], TODAY) == ("", [])
    assert when([WEEKLY | {"until": "2026-11-22"}], TODAY) == ("", [])


@pytest.mark.parametrize(
    ("low", "high", "months"),
    [
        (0, 4, (0, 60)),
        (5, 11, (60, 144)),
        (1.5, 3, (18, 48)),
        (0.5, 1.5, (6, 18)),
        (11, None, (132, None)),
        ("11", "18", (132, 228)),
    ],
)
def test_years_become_months(low: Any, high: Any, months: tuple[int, int | None]) -> None:
    found = read_ages(ages({"minimum_age": low, "maximum_age": high}, in_pregnancy=False))
    assert (found.age_from, found.age_before) == months


@pytest.mark.parametrize(
    ("options", "fees", "said"),
    [
        ([{"amount": 0}], "", ("free", None, "")),
        (
            [{"amount": 2.5, "amount_description": "£2.50 a family"}],
            "",
            ("paid", "2.50", "a family"),
        ),
        (
            [{"amount": 1200, "amount_description": "£1,200 a term"}],
            "",
            ("paid", "1200.00", "a term"),
        ),
        ([{"amount": 3, "option": "There is a charge"}], "", ("paid", "3.00", "")),
        ([{"option": "Free, donations welcome", "amount": 0}], "", ("donation", None, "")),
        (
            [
                {
                    "option": "Free",
                    "amount": 0,
                    "amount_description": "Free (for under 5s, £4 for others)",
                }
            ],
            "",
            ("free", None, "for under 5s, £4 for others"),
        ),
        (
            [{"amount": 4, "currency": "EUR", "amount_description": "4 euros"}],
            "",
            ("paid", None, "4 euros"),
        ),
        ([{"amount": 9, "valid_to": "2022-01-01"}], "Free", ("free", None, "")),
    ],
)
def test_a_price_is_said_so_that_it_is_read_again(
    options: list[dict[str, Any]], fees: str, said: tuple[Any, ...]
) -> None:
    price = read_cost_in_words(cost({"cost_options": options, "fees": fees}, TODAY))
    amount = None if price.price is None else f"{price.price:.2f}"
    assert (price.cost, amount, price.cost_note) == said


def test_help_with_the_cost_is_no_part_of_the_price() -> None:
    service = {
        "cost_options": [{"amount": 2, "amount_description": "£2 a session, help with the cost"}]
    }
    assert cost(service, TODAY) == "£2 a session"
    assert helps_with_cost(service) == "yes"


def test_a_person_is_not_listed_and_a_fax_is_none() -> None:
    service = {
        "url": "https://peak.example/services/7",
        "phones": [{"number": "01632 960123"}, {"number": "01632 960124", "type": "fax"}],
        "contacts": [
            {
                "name": "Jo Bloggs",
                "email": "jo@example.org",
                "phones": [{"number": "01632 960125"}],
            },
            {"title": "Text message", "name": "Mo", "phones": [{"number": "07700 900123"}]},
        ],
    }
    assert reach_of(service, "url", "peak.example") == Reach("01632 960123", "07700 900123 (Mo)")


def test_the_first_paragraph_is_the_summary_where_it_is_short() -> None:
    assert in_two("Songs.\n\nEach week we sing.") == ("Songs.", "Each week we sing.")
    assert in_two("Songs.") == ("Songs.", "")
    long = "We sing. " * 40
    assert in_two(long) == (long, long)


def test_room_is_said_since_a_day_or_not_at_all() -> None:
    alert = "Waiting list, about 6 weeks (the group told us on 3 November 2026). Come on Monday."
    assert room({"alert": alert}) == {
        "service.newcomers_said_on": "3 November 2026",
        "service.waiting_weeks": "6",
        "service.meanwhile": "Come on Monday.",
    }
    assert room({"alert": "Closed for a while"}) == {"service.newcomers": ""}


def test_nobody_takes_part_in_person_without_a_place() -> None:
    assert ways("in-person; phone", is_physical=False, is_virtual=False) == "phone"
    assert ways("", is_physical=True, is_virtual=True) == "in-person; online"
    assert ways("", is_physical=False, is_virtual=False) == ""
