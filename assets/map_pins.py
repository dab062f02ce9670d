"""Results as pins: each its own link, those that would cover each other on one board.

How much room there is depends on how wide the map is on screen, so pins are put together for one
width. Offsets are in CSS pixels from the spot that a pin stands on; spots are metres on the grid.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets.basemap import clip
from assets.basemap.drawing import Spot
from assets.basemap.picture import PixelBox, percent
from assets.basemap.window import Window
from assets.words import joined

# A pin's head is a circle as wide as this, on a stem as long as STEM; a board has square cells.
HEAD, STEM, CELL, EDGE = 34, 10, 28, 4
COLUMNS = 5
RING, DOT = 25, 5
# Between two pins, and between a pin and the edge of the map.
GAP = 2
Percents = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """A result with a place. `about`: the middle of its village, not where it is."""

    number: int
    name: str
    spot: Spot
    about: bool = False

    @property
    def label(self) -> str:
        """“5 Bell ringing”."""
        words = f"{self.number} {self.name}"
        return _("%s (about here)") % words if self.about else words

    @property
    def href(self) -> str:
        return f"#result-{self.number}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One number on a pin: its middle."""

    one: Placed
    x: int
    y: int


@dataclass(frozen=True)
class Pin:
    """`x` and `y` are shares of the map, “34.5%”. With several cells, `label` says which.

    `dots` are the spots of those who share a board without sharing a spot; `rings` are villages.
    """

    x: str
    y: str
    outline: str
    cells: tuple[Cell, ...]
    label: str
    dots: tuple[Percents, ...]
    rings: tuple[Percents, ...]


@dataclass(frozen=True)
class Group:
    """Results that are drawn as one, on a map of `width` pixels."""

    members: tuple[Placed, ...]
    window: Window
    width: float
    left: int = 0
    top: int = 0

    @property
    def spots(self) -> list[Spot]:
        return list(dict.fromkeys(one.spot for one in self.members))

    @property
    def spot(self) -> Spot:
        """In the middle of all of them."""
        easts, norths = zip(*self.spots, strict=True)
        return sum(easts) / len(easts), sum(norths) / len(norths)

    @property
    def is_ring(self) -> bool:
        return len(self.members) == 1 and self.members[0].about

    @property
    def columns(self) -> int:
        many = len(self.members)
        return many if many <= 3 else min(COLUMNS, ceil(sqrt(many * 1.6)))

    @property
    def size(self) -> tuple[int, int]:
        """Of head or board, without its stem."""
        if len(self.members) == 1:
            return HEAD, HEAD
        rows = ceil(len(self.members) / self.columns)
        return self.columns * CELL + 2 * EDGE, rows * CELL + 2 * EDGE

    @property
    def pixels(self) -> Spot:
        return on_screen(self.window, self.spot, self.width)

    @property
    def box(self) -> PixelBox:
        """Of head or board and the stem to its spot."""
        (x, y), (across, down) = self.pixels, self.size
        return (
            x + min(self.left, 0) - GAP / 2,
            y + min(self.top, 0) - GAP / 2,
            x + max(self.left + across, 0) + GAP / 2,
            y + max(self.top + down, 0) + GAP / 2,
        )

    def placed(self) -> "Iterable[Group]":
        """Above its spot, else below, right, left; a ring rather on it. None of it off the map."""
        (x, y), (across, down) = self.pixels, self.size
        height = self.width * self.window.shape
        left = _kept(-across / 2, GAP - x, self.width - GAP - across - x)
        top = _kept(-down / 2, GAP - y, height - GAP - down - y)
        ways = [(left, -down - STEM), (left, STEM), (STEM, top), (-across - STEM, top)]
        for way in [(left, top), *ways] if self.is_ring else ways:
            found = Group(self.members, self.window, self.width, round(way[0]), round(way[1]))
            west, north, east, south = found.box
            if min(west, north, self.width - east, height - south) >= -GAP:
                yield found


def _kept(wanted: float, least: float, most: float) -> float:
    return min(max(wanted, least), most)


def on_screen(window: Window, spot: Spot, width: float) -> Spot:
    across, down = window.share(spot)
    return across * width, down * width * window.shape


