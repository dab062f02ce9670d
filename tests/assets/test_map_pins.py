"""Results as pins: none covers another, and each is still there."""

from hypothesis import given
from hypothesis import strategies as st

from assets.basemap import clip
from assets.basemap.picture import NARROW, WIDE
from assets.basemap.window import WIDEST, Window
from assets.map_pins import GAP, Pin, Placed, groups, pins

MATLOCK = (429800, 360200)
WINDOW = Window(MATLOCK, 1)
ON_MAP = st.integers(-WIDEST // 3, WIDEST // 3)


def at(number: int, east: int = 0, north: int = 0, *, about: bool = False) -> Placed:
    return Placed(number, f"Club {number}", (MATLOCK[0] + east, MATLOCK[1] + north), about)


def drawn(placed: list[Placed], window: Window = WINDOW) -> list[Pin]:
    return pins(groups(placed, window, NARROW))


def test_one_result_is_a_pin_with_its_number_and_name() -> None:
    [pin] = drawn([at(5)])
    assert (pin.x, pin.y, pin.label) == ("50.0%", "50.0%", "")
    assert [(cell.one.href, cell.one.label) for cell in pin.cells] == [("#result-5", "5 Club 5")]


def test_several_at_one_spot_are_one_pin_that_says_which() -> None:
    [pin] = drawn([at(2), at(5), at(9)])
    assert pin.label == "3 here: 2, 5 and 9"
    assert [cell.one.label for cell in pin.cells] == ["2 Club 2", "5 Club 5", "9 Club 9"]
    assert pin.dots == ()


def test_those_too_near_to_be_told_apart_share_a_board_but_keep_their_spots() -> None:
    [pin] = drawn([at(1), at(2, east=500)])
    assert pin.label == "2 here: 1 and 2"
    assert len(pin.dots) == 2


def test_from_closer_they_have_pins_of_their_own() -> None:
    found = drawn([at(1), at(2, east=1500)], Window(MATLOCK, 6))
    assert [pin.label for pin in found] == ["", ""]


def test_about_here_is_a_ring_and_is_said() -> None:
    [pin] = drawn([at(4, about=True)])
    assert pin.rings == (("50.0%", "50.0%"),)
    assert pin.cells[0].one.label == "4 Club 4 (about here)"


def test_on_a_board_a_ring_stays_a_ring() -> None:
    [pin] = drawn([at(1), at(2, east=500, about=True)])
    assert (len(pin.dots), len(pin.rings)) == (1, 1)


def test_what_is_outside_the_window_has_no_pin() -> None:
    assert drawn([at(1, east=WIDEST)]) == []


@given(
    st.lists(st.tuples(ON_MAP, ON_MAP, st.booleans()), min_size=1, max_size=20),
    st.sampled_from([NARROW, WIDE]),
)
def test_each_is_on_one_pin_and_no_pin_covers_another(
    spots: list[tuple[int, int, bool]], width: int
) -> None:
    placed = [at(number, *spot, about=about) for number, (*spot, about) in enumerate(spots, 1)]
    found = groups(placed, WINDOW, width)
    numbers = [cell.one.number for pin in pins(found) for cell in pin.cells]
    assert sorted(numbers) == [one.number for one in placed if WINDOW.holds(one.spot)]
    boxes = [one.box for one in found]
    for place, box in enumerate(boxes):
        assert box[0] >= -GAP
        assert box[2] <= width + GAP
        assert not any(clip.overlap(box, other) for other in boxes[:place])
