"""The search, and one activity."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.listing_page import activity_page
from assets.models import Activity
from assets.search_page import search_page
from assets.views.listings import find_listing, no_longer_on


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    page = search_page(request.GET)
    return render(request, page.template, page.context, status=page.status)


@require_safe
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_listing(Activity.objects.for_page(), slug)
    if found.slug != slug:
        return HttpResponsePermanentRedirect(reverse("activity", args=[found.slug]))
    if not found.is_public:
        return no_longer_on(request, found, search=reverse("activities"))
    return render(request, "assets/activity.html", {"page": activity_page(found)})
