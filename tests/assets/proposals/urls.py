"""The site map, with the addresses that mails lead to."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as site


def _page(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return HttpResponse("Here.")


urlpatterns = [
    *site,
    path("my/", _page, name="my_groups"),
    path("list-your-group/<str:key>/", _page, name="listing_form"),
    path("list-your-group/vouch/<str:key>/", _page, name="vouch"),
]
