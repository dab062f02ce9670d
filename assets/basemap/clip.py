"""Cutting lines and areas to a box, so that only what is seen travels.

Sources: Liang and Barsky for lines, Sutherland and Hodgman for areas.
"""

from collections.abc import Iterable, Iterator

from assets.basemap.drawing import Box, Spot


def overlap(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def is_within(a: Box, b: Box) -> bool:
    return b[0] <= a[0] and a[2] <= b[2] and b[1] <= a[1] and a[3] <= b[3]


def holds(box: Box, spot: Spot) -> bool:
    return box[0] <= spot[0] <= box[2] and box[1] <= spot[1] <= box[3]


def area(ring: Iterable[Spot], box: Box) -> list[Spot]:
    """What of a ring lies in the box, as one ring; empty if nothing does."""
    left = list(ring)
    for axis, side, keeps_more in ((0, box[0], True), (0, box[2], False), (1, box[1], True)):
        left = _beyond(left, axis, side, keeps_more)
    return _beyond(left, 1, box[3], False)


def _beyond(ring: list[Spot], axis: int, side: float, keeps_more: bool) -> list[Spot]:
    """The ring on one side of a straight line."""
    kept: list[Spot] = []
    for before, here in zip(ring[-1:] + ring[:-1], ring, strict=True):
        was_in = before[axis] >= side if keeps_more else before[axis] <= side
        is_in = here[axis] >= side if keeps_more else here[axis] <= side
        if was_in != is_in:
            share = (side - before[axis]) / (here[axis] - before[axis])
            other = before[1 - axis] + share * (here[1 - axis] - before[1 - axis])
            kept.append((side, other) if axis == 0 else (other, side))
        if is_in:
            kept.append(here)
    return kept


def line(points: Iterable[Spot], box: Box) -> Iterator[list[Spot]]:
    """The pieces of a line that lie in the box."""
    piece: list[Spot] = []
    before: Spot | None = None
    for here in points:
        inside = _stretch(before, here, box) if before else None
        if inside:
            start, end = inside
            if piece and piece[-1] != start:
                yield piece
                piece = []
            piece = piece or [start]
            piece.append(end)
        elif piece:
            yield piece
            piece = []
        before = here
    if piece:
        yield piece


def _stretch(a: Spot, b: Spot, box: Box) -> tuple[Spot, Spot] | None:
    first, last = 0.0, 1.0
    for axis in (0, 1):
        way = b[axis] - a[axis]
        for room, step in ((a[axis] - box[axis], -way), (box[axis + 2] - a[axis], way)):
            if step == 0:
                if room < 0:
                    return None
            elif step < 0:
                first = max(first, room / step)
            else:
                last = min(last, room / step)
    if first > last:
        return None
    at_first = a if first == 0 else (a[0] + first * (b[0] - a[0]), a[1] + first * (b[1] - a[1]))
    at_last = b if last == 1 else (a[0] + last * (b[0] - a[0]), a[1] + last * (b[1] - a[1]))
    return at_first, at_last
