"""The drawing, read once: shapes in three levels of detail, and the names of places.

Coordinates are whole metres on the British National Grid. A line is flat, each point from the one
before: [east, north, step east, step north, …].
"""

import json
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "drawing.json"
# Of what a level has, in the order in which it is painted.
AREAS = ("built", "water")
LINES = ("river", "trail", "rail", "road")
Spot = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A line, or a ring whose last point is its first; `box` is west, south, east, north."""

    points: tuple[Spot, ...]
    box: Box
    name: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """`size` counts postcodes about; `ours` lies in the district."""

    name: str
    kind: str
    at: Spot
    size: int
    ours: bool


@dataclass(frozen=True)
class Drawing:
    """`frame` is all that is drawn, `home` the district, both as west, south, east, north."""

    frame: Box
    home: Box
    levels: tuple[dict[str, tuple[Shape, ...]], ...]
    labels: tuple[Label, ...]


@cache
def drawing() -> Drawing:
    read = json.loads(FILE.read_text(encoding="utf-8"))
    return Drawing(
        frame=_box(read["frame"]),
        home=_box(read["home"]),
        levels=tuple(
            {kind: tuple(map(_shape, shapes)) for kind, shapes in level.items()}
            for level in read["levels"]
        ),
        labels=tuple(
            Label(one["name"], one["kind"], (one["at"][0], one["at"][1]), one["size"], one["ours"])
            for one in read["labels"]
        ),
    )


def _box(numbers: list[int]) -> Box:
    west, south, east, north = numbers
    return west, south, east, north


def _shape(read: Any) -> Shape:
    steps = read["points"] if isinstance(read, dict) else read
    easts, norths = list(accumulate(steps[::2])), list(accumulate(steps[1::2]))
    points = tuple(zip(easts, norths, strict=True))
    box = (min(easts), min(norths), max(easts), max(norths))
    return Shape(points, box, read["name"] if isinstance(read, dict) else "")
