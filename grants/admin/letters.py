"""Letters in the staff pages: those of a round, one at a time, and releasing them together."""

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
from grants.admin import letter_page, letter_round_page
from grants.admin.own_pages import OwnPages
from grants.models import Letter, Round, RoundStatus

WITH_LETTERS = (RoundStatus.PANEL, RoundStatus.DECIDED, RoundStatus.CLOSED)


@admin.register(Letter, site=staff_site)
class LetterAdmin(OwnPages):
    """Pages of our own throughout: whoever has an interest in a round sees none of its letters."""

    def may_see(self, person: User) -> bool:
        return person.has_perm("grants.run_round")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        rounds = sight.rounds_to_total(who(request))
        found = Letter.objects.filter(application__round__in=rounds)
        return found.select_related("application__round", "read_by").prefetch_related("mails")

    def get_urls(self) -> list[URLPattern]:
        ours = [
            path("round/<uuid:round>/", self.view(self.of_round), name="grants_letter_round"),
            path("release/<uuid:round>/", self.view(self.release), name="grants_letter_release"),
        ]
        return [*ours, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The rounds, each with the way to its letters."""
        self.guard(request)
        rounds = sight.rounds_to_total(who(request)).filter(status__in=WITH_LETTERS)
        return self.show(request, "admin/grants/letters.html", _("Letters"), rounds=rounds)

    def page_of(self, request: HttpRequest, row: Letter) -> HttpResponse:
        return letter_page.page(self, request, row)

    def of_round(self, request: HttpRequest, round: UUID) -> HttpResponse:
        return letter_round_page.page(self, request, self._round(request, round))

    def release(self, request: HttpRequest, round: UUID) -> HttpResponse:
        return letter_round_page.release_page(self, request, self._round(request, round))

    def _round(self, request: HttpRequest, key: UUID) -> Round:
        self.guard(request)
        rounds = sight.rounds_to_total(who(request)).filter(status__in=WITH_LETTERS)
        return get_object_or_404(rounds, pk=key)
