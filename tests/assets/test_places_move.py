"""A new list of places moves a village: what is hidden there moves with it, and nothing else."""

import pytest

from assets import venues
from assets.models import Venue
from assets.places.grid import GridPoint, miles_between
from assets.search.answer import search
from assets.search.query import Query
from tests.assets.make import make_activity, make_place, make_venue, publish

pytestmark = pytest.mark.django_db

NEW_MIDDLE = GridPoint(422000, 363000)


def test_a_hidden_venue_follows_its_village_and_a_public_one_stays() -> None:
    village = make_place(name="Wherever", slug="wherever")
    hidden = make_venue(shown=Venue.Shown.MASKED, address="", postcode="", place=village)
    public = make_venue(name="Old School", place=village)
    exact = public.point
    publish(make_activity(title="Sums and soup", venue=hidden))
    village.point = NEW_MIDDLE
    village.save()
    venues.follow_places()
    hidden.refresh_from_db()
    public.refresh_from_db()
    assert (hidden.point, public.point) == (NEW_MIDDLE, exact)
    asked = GridPoint(420000, 363000)
    (found,) = search(Query(words="sums", near=asked)).found
    assert found.miles == miles_between(asked, NEW_MIDDLE)
