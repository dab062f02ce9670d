"""The search, and one activity."""

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets import seen, stories
from assets.alerts.links import alert_link
from assets.coverage import not_found
from assets.embedding import embed_link
from assets.feeds import linked_data
from assets.listing_page import activity_page
from assets.models import Activity
from assets.nearby import nearby
from assets.search_page import search_page
from assets.shortlist import Shortlist, shortlist, toggle_urls
from assets.views.listings import find_listing, no_longer_on


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    page = search_page(request.GET)
    if page.to:
        return HttpResponseRedirect(page.to)
    if page.found_nothing:
        not_found.count(request, page.found_nothing)
    context = page.context | {
        "embed_url": embed_link(request.GET),
        "alert_url": alert_link(request.GET),
    }
    return render(request, page.template, context, status=page.status)


@require_safe
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_listing(Activity.objects.for_page(), slug)
    own_list = shortlist(request.GET)
    if found.slug != slug:
        now = reverse("activity", args=[found.slug])
        return HttpResponsePermanentRedirect(now + own_list.carry)
    if not found.is_public:
        return no_longer_on(request, found, search=reverse("activities") + own_list.carry)
    page = activity_page(found)
    context = {
        "page": page,
        "linked_data": linked_data.as_script(linked_data.of_activity(found, page.coming)),
        "nearby": nearby(found),
        "stories": stories.told(activities=found),
        "own_list": own_list,
        "carry": own_list.carry,
        "is_kept": found.pk in own_list,
        "alone": Shortlist((found.pk,)).text,
        "keep_url": toggle_urls(request.GET, [found.pk]).get(found.pk),
    }
    seen.count(request, found)
    return render(request, "assets/activity.html", context)
