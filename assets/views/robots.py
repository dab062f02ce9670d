"""For search engines: what there is, and where not to go."""

from collections.abc import Mapping

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from assets.sitemap import Part

# What nobody finds by searching: sign-in, staff, forms, lists in somebody's own address, paper.
KEEP_OUT = ["/account/", "/admin/", "/my/", "/report/", "/shortlist/", "/*?*ids=", "/*/poster."]
XML = "application/xml"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {one}" for one in KEEP_OUT), ""]
    lines.append(f"Sitemap: {settings.SITE_URL.geturl()}{reverse('sitemap')}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
@conditional_page
def sitemap(request: HttpRequest, parts: Mapping[str, Part]) -> HttpResponse:
    """The index: each part that has something, with the day of its last change where known."""
    found = []
    for name, part in parts.items():
        entries = list(part())
        days = [entry.changed for entry in entries if entry.changed]
        if entries:
            path = reverse("sitemap_part", args=[name])
            found.append((path, max(days) if len(days) == len(entries) else None))
    context = {"site": settings.SITE_URL.geturl(), "parts": found}
    return render(request, "sitemap_index.xml", context, content_type=XML)


@require_safe
@conditional_page
def sitemap_part(request: HttpRequest, name: str, parts: Mapping[str, Part]) -> HttpResponse:
    if name not in parts:
        raise Http404
    context = {"site": settings.SITE_URL.geturl(), "entries": parts[name]()}
    return render(request, "sitemap.xml", context, content_type=XML)
