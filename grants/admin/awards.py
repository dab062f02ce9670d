"""Awards in the staff pages: looked after from the offer to the end; and who is next in line."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import staff_site
from assets.admin.base import ReadOnlyAdmin, who
from grants import sight
from grants.admin import award_page, reserve_page
from grants.models import Award, Condition, RoundStatus
from grants.money import in_pounds


class OverdueFilter(admin.SimpleListFilter):
    title = _("conditions")
    parameter_name = "conditions"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("overdue", _("Overdue"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Award]) -> QuerySet[Award]:
        if self.value() != "overdue":
            return queryset
        return queryset.filter(application__in=Condition.objects.overdue().values("application"))


@admin.register(Award, site=staff_site)
class AwardAdmin(ReadOnlyAdmin):
    """Fetched by `grants.sight`: whoever has an interest in an application sees no award of it."""

    list_display = ("reference", "group", "in_money", "status", "ends_before")
    list_filter = ("status", OverdueFilter)
    search_fields = (
        "application__title__unaccent__icontains",
        "application__group_name__unaccent__icontains",
    )
    search_help_text = _("Title, or name of the group")
    ordering = ("-offered_at", "pk")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return who(request).has_perm("grants.run_round")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return who(request).has_perm("grants.run_round")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Award]:
        found = Award.objects.filter(application__in=sight.applications(who(request)))
        return found.select_related("application__round", "organisation", "accepted_by")

    @admin.display(description=_("reference"), ordering="application__number")
    def reference(self, award: Award) -> str:
        return award.application.reference

    @admin.display(description=_("group"), ordering="application__group_name")
    def group(self, award: Award) -> str:
        return award.application.group_name

    @admin.display(description=_("amount"), ordering="amount")
    def in_money(self, award: Award) -> str:
        return in_pounds(award.amount)

    def get_urls(self) -> list[URLPattern]:
        ours = [
            path("<uuid:key>/end/", self._view(self.end), name="grants_award_end"),
            path("reserve/<uuid:round>/", self._view(self.reserve), name="grants_award_reserve"),
        ]
        return [*ours, *super().get_urls()]

    def _view(self, view: Any) -> Any:
        return self.admin_site.admin_view(view)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self._guard(request)
        award = self.get_object(request, object_id)
        if award is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        return award_page.page(self, request, award)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Each of its moves stands on its page."""
        return HttpResponseRedirect(reverse("admin:grants_award_change", args=[object_id]))

    def end(self, request: HttpRequest, key: UUID) -> HttpResponse:
        self._guard(request)
        return award_page.end_page(
            self, request, get_object_or_404(self.get_queryset(request), pk=key)
        )

    def reserve(self, request: HttpRequest, round: UUID) -> HttpResponse:
        """For who may see every figure of the round: what is left stands on it."""
        self._guard(request)
        decided = sight.rounds_to_total(who(request)).filter(status=RoundStatus.DECIDED)
        return reserve_page.page(self, request, get_object_or_404(decided, pk=round))

    def _guard(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def show(self, request: HttpRequest, template: str, title: Any, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, template, shared | context)