def groups(placed: Sequence[Placed], window: Window, width: float) -> list[Group]:
    """Those in the window, put together until none covers another."""
    found = [Group((one,), window, width) for one in placed if window.holds(one.spot)]
    found = _those_at_one_spot(found)
    while True:
        settled: list[Group] = []
        for one in sorted(found, key=lambda group: -len(group.members)):
            free = (way for way in one.placed() if not _covers_any(way, settled))
            if (best := next(free, None)) is None and settled:
                # It moves in with the nearest, and all look for a place again.
                found = _moved_in(found, one, settled)
                break
            settled.append(best or one)
        else:
            return sorted(settled, key=lambda group: group.members[0].number)


def _moved_in(found: Sequence[Group], one: Group, settled: Sequence[Group]) -> list[Group]:
    nearest = min(settled, key=lambda other: _apart(one, other))
    gone = (one.members, nearest.members)
    return [*(each for each in found if each.members not in gone), _together(one, nearest)]


def _those_at_one_spot(found: Sequence[Group]) -> list[Group]:
    """Together where one head would hide the other's spot."""
    apart: list[Group] = []
    for one in found:
        near = next((other for other in apart if _apart(one, other) < HEAD * 0.7), None)
        if near:
            apart.remove(near)
        apart.append(_together(one, near) if near else one)
    return apart


def _together(one: Group, other: Group) -> Group:
    members = sorted([*one.members, *other.members], key=lambda each: each.number)
    return Group(tuple(members), one.window, one.width)


def _covers_any(one: Group, others: Iterable[Group]) -> bool:
    return any(clip.overlap(one.box, other.box) for other in others)


def _apart(one: Group, other: Group) -> float:
    (x, y), (other_x, other_y) = one.pixels, other.pixels
    return max(abs(x - other_x), abs(y - other_y))


def taken(found: Sequence[Group]) -> list[PixelBox]:
    """What pins, their dots and rings cover, so that no name is written there."""
    boxes = [one.box for one in found]
    for one in found:
        hidden = {each.spot for each in one.members if each.about}
        for spot in one.spots:
            x, y = on_screen(one.window, spot, one.width)
            reach = RING if spot in hidden else DOT
            boxes.append((x - reach, y - reach, x + reach, y + reach))
    return boxes


def pins(found: Sequence[Group]) -> list[Pin]:
    return [_pin(one) for one in found]


def _pin(group: Group) -> Pin:
    several = len(group.members) > 1
    x, y = _percents(group.window, group.spot)
    hidden = {one.spot for one in group.members if one.about}
    spread = group.spots if len(group.spots) > 1 else []
    return Pin(
        x=x,
        y=y,
        outline=_outline(group, bend=9 if several else HEAD // 2),
        cells=tuple(_cells(group)),
        label=_here(group.members) if several else "",
        dots=tuple(_percents(group.window, spot) for spot in spread if spot not in hidden),
        rings=tuple(_percents(group.window, spot) for spot in group.spots if spot in hidden),
    )


def _cells(group: Group) -> Iterable[Cell]:
    if len(group.members) == 1:
        yield Cell(group.members[0], group.left + HEAD // 2, group.top + HEAD // 2)
        return
    for place, one in enumerate(group.members):
        row, column = divmod(place, group.columns)
        middle = EDGE + CELL // 2
        yield Cell(one, group.left + middle + column * CELL, group.top + middle + row * CELL)


def _here(members: Sequence[Placed]) -> str:
    """“3 here: 2, 5 and 9”."""
    words = ngettext("%(count)d here: %(which)s", "%(count)d here: %(which)s", len(members))
    return words % {"count": len(members), "which": joined(str(one.number) for one in members)}


def _percents(window: Window, spot: Spot) -> Percents:
    across, down = window.share(spot)
    return percent(across), percent(down)


def _outline(group: Group, *, bend: int) -> str:
    """A box with round corners, and a stem to its spot unless it lies on it."""
    (across, down), left, top = group.size, group.left, group.top
    corner = f"a{bend} {bend} 0 0 1 "
    box = (
        f"M{left + bend} {top}h{across - 2 * bend}{corner}{bend} {bend}v{down - 2 * bend}"
        f"{corner}{-bend} {bend}h{2 * bend - across}{corner}{-bend} {-bend}v{2 * bend - down}"
        f"{corner}{bend} {-bend}z"
    )
    # From deep enough inside that box and stem are one; the same way round, else there is a hole.
    deep = bend // 2 + 2
    if top + down < 0:
        return f"{box}M0 0L-9 {top + down - deep}H9z"
    if top > 0:
        return f"{box}M0 0L9 {top + deep}H-9z"
    if left > 0:
        return f"{box}M0 0L{left + deep} -9V9z"
    if left + across < 0:
        return f"{box}M0 0L{left + across - deep} 9V-9z"
    return box
