"""Reads a FeatureCollection of areas, with the field names of the Office for National Statistics.

Source: the GeoJSON of geoportal.statistics.gov.uk, such as “Wards (December 2024) Boundaries UK”:
longitude and latitude on WGS84; RFC 7946 says what a polygon is.
"""

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from assets.fields import Ring
from assets.models.places import Area
from assets.places.grid import grid_point, is_on_the_grid

# WD24CD and WD24NM, PARNCP23CD, PAR23CD, LSOA21CD …
FIELD = re.compile(r"(WD|PARNCP|PAR|LSOA)(\d\d)CD", re.I)
KINDS = {
    "WD": Area.Kind.WARD,
    "PAR": Area.Kind.PARISH,
    "PARNCP": Area.Kind.PARISH,
    "LSOA": Area.Kind.LSOA,
}
CODE = re.compile(r"[A-Z][0-9]{8}")
LONGEST_NAME = 100


class BoundaryError(Exception):
    """What is wrong with the file, in words."""


@dataclass(frozen=True)
class Shape:
    """`district` is its code where the file says it, else empty."""

    code: str
    name: str
    kind: Area.Kind
    district: str
    rings: tuple[Ring, ...]


def read(text: str) -> list[Shape]:
    """All areas of the file, or BoundaryError: nothing is left out in silence."""
    try:
        read_file = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BoundaryError("The file is not JSON.") from error
    features = read_file.get("features") if isinstance(read_file, dict) else None
    if not isinstance(features, list) or read_file.get("type") != "FeatureCollection":
        raise BoundaryError("The file is not a GeoJSON FeatureCollection.")
    if not features:
        raise BoundaryError("There is no area in the file.")
    shapes = [_shape(number, one) for number, one in enumerate(features, start=1)]
    codes = [one.code for one in shapes]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise BoundaryError(f"These areas are in the file twice: {', '.join(twice)}.")
    return shapes


def _shape(number: int, feature: Any) -> Shape:
    of = f"Area {number}"
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise BoundaryError(f"{of} has no properties.")
    named = {str(key).upper(): value for key, value in properties.items()}
    field = next((found for key in named if (found := FIELD.fullmatch(key))), None)
    if not field:
        raise BoundaryError(f"{of} has no code: a field such as WD24CD, PARNCP23CD or LSOA21CD.")
    stem = field[0].removesuffix("CD")
    code = str(named[field[0]])
    name = str(named.get(f"{stem}NM") or "").strip()
    if not CODE.fullmatch(code):
        raise BoundaryError(f"{of}: “{code[:20]}” is no code, like E05003313.")
    if not name or len(name) > LONGEST_NAME:
        raise BoundaryError(f"{of} ({code}) has no name in {stem}NM, or a very long one.")
    district = next((str(named[key]) for key in named if re.fullmatch(r"LAD\d\dCD", key)), "")
    return Shape(code, name, KINDS[field[1].upper()], district, _rings(code, feature))


def _rings(code: str, feature: dict[str, Any]) -> tuple[Ring, ...]:
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(geometry, dict):
        raise BoundaryError(f"{code} is not a Polygon or a MultiPolygon.")
    given: Any = geometry.get("coordinates")
    try:
        polygons = [given] if kind == "Polygon" else list(given or [])
        rings = [_ring(ring) for polygon in polygons for ring in polygon]
    except (TypeError, ValueError, IndexError, KeyError, OverflowError) as error:
        raise BoundaryError(
            f"{code}: its points must be longitude and latitude in or near Britain, "
            "and its lines closed."
        ) from error
    if not rings:
        raise BoundaryError(f"{code} has no line around it.")
    return tuple(rings)


def _ring(given: Any) -> Ring:
    """In whole metres, without points that fall on the one before; ValueError where open."""
    if len(given) < 4 or given[0] != given[-1]:
        raise ValueError(given)
    points = [grid_point(float(pair[1]), float(pair[0])) for pair in given]
    if not all(is_on_the_grid(one.easting, one.northing) for one in points):
        raise ValueError(given)
    apart = [points[0], *(after for before, after in pairwise(points) if after != before)]
    if len(set(apart)) < 3:
        raise ValueError(given)
    return tuple(apart)
