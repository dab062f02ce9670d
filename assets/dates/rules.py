"""On which days a rule falls. Nothing here asks the database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, cast

from assets.models.schedules import Frequency, OnBankHolidays, Schedule, TimeOfYear, WeekOfMonth

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
# The summer holidays are seven weeks at most. A longer gap is a term that nobody has told us.
LONGEST_HOLIDAY = timedelta(days=50)
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a schedule says, as a value: two alike fall on the same days."""

    frequency: str
    starts_at: time
    ends_at: time
    weekday: int | None = None
    week_of_month: int | None = None
    dates: tuple[date, ...] = ()
    time_of_year: str = TimeOfYear.ALL_YEAR
    on_bank_holidays: str = OnBankHolidays.ASK
    starts_on: date | None = None
    ends_before: date | None = None

    @classmethod
    def of(cls, schedule: Schedule) -> "Rule":
        values: dict[str, Any] = {name: getattr(schedule, name) for name in cls.__slots__}
        return cls(**values | {"dates": tuple(schedule.dates)})


@dataclass(frozen=True)
class Calendar:
    """One authority's terms, half-open, and the bank holidays by name.

    Term and holidays are told only between terms that we know. What lies beyond is neither.
    """

    terms: tuple[Span, ...] = ()
    bank_holidays: dict[date, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        spans: list[Span] = []
        for starts_on, ends_before in sorted(self.terms):
            if spans and starts_on - spans[-1][1] <= LONGEST_HOLIDAY:
                spans[-1] = (spans[-1][0], ends_before)
            else:
                spans.append((starts_on, ends_before))
        object.__setattr__(self, "_known", tuple(spans))

    @property
    def known_before(self) -> date | None:
        """The first day after the last term day that we know; None without any."""
        return max((ends_before for _starts_on, ends_before in self.terms), default=None)

    def knows(self, day: date) -> bool:
        return _within(day, self._known)  # type: ignore[attr-defined]

    def is_term(self, day: date) -> bool:
        """Weekends inside a term are in term time; a bank holiday never is."""
        return _within(day, self.terms) and day not in self.bank_holidays

    def is_holiday(self, day: date) -> bool:
        """In the school holidays, half terms and their weekends included."""
        return self.knows(day) and not _within(day, self.terms)

    def allows(self, day: date, time_of_year: str) -> bool:
        match time_of_year:
            case TimeOfYear.TERM:
                return self.is_term(day)
            case TimeOfYear.HOLIDAYS:
                return self.is_holiday(day)
        return True


def _within(day: date, spans: tuple[Span, ...]) -> bool:
    return any(starts_on <= day < ends_before for starts_on, ends_before in spans)


def days_of(rule: Rule, calendar: Calendar, first: date, before: date) -> Iterator[date]:
    """The days of the rule, in order, from `first` until before `before`.

    Single dates are dates that somebody has named: neither the season nor first and last day of
    the rule take one away. What bank holidays change is not told here, but in `made`.
    """
    if rule.frequency == Frequency.DATES:
        yield from sorted({day for day in rule.dates if first <= day < before})
        return
    first = max(first, rule.starts_on or first)
    before = min(before, rule.ends_before or before)
    for day in _regularly(rule, first, before):
        if calendar.allows(day, rule.time_of_year):
            yield day


def _regularly(rule: Rule, first: date, before: date) -> Iterator[date]:
    match rule.frequency:
        case Frequency.WEEKLY:
            yield from _every(WEEK, _weekday_from(first, rule), before)
        case Frequency.FORTNIGHTLY:
            day = _weekday_from(first, rule)
            # The constraint schedule_frequency_has_its_parts gives it a first day.
            if (day - cast(date, rule.starts_on)).days % 14:
                day += WEEK
            yield from _every(2 * WEEK, day, before)
        case Frequency.MONTHLY:
            yield from _monthly(rule, first, before)


def _weekday_from(first: date, rule: Rule) -> date:
    """The first day of the rule's weekday that is not before `first`."""
    return first + timedelta(days=((rule.weekday or 0) - first.weekday()) % 7)


def _every(step: timedelta, day: date, before: date) -> Iterator[date]:
    while day < before:
        yield day
        day += step


def _monthly(rule: Rule, first: date, before: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month < before:
        following = (month + timedelta(days=31)).replace(day=1)
        if rule.week_of_month == WeekOfMonth.LAST:
            day = _weekday_from(following - WEEK, rule)
        else:
            day = _weekday_from(month, rule) + WEEK * ((rule.week_of_month or 1) - 1)
        if first <= day < before:
            yield day
        month = following
