"""The small map of an activity or a place: one pin, or a ring where only the village is shown."""

import gzip
import re

import pytest

from assets.models import Place, Venue
from tests.assets.make import make_activity, make_venue, publish
from tests.assets.shown import Shown, asked, shown

pytestmark = pytest.mark.django_db
LARGER = "What else is on near here, on a larger map"


def page_at(venue: Venue | None, **changes: object) -> Shown:
    activity = publish(make_activity(title="Bells", venue=venue, **changes))
    return shown(f"/activities/{activity.slug}/")


def small_map(page: Shown) -> str:
    found = re.search(r'<div class="map map--small">.*?</div>', page.html, re.DOTALL)
    assert found
    return found[0]


def test_an_activity_shows_where_it_is() -> None:
    page = page_at(make_venue(name="Bell tower"))
    picture = small_map(page)
    assert 'aria-label="Map: Bell tower, Bakewell"' in picture
    assert ('class="pin"' in picture, 'class="ring"' in picture) == (True, False)
    assert len(gzip.compress(picture.encode())) < 6_000


def test_it_leads_to_a_larger_map_of_what_is_near() -> None:
    page = page_at(make_venue(name="Bell tower"))
    url = dict(page.links)[LARGER]
    assert asked(url) == [("near", "DE45 1DY"), ("view", "map")]
    assert page.at(url).titles == ["Bells"]


@pytest.mark.parametrize("how", [Venue.Shown.MASKED, Venue.Shown.TOLD])
def test_of_a_hidden_venue_the_village_alone(how: Venue.Shown) -> None:
    village = Place.objects.get(slug="tideswell")
    known = make_venue(name="Gable End", postcode="SK17 8PD", place=village)
    hidden = make_venue(shown=how, address="", postcode="", place=village)
    page = page_at(hidden)
    picture = small_map(page)
    assert 'aria-label="Map: Tideswell"' in picture
    assert ('class="pin"' in picture, 'class="ring"' in picture) == (False, True)
    assert asked(dict(page.links)[LARGER]) == [("near", "Tideswell"), ("view", "map")]
    # Whichever house it were, the picture would be the same.
    assert hidden.point == village.point != known.point
    for secret in (known.name, known.postcode):
        assert secret not in page.html


def test_what_has_no_place_has_no_map() -> None:
    page = page_at(None, ways_to_take_part=["online"])
    assert 'class="map' not in page.html
    assert "map.css" not in page.html


def test_a_place_shows_where_it_is() -> None:
    venue = publish(make_venue(name="Bell tower"))
    page = shown(f"/places/{venue.slug}/")
    assert 'aria-label="Map: Bell tower, Bakewell"' in small_map(page)
    assert LARGER in dict(page.links)
