"""The least money that covers so many aims: a set cover, searched until nothing can be cheaper.

Aims are bits of an integer; an application is the pence it takes at least, and the aims it serves.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Of one search: a second or so. Sixty applications and forty aims need some hundreds, a few
# thousand where the pot is a tenth of what they ask for.
MOST_STEPS = 5_000


@dataclass(frozen=True)
class Choice:
    """What to fund, by position, and what it takes in pence. None: nothing will do.

    Unless `is_sure` the search was cut short: something cheaper may exist, or something at all.
    """

    chosen: tuple[int, ...] | None
    pence: int
    is_sure: bool


@dataclass(frozen=True)
class Useful:
    """An application that serves aims which are still to be covered: these only."""

    at: int
    pence: int
    serves: int

    @property
    def share(self) -> float:
        """Pence for each of these aims."""
        return self.pence / self.serves.bit_count()


def cheapest(
    applications: Sequence[tuple[int, int]], *, aims: int, how_many: int, budget: int
) -> Choice:
    """The cheapest of these (pence, aims served) that cover `how_many` of the aims in budget."""
    search = _Search(budget)
    useful = _undominated(
        Useful(at, pence, serves & aims) for at, (pence, serves) in enumerate(applications)
    )
    search.branch((), 0, useful, aims, may_miss=aims.bit_count() - how_many)
    return Choice(search.best, search.limit + 1 if search.best else 0, search.steps <= MOST_STEPS)


def _undominated(given: Iterator[Useful]) -> list[Useful]:
    """Without those that another serves as much as, for no more money."""
    kept: list[Useful] = []
    for one in sorted(given, key=lambda one: (one.pence, -one.serves.bit_count(), one.at)):
        if not any(one.serves & ~other.serves == 0 for other in kept) and one.serves:
            kept.append(one)
    return kept


class _Search:
    """Branch and bound. `best` takes one penny more than `limit`: only less than that is better."""

    def __init__(self, budget: int) -> None:
        self.limit = budget
        self.best: tuple[int, ...] | None = None
        self.steps = 0

    def branch(
        self, chosen: tuple[int, ...], pence: int, useful: list[Useful], aims: int, may_miss: int
    ) -> None:
        """Take the aim that fewest serve: one of these covers it, or it is missed."""
        self.steps += 1
        in_reach = 0
        for one in useful:
            in_reach |= one.serves
        may_miss -= (aims & ~in_reach).bit_count()
        aims &= in_reach
        if may_miss < 0 or self.steps > MOST_STEPS:
            return
        needed = aims.bit_count() - may_miss
        if needed <= 0:
            if pence <= self.limit:
                self.best, self.limit = chosen, pence - 1
            return
        serving = {aim: [one for one in useful if one.serves & aim] for aim in _bits(aims)}
        if pence + _at_least(serving, needed) > self.limit:
            return
        aim = min(serving, key=lambda aim: len(serving[aim]))
        rest = useful
        for one in sorted(serving[aim], key=lambda one: one.share):
            rest = [other for other in rest if other is not one]
            self.branch(
                (*chosen, one.at),
                pence + one.pence,
                _without(rest, one.serves),
                aims & ~one.serves,
                may_miss,
            )
        if may_miss:
            self.branch(chosen, pence, rest, aims & ~aim, may_miss - 1)


def _at_least(serving: dict[int, list[Useful]], needed: int) -> int:
    """No choice pays less for an aim than the smallest share of any that serve it."""
    shares = sorted(min(one.share for one in those) for those in serving.values())
    # A billionth of a penny for what floats lose.
    return math.ceil(sum(shares[:needed]) - 1e-9)


def _without(useful: list[Useful], aims: int) -> list[Useful]:
    return [Useful(one.at, one.pence, left) for one in useful if (left := one.serves & ~aims)]


def _bits(aims: int) -> Iterator[int]:
    while aims:
        lowest = aims & -aims
        yield lowest
        aims ^= lowest
