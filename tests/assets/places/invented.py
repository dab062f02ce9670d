"""Small invented wards and parishes, as GeoJSON of the Office for National Statistics has them."""

import json
from typing import Any

from assets.places.grid import GridPoint, latitude_longitude

Corner = tuple[float, float]


def square(west: float, south: float, size: float) -> list[list[float]]:
    """A closed line, in longitude and latitude, around a square of the grid, in metres."""
    corners: list[Corner] = [(0, 0), (size, 0), (size, size), (0, size), (0, 0)]
    found = []
    for east, north in corners:
        latitude, longitude = latitude_longitude(GridPoint(west + east, south + north))
        found.append([longitude, latitude])
    return found


def feature(code: str, name: str, *polygons: list[Any], field: str = "WD24", **more: str) -> Any:
    """Each polygon is a list of lines: its edge, then its holes."""
    one = len(polygons) == 1
    return {
        "type": "Feature",
        "properties": {f"{field}CD": code, f"{field}NM": name, **more},
        "geometry": {
            "type": "Polygon" if one else "MultiPolygon",
            "coordinates": polygons[0] if one else list(polygons),
        },
    }


def collection(*features: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


# Bakewell's church is near 421700, 368500; Matlock's station near 429800, 360200.
BAKEWELL = feature("E05000001", "Bakewell Bridge", [square(419000, 366000, 6000)])
MATLOCK = feature("E05000002", "Matlock Moor", [square(427000, 357000, 6000)])
WARDS = collection(BAKEWELL, MATLOCK)
