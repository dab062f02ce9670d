"""Pages of words alone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assets.freshness.counted import how_fresh as counted
from assets.places.attribution import ATTRIBUTIONS
from assets.reference import FOLDER
from assets.words import long_date
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
def how_fresh(request: HttpRequest) -> HttpResponse:
    context = {"found": counted(), "today": long_date(timezone.localdate())}
    return render(request, "assets/how_fresh.html", context)


@require_safe
def questions_to_ask(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/questions_to_ask.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", {"tiles": settings.MAP_TILES})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")
