"""What a pot could do: three ways to go down the same ranked list, side by side.

All of them go in order of the score; equals keep the order in which they are given. Each award is
what was asked for, or as much of it as is left where that is no less than the least that would
work. Amounts are pounds and pence, exactly; what is awarded and what is left is always the pot.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from grants.cheapest import cheapest


class Aim(NamedTuple):
    """Something a round would like to reach: a theme, a place or a needs group."""

    kind: Literal["theme", "place", "needs"]
    key: str


@dataclass(frozen=True)
class Ranked:
    """An application with its score out of 100, what it needs at least and what it asks for.

    Raises ValueError for amounts that are not in whole pence, or not 0 < minimum ≤ ideal.
    """

    key: str
    score: Fraction | Decimal
    minimum: Decimal
    ideal: Decimal
    themes: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not 0 < _pence(self.minimum) <= _pence(self.ideal):
            raise ValueError(f"{self.key!r} needs something, and no more than it asks for.")

    @property
    def aims(self) -> frozenset[Aim]:
        return frozenset(
            [
                *(Aim("theme", one) for one in self.themes),
                *(Aim("place", one) for one in self.places),
                *(Aim("needs", one) for one in self.needs),
            ]
        )


@dataclass(frozen=True)
class Scenario:
    """Who would get what, in order of the score, and what that leaves.

    Of the aims asked about: `covered` by an award, `not_covered` though somebody applied for it, or
    `not_applied_for`. `points` is the score behind the average pound awarded, None without awards.
    `is_exact` is False only where the search behind `cover` was cut short.
    """

    awards: dict[str, Decimal]
    left: Decimal
    covered: frozenset[Aim]
    not_covered: frozenset[Aim]
    not_applied_for: frozenset[Aim]
    points: Fraction | None
    is_exact: bool = True


@dataclass(frozen=True)
class Difference:
    """What one scenario costs against another.

    `points`: by how much the score behind the average pound is lower. `instead`: who gets something
    in the one only; `without`: who in the other only.
    """

    points: Fraction | None
    instead: tuple[str, ...]
    without: tuple[str, ...]


def aims_of(ranked: Iterable[Ranked], needs: Collection[str]) -> frozenset[Aim]:
    """Every theme and place that somebody applied for, and of the needs groups these."""
    return frozenset(
        aim for one in ranked for aim in one.aims if aim.kind != "needs" or aim.key in needs
    )


def strict_line(ranked: Sequence[Ranked], pot: Decimal, aims: Collection[Aim]) -> Scenario:
    """Down to the first that cannot have all it asks for: it has what is left, if that will do."""
    going = _Going(pot)
    for one in _in_order(ranked):
        going.award(one, going.left)
        if going.awards.get(one.key) != _pence(one.ideal):
            break
    return going.scenario(ranked, aims)


def rank_and_skip(ranked: Sequence[Ranked], pot: Decimal, aims: Collection[Aim]) -> Scenario:
    """Down to the end: what is left no longer does for is skipped."""
    going = _Going(pot)
    for one in _in_order(ranked):
        going.award(one, going.left)
    return going.scenario(ranked, aims)


def cover(ranked: Sequence[Ranked], pot: Decimal, aims: Collection[Aim]) -> Scenario:
    """As rank-and-skip, but for money held back so that as many aims as can be are covered.

    First, the most aims that the pot can cover at all. Then down the list: each has as much as it
    can without making that impossible. So whoever is passed over was passed over for an aim, or for
    want of money, and no other awards that cover as much give anybody more without giving somebody
    above them less. Exact, unless it says that a search was cut short (see `cheapest`): then what
    is covered is covered, but more might have been, or less held back.
    """
    in_order = _in_order(ranked)
    going = _Going(pot)
    held = _HeldBack(in_order, aims, going.left)
    for at, one in enumerate(in_order):
        before = going.left
        going.award(one, going.left - held.after(at, going.left))
        held.settle(at, is_funded=going.left < before)
    return going.scenario(ranked, aims, is_exact=held.is_sure)


def as_given(
    ranked: Sequence[Ranked],
    awards: Mapping[str, Decimal],
    pot: Decimal,
    aims: Collection[Aim],
) -> Scenario:
    """What people chose themselves, told in the same way. Raises KeyError for an unknown key."""
    going = _Going(pot)
    for one in _in_order(ranked):
        if one.key in awards:
            going.awards[one.key] = _pence(awards[one.key])
            going.left -= going.awards[one.key]
    if unknown := awards.keys() - going.awards.keys():
        raise KeyError(unknown)
    return going.scenario(ranked, aims)


def difference(one: Scenario, other: Scenario) -> Difference:
    """What `one` costs against `other`."""
    points = None
    if one.points is not None and other.points is not None:
        points = other.points - one.points
    return Difference(
        points,
        instead=tuple(key for key in one.awards if key not in other.awards),
        without=tuple(key for key in other.awards if key not in one.awards),
    )


class _Going:
    """Awards as they are made, in pence."""

    def __init__(self, pot: Decimal) -> None:
        self.left = _pence(pot)
        self.awards: dict[str, int] = {}

    def award(self, one: Ranked, available: int) -> None:
        """All it asks for, or what is available; nothing where that would not do."""
        amount = min(_pence(one.ideal), available)
        if amount >= _pence(one.minimum):
            self.awards[one.key] = amount
            self.left -= amount

    def scenario(
        self, ranked: Sequence[Ranked], aims: Collection[Aim], *, is_exact: bool = True
    ) -> Scenario:
        funded = [one for one in ranked if one.key in self.awards]
        wanted, served = frozenset(aims), {aim for one in ranked for aim in one.aims}
        covered = wanted & {aim for one in funded for aim in one.aims}
        weighed = sum((Fraction(one.score) * self.awards[one.key] for one in funded), Fraction(0))
        return Scenario(
            awards={key: _pounds(pence) for key, pence in self.awards.items()},
            left=_pounds(self.left),
            covered=covered,
            not_covered=(wanted & served) - covered,
            not_applied_for=wanted - served,
            points=weighed / sum(self.awards.values()) if funded else None,
            is_exact=is_exact,
        )


class _HeldBack:
    """The money that the aims still to be covered need, while awards are made down the list.

    There is always a way to cover them from further down with what is left: `way`. So whoever is
    part of it can be awarded at least the least that would work.
    """

    def __init__(self, in_order: Sequence[Ranked], aims: Collection[Aim], left: int) -> None:
        bits = {aim: 1 << at for at, aim in enumerate(sorted(set(aims)))}
        self.in_order = in_order
        self.takes = [
            (_pence(one.minimum), sum(bits[aim] for aim in one.aims if aim in bits))
            for one in in_order
        ]
        self.aims = sum(bits.values())
        self.is_sure = True
        self.needed, self.way = self._most(left)
        self.next_way = self.way

    def _most(self, left: int) -> tuple[int, frozenset[int]]:
        """How many aims can be covered at all, and by which applications."""
        for how_many in range(self.aims.bit_count(), 0, -1):
            found = cheapest(self.takes, aims=self.aims, how_many=how_many, budget=left)
            self.is_sure = self.is_sure and found.is_sure
            if found.chosen is not None:
                return how_many, frozenset(found.chosen)
        return 0, frozenset()

    def after(self, at: int, left: int) -> int:
        """Pence to hold back if this one is awarded something; all that is left if it cannot be."""
        least, serves = self.takes[at]
        needed = self.needed - (serves & self.aims).bit_count()
        self.next_way = self.way - {at}
        held = sum(self.takes[one][0] for one in self.next_way)
        if needed <= 0:
            self.next_way = frozenset()
            return 0
        if held <= left - _pence(self.in_order[at].ideal):
            return held
        found = cheapest(
            self.takes[at + 1 :],
            aims=self.aims & ~serves,
            how_many=needed,
            # The way there is, unless there is a cheaper one.
            budget=min(left - least, held - 1),
        )
        self.is_sure = self.is_sure and found.is_sure
        if found.chosen is not None:
            self.next_way = frozenset(at + 1 + one for one in found.chosen)
            return found.pence
        return held if held <= left - least else left

    def settle(self, at: int, *, is_funded: bool) -> None:
        """Go on to the next one."""
        if is_funded:
            _least, serves = self.takes[at]
            self.needed -= (serves & self.aims).bit_count()
            self.aims &= ~serves
            self.way = self.next_way


def _in_order(ranked: Sequence[Ranked]) -> list[Ranked]:
    return sorted(ranked, key=lambda one: -one.score)


def _pence(amount: Decimal) -> int:
    pence = amount * 100
    if pence != int(pence):
        raise ValueError(f"{amount} is not in whole pence.")
    return int(pence)


def _pounds(pence: int) -> Decimal:
    return Decimal(pence).scaleb(-2)
