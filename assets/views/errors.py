"""Pages for when something went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was sent without its cookie: say what to do about it."""
    return render(request, "403_csrf.html", status=403)
