"""What would be missing if something closed."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from assets.coverage.cells import Asked, Dim, cells
from assets.coverage.gaps import Gap, finest, gaps


@dataclass(frozen=True)
class Loss:
    """A gap that would be there, and how many activities there are `now`."""

    gap: Gap
    now: int


def lost(asked: Asked, closing: Collection[UUID], *, about: Dim = Dim.THEME) -> list[Loss]:
    """The cells that would become thin or empty without these activities; empty ones first."""
    now = cells(finest(asked, about))
    would_be = gaps(replace(asked, closing=closing), about=about)
    losses = [
        Loss(gap, now.cell(*(gap.keys[dim] for dim in now.asked.dims)).activities)
        for gap in would_be
    ]
    return [loss for loss in losses if loss.now != loss.gap.activities]
