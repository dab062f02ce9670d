"""Who sits in which round, in the staff pages: for who runs rounds."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from accounts.admin_site import staff_site
from accounts.models import User
from grants.admin import seat_page
from grants.admin.own_pages import OwnPages
from grants.models import Round, RoundStatus, Seat


@admin.register(Seat, site=staff_site)
class SeatAdmin(OwnPages):
    """One page a round; the verbs are in `grants.interests` and `grants.scoring.giving`."""

    def may_see(self, person: User) -> bool:
        return person.has_perm("grants.run_round")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.of_round)
        return [path("round/<uuid:round>/", view, name="grants_seat_round"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The rounds, each with the way to its page."""
        self.guard(request)
        rounds = Round.objects.exclude(status=RoundStatus.DRAFT)
        return self.show(request, "admin/grants/seats.html", _("Who scores"), rounds=rounds)

    def page_of(self, request: HttpRequest, row: Seat) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:grants_seat_round", args=[row.round_id]))

    def of_round(self, request: HttpRequest, round: UUID) -> HttpResponse:
        self.guard(request)
        found = get_object_or_404(Round.objects.exclude(status=RoundStatus.DRAFT), pk=round)
        return seat_page.page(self, request, found)
