"""What programs come for. The same parameters as the page; a bad one is told in plain text."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from assets.export.whole_search import NotAnswered
from assets.feeds import calendar, calendars, plain_json, rss
from assets.models import Activity, Organisation
from assets.over import how_over
from assets.views.listings import find_listing
from assets.views.plain import plain

Named = TypeVar("Named", Activity, Organisation)
# Called off in the morning, known by noon wherever it is kept between.
FRESH_FOR = 15 * 60


@require_safe
@conditional_page
def activity_ics(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_listing(Activity.objects.for_page(), slug)
    return _of_one(found, slug, "activity_ics", calendars.of_activity)


@require_safe
@conditional_page
def organisation_ics(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_listing(Organisation.objects.once_public(), slug)
    return _of_one(found, slug, "organisation_ics", calendars.of_group)


@require_safe
@conditional_page
def activities_ics(request: HttpRequest) -> HttpResponse:
    return _of_search(request, calendars.of_search, calendar.MEDIA_TYPE)


@require_safe
@conditional_page
def activities_rss(request: HttpRequest) -> HttpResponse:
    def make(parameters: QueryDict) -> bytes:
        return rss.of_search(parameters, request.get_full_path())

    return _of_search(request, make, rss.MEDIA_TYPE)


@require_safe
@conditional_page
def activities_json(request: HttpRequest) -> HttpResponse:
    return _of_search(request, plain_json.of_search, plain_json.MEDIA_TYPE)


def _of_search(
    request: HttpRequest, make: Callable[[QueryDict], bytes], media_type: str
) -> HttpResponse:
    try:
        made = make(request.GET)
    except NotAnswered as why:
        return plain(str(why), 400)
    return _feed(made, media_type)


def _of_one(found: Named, slug: str, name: str, make: Callable[[Named], bytes]) -> HttpResponse:
    """Of what has a break there are no dates, so that those on a phone go; what is over is gone."""
    if found.slug != slug:
        return HttpResponsePermanentRedirect(reverse(name, args=[found.slug]))
    if found.is_public and not found.is_told_to_machines:
        return plain(_("This is an example: there is no calendar of it."), 404)
    if not found.is_public and not how_over(found).on_a_break:
        return plain(_("This is no longer on."), 410)
    return _feed(make(found), calendar.MEDIA_TYPE)


def _feed(made: bytes, media_type: str) -> HttpResponse:
    answer = HttpResponse(made, content_type=media_type)
    answer["X-Robots-Tag"] = "noindex"
    # Anybody's page may read what anybody may know.
    answer["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(answer, public=True, max_age=FRESH_FOR)
    return answer
