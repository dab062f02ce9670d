"""What becomes of one activity's rules and changes: each date, on or not. Asks no database."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, cast

from assets.dates.rules import DAY, Calendar, Rule, days_of
from assets.models import DateChange
from assets.models.occurrences import LONDON, PartOfDay
from assets.models.schedules import OnBankHolidays

NOON, EVENING = time(12), time(17)
# Schools finish at about 3 pm; after half past five it is an evening.
AFTER_SCHOOL, AFTER_SCHOOL_BEFORE = time(14, 45), time(17, 30)
SATURDAY = 5
EXTRA, CANCELLED = DateChange.Kind.EXTRA, DateChange.Kind.CANCELLED


class Made(NamedTuple):
    """An occurrence but for whose it is; named as its columns."""

    on: date
    starts_at: datetime
    ends_at: datetime
    parts_of_day: int
    cancelled: bool = False
    ask_first: bool = False
    moved_to: date | None = None
    note: str = ""


def moments(day: date, starts_at: time, ends_at: time) -> tuple[datetime, datetime]:
    """From when to when, in UTC, by London's clock on that day.

    In October the hour from 1 to 2 am comes twice: the first is meant. In March there is none:
    what would start in it starts an hour later and lasts as long as it says.
    """
    starts, ends = (
        datetime.combine(day, one, LONDON).astimezone(UTC) for one in (starts_at, ends_at)
    )
    if ends <= starts:
        ends = starts + (datetime.combine(day, ends_at) - datetime.combine(day, starts_at))
    return starts, ends


def parts_of_day(day: date, starts_at: time, calendar: Calendar) -> int:
    """Bits of PartOfDay. Where terms are unknown, a weekday may well be a school day."""
    if starts_at < NOON:
        return PartOfDay.MORNING
    bits = PartOfDay.AFTERNOON if starts_at < EVENING else PartOfDay.EVENING
    at_that_time = AFTER_SCHOOL <= starts_at < AFTER_SCHOOL_BEFORE
    is_school_day = calendar.is_term(day) or not calendar.knows(day)
    if at_that_time and day.weekday() < SATURDAY and is_school_day:
        return bits | PartOfDay.AFTER_SCHOOL
    return bits


def by_rule(rule: Rule, calendar: Calendar, first: date, before: date) -> Iterator[Made]:
    """Where nobody has changed anything."""
    for day in days_of(rule, calendar, first, before):
        yield _by_rule(rule, calendar, day)


def _by_rule(rule: Rule, calendar: Calendar, day: date) -> Made:
    one = _at(day, rule.starts_at, rule.ends_at, calendar)
    holiday = calendar.bank_holidays.get(day)
    if holiday and rule.on_bank_holidays == OnBankHolidays.NOT:
        return one._replace(cancelled=True, note=holiday)
    return one._replace(ask_first=bool(holiday) and rule.on_bank_holidays == OnBankHolidays.ASK)


def _at(day: date, starts_at: time, ends_at: time, calendar: Calendar) -> Made:
    return Made(day, *moments(day, starts_at, ends_at), parts_of_day(day, starts_at, calendar))


class Changes:
    """The changes of one activity. One of a rule goes before one of the whole day."""

    def __init__(self, changes: Iterable[DateChange]) -> None:
        self._by_day = {(change.schedule_id, change.on): change for change in changes}

    def __iter__(self) -> Iterator[DateChange]:
        return iter(self._by_day.values())

    def of(self, schedule_id: int | None, day: date) -> DateChange | None:
        """What is said of what the rule gives on that day."""
        for key in ((schedule_id, day), (None, day)):
            change = self._by_day.get(key)
            if change and change.kind != EXTRA:
                return change
        return None

    def off(self, schedule_id: int | None, day: date) -> DateChange | None:
        """What calls off anything of this rule that falls on that day, moved there or extra."""
        for key in ((schedule_id, day), (None, day)):
            change = self._by_day.get(key)
            if change and change.kind == CANCELLED:
                return change
        return None


def with_changes(
    rules: Mapping[int, Rule],
    changes: Changes,
    calendar: Calendar,
    first: date,
    before: date,
) -> Iterator[tuple[int | None, Made]]:
    """Each with the key of its rule; one that is on hides another that is not, at one time."""
    found: dict[tuple[int | None, datetime], Made] = {}
    for key, made in _all(rules, changes, calendar, first, before):
        place = (key, made.starts_at)
        if first <= made.on < before and (place not in found or found[place].cancelled):
            found[place] = made
    yield from ((key, made) for (key, _starts_at), made in found.items())


def _all(
    rules: Mapping[int, Rule], changes: Changes, calendar: Calendar, first: date, before: date
) -> Iterator[tuple[int | None, Made]]:
    for key, rule in rules.items():
        for day in days_of(rule, calendar, first, before):
            yield key, _changed(_by_rule(rule, calendar, day), changes.of(key, day))
    for change in changes:
        match change.kind:
            case DateChange.Kind.MOVED:
                for key, rule in rules.items():
                    if _moves(change, key, rule, changes, calendar):
                        yield key, _put(change, key, rule, changes, calendar)
            case DateChange.Kind.EXTRA:
                rule_of_it = rules.get(change.schedule_id) if change.schedule_id else None
                yield (
                    change.schedule_id,
                    _put(change, change.schedule_id, rule_of_it, changes, calendar),
                )
            case DateChange.Kind.CANCELLED if change.starts_at:
                made = _put(change, change.schedule_id, None, changes, calendar)
                yield change.schedule_id, made


def _changed(made: Made, change: DateChange | None) -> Made:
    if change is None:
        return made
    return made._replace(cancelled=True, ask_first=False, moved_to=change.to_on, note=change.note)


def _moves(change: DateChange, key: int, rule: Rule, changes: Changes, calendar: Calendar) -> bool:
    """Whether the rule falls on the day that is moved, and this is the change that moves it."""
    falls_on_it = any(days_of(rule, calendar, change.on, change.on + DAY))
    return falls_on_it and changes.of(key, change.on) is change


def _put(
    change: DateChange, key: int | None, rule: Rule | None, changes: Changes, calendar: Calendar
) -> Made:
    """Where a change puts something: on, unless that day is called off by itself."""
    day = change.to_on or change.on
    if change.starts_at and change.ends_at:
        times = (change.starts_at, change.ends_at)
    else:
        # The constraint datechange_has_its_parts: without times it has a rule.
        times = (cast(Rule, rule).starts_at, cast(Rule, rule).ends_at)
    made = _at(day, *times, calendar)._replace(note=change.note)
    return _changed(made, changes.off(key, day))


def window(today: date) -> tuple[date, date]:
    """The days that are written: a week back, and a year with five nights to spare."""
    return today - timedelta(days=7), today + timedelta(days=371)
