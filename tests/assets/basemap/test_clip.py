"""What is cut off a drawing is what lies outside, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from assets.basemap import clip
from assets.basemap.drawing import Spot

BOX = (0, 0, 10, 10)
NEAR = st.integers(-30, 40)
SPOTS = st.tuples(NEAR, NEAR)


def area_of(ring: list[Spot]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def test_a_line_through_the_box_keeps_its_middle() -> None:
    assert list(clip.line([(-5, 5), (15, 5)], BOX)) == [[(0, 5), (10, 5)]]


def test_a_line_that_leaves_and_comes_back_is_two() -> None:
    assert list(clip.line([(5, 5), (15, 5), (15, 8), (5, 8)], BOX)) == [
        [(5, 5), (10, 5)],
        [(10, 8), (5, 8)],
    ]


def test_a_line_within_stays_as_it_is() -> None:
    assert list(clip.line([(1, 1), (2, 5), (9, 9)], BOX)) == [[(1, 1), (2, 5), (9, 9)]]


def test_a_line_past_a_corner_is_gone() -> None:
    assert list(clip.line([(-5, 8), (5, 18)], BOX)) == []


def test_an_area_keeps_what_is_in_the_box() -> None:
    square = [(5, 5), (15, 5), (15, 15), (5, 15), (5, 5)]
    assert area_of(clip.area(square, BOX)) == 25
    assert clip.area([(20, 20), (30, 20), (30, 30)], BOX) == []


def test_an_area_around_the_box_fills_it() -> None:
    assert area_of(clip.area([(-9, -9), (19, -9), (19, 19), (-9, 19)], BOX)) == 100


@given(st.lists(SPOTS, min_size=2, max_size=8))
def test_nothing_outside_is_kept(spots: list[Spot]) -> None:
    kept = [spot for piece in clip.line(spots, BOX) for spot in piece] + clip.area(spots, BOX)
    assert all(-0.001 <= number <= 10.001 for spot in kept for number in spot)
