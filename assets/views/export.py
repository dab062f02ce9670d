"""A search as a file. The same parameters as the page; a bad one is told in plain text."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from assets.export.files import as_csv, as_xlsx
from assets.export.rows import Row
from assets.export.whole_search import NotAnswered, whole_search
from assets.views.plain import plain

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def activities_csv(request: HttpRequest) -> HttpResponse:
    return _file(request, "csv", "text/csv; charset=utf-8", as_csv)


@require_safe
def activities_xlsx(request: HttpRequest) -> HttpResponse:
    return _file(request, "xlsx", XLSX, as_xlsx)


def _file(
    request: HttpRequest, ending: str, content_type: str, write: Callable[[Iterable[Row]], bytes]
) -> HttpResponse:
    try:
        found = whole_search(request.GET)
    except NotAnswered as why:
        return plain(str(why), 400)
    # What was asked stays out of the name: others see what lies in a folder of downloads.
    name = f"{slugify(settings.SITE_NAME)}-activities-{timezone.localdate():%Y-%m-%d}.{ending}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(write(found.rows), content_type=content_type, headers=headers)
