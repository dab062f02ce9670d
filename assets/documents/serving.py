"""A document on its way to whoever may read it: as a file to keep, never as a page."""

from typing import Any, Protocol

from django.http import HttpResponse

ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


class Kept(Protocol):
    """Any row that holds a file."""

    pk: Any
    media_type: Any
    data: Any


def as_attachment(document: Kept) -> HttpResponse:
    """By a name of ours: what the sender called it decides nothing."""
    ending = ENDINGS[document.media_type]
    answer = HttpResponse(bytes(document.data), content_type=document.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{document.pk}.{ending}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
