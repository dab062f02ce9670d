"""Pages of words alone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assets.places.attribution import ATTRIBUTIONS
from assets.reference import FOLDER
from thrive.reference import read


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    programme = read(FOLDER, "programme")
    context = {
        "attributions": ATTRIBUTIONS,
        "programme": programme if programme["district"] == settings.DISTRICT else None,
    }
    return render(request, "pages/about.html", context)


@require_safe
def questions_to_ask(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/questions_to_ask.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", {"tiles": settings.MAP_TILES})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")
