"""Below /grants/."""

from django.urls import path

from grants.views import rounds

urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("<slug:slug>/", rounds.round_, name="round"),
    path("<slug:slug>/questions.odt", rounds.round_document, name="round_document"),
]
