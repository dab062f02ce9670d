"""Days to look at, and parts of the day, as bits of a number."""

from dataclasses import dataclass
from datetime import date, timedelta

# The bits of Occurrence.parts_of_day.
PARTS_OF_DAY = {"morning": 1, "afternoon": 2, "after-school": 4, "evening": 8}
ANY_PART = 15
SATURDAY, SUNDAY = 5, 6
# What can be chosen under “when”, beside a day of one's own (`on`).
NAMES = ("today", "tomorrow", "saturday", "sunday", "week", "next-week", "holidays")


@dataclass(frozen=True)
class Window:
    """Days that can be asked for by one word: from `first` up to, not with, `before`."""

    name: str
    first: date
    before: date


def windows(today: date, holidays: tuple[date, date] | None, on: date | None) -> list[Window]:
    """Everything on offer under “when”, for this day.

    `holidays` are the school holidays that come next, or are on; `on` is a day somebody chose.
    """
    day = timedelta(days=1)
    saturday = today + (SATURDAY - today.weekday()) % 7 * day
    sunday = today + (SUNDAY - today.weekday()) % 7 * day
    monday = today + (7 - today.weekday()) * day
    offered = [
        Window("today", today, today + day),
        Window("tomorrow", today + day, today + 2 * day),
        Window("saturday", saturday, saturday + day),
        Window("sunday", sunday, sunday + day),
        # On a Sunday “this week” would be over: seven days serve whoever asks.
        Window("week", today, today + 7 * day),
        Window("next-week", monday, monday + 7 * day),
    ]
    if holidays:
        offered.append(Window("holidays", max(today, holidays[0]), holidays[1]))
    if on:
        offered.append(Window("on", on, on + day))
    return offered


def days_of(offered: list[Window]) -> tuple[list[date], list[int]]:
    """Each day that any of these looks at, once, and beside it the bits of those that do."""
    bits: dict[date, int] = {}
    for place, window in enumerate(offered):
        for ahead in range((window.before - window.first).days):
            day = window.first + timedelta(days=ahead)
            bits[day] = bits.get(day, 0) | 1 << place
    return list(bits), list(bits.values())
