"""Pages as PDF, read aloud in order (tagged, PDF/UA-1), by WeasyPrint where Pango is installed.

A page may use our own static files and nothing else: no address is ever opened. See `pdf`.
"""

import mimetypes
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

MEDIA_TYPE = "application/pdf"


class NotHere(Exception):
    """Pango, or a part of it, is not installed on this machine."""


@cache
def can() -> bool:
    """Whether `pdf` works here: links to a PDF are shown only then. Asked once a process."""
    try:
        _weasyprint()
    except NotHere:
        return False
    return True


def pdf(html: str) -> bytes:
    """The page as a tagged PDF (PDF/UA-1), ready to send as `MEDIA_TYPE`.

    `html` is a whole page: `<html lang>` and `<title>` become the document's language and title,
    which PDF/UA asks for; its size is its own `@page`; each picture needs a text. Stylesheets and
    pictures come from `{% static %}`, or stand in the page; anything else is left out.

    Raises NotHere where `can()` is false.
    """
    weasyprint = _weasyprint()
    fetcher: Any = weasyprint.urls.URLFetcher

    class OurStatic(fetcher):
        """Refuses all else with ValueError: WeasyPrint logs it, and leaves it out."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            name = _name(url)
            media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
            headers = {"Content-Type": media_type}
            return weasyprint.urls.URLFetcherResponse(url, _read(name), headers)

    page = weasyprint.HTML(
        string=html, base_url=settings.SITE_URL.geturl(), url_fetcher=OurStatic()
    )
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return made


def _weasyprint() -> Any:
    """Imported only when asked for: it loads Pango, and some 30 MB with it."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise NotHere from error
    return weasyprint


def _name(url: str) -> str:
    """Of a static file of ours, as `{% static %}` was given it or has fingerprinted it."""
    site, asked = settings.SITE_URL, urlsplit(url)
    is_ours = (asked.scheme, asked.netloc) == (site.scheme, site.netloc)
    if not is_ours or not asked.path.startswith(settings.STATIC_URL):
        raise ValueError(url)
    return unquote(asked.path.removeprefix(settings.STATIC_URL))


def _read(name: str) -> bytes:
    """Collected, under its name with a fingerprint; or, before that, as it lies with its app."""
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            content: bytes = file.read()
            return content
    found = finders.find(name)
    if not found:
        raise ValueError(name)
    with open(found, "rb") as file:
        return file.read()
