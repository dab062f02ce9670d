"""What the map that can be dragged is given: the same results, where they stand in its measure.

Beneath it lies our own drawing, and it is measured in metres on the grid; or tiles that an operator
has chosen, which are in Web Mercator, and then it is measured in degrees. North comes before east,
as Leaflet has it. Of a hidden venue it knows what the page knows: the middle of the village.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import urlize
from django.utils.translation import gettext as _

from assets.asked import Asked
from assets.basemap.drawing import Box, Spot, drawing
from assets.basemap.window import CLOSEST, WIDEST, Window, spot_of
from assets.forms import without_the_usual
from assets.map_pins import Placed
from assets.pages import with_parameter
from assets.places.grid import GridPoint, latitude_longitude
from assets.places.resolve import Resolved
from config.environment import Tiles

# About a metre.
PLACES = 5


@dataclass(frozen=True)
class LiveMap:
    """`data` is JSON for static/js/live-map.js. `rings`: some stand for a village."""

    data: str
    rings: bool
    tiles: Tiles | None


def live_map(
    parameters: QueryDict, asked: Asked, placed: Sequence[Placed], window: Window, fitting: Window
) -> LiveMap:
    """It starts at the `window`; `fitting` is the one that holds every result."""
    tiles: Tiles | None = settings.MAP_TILES
    measure = _in_degrees if tiles else _in_metres
    data: dict[str, Any] = {
        "pins": [
            {
                "number": one.number,
                "label": one.label,
                "at": measure(one.spot),
                "about": one.about,
            }
            for one in placed
        ],
        "box": _corners(window.box, measure),
        "all": _corners(fitting.box, measure),
        "frame": _corners(drawing().frame, measure),
        "widest": WIDEST,
        "closest": CLOSEST,
        # A board of several pins.
        "here": _("{count} here: {which}"),
        "area": with_parameter(without_the_usual(parameters), "around", "1"),
        "land": reverse("land"),
        "tiles": tiles.address if tiles else "",
        "attribution": urlize(tiles.attribution, autoescape=True) if tiles else "",
    }
    if isinstance(asked.place, Resolved):
        label = _("Near %(place)s") % {"place": asked.place.label}
        data["you"] = {"at": measure(spot_of(asked.place.point)), "label": label}
    return LiveMap(
        json.dumps(data, ensure_ascii=False, separators=(",", ":")),
        any(one.about for one in placed),
        tiles,
    )


def _in_metres(spot: Spot) -> list[float]:
    return [round(spot[1]), round(spot[0])]


def _in_degrees(spot: Spot) -> list[float]:
    return [round(side, PLACES) for side in latitude_longitude(GridPoint(*spot))]


def _corners(box: Box, measure: Callable[[Spot], list[float]]) -> list[list[float]]:
    west, south, east, north = box
    return [measure((west, south)), measure((east, north))]
