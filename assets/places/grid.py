"""British National Grid points, and how far apart they are.

The way from the grid to latitude and longitude is that of Ordnance Survey, "A guide to coordinate
systems in Great Britain" (version 3.6, sections 6.6 and C.2, annexes A and B): inverse transverse
Mercator, then a seven-parameter Helmert shift. It stays within some 3 m of OSTN15, their own
definition, which would need a table of 20 MB.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import atan2, cos, degrees, hypot, radians, sin, sqrt, tan

from geopy.distance import geodesic

METRES_IN_A_MILE = 1609.344
# The grid covers Great Britain: metres east and north of a point south-west of Scilly.
EASTINGS = (0, 700_000)
NORTHINGS = (0, 1_300_000)

AIRY_1830 = (6_377_563.396, 6_356_256.909)  # semi-major and semi-minor axis, metres
WGS84 = (6_378_137.0, 6_356_752.3142)
SCALE, ORIGIN_LATITUDE, ORIGIN_LONGITUDE = 0.9996012717, radians(49), radians(-2)
FALSE_EASTING, FALSE_NORTHING = 400_000, -100_000

# Where latitude and longitude are, on or near the grid, in degrees.
LATITUDES, LONGITUDES = (49.5, 61.5), (-9.0, 3.0)
METRES_IN_A_DEGREE = 111_300
# Each comes some twenty times closer: from anywhere in Britain to less than a centimetre.
TRIES = 8

# OSGB36 to WGS84: metres, parts per million, seconds of arc.
SHIFT = (446.448, -125.157, 542.060)
STRETCH = -20.4894e-6
TURN = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))


@dataclass(frozen=True, slots=True)
class GridPoint:
    """Metres east and north on the British National Grid."""

    easting: float
    northing: float

    def __str__(self) -> str:
        return f"{self.easting:.15g}, {self.northing:.15g}"

    def metres_to(self, other: "GridPoint") -> float:
        """Straight across the grid; within 0.1 % of the true distance in the Peak."""
        return hypot(self.easting - other.easting, self.northing - other.northing)


def is_on_the_grid(easting: float, northing: float) -> bool:
    """False for infinities and NaN, too."""
    return EASTINGS[0] <= easting <= EASTINGS[1] and NORTHINGS[0] <= northing <= NORTHINGS[1]


@lru_cache(maxsize=10_000)
def latitude_longitude(point: GridPoint) -> tuple[float, float]:
    """Degrees on WGS84, as maps on the web and satellites have it."""
    x, y, z = _to_cartesian(*_unproject(point), AIRY_1830)
    rx, ry, rz = TURN
    grow = 1 + STRETCH
    return _to_degrees(
        SHIFT[0] + grow * x - rz * y + ry * z,
        SHIFT[1] + rz * x + grow * y - rx * z,
        SHIFT[2] - ry * x + rx * y + grow * z,
    )


def grid_point(latitude: float, longitude: float) -> GridPoint:
    """The way back, to whole metres: each try goes by what is still missing. Else ValueError."""
    if not (
        LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]
    ):
        raise ValueError(latitude, longitude)
    east, north = 400_000.0, 300_000.0
    for _try in range(TRIES):
        here = latitude_longitude(GridPoint(east, north))
        east += (longitude - here[1]) * METRES_IN_A_DEGREE * cos(radians(latitude))
        north += (latitude - here[0]) * METRES_IN_A_DEGREE
    return GridPoint(round(east), round(north))


@lru_cache(maxsize=20_000)
def miles_between(a: GridPoint, b: GridPoint) -> float:
    """Along the surface of the earth, as geopy has it."""
    return float(geodesic(latitude_longitude(a), latitude_longitude(b)).miles)


def _meridian_arc(latitude: float) -> float:
    """Metres north of the true origin, on the meridian and to scale (guide, equation B3)."""
    a, b = AIRY_1830
    n = (a - b) / (a + b)
    less, more = latitude - ORIGIN_LATITUDE, latitude + ORIGIN_LATITUDE
    return (
        b
        * SCALE
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(less) * cos(more)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
        )
    )


def _unproject(point: GridPoint) -> tuple[float, float]:
    """Latitude and longitude in radians on the Airy ellipsoid (guide, section C.2)."""
    a, b = AIRY_1830
    north = point.northing - FALSE_NORTHING
    foot = ORIGIN_LATITUDE + north / (a * SCALE)
    while abs(rest := north - _meridian_arc(foot)) >= 0.00001:
        foot += rest / (a * SCALE)
    e2 = 1 - (b / a) ** 2
    nu = a * SCALE / sqrt(1 - e2 * sin(foot) ** 2)
    rho = nu * (1 - e2) / (1 - e2 * sin(foot) ** 2)
    eta2 = nu / rho - 1
    t, sec = tan(foot), 1 / cos(foot)
    d = point.easting - FALSE_EASTING
    latitude = (
        foot
        - t / (2 * rho * nu) * d**2
        + t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2) * d**4
        - t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4) * d**6
    )
    longitude = (
        ORIGIN_LONGITUDE
        + sec / nu * d
        - sec / (6 * nu**3) * (nu / rho + 2 * t**2) * d**3
        + sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4) * d**5
        - sec / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6) * d**7
    )
    return latitude, longitude


def _to_cartesian(
    latitude: float, longitude: float, axes: tuple[float, float]
) -> tuple[float, float, float]:
    """Metres from the centre of the earth, on the ground (guide, annex B.1)."""
    a, b = axes
    e2 = 1 - (b / a) ** 2
    nu = a / sqrt(1 - e2 * sin(latitude) ** 2)
    return (
        nu * cos(latitude) * cos(longitude),
        nu * cos(latitude) * sin(longitude),
        nu * (1 - e2) * sin(latitude),
    )


def _to_degrees(x: float, y: float, z: float) -> tuple[float, float]:
    """Bowring's closed formula: exact to far below a millimetre near the ground."""
    a, b = WGS84
    e2, e2_second = 1 - (b / a) ** 2, (a / b) ** 2 - 1
    across = hypot(x, y)
    tilt = atan2(z * a, across * b)
    latitude = atan2(z + e2_second * b * sin(tilt) ** 3, across - e2 * a * cos(tilt) ** 3)
    return degrees(latitude), degrees(atan2(y, x))
