"""The base map by itself, for the map that can be dragged."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from assets.basemap import picture
from assets.basemap.window import Window
from assets.forms import WindowForm

# Twice as far each way as is seen at once, so that not every move asks for more.
SPREAD = 2
A_DAY = 24 * 60 * 60


@require_safe
def land(request: HttpRequest) -> HttpResponse:
    """An SVG that says on its root what it covers: “south west north east”, in metres.

    Of the whole district, unless it is asked for another part of the land.
    """
    form = WindowForm(request.GET)
    if not form.is_valid():
        return HttpResponseBadRequest(
            "Say which part of the land: ?at=429800,360200&zoom=4\n", content_type="text/plain"
        )
    at, zoom = form.cleaned_data["at"], form.cleaned_data["zoom"]
    window = Window(at or Window.around([]).centre, zoom or 0, spread=SPREAD)
    west, south, east, north = window.box
    context = {"land": picture.land(window), "covers": f"{south} {west} {north} {east}"}
    answer = render(request, "assets/land.svg", context, content_type="image/svg+xml")
    patch_cache_control(answer, public=True, max_age=A_DAY)
    return answer
