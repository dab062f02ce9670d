"""Which part of the land a map shows, and where on it something stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from assets.basemap import clip
from assets.basemap.drawing import Box, Spot, drawing
from assets.places.grid import GridPoint, grid_point, is_on_the_grid

# Of a drawing, in its own units, and how tall it is for that: taller than wide, as the Dales are.
WIDTH, TALL = 1000, 1.25
# Metres from west to east with nothing zoomed; two steps halve them.
WIDEST = 52_000
CLOSEST = 8
# A lone pin is shown with its dale around it.
CLOSE_ENOUGH = 4
# How many steps a tap goes.
STRIDE = 2
# How much of a drawing pins may fill: they stand up from their spot.
FILLED = (0.8, 0.74)
STEPS = {"west": (-1, 0), "north": (0, 1), "south": (0, -1), "east": (1, 0)}
AT = re.compile(r"([0-9]{1,6}),([0-9]{1,7})", re.ASCII)
DEGREES = re.compile(r"([0-9]{2}\.[0-9]{1,9}),(-?[0-9]\.[0-9]{1,9})", re.ASCII)


def read_spot(typed: str) -> Spot:
    """“429800,360200”, or latitude and longitude, “53.13861,-1.55614”; else ValueError."""
    if degrees := DEGREES.fullmatch(typed):
        spot = spot_of(grid_point(float(degrees[1]), float(degrees[2])))
    elif found := AT.fullmatch(typed):
        spot = int(found[1]), int(found[2])
    else:
        raise ValueError(typed)
    if not is_on_the_grid(*spot):
        raise ValueError(typed)
    return spot


def spot_of(point: GridPoint) -> Spot:
    return point.easting, point.northing


@dataclass(frozen=True, slots=True)
class Window:
    """`centre` is in metres on the grid; `zoom` from 0, the whole district, to CLOSEST.

    `spread`: so many times wider and taller than is seen at once, as close as ever.
    """

    centre: Spot
    zoom: int = 0
    shape: float = TALL
    spread: int = 1

    @classmethod
    def around(cls, spots: Sequence[Spot], *, closest: int = CLOSE_ENOUGH) -> Self:
        """As close as holds all of them; with none, the district."""
        west, south, east, north = _bounds(spots) if spots else drawing().home
        centre = (round((west + east) / 2), round((south + north) / 2))
        for zoom in range(closest if spots else 0, -1, -1):
            found = cls(centre, zoom)
            if east - west <= FILLED[0] * found.width and north - south <= FILLED[1] * found.height:
                return found.within_frame
        return cls(centre, 0).within_frame

    @property
    def width(self) -> float:
        return float(WIDEST * self.spread / 2 ** (self.zoom / 2))

    @property
    def height(self) -> float:
        return self.width * self.shape

    @property
    def box(self) -> Box:
        return self._box(1)

    @property
    def clipping_box(self) -> Box:
        """A little wider, so that the edge of what is cut is not seen."""
        return self._box(1.04)

    def _box(self, share: float) -> Box:
        east, north = self.centre
        across, up = self.width * share / 2, self.height * share / 2
        return east - across, north - up, east + across, north + up

    @property
    def within_frame(self) -> Self:
        """Moved back to where something is drawn."""
        west, south, east, north = drawing().frame
        across, up = self.width / 2, self.height / 2
        east_of, north_of = self.centre
        here = (
            round(min(max(east_of, west + across), east - across)),
            round(min(max(north_of, south + up), north - up)),
        )
        return replace(self, centre=here)

    @property
    def text(self) -> str:
        return f"{self.centre[0]},{self.centre[1]}"

    def holds(self, spot: Spot) -> bool:
        return clip.holds(self.box, spot)

    def share(self, spot: Spot) -> Spot:
        """From the left and from the top, 0 to 1."""
        west, _south, _east, north = self.box
        return (spot[0] - west) / self.width, (north - spot[1]) / self.height

    def moved(self, way: str) -> Self | None:
        """Half a window that way; None where nothing more is drawn."""
        across, up = STEPS[way]
        east = round(self.centre[0] + across * self.width / 2)
        north = round(self.centre[1] + up * self.height / 2)
        moved = replace(self, centre=(east, north)).within_frame
        return None if moved == self else moved

    @property
    def closer(self) -> Self | None:
        zoom = min(self.zoom + STRIDE, CLOSEST)
        return None if zoom == self.zoom else replace(self, zoom=zoom)

    @property
    def further(self) -> Self | None:
        zoom = max(self.zoom - STRIDE, 0)
        return None if zoom == self.zoom else replace(self, zoom=zoom).within_frame


def _bounds(spots: Sequence[Spot]) -> Box:
    easts, norths = zip(*spots, strict=True)
    return min(easts), min(norths), max(easts), max(norths)
