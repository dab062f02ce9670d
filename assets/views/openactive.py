"""Sport and movement as open data by OpenActive, for machines."""

import json

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from assets.openactive.dataset import RPDE, dataset
from assets.openactive.rpde import page, read
from assets.openreferral.answers import answers

# As the standard has it: what is before the last page hardly changes, the last may at any time.
AN_HOUR, A_MOMENT = "public, max-age=3600", "public, max-age=8"


@answers
def landing(request: HttpRequest) -> HttpResponseBase:
    return _said(dataset(), "application/ld+json", AN_HOUR)


@answers
def series(request: HttpRequest) -> HttpResponseBase:
    told = page(read(request.GET))
    return _said(told, RPDE, AN_HOUR if told["items"] else A_MOMENT)


def _said(said: object, content_type: str, kept: str) -> HttpResponse:
    body = json.dumps(said, ensure_ascii=False).encode()
    return HttpResponse(body, content_type=content_type, headers={"Cache-Control": kept})
