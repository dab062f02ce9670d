"""The map of one page of a search: the same results as the list, with the same numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import dist

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from assets.asked import Asked
from assets.basemap import picture
from assets.basemap.drawing import Spot, drawing
from assets.basemap.picture import PixelBox
from assets.basemap.window import CLOSE_ENOUGH, Window, spot_of
from assets.cards import Card
from assets.forms import without_the_usual
from assets.live_map import LiveMap, live_map
from assets.map_pins import Group, Pin, Placed, groups, on_screen, pins, taken
from assets.pages import with_parameter
from assets.places.grid import METRES_IN_A_MILE
from assets.places.resolve import Resolved
from assets.understanding.distances import MILES

# The mark of the place that was asked about reaches so many pixels.
YOU = 9


@dataclass(frozen=True)
class You:
    """The place that was asked about."""

    x: str
    y: str
    label: str


@dataclass(frozen=True)
class Way:
    """A link that moves or zooms the map; no `url` where it ends. `sign` is drawn in 20 × 20."""

    name: str
    words: str
    sign: str
    url: str


@dataclass(frozen=True)
class SearchMap:
    """`off` are outside the window, `nowhere` have no place; both are in the list.

    The pins stand twice, put together for a small map and for a wide one: one of them is shown.
    """

    window: Window
    land: picture.Land
    small_pins: list[Pin]
    wide_pins: list[Pin]
    off: list[Placed]
    nowhere: list[Card]
    has_rings: bool
    you: You | None
    ways: list[Way]
    all_url: str
    around: Way | None
    live: LiveMap


def search_map(parameters: QueryDict, asked: Asked, cards: Sequence[Card]) -> SearchMap:
    placed = [one for card in cards if (one := placed_card(card))]
    near = [spot_of(asked.query.near)] if asked.query.near else []
    fitting = Window.around([one.spot for one in placed] or near)
    window = _window(asked, fitting)
    you = spot_of(asked.query.near) if asked.query.near else None
    small, wide = (groups(placed, window, width) for width in (picture.NARROW, picture.WIDE))
    is_chosen = asked.typed["at"] is not None or asked.typed["zoom"] is not None
    return SearchMap(
        window=window,
        land=picture.land(window, _taken(small, you), _taken(wide, you)),
        small_pins=pins(small),
        wide_pins=pins(wide),
        off=[one for one in placed if not window.holds(one.spot)],
        nowhere=[card for card in cards if card.found.point is None],
        has_rings=any(one.about for one in placed if window.holds(one.spot)),
        you=_you(asked, window),
        ways=[
            Way(name, words, sign, _url(parameters, to) if to else "")
            for name, words, sign, to in _ways(window)
        ],
        all_url=_url(parameters, None) if is_chosen else "",
        around=_around(parameters, asked, window) if is_chosen else None,
        live=live_map(parameters, asked, placed, window, fitting),
    )


def _taken(found: list[Group], you: Spot | None) -> list[PixelBox]:
    """Where no name may stand: under the pins, and where the reader asked about."""
    if you is None or not found:
        return taken(found)
    x, y = on_screen(found[0].window, you, found[0].width)
    return [*taken(found), (x - YOU, y - YOU, x + YOU, y + YOU)]


def placed_card(card: Card) -> Placed | None:
    """Where a result goes on the map; of a hidden venue only the middle of its village is known."""
    point = card.found.point
    if point is None:
        return None
    return Placed(card.number, card.pieces.name, spot_of(point), about=card.pieces.is_hidden)


def _window(asked: Asked, fitting: Window) -> Window:
    """As asked for; else one that holds every result."""
    at, zoom = asked.typed["at"], asked.typed["zoom"]
    return Window(at or fitting.centre, fitting.zoom if zoom is None else zoom).within_frame


def _you(asked: Asked, window: Window) -> You | None:
    if not isinstance(asked.place, Resolved) or not window.holds(spot_of(asked.place.point)):
        return None
    x, y = map(picture.percent, window.share(spot_of(asked.place.point)))
    return You(x, y, _("Near %(place)s") % {"place": asked.place.label})


def _ways(window: Window) -> list[tuple[str, str, str, Window | None]]:
    """Name, words, sign, and where it leads."""
    return [
        ("closer", _("Closer"), "M10 3v14M3 10h14", window.closer),
        ("further", _("Further away"), "M3 10h14", window.further),
        ("west", _("Move west"), "M12 4l-6 6 6 6", window.moved("west")),
        ("north", _("Move north"), "M4 12l6-6 6 6", window.moved("north")),
        ("south", _("Move south"), "M4 8l6 6 6-6", window.moved("south")),
        ("east", _("Move east"), "M8 4l6 6-6 6", window.moved("east")),
    ]


def _around(parameters: QueryDict, asked: Asked, window: Window) -> Way | None:
    """To search where the map has been moved to: around the place that is nearest to its middle."""
    name = _place_at(window.centre)
    if isinstance(asked.place, Resolved) and asked.place.label == name:
        return None
    words = _("Search around %(place)s") % {"place": name}
    return Way("around", words, "", _search_around(parameters, name, window))


def url_around(parameters: QueryDict, asked: Asked) -> str:
    """The same search where the map has been dragged to; empty where that is not asked for."""
    at, zoom = asked.typed["at"], asked.typed["zoom"]
    if not asked.typed["around"] or not at:
        return ""
    window = Window(at, CLOSE_ENOUGH if zoom is None else zoom).within_frame
    url = _search_around(parameters, _place_at(window.centre), window)
    return reverse("activities") + url


def _place_at(spot: Spot) -> str:
    names = Counter(one.name for one in drawing().labels)
    known = (one for one in drawing().labels if one.kind != "hamlet" and names[one.name] == 1)
    return min(known, key=lambda one: dist(one.at, spot)).name


def _search_around(parameters: QueryDict, name: str, window: Window) -> str:
    """As far as the map reaches."""
    reach = window.width / 2 / METRES_IN_A_MILE
    changed = parameters.copy()
    changed["near"] = name
    changed["within"] = str(next((miles for miles in MILES if miles >= reach), MILES[-1]))
    return with_parameter(without_the_usual(changed), "view", "map")


def _url(parameters: QueryDict, window: Window | None) -> str:
    """This page of this search, seen through another window."""
    changed = parameters.copy()
    for name in ("at", "zoom", "around"):
        changed.pop(name, None)
    if window:
        changed["at"], changed["zoom"] = window.text, str(window.zoom)
    return f"?{changed.urlencode()}#map"
