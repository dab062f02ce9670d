"""What the page of a village or town shows: everything in it, then what is near."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from assets import entries
from assets.cards import Card, cards, distance_in_words
from assets.entries import Entry
from assets.models import Activity, Place, Venue
from assets.models.organisations import SortKey
from assets.places.grid import miles_between
from assets.search.answer import in_place, search
from assets.search.query import Query, Sort
from assets.tagged import Metres

# Miles. Further off, a village is another one's neighbour.
NEAR = 5
NEAR_SHOWN, NEIGHBOURS_SHOWN = 10, 8


@dataclass(frozen=True)
class Neighbour:
    village: Place
    distance: str
    activities: int


@dataclass(frozen=True)
class VillagePage:
    """`near` are the nearest of what is not in it."""

    village: Place
    here: list[Card]
    near: list[Card]
    venues: list[Entry[Venue]]
    neighbours: list[Neighbour]


def village_page(village: Place) -> VillagePage:
    """A fixed number of queries."""
    found_here = in_place(village.pk)
    here = {row.activity_id for row in found_here}
    around = search(
        Query(
            near=village.point,
            within=NEAR,
            sort=Sort.NEAREST,
            # Those in it may be the nearest of all.
            size=len(here) + NEAR_SHOWN,
            counted=False,
        )
    )
    near = [row for row in around.found if row.miles is not None and row.activity_id not in here]
    venues = Venue.objects.to_find().filter(place=village).select_related("place")
    return VillagePage(
        village=village,
        here=cards(found_here),
        near=cards(near[:NEAR_SHOWN]),
        venues=entries.of_venues(venues.prefetch_related("access_features"), None),
        neighbours=_neighbours(village),
    )


def _neighbours(village: Place) -> list[Neighbour]:
    nearest = (
        with_activities(Place.objects.exclude(pk=village.pk))
        .alias(metres=Metres("point", village.point))
        .order_by("metres", "pk")[:NEIGHBOURS_SHOWN]
    )
    return [
        Neighbour(one, distance_in_words(miles_between(village.point, one.point)), one.activities)
        for one in nearest
    ]


def with_activities(places: QuerySet) -> QuerySet:
    """Each with how many public activities happen in it, as `activities`."""
    there = (
        Activity.objects.public()
        .filter(venue__place=OuterRef("pk"))
        .order_by()
        .values("venue__place")
        .annotate(number=Count("pk"))
        .values("number")
    )
    counted = Coalesce(Subquery(there), 0, output_field=IntegerField())
    counted_places: QuerySet = places.annotate(activities=counted)
    return counted_places


@dataclass(frozen=True)
class Villages:
    """Of this site's district those with something on, and those without; beyond it, the former."""

    here: list[Any]
    beyond: list[Any]
    without: list[Any]


def all_villages() -> Villages:
    places = with_activities(Place.objects.order_by(SortKey(F("name"))))
    here = list(places.filter(district__code=settings.DISTRICT))
    return Villages(
        here=[one for one in here if one.activities],
        beyond=list(places.exclude(district__code=settings.DISTRICT).filter(activities__gt=0)),
        without=[one for one in here if not one.activities],
    )
