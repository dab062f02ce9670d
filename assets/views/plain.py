"""A word in plain text, where a program asked and there is no file to give."""

from django.http import HttpResponse


def plain(why: str, status: int) -> HttpResponse:
    return HttpResponse(f"{why}\n", content_type="text/plain; charset=utf-8", status=status)
