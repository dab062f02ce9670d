"""Small numbers of children are told to nobody, nor what would reveal them by subtraction.

The usual way hides a second number beside each small one, so that a total cannot be taken apart.
It fails where groups overlap, as places and themes do, and where one asks again a month later: the
two answers are subtracted. So a small number here is in no total, either. Each total is a sum of
numbers that are told themselves, and says “at least” where something is left out of it; from such
totals nothing can be worked out that is not told anyway.

Sources: “under five” is the usual bar of public bodies in England, see NHS England, “Disclosure
control methodology”; on differences and repeated tables, Hundepool et al., “Statistical Disclosure
Control” (Wiley, 2012), chapters 4 and 5.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

FEWEST = 5


@dataclass(frozen=True)
class Told:
    """A total. `at_least`: there is more, which is not told."""

    number: int
    at_least: bool = False


def is_small(count: int) -> bool:
    """One to four. Nought tells of nobody."""
    return 0 < count < FEWEST


def may_tell(*counts: int) -> bool:
    """Whether counts of the same children may stand side by side: neither one of them nor the
    difference of two is small.
    """
    differences = [abs(one - other) for one, other in combinations(counts, 2)]
    return not any(is_small(one) for one in [*counts, *differences])


def total(counts: Iterable[int | None], *, hides: bool = True) -> Told:
    """The sum of those that may be told; of all with `hides=False`. None is nothing to count."""
    known = [one for one in counts if one is not None]
    told = [one for one in known if not (hides and is_small(one))]
    return Told(sum(told), at_least=len(told) < len(known))
