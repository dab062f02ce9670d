"""What the pages of all listings share: old addresses, and a kind word for what has ended."""

from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from assets.models import Activity, Organisation, Venue
from assets.nearby import nearby
from assets.over import how_over

PublicListing = TypeVar("PublicListing", Activity, Organisation, Venue)


def find_listing(listings: QuerySet[PublicListing], slug: str) -> PublicListing:
    """What has, or ever had, this address. Raises Http404 otherwise."""
    now = listings.filter(slug=slug).first()
    if found := now or listings.filter(slugs__slug=slug).first():
        return found
    raise Http404


def no_longer_on(
    request: HttpRequest, listing: Activity | Organisation | Venue, *, search: str
) -> HttpResponse:
    """Kindly: it is having a break (200), or is over (410). What was taken away is not named."""
    over = how_over(listing)
    context: dict[str, Any] = {
        "listing": listing if over.is_named else None,
        "on_a_break": over.on_a_break,
        "is_place": isinstance(listing, Venue),
        "status_words": listing.public_words,
        "search_url": search,
    }
    if isinstance(listing, Activity) and over.is_named:
        group = listing.organisation
        context |= {"group": group if group.is_public else None, "nearby": nearby(listing)}
    return render(request, "assets/gone.html", context, status=200 if over.on_a_break else 410)
