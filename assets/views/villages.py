"""All towns and villages, and everything in and near one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assets.models import Place
from assets.village_page import all_villages, village_page


@require_safe
def villages(request: HttpRequest) -> HttpResponse:
    return render(request, "assets/villages.html", {"page": all_villages()})


@require_safe
def village(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Place.objects.select_related("district"), slug=slug)
    return render(request, "assets/village.html", {"page": village_page(found)})
