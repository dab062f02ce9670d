"""What sheets say over all widths that may be true, each counted by how likely it is.

Two widths are unknown, so a grid over them is exact to a hundredth of a rank, and the same sheets
always give the same answer: no chains, no seeds.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from grants.results.severity import (
    LEAST_CHANCE,
    WIDEST,
    WIDEST_CHANCE,
    Known,
    Scored,
    Widths,
    known,
    log_likelihood,
    log_prior,
)

# Steps each way; how much less likely is too unlikely to count; and how many points of the grid
# have to be likely enough. It closes in on these, a few times at most.
STEPS = 14
UNLIKELY = 12.0
ENOUGH = 0.4 * STEPS**2
CLOSER = 6


@dataclass(frozen=True)
class Averaged:
    """By position: `quality` above the average application, its standard error, expected rank;
    and what each scorer gives above the average scorer. All but ranks in points."""

    quality: list[float]
    error: list[float]
    rank: list[float]
    kindness: list[float]


@dataclass(frozen=True)
class _Range:
    start: float
    stop: float

    @property
    def step(self) -> float:
        return (self.stop - self.start) / STEPS

    def middles(self) -> list[float]:
        return [self.start + (at + 0.5) * self.step for at in range(STEPS)]

    def around(self, kept: Sequence[float]) -> "_Range":
        """From a step and a half below what was kept to as much above it, but not further out."""
        more = 1.5 * self.step
        return _Range(max(self.start, min(kept) - more), min(self.stop, max(kept) + more))


def averaged(scored: Scored) -> Averaged:
    """A third of a second for 60 applications and 8 scorers: not to be done for every page."""
    likely = _likely(scored)
    each = [(_Of(known(scored, widths)), share) for widths, share in likely]
    count = range(scored.applications)
    quality = [sum(share * one.quality[at] for one, share in each) for at in count]
    squares = [
        sum(share * (one.variance[at] + one.quality[at] ** 2) for one, share in each)
        for at in count
    ]
    return Averaged(
        quality=quality,
        error=[
            math.sqrt(max(square - mean**2, 0))
            for square, mean in zip(squares, quality, strict=True)
        ],
        rank=[sum(share * one.rank[at] for one, share in each) for at in count],
        kindness=[
            sum(share * one.kindness[at] for one, share in each) for at in range(scored.size - 1)
        ],
    )


def _likely(scored: Scored) -> list[tuple[Widths, float]]:
    """A grid over the widths that are likely, and the share of each; the shares are 1 together."""
    quality, chance = _Range(0, WIDEST), _Range(LEAST_CHANCE, WIDEST_CHANCE)
    for _closer in range(CLOSER):
        logs = {
            widths: log_likelihood(scored, widths) + log_prior(widths)
            for one in quality.middles()
            for other in chance.middles()
            for widths in [Widths(one, other)]
        }
        best = max(logs.values())
        kept = {widths: log for widths, log in logs.items() if log > best - UNLIKELY}
        if len(kept) >= ENOUGH:
            break
        quality = quality.around([one.quality for one in kept])
        chance = chance.around([one.chance for one in kept])
    shares = {widths: math.exp(log - best) for widths, log in kept.items()}
    together = sum(shares.values())
    return [(widths, share / together) for widths, share in shares.items()]


class _Of:
    """What is known at one point of the grid, as differences: nothing else can be told."""

    def __init__(self, what: Known) -> None:
        count = len(what.quality)
        mean = sum(what.quality) / count
        middle = [sum(column) / count for column in zip(*what.shared, strict=True)]
        kind = sum(what.kindness) / len(what.kindness)
        self.quality = [one - mean for one in what.quality]
        # Of the distance from the mean of all, of which each is a part itself.
        self.variance = [
            math.dist(shared, middle) ** 2 + own * (1 - 2 / count) + sum(what.own) / count**2
            for shared, own in zip(what.shared, what.own, strict=True)
        ]
        self.kindness = [one - kind for one in what.kindness]
        self.rank = _expected_ranks(what)


def _expected_ranks(what: Known) -> list[float]:
    """1, and the chance of each other one to be better."""
    ranks = [1.0] * len(what.quality)
    for i, (quality, own, shared) in enumerate(
        zip(what.quality, what.own, what.shared, strict=True)
    ):
        for j in range(i):
            width = math.sqrt(own + what.own[j] + math.dist(shared, what.shared[j]) ** 2)
            better = math.erfc((quality - what.quality[j]) / width / math.sqrt(2)) / 2
            ranks[i] += better
            ranks[j] += 1 - better
    return ranks
