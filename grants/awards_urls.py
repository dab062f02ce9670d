"""Below /grants/awards/."""

from django.urls import path

from grants.views import awards

urlpatterns = [
    path("", awards.awards, name="awards"),
    path("<uuid:key>/", awards.award, name="award"),
]
