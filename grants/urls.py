"""Below /grants/."""

from django.urls import path

from grants.views import applying, rounds

urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("<slug:slug>/", rounds.round_, name="round"),
    path("<slug:slug>/apply/", applying.apply, name="apply"),
    path("<slug:slug>/apply/begin/", applying.begin_application, name="begin_application"),
    path("<slug:slug>/questions.odt", rounds.round_document, name="round_document"),
]
