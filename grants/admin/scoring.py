"""Scoring in the staff pages: what is mine to do, declaring, one application, its scores."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from accounts.admin_site import staff_site
from accounts.models import User
from assets.admin.base import who
from grants import sight
from grants.admin import declare_page, score_page, score_words
from grants.admin.own_pages import OwnPages
from grants.models import ScoreSheet
from grants.scoring import mine


@admin.register(ScoreSheet, site=staff_site)
class ScoreSheetAdmin(OwnPages):
    """Pages of our own throughout: each fetches by `grants.sight`."""

    def may_see(self, person: User) -> bool:
        return score_words.may_score(person)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ScoreSheet]:
        return mine.in_order(sight.own_sheets(who(request)))

    def get_urls(self) -> list[URLPattern]:
        ours = [
            path(
                "declare/<uuid:round>/", self.view(self.declare), name="grants_scoresheet_declare"
            ),
            path("of/<uuid:application>/", self.view(self.of), name="grants_scoresheet_of"),
        ]
        return [*ours, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """What is mine to do."""
        self.guard(request)
        rounds = mine.rounds_of(who(request))
        return self.show(request, "admin/grants/my_scoring.html", _("My scoring"), rounds=rounds)

    def nothing_there(self, request: HttpRequest, key: str) -> HttpResponse:
        if request.method == "POST":
            return score_page.not_theirs(request)
        return super().nothing_there(request, key)

    def page_of(self, request: HttpRequest, row: ScoreSheet) -> HttpResponse:
        return score_page.page(self, request, row)

    def declare(self, request: HttpRequest, round: UUID) -> HttpResponse:
        self.guard(request)
        return declare_page.page(self, request, round)

    def of(self, request: HttpRequest, application: UUID) -> HttpResponse:
        """The scores of one application, to read."""
        self.guard(request)
        person = who(request)
        found = get_object_or_404(
            sight.applications(person).select_related("round"), pk=application
        )
        return self.show(
            request,
            "admin/grants/scores.html",
            found.title,
            application=found,
            columns=score_words.columns(sight.sheets(person, found)),
            void=score_words.columns(sight.void_sheets(person, found)),
            criteria=list(found.round.criteria.all()),
        )
