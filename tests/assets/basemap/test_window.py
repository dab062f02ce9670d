"""Which part of the land is shown, and where things stand on it."""

from math import dist

import pytest

from assets.basemap.drawing import drawing
from assets.basemap.window import CLOSE_ENOUGH, CLOSEST, Window, read_spot

MATLOCK, BAKEWELL, ASHBOURNE = (429800, 360200), (421700, 368500), (418000, 346700)


def test_the_middle_stands_in_the_middle_and_north_is_up() -> None:
    window = Window(MATLOCK, 2)
    assert window.share(MATLOCK) == (0.5, 0.5)
    across, down = window.share((MATLOCK[0] + 1000, MATLOCK[1] + 2000))
    assert (across, down) == (0.5 + 1000 / window.width, 0.5 - 2000 / window.height)


def test_the_corners_are_the_ends_of_the_drawing() -> None:
    window = Window(MATLOCK, 2)
    west, south, east, north = window.box
    assert window.share((west, north)) == (0, 0)
    assert window.share((east, south)) == (1, 1)


def test_closer_halves_the_width_and_further_doubles_it() -> None:
    window = Window(MATLOCK, 4)
    assert window.closer is not None
    assert window.closer.width == window.width / 2
    assert window.closer.further == window
    assert Window(MATLOCK, 0).further is None
    assert Window(MATLOCK, CLOSEST).closer is None


def test_the_whole_district_fits_into_the_widest_window() -> None:
    west, south, east, north = drawing().home
    window = Window.around([])
    assert window.zoom == 0
    assert all(window.holds(spot) for spot in ((west, south), (east, north)))


@pytest.mark.parametrize(
    "spots", [[MATLOCK], [MATLOCK, BAKEWELL], [MATLOCK, BAKEWELL, ASHBOURNE]], ids=len
)
def test_results_are_all_in_a_window_made_for_them(spots: list[tuple[int, int]]) -> None:
    window = Window.around(spots)
    assert all(window.holds(spot) for spot in spots)
    assert window.zoom <= CLOSE_ENOUGH


def test_moving_there_and_back_is_where_it_was() -> None:
    window = Window(MATLOCK, 3)
    for way, back in (("west", "east"), ("north", "south")):
        moved = window.moved(way)
        assert moved is not None
        assert moved != window
        assert moved.moved(back) == window


def test_nobody_gets_off_the_edge_of_the_drawing() -> None:
    west, south, east, north = drawing().frame
    corner = Window((east, north), 4).within_frame
    assert corner.moved("east") is None
    assert corner.moved("north") is None
    for window in (corner, Window((0, 0), 0).within_frame):
        box = window.box
        assert west - 1 <= box[0] < box[2] <= east + 1
        assert south - 1 <= box[1] < box[3] <= north + 1


def test_a_spot_is_two_numbers_on_the_grid_or_in_degrees() -> None:
    assert read_spot("429800,360200") == MATLOCK
    assert dist(read_spot("53.13813,-1.55600"), MATLOCK) < 2
    garbage = ["", "429800", "429800,", "a,b", "-1,5", "٤,٤", "1e5,1e5", "999999,9999999"]
    # The last is in the sea, beyond the grid.
    for typed in [*garbage, "53,-1.5", "-1.556,53.13813", "91.5,-1.5", "nan,nan", "49.6,-8.9"]:
        with pytest.raises(ValueError, match=r"^"):
            read_spot(typed)
