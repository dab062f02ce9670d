"""Groups and places as entries of a list: what is on there, and when next."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.utils import timezone

from assets import words
from assets.cards import distance_in_words
from assets.dates import words as dates
from assets.dates.occurrences import next_of
from assets.models import Activity, Organisation, Venue
from assets.places.grid import METRES_IN_A_MILE, GridPoint, miles_between

AnyListing = TypeVar("AnyListing", Organisation, Venue)
FEATURES_SHOWN = 4


@dataclass(frozen=True)
class Entry(Generic[AnyListing]):
    """`distance` is empty where no place was asked about, or nobody has to travel."""

    listing: AnyListing
    activities: int
    next: str
    distance: str
    easy: tuple[str, ...] = ()
    checked: str = ""
    mark: str = ""


def of_groups(groups: Iterable[Organisation]) -> list[Entry[Organisation]]:
    """In a fixed number of queries. A group has `metres` where a place was asked about."""
    listed = list(groups)
    runs = _activities_of(listed)
    next_dates = _next_dates(runs)
    return [
        Entry(
            group,
            activities=len(runs[group.pk]),
            next=next_dates.get(group.pk, ""),
            distance=_distance(getattr(group, "metres", None)),
            mark=words.mark_in_words(group),
        )
        for group in listed
    ]


def of_venues(venues: Iterable[Venue], near: GridPoint | None) -> list[Entry[Venue]]:
    listed = list(venues)
    there: dict[UUID, set[UUID]] = defaultdict(set)
    for venue, activity in (
        Activity.objects.public()
        .filter(venue__in=[one.pk for one in listed])
        .order_by()
        .values_list("venue", "pk")
    ):
        there[venue].add(activity)
    next_dates = _next_dates(there)
    return [
        Entry(
            venue,
            activities=len(there[venue.pk]),
            next=next_dates.get(venue.pk, ""),
            distance=distance_in_words(miles_between(near, venue.point)) if near else "",
            easy=tuple(one.name for one in venue.access_features.all())[:FEATURES_SHOWN],
            checked=words.checked_in_words(venue),
            mark=words.mark_in_words(venue),
        )
        for venue in listed
    ]


def _activities_of(groups: Iterable[Organisation]) -> dict[UUID, set[UUID]]:
    """What is on the board of each: what it runs, and what it helps to run."""
    keys = [group.pk for group in groups]
    public = Activity.objects.public().order_by()
    lead = public.filter(organisation__in=keys).values_list("organisation", "pk")
    partner = public.filter(partners__in=keys).values_list("partners", "pk")
    runs: dict[UUID, set[UUID]] = defaultdict(set)
    for group, activity in lead.union(partner):
        runs[group].add(activity)
    return runs


def _next_dates(activities: Mapping[UUID, set[UUID]]) -> dict[UUID, str]:
    """Of each listing the soonest date of all that is on there, in words."""
    found = next_of(set().union(*activities.values()), timezone.now())
    soonest = {
        listing: min((found[one] for one in ids if one in found), key=lambda one: one.starts_at)
        for listing, ids in activities.items()
        if not found.keys().isdisjoint(ids)
    }
    return {listing: dates.in_words(one) for listing, one in soonest.items()}


def _distance(metres: float | None) -> str:
    return "" if metres is None else distance_in_words(metres / METRES_IN_A_MILE)
