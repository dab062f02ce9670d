"""What is on, day by day."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.http import QueryDict
from django.utils import timezone

from assets.asked import Asked
from assets.cards import Card, cards
from assets.dates.words import near_day_in_words
from assets.pages import with_parameter
from assets.search.answer import by_day
from assets.search.dated import MOST_DATES
from assets.search.query import Answer

DAYS = 7
# As far as dates are known.
LAST_DAY = 366


@dataclass(frozen=True)
class Day:
    words: str
    cards: list[Card]


@dataclass(frozen=True)
class ByDay:
    """`cut_short`: there is more than a page holds. Links to the days before and after."""

    days: list[Day]
    first: date
    last: date
    cut_short: bool
    before_url: str
    after_url: str


def days_of(parameters: QueryDict, asked: Asked, answer: Answer) -> ByDay:
    """The days that were asked for, else a week from today or from `starting`."""
    today = timezone.localdate()
    windows = [window for window in asked.query.windows if window.name in asked.query.when]
    if windows:
        first = min(window.first for window in windows)
        before = max(window.before for window in windows)
        before_url = after_url = ""
    else:
        first = min(
            max(asked.typed["starting"] or today, today), today + timedelta(days=LAST_DAY - DAYS)
        )
        before = first + timedelta(days=DAYS)
        week_before = max(first - timedelta(days=DAYS), today)
        before_url = _starting(parameters, week_before) if first > today else ""
        # The last week starts earlier, so that it is a whole one.
        ends = before >= today + timedelta(days=LAST_DAY)
        after_url = "" if ends else _starting(parameters, before)
    found = by_day(asked.query, answer, first, before)
    shown = cards(found)
    return ByDay(
        days=[
            Day(near_day_in_words(day), list(some))
            for day, some in groupby(shown, key=lambda card: card.on)
        ],
        first=first,
        last=before - timedelta(days=1),
        cut_short=len(found) == MOST_DATES,
        before_url=before_url,
        after_url=after_url,
    )


def _starting(parameters: QueryDict, day: date) -> str:
    return with_parameter(parameters, "starting", day.isoformat())
