"""The site with the two addresses that lead on with a proposal, wherever they lead."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as ours


def _there(request: HttpRequest, key: str = "") -> HttpResponse:
    return HttpResponse(key)


urlpatterns = [
    *ours,
    path("my/", _there, name="my_groups"),
    path("list-your-group/<str:key>/", _there, name="listing_form"),
]
