"""Posters, as a picture (SVG) anywhere, and as a PDF where Pango is installed."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assets import pdf
from assets.export.whole_search import NotAnswered
from assets.models import Activity, Organisation
from assets.posters import words
from assets.posters.drawn import lines
from assets.posters.words import Poster
from assets.views.listings import find_listing
from assets.views.plain import plain

AN_HOUR = 60 * 60
# Beside the code: how far down the address begins, and each of its lines below.
FIRST, STEP = 246, 7


class PosterForm:
    """The end of a poster's address: what it is made as."""

    regex = "pdf|svg"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


@require_safe
def activity_poster(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = find_listing(Activity.objects.for_page(), slug)
    if found.slug != slug:
        return HttpResponsePermanentRedirect(reverse("activity_poster", args=[found.slug, form]))
    if not found.is_public:
        return plain(_("This is no longer on."), 410)
    return _poster(request, words.of_activity(found), form)


@require_safe
def organisation_poster(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = find_listing(Organisation.objects.once_public(), slug)
    if found.slug != slug:
        now = reverse("organisation_poster", args=[found.slug, form])
        return HttpResponsePermanentRedirect(now)
    if not found.is_public:
        return plain(_("This is no longer on."), 410)
    return _poster(request, words.of_group(found), form)


@require_safe
def search_poster(request: HttpRequest, form: str) -> HttpResponse:
    try:
        made = words.of_search(request.GET)
    except NotAnswered as why:
        return plain(str(why), 400)
    return _poster(request, made, form)


def _poster(request: HttpRequest, poster: Poster, form: str) -> HttpResponse:
    context = {
        "poster": poster,
        "scan": _("Point a phone’s camera here"),
        "typed": _("or type this:"),
    }
    if form == "svg":
        context["lines"] = lines(poster)
        context["address"] = [
            {"text": text, "y": FIRST + STEP * number} for number, text in enumerate(poster.typed)
        ]
        answer = render(request, "posters/poster.svg", context, content_type="image/svg+xml")
    elif pdf.can():
        page = render_to_string("posters/poster.html", context)
        answer = HttpResponse(pdf.pdf(page), content_type=pdf.MEDIA_TYPE)
    else:
        return plain(_("This site makes no PDFs. Take the picture: it prints as well."), 404)
    answer["Content-Disposition"] = f'inline; filename="poster.{form}"'
    answer["X-Robots-Tag"] = "noindex"
    patch_cache_control(answer, public=True, max_age=AN_HOUR)
    return answer
