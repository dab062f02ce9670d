"""Latitude and longitude against Ordnance Survey's own figures and against PROJ."""

import math
import random

import pyproj
import pytest
from geopy.distance import geodesic

from assets.places.grid import (
    METRES_IN_A_MILE,
    GridPoint,
    grid_point,
    is_on_the_grid,
    latitude_longitude,
    miles_between,
)

# Test points that Ordnance Survey publishes with OSTN15: latitude and longitude on ETRS89, which
# is within a metre of WGS84, and the same points on the grid.
OSTN15 = {
    "Droitwich": ((52.25529381630, -2.15458614387), GridPoint(389544.190, 261912.153)),
    "King's Lynn": ((52.75136687170, 0.40153547065), GridPoint(562180.547, 319784.995)),
    "Nottingham": ((52.96219109410, -1.19747655922), GridPoint(454002.834, 340834.943)),
    "Daresbury": ((53.34480280190, -2.64049320810), GridPoint(357455.843, 383290.436)),
}
# The district and what is around it.
EAST, NORTH = (392_000, 449_000), (316_000, 399_000)


def points(number: int) -> list[GridPoint]:
    dice = random.Random(7)
    return [GridPoint(dice.uniform(*EAST), dice.uniform(*NORTH)) for _ in range(number)]


@pytest.fixture(scope="module")
def helmert() -> pyproj.Transformer:
    """PROJ's own seven-parameter way; its best one needs a grid that is not installed."""
    return pyproj.Transformer.from_pipeline(
        "+proj=pipeline +step +inv +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 "
        "+y_0=-100000 +ellps=airy +step +proj=push +v_3 +step +proj=cart +ellps=airy "
        "+step +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 "
        "+s=-20.489 +convention=position_vector +step +inv +proj=cart +ellps=WGS84 "
        "+step +proj=pop +v_3 +step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )


@pytest.mark.parametrize("town", OSTN15)
def test_a_point_is_within_five_metres_of_ordnance_surveys_own_figure(town: str) -> None:
    published, point = OSTN15[town]
    assert geodesic(latitude_longitude(point), published).m < 5


def test_points_of_the_district_agree_with_proj_to_a_centimetre_or_so(
    helmert: pyproj.Transformer,
) -> None:
    for point in points(500):
        longitude, latitude = helmert.transform(point.easting, point.northing)
        assert geodesic(latitude_longitude(point), (latitude, longitude)).m < 0.05


def test_distances_of_a_thousand_pairs_are_within_fifty_metres_of_the_reference(
    helmert: pyproj.Transformer,
) -> None:
    earth = pyproj.Geod(ellps="WGS84")
    there = points(2_000)
    for a, b in zip(there[::2], there[1::2], strict=True):
        _, _, metres = earth.inv(
            *helmert.transform(a.easting, a.northing), *helmert.transform(b.easting, b.northing)
        )
        assert abs(miles_between(a, b) * METRES_IN_A_MILE - metres) < 50


def test_straight_across_the_grid_is_within_a_thousandth_of_the_true_distance() -> None:
    there = points(2_000)
    for a, b in zip(there[::2], there[1::2], strict=True):
        assert a.metres_to(b) == pytest.approx(miles_between(a, b) * METRES_IN_A_MILE, rel=0.001)


def test_matlock_to_bakewell_is_seven_miles_as_the_crow_flies() -> None:
    matlock, bakewell = GridPoint(429800, 360200), GridPoint(421700, 368500)
    assert miles_between(matlock, bakewell) == pytest.approx(7.21, abs=0.01)


def test_a_point_has_no_distance_to_itself() -> None:
    assert miles_between(GridPoint(429800, 360200), GridPoint(429800, 360200)) == 0


@pytest.mark.parametrize(
    ("easting", "northing"), [(-1, 0), (0, 1_300_001), (math.nan, 0), (math.inf, 0)]
)
def test_what_is_not_on_the_grid_is_told(easting: float, northing: float) -> None:
    assert not is_on_the_grid(easting, northing)


def test_the_corners_are_on_the_grid() -> None:
    assert is_on_the_grid(0, 0)
    assert is_on_the_grid(700_000, 1_300_000)


def test_the_way_back_comes_to_the_same_metre() -> None:
    dice = random.Random(7)
    britain = [
        GridPoint(dice.randint(100_000, 650_000), dice.randint(0, 1_000_000)) for _ in range(300)
    ]
    for point in britain + [
        GridPoint(round(one.easting), round(one.northing)) for one in points(300)
    ]:
        assert grid_point(*latitude_longitude(point)) == point


@pytest.mark.parametrize("elsewhere", [(0, 0), (53, 12), (48.9, 2.3), (math.nan, 0), (91, 0)])
def test_there_is_no_way_back_from_abroad(elsewhere: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match=r"\("):
        grid_point(*elsewhere)
