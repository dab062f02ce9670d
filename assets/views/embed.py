"""Our search on a partner's website, and the page that makes the code for it."""

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from assets import embedding


@require_safe
def embed_activities(request: HttpRequest) -> HttpResponseBase:
    """The one address that a page of somebody else may frame, if staff allow its host.

    X-Frame-Options cannot name several hosts, so it is left to `frame-ancestors` here.
    """
    in_frames_of = csp_replace({"frame-ancestors": embedding.ancestors()})
    return in_frames_of(xframe_options_exempt(_embedded))(request)


def _embedded(request: HttpRequest) -> HttpResponse:
    page = embedding.embedded(request.GET)
    return render(request, page.template, page.context, status=page.status)


@require_safe
@csp_update({"frame-src": [SELF]})  # the preview
def embed(request: HttpRequest) -> HttpResponse:
    made = embedding.for_partners(request.GET)
    context = made.search.context | {"made": made, "heading": None}
    return render(request, "assets/for_partners.html", context, status=made.search.status)
