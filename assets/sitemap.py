"""What search engines may list (sitemaps.org): what is public, and not what is made up.

A part has at most 50,000 addresses by that protocol; districts are far from it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from assets.models import Activity, Organisation, Place, Venue
from assets.models.lifecycle import ListingQuerySet
from thrive.models import NeedsGroup, Theme

MOST = 50_000
PAGES = (
    "home activities organisations venues villages thrive coverage help_now resources stories "
    "youth_voice how_fresh list_your_group questions_to_ask about privacy accessibility "
    "rounds awards did"
).split()


@dataclass(frozen=True)
class Entry:
    """`changed` only where we know on what day the page last said something else."""

    path: str
    changed: date | None = None


Part = Callable[[], Iterable[Entry]]


def pages() -> list[Entry]:
    return [Entry(reverse(name)) for name in PAGES]


def activities() -> list[Entry]:
    return _listings("activity", Activity.objects.to_tell_machines())


def groups() -> list[Entry]:
    return _listings("organisation", Organisation.objects.to_tell_machines())


def places() -> list[Entry]:
    told = Venue.objects.to_tell_machines().filter(shown=Venue.Shown.PUBLIC)
    return _listings("venue", told)


def villages() -> list[Entry]:
    """Those where something is on: the others would be doors to nothing."""
    on = Activity.objects.to_tell_machines().filter(venue__place=OuterRef("pk"))
    found = Place.objects.filter(Exists(on)).order_by("slug").values_list("slug", flat=True)
    return [Entry(reverse("village", args=[slug])) for slug in found]


def thrive() -> list[Entry]:
    return [
        *(Entry(reverse("needs_group", args=[one.slug])) for one in NeedsGroup.objects.all()),
        *(Entry(reverse("theme", args=[one.slug])) for one in Theme.objects.all()),
    ]


PARTS: dict[str, Part] = {
    "pages": pages,
    "activities": activities,
    "groups": groups,
    "places": places,
    "villages": villages,
    "thrive": thrive,
}


def _listings(name: str, listings: ListingQuerySet) -> list[Entry]:
    """A page says when it was last checked: that, too, is a change of it."""
    rows = listings.order_by("slug").values_list("slug", "changed_at", "last_checked_on")
    return [
        Entry(
            reverse(name, args=[slug]),
            max(timezone.localdate(changed_at), checked_on or date.min),
        )
        for slug, changed_at, checked_on in rows[:MOST]
    ]
