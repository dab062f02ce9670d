"""The small map on the page of an activity or a place: one pin, and its surroundings."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from assets.basemap import picture
from assets.basemap.window import Window, spot_of
from assets.map_pins import RING
from assets.models import Venue

# About 7 km across, wider than tall.
ZOOM, SHAPE = 6, 0.6
# What the pin covers: it stands in the middle.
PIN = 18


@dataclass(frozen=True)
class PlaceMap:
    """`is_ring`: only the village is shown. `near_url` is a larger map of what is on about here."""

    land: picture.Land
    label: str
    is_ring: bool
    near_url: str


def place_map(venue: Venue) -> PlaceMap:
    """Of a hidden venue the middle of its village, which is all that is known."""
    window = Window(spot_of(venue.point), ZOOM, SHAPE)
    near = venue.place.name if venue.is_hidden else venue.postcode
    query = urlencode({"near": near, "view": "map"})
    return PlaceMap(
        land=picture.land(
            window, *([_covered(venue, width)] for width in (picture.NARROW, picture.WIDE))
        ),
        label=venue.place.name if venue.is_hidden else str(venue),
        is_ring=venue.is_hidden,
        near_url=f"{reverse('activities')}?{query}",
    )


def _covered(venue: Venue, width: float) -> picture.PixelBox:
    x, y = width / 2, width * SHAPE / 2
    if venue.is_hidden:
        return x - RING, y - RING, x + RING, y + RING
    return x - PIN, y - 2 * PIN - 8, x + PIN, y
