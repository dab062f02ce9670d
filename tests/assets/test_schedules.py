"""A rule in words, as a person would say it."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
import time_machine

from assets.models import Schedule
from assets.schedules import day_in_words, in_words, time_in_words

TWO_HOURS = {"starts_at": time(16), "ends_at": time(18)}


@pytest.fixture(autouse=True)
def _on_the_third_of_november() -> Iterator[None]:
    with time_machine.travel("2026-11-03 12:00+00:00", tick=False):
        yield


def schedule(**fields: Any) -> Schedule:
    return Schedule(**{"frequency": "weekly", "weekday": 1} | TWO_HOURS | fields)


@pytest.mark.parametrize(
    ("moment", "in_words"),
    [
        (time(0), "midnight"),
        (time(0, 30), "12.30 am"),
        (time(9), "9 am"),
        (time(9, 5), "9.05 am"),
        (time(11, 30), "11.30 am"),
        (time(12), "noon"),
        (time(12, 30), "12.30 pm"),
        (time(13), "1 pm"),
        (time(19, 30), "7.30 pm"),
        (time(23, 59), "11.59 pm"),
    ],
)
def test_a_time_in_words(moment: time, in_words: str) -> None:
    assert time_in_words(moment) == in_words


@pytest.mark.parametrize(
    ("day", "in_words"),
    [
        (date(2026, 11, 24), "Tue 24 Nov"),
        (date(2027, 3, 1), "Mon 1 Mar"),
        (date(2027, 11, 2), "Tue 2 Nov 2027"),
        (date(2025, 11, 4), "Tue 4 Nov 2025"),
    ],
)
def test_a_day_in_words(day: date, in_words: str) -> None:
    assert day_in_words(day) == in_words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Tuesdays, 4 pm to 6 pm"),
        ({"weekday": 0}, "Mondays, 4 pm to 6 pm"),
        ({"weekday": 2}, "Wednesdays, 4 pm to 6 pm"),
        ({"weekday": 3}, "Thursdays, 4 pm to 6 pm"),
        ({"weekday": 4}, "Fridays, 4 pm to 6 pm"),
        ({"weekday": 5}, "Saturdays, 4 pm to 6 pm"),
        ({"weekday": 6}, "Sundays, 4 pm to 6 pm"),
        (
            {"starts_at": time(10), "ends_at": time(11, 30), "time_of_year": "term"},
            "Tuesdays, 10 am to 11.30 am, in term time",
        ),
        ({"starts_at": time(10), "ends_at": time(12)}, "Tuesdays, 10 am to noon"),
        ({"starts_at": time(12), "ends_at": time(13, 15)}, "Tuesdays, noon to 1.15 pm"),
        ({"time_of_year": "holidays"}, "Tuesdays, 4 pm to 6 pm, in the school holidays"),
        ({"note": "not on market day"}, "Tuesdays, 4 pm to 6 pm, not on market day"),
        ({"starts_on": date(2026, 9, 1)}, "Tuesdays, 4 pm to 6 pm"),
        ({"starts_on": date(2026, 11, 3)}, "Tuesdays, 4 pm to 6 pm"),
        ({"starts_on": date(2027, 1, 5)}, "Tuesdays, 4 pm to 6 pm, from Tue 5 Jan"),
        ({"ends_before": date(2026, 12, 16)}, "Tuesdays, 4 pm to 6 pm, until Tue 15 Dec"),
        ({"ends_before": date(2028, 7, 20)}, "Tuesdays, 4 pm to 6 pm, until Wed 19 Jul 2028"),
        (
            {
                "time_of_year": "term",
                "starts_on": date(2027, 1, 5),
                "ends_before": date(2027, 3, 24),
                "note": "book with Jo",
            },
            "Tuesdays, 4 pm to 6 pm, in term time, from Tue 5 Jan, until Tue 23 Mar, book with Jo",
        ),
        (
            {"frequency": "fortnightly", "starts_on": date(2026, 9, 1)},
            "Every other Tuesday, 4 pm to 6 pm",
        ),
        (
            {"frequency": "fortnightly", "starts_on": date(2026, 11, 10)},
            "Every other Tuesday, 4 pm to 6 pm, from Tue 10 Nov",
        ),
        (
            {"frequency": "monthly", "weekday": 5, "week_of_month": 1},
            "The first Saturday of the month, 4 pm to 6 pm",
        ),
        (
            {"frequency": "monthly", "weekday": 6, "week_of_month": 2},
            "The second Sunday of the month, 4 pm to 6 pm",
        ),
        (
            {"frequency": "monthly", "weekday": 0, "week_of_month": 3},
            "The third Monday of the month, 4 pm to 6 pm",
        ),
        (
            {"frequency": "monthly", "weekday": 4, "week_of_month": 4},
            "The fourth Friday of the month, 4 pm to 6 pm",
        ),
        (
            {"frequency": "monthly", "week_of_month": -1, "time_of_year": "term"},
            "The last Tuesday of the month, 4 pm to 6 pm, in term time",
        ),
        ({"frequency": "dates", "dates": [date(2026, 11, 24)]}, "Tue 24 Nov, 4 pm to 6 pm"),
        ({"frequency": "dates", "dates": [date(2026, 11, 3)]}, "Tue 3 Nov, 4 pm to 6 pm"),
        (
            {"frequency": "dates", "dates": [date(2026, 12, 3), date(2026, 11, 24)]},
            "Tue 24 Nov; Thu 3 Dec, 4 pm to 6 pm",
        ),
        (
            {"frequency": "dates", "dates": [date(2026, 10, 1), date(2026, 11, 24)]},
            "Tue 24 Nov, 4 pm to 6 pm",
        ),
        ({"frequency": "dates", "dates": [date(2026, 10, 1)]}, "Thu 1 Oct, 4 pm to 6 pm"),
    ],
)
def test_a_schedule_in_words(fields: dict[str, Any], words: str) -> None:
    assert in_words(schedule(**fields)) == words
