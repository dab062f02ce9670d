"""Letters in the staff pages: those of a round, one at a time, and releasing them together."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from accounts.admin_site import staff_site
from assets.admin.base import ReadOnlyAdmin, who
from grants import sight
from grants.admin import letter_page, letter_round_page
from grants.models import Letter, Round, RoundStatus

WITH_LETTERS = (RoundStatus.PANEL, RoundStatus.DECIDED, RoundStatus.CLOSED)


@admin.register(Letter, site=staff_site)
class LetterAdmin(ReadOnlyAdmin):
    """Pages of our own throughout: whoever has an interest in a round sees none of its letters."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return who(request).has_perm("grants.run_round")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return who(request).has_perm("grants.run_round")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        rounds = sight.rounds_to_total(who(request))
        found = Letter.objects.filter(application__round__in=rounds)
        return found.select_related("application__round", "read_by").prefetch_related("mails")

    def get_urls(self) -> list[URLPattern]:
        ours = [
            path("round/<uuid:round>/", self._view(self.of_round), name="grants_letter_round"),
            path("release/<uuid:round>/", self._view(self.release), name="grants_letter_release"),
        ]
        return [*ours, *super().get_urls()]

    def _view(self, view: Any) -> Any:
        return self.admin_site.admin_view(view)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The rounds, each with the way to its letters."""
        self._guard(request)
        rounds = sight.rounds_to_total(who(request)).filter(status__in=WITH_LETTERS)
        return self.show(request, "admin/grants/letters.html", _("Letters"), rounds=rounds)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self._guard(request)
        letter = self.get_object(request, object_id)
        if letter is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        return letter_page.page(self, request, letter)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who has read it, and what was sent, stands on its page."""
        return HttpResponseRedirect(reverse("admin:grants_letter_change", args=[object_id]))

    def of_round(self, request: HttpRequest, round: UUID) -> HttpResponse:
        return letter_round_page.page(self, request, self._round(request, round))

    def release(self, request: HttpRequest, round: UUID) -> HttpResponse:
        return letter_round_page.release_page(self, request, self._round(request, round))

    def _round(self, request: HttpRequest, key: UUID) -> Round:
        self._guard(request)
        rounds = sight.rounds_to_total(who(request)).filter(status__in=WITH_LETTERS)
        return get_object_or_404(rounds, pk=key)

    def _guard(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def show(self, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, template, shared | context)
