"""Bars in pairs, then and now, as figures for an SVG. The table under each says the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

# Of the picture, in its own units: as wide as a small phone, so that its letters are as big there.
WIDTH = 320
LONGEST_BAR = 270
ROW, FIRST = 46, 16


@dataclass(frozen=True)
class Count:
    name: str
    was: int
    now: int


@dataclass(frozen=True)
class Bar:
    """`top` is the middle of its name, all in units of the picture."""

    name: str
    was: int
    now: int
    top: int
    was_long: int
    now_long: int

    @property
    def was_top(self) -> int:
        return self.top + 6

    @property
    def now_top(self) -> int:
        return self.top + 16

    @property
    def now_end(self) -> int:
        return self.now_long + 6

    @property
    def words_top(self) -> int:
        return self.top + 26


@dataclass(frozen=True)
class Chart:
    """`key` is its address on the page. With no rows there is nothing to draw."""

    key: str
    title: str
    head: str
    bars: list[Bar]
    height: int
    width: int = WIDTH

    @property
    def words(self) -> str:
        """For who does not see it: the table has all numbers."""
        return _("Bars: %s. The table under it has the same numbers.") % self.title


def chart(key: str, title: str, head: str, counts: Iterable[Count]) -> Chart:
    """In the order of `counts`. Every bar is to the same scale."""
    found = list(counts)
    most = max([1, *(one.was for one in found), *(one.now for one in found)])
    bars = [
        Bar(
            one.name,
            one.was,
            one.now,
            FIRST + at * ROW,
            round(one.was * LONGEST_BAR / most),
            round(one.now * LONGEST_BAR / most),
        )
        for at, one in enumerate(found)
    ]
    return Chart(key, title, head, bars, len(found) * ROW)
