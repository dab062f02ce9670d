"""Scoring in the staff pages: what is mine to do, declaring, one application, its scores."""

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
from grants.admin import declare_page, score_page, score_words
from grants.models import ScoreSheet
from grants.scoring import mine


@admin.register(ScoreSheet, site=staff_site)
class ScoreSheetAdmin(ReadOnlyAdmin):
    """Pages of our own throughout: each fetches by `grants.sight`."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return score_words.may_score(who(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return score_words.may_score(who(request))

    def get_queryset(self, request: HttpRequest) -> QuerySet[ScoreSheet]:
        return mine.in_order(sight.own_sheets(who(request)))

    def get_urls(self) -> list[URLPattern]:
        ours = [
            path(
                "declare/<uuid:round>/", self._view(self.declare), name="grants_scoresheet_declare"
            ),
            path("of/<uuid:application>/", self._view(self.of), name="grants_scoresheet_of"),
        ]
        return [*ours, *super().get_urls()]

    def _view(self, view: Any) -> Any:
        return self.admin_site.admin_view(view)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """What is mine to do."""
        self._guard(request)
        rounds = mine.rounds_of(who(request))
        return self.show(request, "admin/grants/my_scoring.html", _("My scoring"), rounds=rounds)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self._guard(request)
        sheet = self.get_object(request, object_id)
        if sheet is None and request.method == "POST":
            return score_page.not_theirs(request)
        if sheet is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        return score_page.page(self, request, sheet)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """All that was written stands on its page."""
        return HttpResponseRedirect(reverse("admin:grants_scoresheet_change", args=[object_id]))

    def declare(self, request: HttpRequest, round: UUID) -> HttpResponse:
        self._guard(request)
        return declare_page.page(self, request, round)

    def of(self, request: HttpRequest, application: UUID) -> HttpResponse:
        """The scores of one application, to read."""
        self._guard(request)
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

    def _guard(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def show(self, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, template, shared | context)
