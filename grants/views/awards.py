"""All awards, one award, and ours as open data."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants import did
from grants.awards import words
from grants.awards.filters import AwardFilter
from grants.awards.page import awards_page
from grants.models import PublishedGrant
from grants.threesixty.writing import as_csv, as_json

HEADERS = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=3600"}


@require_safe
def awards(request: HttpRequest) -> HttpResponse:
    asked = AwardFilter(request.GET)
    status = 200 if asked.is_valid() else 400
    return render(request, "grants/awards.html", awards_page(asked), status=status)


@require_safe
def award(request: HttpRequest, key: UUID) -> HttpResponse:
    found = get_object_or_404(PublishedGrant.objects.select_related("file", "organisation"), pk=key)
    needs, themes = words.tags_of(found)
    context = {
        "needs": needs,
        "themes": themes,
        "grant": found,
        "entry": words.entry_of(found),
        "licence": words.licence_of(found),
        "period": words.period_of(found),
        "group_url": words.group_url(found),
        "asked_for": found.amount_applied_for
        and words.money(found.amount_applied_for, found.currency),
        "did": found.application_id and did.of_award(found.application_id),
    }
    return render(request, "grants/award.html", context)


@require_safe
def did_page(request: HttpRequest) -> HttpResponse:
    """What all of them did, without small numbers."""
    return render(request, "grants/did.html", {"did": did.by_all(did.public(), hides=True)})


@require_safe
def did_csv(request: HttpRequest) -> HttpResponse:
    return did.as_file(did.by_all(did.public(), hides=True), "what-the-grants-did.csv")


@require_safe
def grants_json(request: HttpRequest) -> HttpResponse:
    return _file(as_json, "application/json")


@require_safe
def grants_csv(request: HttpRequest) -> HttpResponse:
    return _file(as_csv, "text/csv; charset=utf-8")


def _file(write: Callable[[Iterable[PublishedGrant]], bytes], content_type: str) -> HttpResponse:
    """All of ours. The standard knows no file without a grant."""
    found = list(PublishedGrant.objects.to_tell_machines().newest_first())
    if not found:
        says = _("There is no grant to tell of yet.")
        plain = "text/plain; charset=utf-8"
        return HttpResponse(f"{says}\n", content_type=plain, status=404, headers=HEADERS)
    return HttpResponse(write(found), content_type=content_type, headers=HEADERS)
