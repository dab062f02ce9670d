"""What every answer of the API has: open to every site, no cookie, and a tag to ask again by."""

import json
from collections.abc import Callable, Iterable
from functools import wraps
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

JSON, LINES, PROBLEM = "application/json", "application/x-ndjson", "application/problem+json"
# Kept by anybody, but asked again each time: else a harvester would take an older answer for what
# there was when it asked, and miss what came between.
ASK_AGAIN = "public, no-cache"
METHODS = ["GET", "HEAD", "OPTIONS"]
# A script of another website reads the tag, and may ask again by it.
OF_ANY_SITE = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag"}
# What its browser asks before that.
BEFORE_ASKING = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}
View = Callable[..., HttpResponseBase]


class NotThere(Exception):
    """No such row, or none that was ever public."""


def answers(view: View) -> View:
    """GET and HEAD alone; mistakes told in JSON."""

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer: HttpResponseBase | None
        if request.method == "OPTIONS":
            answer = HttpResponse(status=204, headers=BEFORE_ASKING)
        elif request.method not in METHODS:
            answer = _problem(405, _("Only GET is answered here."))
            answer["Allow"] = HttpResponseNotAllowed(METHODS)["Allow"]
        else:
            try:
                answer = view(request, *args, **kwargs)
            except ValidationError as why:
                answer = _problem(400, _("Something asked for is not right."), why)
            except NotThere:
                answer = _problem(404, _("There is nothing here by this address."))
        for name, value in OF_ANY_SITE.items():
            answer[name] = value
        return answer

    return wrapped


def key_asked(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as why:
        raise NotThere from why


def as_json(request: HttpRequest, said: Any) -> HttpResponseBase:
    body = json.dumps(said, ensure_ascii=False).encode()
    answer = HttpResponse(body, content_type=JSON)
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    answer["ETag"] = tag
    answer["Cache-Control"] = ASK_AGAIN
    return get_conditional_response(request, etag=tag, response=answer) or answer


def as_lines(found: Iterable[bytes]) -> HttpResponseBase:
    answer = StreamingHttpResponse(found, content_type=LINES)
    answer["Cache-Control"] = ASK_AGAIN
    return answer


def _problem(status: int, title: str, why: ValidationError | None = None) -> HttpResponse:
    """As RFC 9457 has it, with what is wrong of each parameter."""
    said: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    if why:
        said["errors"] = why.message_dict
        said["detail"] = " ".join(
            f"{name}: {' '.join(told)}" for name, told in why.message_dict.items()
        )
    body = json.dumps(said, ensure_ascii=False).encode()
    return HttpResponse(body, content_type=PROBLEM, status=status)
