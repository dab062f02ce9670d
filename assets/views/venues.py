"""All places, and one place. Hidden ones have no page: see docs/decisions/0006-masked-venues.md."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from assets import entries, stories
from assets.feeds import linked_data
from assets.filter_page import filter_page, heading
from assets.filters import VenueFilter
from assets.models import Venue
from assets.venue_page import venue_page
from assets.views.listings import find_listing, no_longer_on


@require_safe
def venues(request: HttpRequest) -> HttpResponse:
    asked = VenueFilter(request.GET, Venue.objects.to_find())
    context = filter_page(asked, everything=reverse("venues"))
    if "rows" in context:
        rows = context["rows"].select_related("place").prefetch_related("access_features")
        context["entries"] = entries.of_venues(rows, asked.near)
        context["heading"] = heading(
            context,
            all_of_them=_("Places"),
            count=ngettext("%d place", "%d places", context["total"]) % context["total"],
        )
    status = 200 if asked.is_valid() else 400
    return render(request, "assets/venues.html", context, status=status)


@require_safe
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_listing(Venue.objects.with_a_page().select_related("place"), slug)
    if found.slug != slug:
        return HttpResponsePermanentRedirect(reverse("venue", args=[found.slug]))
    if not found.is_public:
        return no_longer_on(request, found, search=reverse("venues"))
    context = {
        "page": venue_page(found),
        "stories": stories.told(venues=found),
        "linked_data": linked_data.as_script(linked_data.of_venue(found)),
    }
    return render(request, "assets/venue.html", context)
