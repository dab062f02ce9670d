"""One window of the base map as the paths and words of an SVG."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assets.basemap import clip
from assets.basemap.drawing import AREAS, LINES, Label, Shape, Spot, drawing
from assets.basemap.window import WIDTH, Window
from assets.places.attribution import ATTRIBUTIONS

# The level of detail of each zoom.
DETAIL = (0, 1, 1, 1, 1, 2, 2, 2, 2)
# The narrowest and the widest that a map is on screen, in CSS pixels, and the size of its words.
NARROW, WIDE = 288, 440
LETTER, LINE = 8.2, 19
# From afar only what everybody knows: villages with so many postcodes about. Hamlets from close by.
LEAST_VILLAGE = (45, 25)
HAMLETS_FROM = 5
KINDS = {"city": "town", "town": "town", "village": "village", "suburb": "village"}
ROADS_FROM = 2
# How far under its spot a name may stand, where pins leave it free: a town's also below a ring.
HANGING = {"town": (13, 37), "village": (13,), "hamlet": (13,)}
PixelBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Path:
    kind: str
    d: str


@dataclass(frozen=True, slots=True)
class Word:
    """`x` and `y` are shares of the drawing, such as “34.5%”, `down` pixels from there.

    `is_wide`: only where there is room.
    """

    text: str
    kind: str
    x: str
    y: str
    down: int
    is_wide: bool = False


@dataclass(frozen=True)
class Land:
    """The drawing under the pins, and whose data it stands on."""

    paths: tuple[Path, ...]
    words: list[Word]
    height: int
    attributions: tuple[str, ...] = tuple(str(one) for one in ATTRIBUTIONS)


def land(window: Window, narrow: Iterable[PixelBox] = (), wide: Iterable[PixelBox] = ()) -> Land:
    """Names keep clear of the boxes, which pins take on a small and on a wide map."""
    return Land(paths(window), words(window, narrow, wide), round(WIDTH * window.shape))


@lru_cache(maxsize=256)
def paths(window: Window) -> tuple[Path, ...]:
    """In the order in which they are painted; kinds without a line in the window are left out."""
    level = drawing().levels[DETAIL[window.zoom]]
    drawn = [Path("home", _areas(window, level["outline"]))]
    drawn += [Path(kind, _areas(window, level[kind])) for kind in AREAS]
    drawn += [Path(kind, _lines(window, level[kind])) for kind in LINES]
    return tuple(path for path in drawn if path.d)


def _areas(window: Window, shapes: Iterable[Shape]) -> str:
    box = window.clipping_box
    rings = (
        one.points if clip.is_within(one.box, box) else clip.area(one.points, box)
        for one in shapes
        if clip.overlap(one.box, box)
    )
    return "".join(f"{path}z" for ring in rings if (path := _path(window, ring)))


def _lines(window: Window, shapes: Iterable[Shape]) -> str:
    return "".join(_path(window, piece) for _shape, piece in _pieces(window, shapes))


def _pieces(window: Window, shapes: Iterable[Shape]) -> Iterator[tuple[Shape, Sequence[Spot]]]:
    box = window.clipping_box
    for one in shapes:
        if clip.is_within(one.box, box):
            yield one, one.points
        elif clip.overlap(one.box, box):
            for piece in clip.line(one.points, box):
                yield one, piece


def _path(window: Window, points: Sequence[Spot]) -> str:
    """“M12 30l5 0 4-2”: whole units, each from the one before; empty if it would be a dot."""
    west, _south, _east, north = window.box
    scale = WIDTH / window.width
    steps = ""
    start = here = (0, 0)
    for place, spot in enumerate(points):
        x, y = round((spot[0] - west) * scale), round((north - spot[1]) * scale)
        if not place:
            start = x, y
        elif (x, y) != here:
            steps += f" {x - here[0]} {y - here[1]}"
        here = x, y
    # A minus sign parts two numbers as well as a space does.
    return f"M{start[0]} {start[1]}l{steps[1:].replace(' -', '-')}" if steps else ""


class Room:
    """What is taken already, on a map of some width in pixels."""

    def __init__(self, width: float, shape: float, taken: Iterable[PixelBox] = ()) -> None:
        self.width, self.height = width, width * shape
        self.taken = list(taken)

    def box(self, share: Spot, text: str, down: float) -> PixelBox:
        x, y = share[0] * self.width, share[1] * self.height + down
        half = len(text) * LETTER / 2 + 3
        return x - half, y - LINE / 2, x + half, y + LINE / 2

    def fits(self, box: PixelBox) -> bool:
        inside = box[0] >= 2 and box[2] <= self.width - 2 and box[1] >= 2
        inside = inside and box[3] <= self.height - 2
        return inside and not any(clip.overlap(box, other) for other in self.taken)


def words(
    window: Window, narrow: Iterable[PixelBox] = (), wide: Iterable[PixelBox] = ()
) -> list[Word]:
    """Names that do not cover each other, or the boxes that pins take on a small and a wide map.

    Those that fit a small map come first, then those that fit a wide one only.
    """
    small, large = (
        Room(width * window.spread, window.shape, taken)
        for width, taken in ((NARROW, narrow), (WIDE, wide))
    )
    candidates = list(_candidates(window))
    found: list[Word] = []
    left = []
    for text, kind, spot in candidates:
        share = window.share(spot)
        if not _write(found, (small, large), text, kind, share):
            left.append((text, kind, share))
    for text, kind, share in left:
        _write(found, (large,), text, kind, share, is_wide=True)
    return found


def _write(
    found: list[Word],
    rooms: tuple[Room, ...],
    text: str,
    kind: str,
    share: Spot,
    *,
    is_wide: bool = False,
) -> bool:
    """Whether there was room, on each of these maps, in the same place under the spot."""
    for down in HANGING.get(kind, (0,)):
        boxes = [room.box(share, text, down) for room in rooms]
        if all(room.fits(box) for room, box in zip(rooms, boxes, strict=True)):
            for room, box in zip(rooms, boxes, strict=True):
                room.taken.append(box)
            found.append(Word(text, kind, percent(share[0]), percent(share[1]), down, is_wide))
            return True
    return False


def percent(share: float) -> str:
    return f"{share * 100:.1f}%"


def _candidates(window: Window) -> Iterator[tuple[str, str, Spot]]:
    """Names from the most to the least wanted: text, kind, spot."""
    order = {"city": 0, "town": 1}
    places = [
        one for one in drawing().labels if window.holds(one.at) and _is_shown(one, window.zoom)
    ]
    places.sort(key=lambda one: (not one.ours and one.kind != "city", order.get(one.kind, 2)))
    split = next((n for n, one in enumerate(places) if not _is_big(one)), len(places))
    yield from ((one.name, KINDS.get(one.kind, one.kind), one.at) for one in places[:split])
    yield from _waters(window)
    if window.zoom >= ROADS_FROM:
        yield from _named(window, "road")
    yield from ((one.name, KINDS.get(one.kind, one.kind), one.at) for one in places[split:])


def _is_shown(label: Label, zoom: int) -> bool:
    if label.kind == "village" and zoom < len(LEAST_VILLAGE):
        return label.size >= LEAST_VILLAGE[zoom]
    return label.kind not in ("hamlet", "suburb") or zoom >= HAMLETS_FROM


def _is_big(label: Label) -> bool:
    return label.ours or label.kind in ("city", "town")


def _waters(window: Window) -> Iterator[tuple[str, str, Spot]]:
    for one in drawing().levels[DETAIL[window.zoom]]["water"]:
        west, south, east, north = one.box
        middle = ((west + east) / 2, (south + north) / 2)
        # A small name on a large lake: the part of a name after a comma is for us.
        if window.holds(middle) and "," not in one.name:
            yield one.name, "lake", middle
    yield from _named(window, "river")


def _named(window: Window, kind: str) -> Iterator[tuple[str, str, Spot]]:
    """One name for each river or road, on the longest piece of it in the window."""
    shapes = drawing().levels[DETAIL[window.zoom]][kind]
    longest: dict[str, Sequence[Spot]] = {}
    for one, piece in _pieces(window, shapes):
        if len(piece) > len(longest.get(one.name, [])):
            longest[one.name] = piece
    for name, piece in longest.items():
        if len(piece) >= 3 and " " not in name.removeprefix("River "):
            yield name, kind, piece[len(piece) // 2]
