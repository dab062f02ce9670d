"""Dates that are written down, as events that repeat: every one of them once. No database here.

What becomes a series is taken from the dates alone: the rule only says which days to try. So a
calendar cannot tell another story than the page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from assets.dates.made import moments
from assets.dates.rules import DAY, Calendar, Rule, days_of
from assets.models import Occurrence, Schedule
from assets.models.schedules import Frequency, TimeOfYear

# When clocks change, this hour is skipped or comes twice: programs differ in what they make of it.
UNSURE_FROM, UNSURE_BEFORE = time(1), time(2)


@dataclass(frozen=True)
class Series:
    """`rule` with no season, from `starts` to `ends` (of the first date) until `last`.

    All are moments; `left_out` are starts of the rule on which there is nothing, `told_apart` the
    dates on which something is different: off, or to ask first.
    """

    schedule: int
    rule: Rule
    starts: datetime
    ends: datetime
    last: datetime
    left_out: list[datetime] = field(default_factory=list)
    told_apart: list[Occurrence] = field(default_factory=list)


def told(
    schedules: Iterable[Schedule], occurrences: Iterable[Occurrence]
) -> tuple[list[Series], list[Occurrence]]:
    """Of one activity: what repeats, and what stands alone. Together each date once."""
    rules = {one.pk: Rule.of(one) for one in schedules}
    found: list[Series] = []
    alone: list[Occurrence] = []
    by_rule = sorted(occurrences, key=lambda one: (one.schedule_id or 0, one.starts_at))
    for key, some in groupby(by_rule, key=lambda one: one.schedule_id):
        dates = list(some)
        series = _series(key, rules[key], dates) if key in rules else None
        if series is None:
            alone += dates
            continue
        found.append(series)
        alone += [one for one in dates if not _is_in(series, one)]
    return found, alone


def _series(key: int, rule: Rule, dates: list[Occurrence]) -> Series | None:
    """None where fewer than two dates follow the rule, or its hours may not be what they seem."""
    if rule.frequency == Frequency.DATES or _is_on_when_clocks_change(rule):
        return None
    written = {one.starts_at: one for one in dates}
    starts = list(_starts(rule, dates[0].on, dates[-1].on))
    follow = [one for one in starts if one in written]
    if len(follow) < 2:
        return None
    first, last = follow[0], follow[-1]
    lasts = datetime.combine(date.min, rule.ends_at) - datetime.combine(date.min, rule.starts_at)
    return Series(
        schedule=key,
        rule=rule,
        starts=first,
        ends=first + lasts,
        last=last,
        left_out=[one for one in starts if first < one < last and one not in written],
        told_apart=[written[one] for one in follow if _is_different(written[one], lasts)],
    )


def _starts(rule: Rule, first: date, last: date) -> Iterator[datetime]:
    """When the rule would start something, if every season were its own."""
    always = replace(rule, time_of_year=TimeOfYear.ALL_YEAR)
    for day in days_of(always, Calendar(), first, last + DAY):
        yield moments(day, rule.starts_at, rule.ends_at)[0]


def _is_on_when_clocks_change(rule: Rule) -> bool:
    return rule.starts_at < UNSURE_BEFORE and rule.ends_at > UNSURE_FROM


def _is_different(one: Occurrence, lasts: timedelta) -> bool:
    return one.cancelled or one.ask_first or bool(one.note) or one.ends_at - one.starts_at != lasts


def _is_in(series: Series, one: Occurrence) -> bool:
    """Whether the series gives this date, be it told apart."""
    if not series.starts <= one.starts_at <= series.last:
        return False
    return one.starts_at in {*_starts(series.rule, one.on, one.on)}
