"""Who sits in which round, in the staff pages: for who runs rounds."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from accounts.admin_site import staff_site
from assets.admin.base import ReadOnlyAdmin, who
from grants.admin import seat_page
from grants.models import Round, RoundStatus, Seat


@admin.register(Seat, site=staff_site)
class SeatAdmin(ReadOnlyAdmin):
    """One page a round; the verbs are in `grants.interests` and `grants.scoring.giving`."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return who(request).has_perm("grants.run_round")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return who(request).has_perm("grants.run_round")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.of_round)
        return [path("round/<uuid:round>/", view, name="grants_seat_round"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The rounds, each with the way to its page."""
        self._guard(request)
        rounds = Round.objects.exclude(status=RoundStatus.DRAFT)
        return self.show(request, "admin/grants/seats.html", _("Who scores"), rounds=rounds)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self._guard(request)
        seat = self.get_object(request, object_id)
        if seat is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        return HttpResponseRedirect(reverse("admin:grants_seat_round", args=[seat.round_id]))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """It stands on the page of the round."""
        return HttpResponseRedirect(reverse("admin:grants_seat_change", args=[object_id]))

    def of_round(self, request: HttpRequest, round: UUID) -> HttpResponse:
        self._guard(request)
        found = get_object_or_404(Round.objects.exclude(status=RoundStatus.DRAFT), pk=round)
        return seat_page.page(self, request, found)

    def _guard(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def show(self, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, template, shared | context)
