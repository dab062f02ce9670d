"""What is drawn: light enough to travel, with names that can be read."""

import gzip
import re

import pytest

from assets.basemap import clip, picture
from assets.basemap.drawing import drawing
from assets.basemap.window import TALL, WIDTH, Window
from assets.places.load import PLACES

PLACES_TO_LOOK_AT = {
    "the district": Window.around([]),
    "some dales": Window((424000, 365000), 2),
    "Sheffield": Window((435000, 386000), 2),
    "Matlock": Window((429800, 360200), 6),
    "a street": Window((421700, 368500), 8),
}
everywhere = pytest.mark.parametrize(
    "window", PLACES_TO_LOOK_AT.values(), ids=PLACES_TO_LOOK_AT.keys()
)


@everywhere
def test_a_window_is_light(window: Window) -> None:
    drawn = "".join(path.d for path in picture.paths(window))
    assert len(gzip.compress(drawn.encode())) < 10_000


@everywhere
def test_what_is_drawn_stays_near_the_window(window: Window) -> None:
    edge = WIDTH * TALL * 0.04
    for path in picture.paths(window):
        for start in re.findall(r"M(-?\d+) (-?\d+)", path.d):
            x, y = map(int, start)
            assert -edge <= x <= WIDTH + edge
            assert -edge <= y <= WIDTH * TALL + edge


def boxes(words: list[picture.Word], width: float) -> list[picture.PixelBox]:
    room = picture.Room(width, TALL)
    return [
        room.box((float(one.x[:-1]) / 100, float(one.y[:-1]) / 100), one.text, one.down)
        for one in words
    ]


@everywhere
def test_no_name_covers_another(window: Window) -> None:
    words = picture.words(window)
    always = [one for one in words if not one.is_wide]
    for some, width in ((always, picture.NARROW), (words, picture.WIDE)):
        # To the tenth of a per cent that a position is rounded to.
        smaller = [(w + 1, n + 1, e - 1, s - 1) for w, n, e, s in boxes(some, width)]
        for place, box in enumerate(smaller):
            assert not any(clip.overlap(box, other) for other in smaller[:place])


def test_names_keep_clear_of_pins() -> None:
    window = Window((429800, 360200), 2)
    assert "Matlock" in {one.text for one in picture.words(window)}
    everything = [(0.0, 0.0, 1000.0, 1000.0)]
    assert picture.words(window, everything, everything) == []


def test_the_district_is_known_by_its_towns() -> None:
    names = {one.text for one in picture.words(Window.around([]))}
    assert {"Matlock", "Bakewell", "Ashbourne", "Wirksworth"} - names == set()


def test_every_name_is_one_of_our_list() -> None:
    known = PLACES.read_text(encoding="utf-8")
    assert [one.name for one in drawing().labels if one.name not in known] == []


def test_rivers_run_where_they_should() -> None:
    """The Derwent through Matlock, the Wye through Bakewell: within some 300 m of the bridges."""
    rivers = {one.name: one for one in drawing().levels[2]["river"]}
    for name, (east, north) in {"Derwent": (429800, 360200), "Wye": (422000, 368600)}.items():
        near = (east - 300, north - 300, east + 300, north + 300)
        assert list(clip.line(rivers[name].points, near)) != []
