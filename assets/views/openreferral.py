"""The API of Open Referral UK 3.0, for machines."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from assets.models import HarvestStamp
from assets.openreferral import narrowing, telling
from assets.openreferral.answers import NotThere, answers, as_json, as_lines, key_asked
from assets.openreferral.asked import PageForm, ServiceForm, TermForm, read
from assets.openreferral.openapi import described
from assets.openreferral.paging import Said, Tell, line, lines, of_list, page
from assets.openreferral.taxonomies import TAXONOMIES, all_terms

VERSION = "HSDS-UK-3.0"
PROFILE = "https://docs.openreferraluk.org/en/latest/"
Asked = dict[str, Any]


@answers
def root(request: HttpRequest) -> HttpResponseBase:
    return as_json(
        request,
        {
            "version": VERSION,
            "profile": PROFILE,
            "openapi_url": settings.SITE_URL.geturl() + reverse("open_referral_document"),
        },
    )


@answers
def document(request: HttpRequest) -> HttpResponseBase:
    return as_json(request, described())


@answers
def services(request: HttpRequest) -> HttpResponseBase:
    return _listed(request, narrowing.services, "activity_id", telling.tell_services)


@answers
def service(request: HttpRequest, key: str) -> HttpResponseBase:
    found = HarvestStamp.objects.of_activities().filter(activity=key_asked(key))
    return _one(request, found, telling.one_service)


@answers
def at_locations(request: HttpRequest) -> HttpResponseBase:
    found = narrowing.services_at_locations
    return _listed(request, found, "activity_id", telling.tell_at_locations)


@answers
def at_location(request: HttpRequest, key: str) -> HttpResponseBase:
    found = HarvestStamp.objects.of_activities().filter(
        pk=key_asked(key), activity__venue__isnull=False
    )
    return _one(request, found, telling.one_at_location)


@answers
def groups(request: HttpRequest) -> HttpResponseBase:
    return _listed(request, narrowing.groups, "organisation_id", telling.tell_groups)


@answers
def group(request: HttpRequest, key: str) -> HttpResponseBase:
    found = HarvestStamp.objects.of_groups().filter(organisation=key_asked(key))
    return _one(request, found, telling.groups(full=True))


@answers
def taxonomies(request: HttpRequest) -> HttpResponseBase:
    asked = read(PageForm, request.GET)
    return _short(request, asked, [one.said for one in TAXONOMIES])


@answers
def taxonomy(request: HttpRequest, key: str) -> HttpResponseBase:
    asked = str(key_asked(key))
    for one in TAXONOMIES:
        if one.key == asked:
            return as_json(request, one.said | {"taxonomy_terms": list(one.terms())})
    raise NotThere


@answers
def terms(request: HttpRequest) -> HttpResponseBase:
    """None is part of another: with a parent there are none, and all are at the top."""
    asked = read(TermForm, request.GET)
    of = {str(key) for key in asked["taxonomy_id"]}
    found = [term for _taxonomy, term in all_terms() if not of or of == {term["taxonomy_id"]}]
    return _short(request, asked, [] if asked["parent_id"] else found)


@answers
def term(request: HttpRequest, key: str) -> HttpResponseBase:
    asked = str(key_asked(key))
    for _taxonomy, one in all_terms():
        if one["id"] == asked:
            return as_json(request, one)
    raise NotThere


@answers
def nothing(request: HttpRequest, path: str) -> HttpResponseBase:
    raise NotThere


def _listed(
    request: HttpRequest,
    narrowed: Callable[[Asked], QuerySet[HarvestStamp]],
    by: str,
    told: Callable[[Asked], Tell],
) -> HttpResponseBase:
    asked = read(ServiceForm, request.GET)
    stamps, tell = narrowed(asked), told(asked)
    if asked["format"] == "ndjson":
        return as_lines(lines(stamps, by, tell))
    return as_json(request, page(stamps, by, asked, tell))


def _one(request: HttpRequest, stamps: QuerySet[HarvestStamp], tell: Tell) -> HttpResponseBase:
    for said in tell(list(stamps)):
        return as_json(request, said)
    raise NotThere


def _short(request: HttpRequest, asked: Asked, said: list[Said]) -> HttpResponseBase:
    words = asked["search"].lower()
    found = [one for one in said if words in f"{one['name']} {one['description']}".lower()]
    if asked["format"] == "ndjson":
        return as_lines(map(line, found))
    return as_json(request, of_list(found, asked))
