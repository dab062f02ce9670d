"""Below /grants/awards/."""

from django.urls import path

from grants.views import awards

urlpatterns = [
    path("", awards.awards, name="awards"),
    path("what-they-did/", awards.did_page, name="did"),
    path("what-they-did.csv", awards.did_csv, name="did_csv"),
    path("<uuid:key>/", awards.award, name="award"),
]
