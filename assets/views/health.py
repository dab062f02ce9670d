"""For those who run the site: is the process up, and can it answer?"""

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and holds the directory's tables, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM assets_searchrow LIMIT 1")
    except Error:
        return HttpResponse("database not ready\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")
