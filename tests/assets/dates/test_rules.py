"""Which days a rule falls on: dates worked out by hand, and by somebody else's code."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

import pytest
import time_machine
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from assets.dates.made import Changes, Made, moments, parts_of_day, with_changes
from assets.dates.rules import Calendar, Rule, days_of
from assets.dates.words import in_words
from assets.models import DateChange, Occurrence
from assets.models.occurrences import PartOfDay

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
BANK_HOLIDAYS = {
    date(2026, 12, 25): "Christmas Day",
    date(2026, 12, 26): "Boxing Day",
    date(2026, 12, 28): "Boxing Day (substitute day)",
    date(2027, 1, 1): "New Year's Day",
    date(2027, 3, 26): "Good Friday",
    date(2027, 3, 29): "Easter Monday",
    date(2027, 5, 3): "May Day",
    date(2027, 5, 31): "Spring Bank Holiday",
}
DALES = Calendar(
    (
        (date(2026, 9, 3), date(2026, 10, 24)),
        (date(2026, 11, 2), date(2026, 12, 19)),
        (date(2027, 1, 4), date(2027, 2, 13)),
        (date(2027, 2, 22), date(2027, 3, 26)),
        (date(2027, 4, 12), date(2027, 5, 29)),
        (date(2027, 6, 7), date(2027, 7, 24)),
    ),
    BANK_HOLIDAYS,
)
# Two weeks off in October and less in summer.
CITY = Calendar(
    ((date(2026, 9, 2), date(2026, 10, 17)), (date(2026, 11, 2), date(2026, 12, 19))),
    BANK_HOLIDAYS,
)
NOWHERE = Calendar((), BANK_HOLIDAYS)


def rule(weekday: int | None = TUESDAY, **changes: Any) -> Rule:
    fields = {"frequency": "weekly", "starts_at": time(10), "ends_at": time(11, 30)}
    return Rule(**{**fields, "weekday": weekday, **changes})


def fortnightly(starts_on: date, **changes: Any) -> Rule:
    weekday = starts_on.weekday()
    return rule(weekday, frequency="fortnightly", starts_on=starts_on, **changes)


def monthly(weekday: int, which: int, **changes: Any) -> Rule:
    return rule(weekday, frequency="monthly", week_of_month=which, **changes)


TERM, HOLIDAYS = {"time_of_year": "term"}, {"time_of_year": "holidays"}
NAMED = rule(
    None, frequency="dates", dates=(date(2027, 1, 9), date(2026, 12, 12), date(2026, 12, 12))
)

# Rule, calendar, a day, whether it falls on it, and why: worked out on a paper calendar.
BY_HAND: list[tuple[Rule, Calendar, date, bool, str]] = [
    (rule(), DALES, date(2026, 11, 24), True, "a Tuesday"),
    (rule(), DALES, date(2026, 11, 25), False, "the day after"),
    (rule(SUNDAY), DALES, date(2026, 10, 25), True, "the clock goes back, the Sunday stays"),
    (rule(SUNDAY), DALES, date(2027, 3, 28), True, "the clock goes forward, Easter Day"),
    (rule(SUNDAY), DALES, date(2027, 10, 31), True, "the clock goes back the year after"),
    (rule(SUNDAY), DALES, date(2026, 3, 29), True, "the clock goes forward in 2026"),
    (fortnightly(date(2026, 12, 17)), DALES, date(2026, 12, 31), True, "two weeks on"),
    (fortnightly(date(2026, 12, 17)), DALES, date(2027, 1, 7), False, "odd week over New Year"),
    (fortnightly(date(2026, 12, 17)), DALES, date(2027, 1, 14), True, "week 53 does not count"),
    (fortnightly(date(2026, 12, 17)), DALES, date(2026, 12, 3), False, "before its first day"),
    (monthly(FRIDAY, -1), DALES, date(2027, 1, 29), True, "fifth Friday is the last"),
    (monthly(FRIDAY, -1), DALES, date(2027, 1, 22), False, "the fourth of five"),
    (monthly(FRIDAY, -1), DALES, date(2027, 2, 26), True, "fourth Friday is the last"),
    (monthly(FRIDAY, -1), NOWHERE, date(2026, 12, 25), True, "Christmas is the last Friday"),
    (monthly(FRIDAY, 4), DALES, date(2027, 1, 22), True, "the fourth is not the last"),
    (monthly(SATURDAY, 1), DALES, date(2027, 5, 1), True, "the month begins with it"),
    (monthly(SUNDAY, 1), DALES, date(2026, 11, 1), True, "the first day of the month"),
    (monthly(MONDAY, 3), DALES, date(2027, 2, 15), True, "February begins with a Monday"),
    (monthly(TUESDAY, -1), DALES, date(2028, 2, 29), True, "leap day is the last Tuesday"),
    (rule(TUESDAY), DALES, date(2028, 2, 29), True, "leap day is a Tuesday"),
    (fortnightly(date(2028, 2, 15)), DALES, date(2028, 2, 29), True, "two weeks to leap day"),
    (fortnightly(date(2028, 2, 15)), DALES, date(2028, 3, 14), True, "leap day is a day"),
    (rule(FRIDAY, **TERM), DALES, date(2026, 10, 23), True, "the last day before half term"),
    (rule(FRIDAY, **TERM), DALES, date(2026, 10, 30), False, "half term"),
    (rule(MONDAY, **TERM), DALES, date(2026, 11, 2), True, "the first day after half term"),
    (rule(FRIDAY, **TERM), CITY, date(2026, 10, 23), False, "the city is off a week earlier"),
    (rule(FRIDAY, **HOLIDAYS), CITY, date(2026, 10, 23), True, "and that is a holiday there"),
    (rule(WEDNESDAY, **TERM), CITY, date(2026, 9, 2), True, "the city begins a day earlier"),
    (rule(WEDNESDAY, **TERM), DALES, date(2026, 9, 2), False, "than the Dales"),
    (rule(SATURDAY, **TERM), DALES, date(2026, 11, 7), True, "a weekend inside a term"),
    (rule(SATURDAY, **TERM), DALES, date(2026, 10, 24), False, "half term begins on Saturday"),
    (rule(SATURDAY, **HOLIDAYS), DALES, date(2026, 10, 24), True, "and so do its clubs"),
    (rule(SUNDAY, **HOLIDAYS), DALES, date(2026, 11, 1), True, "the last day of half term"),
    (rule(WEDNESDAY, **HOLIDAYS), DALES, date(2026, 10, 28), True, "a club over half term"),
    (rule(WEDNESDAY, **HOLIDAYS), DALES, date(2026, 12, 23), True, "and over Christmas"),
    (rule(FRIDAY, **HOLIDAYS), DALES, date(2026, 12, 25), True, "told as a bank holiday"),
    (rule(MONDAY, **TERM), DALES, date(2027, 5, 3), False, "May Day is no school day"),
    (rule(MONDAY, **HOLIDAYS), DALES, date(2027, 5, 3), False, "nor is it in the holidays"),
    (rule(MONDAY), DALES, date(2027, 5, 3), True, "all year is all year"),
    (rule(FRIDAY, **TERM), DALES, date(2027, 3, 26), False, "Good Friday is after the term"),
    (rule(FRIDAY, **HOLIDAYS), DALES, date(2027, 3, 26), True, "it is in the Easter holidays"),
    (rule(MONDAY, **TERM), DALES, date(2027, 3, 29), False, "Easter Monday"),
    (rule(FRIDAY, **TERM), DALES, date(2027, 7, 23), True, "the last day that we know"),
    (rule(SATURDAY, **HOLIDAYS), DALES, date(2027, 7, 24), False, "the first that we do not"),
    (rule(TUESDAY, **HOLIDAYS), DALES, date(2027, 8, 3), False, "surely, but nobody said so"),
    (rule(TUESDAY, **HOLIDAYS), DALES, date(2026, 8, 25), False, "before the first term we know"),
    (rule(TUESDAY, **TERM), NOWHERE, date(2026, 11, 24), False, "no terms known at all"),
    (rule(TUESDAY, **HOLIDAYS), NOWHERE, date(2026, 12, 29), False, "nor holidays"),
    (rule(ends_before=date(2026, 12, 8)), DALES, date(2026, 12, 1), True, "the last time"),
    (rule(ends_before=date(2026, 12, 8)), DALES, date(2026, 12, 8), False, "over by then"),
    (rule(starts_on=date(2026, 11, 24)), DALES, date(2026, 11, 24), True, "the first time"),
    (rule(starts_on=date(2026, 11, 25)), DALES, date(2026, 11, 24), False, "a day too early"),
    (NAMED, DALES, date(2026, 12, 12), True, "named, if twice"),
    (NAMED, DALES, date(2026, 12, 19), False, "not named"),
]


@pytest.mark.parametrize(
    ("rule", "calendar", "day", "falls", "why"),
    [pytest.param(*row, id=f"{row[2]} {row[4]}") for row in BY_HAND],
)
def test_by_hand(rule: Rule, calendar: Calendar, day: date, falls: bool, why: str) -> None:
    before, after = day - timedelta(days=40), day + timedelta(days=40)
    assert (day in set(days_of(rule, calendar, before, after))) is falls
    assert list(days_of(rule, calendar, day, day + timedelta(days=1))) == [day] * falls


def test_forty_dates_and_more_are_worked_out_by_hand() -> None:
    assert len(BY_HAND) >= 40


def test_single_dates_come_once_and_in_order() -> None:
    found = list(days_of(NAMED, DALES, date(2026, 1, 1), date(2028, 1, 1)))
    assert found == [date(2026, 12, 12), date(2027, 1, 9)]


def test_a_year_that_nobody_told_us_is_no_holiday() -> None:
    gap = Calendar(((date(2026, 9, 3), date(2026, 10, 24)), (date(2027, 9, 2), date(2027, 10, 23))))
    assert gap.known_before == date(2027, 10, 23)
    told = [gap.is_holiday(day) for day in (date(2026, 10, 26), date(2027, 3, 2))]
    assert told == [False, False]
    assert NOWHERE.known_before is None


# --- Against dateutil ---

SPAN = st.tuples(
    st.dates(date(2024, 1, 1), date(2031, 1, 1)), st.integers(min_value=0, max_value=900)
)


def by_dateutil(
    first: date, before: date, frequency: Literal[0, 1, 2, 3, 4, 5, 6], **parts: Any
) -> list[date]:
    found = rrule.rrule(frequency, dtstart=datetime.combine(first, time()), **parts)
    end = datetime.combine(before, time()) - timedelta(days=1)
    return [one.date() for one in found.between(datetime.combine(first, time()), end, inc=True)]


@given(SPAN, st.integers(0, 6))
def test_weekly_as_dateutil_has_it(span: tuple[date, int], weekday: int) -> None:
    first, before = span[0], span[0] + timedelta(days=span[1])
    expected = by_dateutil(first, before, rrule.WEEKLY, byweekday=weekday)
    assert list(days_of(rule(weekday), NOWHERE, first, before)) == expected


@given(SPAN, st.integers(0, 200))
def test_fortnightly_as_dateutil_has_it(span: tuple[date, int], earlier: int) -> None:
    first, before = span[0], span[0] + timedelta(days=span[1])
    starts_on = first - timedelta(days=earlier)
    whole = by_dateutil(starts_on, before, rrule.WEEKLY, interval=2)
    expected = [day for day in whole if day >= first]
    assert list(days_of(fortnightly(starts_on), NOWHERE, first, before)) == expected


@given(SPAN, st.integers(0, 6), st.sampled_from([1, 2, 3, 4, -1]))
def test_monthly_as_dateutil_has_it(span: tuple[date, int], weekday: int, which: int) -> None:
    first, before = span[0], span[0] + timedelta(days=span[1])
    expected = by_dateutil(first, before, rrule.MONTHLY, byweekday=rrule.weekday(weekday, which))
    assert list(days_of(monthly(weekday, which), NOWHERE, first, before)) == expected


# --- By London's clock ---


@pytest.mark.parametrize(
    ("day", "starts", "ends", "expected"),
    [
        # In winter London has UTC, in summer an hour more.
        (date(2026, 10, 24), time(10), time(11), ("09:00", "10:00")),
        (date(2026, 10, 25), time(10), time(11), ("10:00", "11:00")),
        (date(2027, 3, 27), time(10), time(11), ("10:00", "11:00")),
        (date(2027, 3, 28), time(10), time(11), ("09:00", "10:00")),
        # Half past one comes twice on that night: the first is meant, an hour earlier in UTC.
        (date(2026, 10, 25), time(1, 30), time(2, 30), ("00:30", "02:30")),
        (date(2027, 10, 31), time(1, 30), time(2, 30), ("00:30", "02:30")),
        # It does not come at all on this night: an hour later, and as long as it says.
        (date(2027, 3, 28), time(1, 30), time(2), ("01:30", "02:00")),
        (date(2027, 3, 28), time(1, 30), time(3), ("01:30", "02:00")),
        (date(2026, 3, 29), time(1), time(1, 59), ("01:00", "01:59")),
    ],
)
def test_times_are_those_of_the_clock_in_london(
    day: date, starts: time, ends: time, expected: tuple[str, str]
) -> None:
    found = moments(day, starts, ends)
    assert tuple(f"{moment:%H:%M}" for moment in found) == expected
    assert {moment.tzinfo for moment in found} == {UTC}


@pytest.mark.parametrize(
    ("day", "starts", "calendar", "expected"),
    [
        (date(2026, 11, 24), time(0), DALES, PartOfDay.MORNING),
        (date(2026, 11, 24), time(11, 59), DALES, PartOfDay.MORNING),
        (date(2026, 11, 24), time(12), DALES, PartOfDay.AFTERNOON),
        (date(2026, 11, 24), time(14, 44), DALES, PartOfDay.AFTERNOON),
        (date(2026, 11, 24), time(14, 45), DALES, PartOfDay.AFTERNOON | PartOfDay.AFTER_SCHOOL),
        (date(2026, 11, 24), time(16, 59), DALES, PartOfDay.AFTERNOON | PartOfDay.AFTER_SCHOOL),
        (date(2026, 11, 24), time(17), DALES, PartOfDay.EVENING | PartOfDay.AFTER_SCHOOL),
        (date(2026, 11, 24), time(17, 29), DALES, PartOfDay.EVENING | PartOfDay.AFTER_SCHOOL),
        (date(2026, 11, 24), time(17, 30), DALES, PartOfDay.EVENING),
        # No school on that day: half term, a bank holiday, a Saturday.
        (date(2026, 10, 27), time(16), DALES, PartOfDay.AFTERNOON),
        (date(2027, 5, 3), time(16), DALES, PartOfDay.AFTERNOON),
        (date(2026, 11, 28), time(16), DALES, PartOfDay.AFTERNOON),
        # Unknown: it may well be a school day.
        (date(2026, 11, 24), time(16), NOWHERE, PartOfDay.AFTERNOON | PartOfDay.AFTER_SCHOOL),
        (date(2026, 11, 28), time(16), NOWHERE, PartOfDay.AFTERNOON),
    ],
)
def test_parts_of_the_day(day: date, starts: time, calendar: Calendar, expected: int) -> None:
    assert parts_of_day(day, starts, calendar) == expected


# --- Changes and bank holidays, in words ---


@pytest.fixture
def _in_november() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


def change(day: date, kind: str, **fields: Any) -> DateChange:
    return DateChange(on=day, kind=kind, **fields)


def said(rules: dict[int, Rule], *changes: DateChange, days: int = 21) -> list[str]:
    first = date(2026, 11, 23)
    made = with_changes(rules, Changes(changes), DALES, first, first + timedelta(days=days))
    return [worded(one) for _key, one in sorted(made, key=lambda one: one[1].starts_at)]


def worded(made: Made) -> str:
    return in_words(Occurrence(**made._asdict()))


NOV24, DEC1, DEC8 = date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 8)
USUALLY = [
    "Tomorrow, 10 am to 11.30 am",
    "Tue 1 Dec, 10 am to 11.30 am",
    "Tue 8 Dec, 10 am to 11.30 am",
]
TEN = {"starts_at": time(18), "ends_at": time(20)}


@pytest.mark.usefixtures("_in_november")
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], USUALLY),
        ([change(NOV24, "cancelled")], ["Tomorrow: not on", *USUALLY[1:]]),
        (
            [change(DEC1, "cancelled", note="snow", schedule_id=1)],
            [USUALLY[0], "Tue 1 Dec: not on (snow)", USUALLY[2]],
        ),
        ([change(DEC1, "cancelled", schedule_id=2)], USUALLY),
        ([change(date(2026, 12, 2), "cancelled")], USUALLY),
        (
            [change(DEC1, "moved", to_on=date(2026, 12, 3))],
            [
                USUALLY[0],
                "Tue 1 Dec: moved to Thu 3 Dec",
                "Thu 3 Dec, 10 am to 11.30 am",
                USUALLY[2],
            ],
        ),
        # To another time of the same day: both are told.
        (
            [change(DEC1, "moved", to_on=DEC1, **TEN)],
            [USUALLY[0], "Tue 1 Dec: moved to Tue 1 Dec", "Tue 1 Dec, 6 pm to 8 pm", USUALLY[2]],
        ),
        # Onto the next one, which is on anyway: once.
        (
            [change(DEC1, "moved", to_on=DEC8)],
            [USUALLY[0], "Tue 1 Dec: moved to Tue 8 Dec", USUALLY[2]],
        ),
        # From before these days into them, and out of them.
        (
            [change(date(2026, 11, 10), "moved", to_on=date(2026, 11, 26))],
            [USUALLY[0], "Thu 26 Nov, 10 am to 11.30 am", *USUALLY[1:]],
        ),
        (
            [change(DEC8, "moved", to_on=date(2027, 12, 9))],
            [*USUALLY[:2], "Tue 8 Dec: moved to Thu 9 Dec 2027"],
        ),
        # A day on which it would not have been does not move.
        ([change(date(2026, 11, 25), "moved", to_on=date(2026, 11, 26))], USUALLY),
        # Moved, and then off there.
        (
            [
                change(DEC1, "moved", to_on=date(2026, 12, 3)),
                change(date(2026, 12, 3), "cancelled", note="flood"),
            ],
            [
                USUALLY[0],
                "Tue 1 Dec: moved to Thu 3 Dec",
                "Thu 3 Dec: not on (flood)",
                USUALLY[2],
            ],
        ),
        # What is said of the rule goes before what is said of the day.
        (
            [
                change(DEC1, "cancelled", note="hall shut"),
                change(DEC1, "moved", to_on=date(2026, 12, 3), schedule_id=1),
            ],
            [
                USUALLY[0],
                "Tue 1 Dec: moved to Thu 3 Dec",
                "Thu 3 Dec, 10 am to 11.30 am",
                USUALLY[2],
            ],
        ),
        (
            [change(date(2026, 11, 23), "extra", note="in the park", **TEN)],
            ["Today, 6 pm to 8 pm, in the park", *USUALLY],
        ),
        (
            [change(date(2026, 11, 25), "extra", schedule_id=1)],
            [USUALLY[0], "Wed 25 Nov, 10 am to 11.30 am", *USUALLY[1:]],
        ),
        ([change(DEC1, "extra", schedule_id=1)], USUALLY),
        (
            [change(date(2026, 11, 25), "cancelled", note="flu", **TEN)],
            [USUALLY[0], "Wed 25 Nov: not on (flu)", *USUALLY[1:]],
        ),
    ],
)
def test_changes(changes: list[DateChange], expected: list[str]) -> None:
    assert said({1: rule()}, *changes) == expected


@pytest.mark.usefixtures("_in_november")
def test_a_change_of_the_day_is_for_all_rules_and_one_of_a_rule_for_it_alone() -> None:
    rules = {1: rule(), 2: rule(starts_at=time(16), ends_at=time(18))}
    assert said(rules, change(NOV24, "cancelled"), days=7) == ["Tomorrow: not on"] * 2
    only = change(NOV24, "cancelled", schedule_id=2)
    assert said(rules, only, days=7) == [USUALLY[0], "Tomorrow: not on"]


@pytest.mark.usefixtures("_in_november")
@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ("ask", "Mon 3 May, 10 am to 11.30 am, bank holiday: ask first"),
        ("as-usual", "Mon 3 May, 10 am to 11.30 am"),
        ("not", "Mon 3 May: not on (May Day)"),
    ],
)
def test_a_bank_holiday_monday(says: str, expected: str) -> None:
    rules = {1: rule(MONDAY, on_bank_holidays=says)}
    assert said(rules, days=190)[23] == expected


@pytest.mark.usefixtures("_in_november")
def test_who_moves_a_bank_holiday_need_not_be_asked() -> None:
    moved = change(date(2027, 5, 3), "moved", to_on=date(2027, 5, 4), note="a day later")
    found = said({1: rule(MONDAY, on_bank_holidays="not")}, moved, days=190)
    assert found[23:25] == [
        "Mon 3 May: moved to Tue 4 May (a day later)",
        "Tue 4 May, 10 am to 11.30 am, a day later",
    ]
