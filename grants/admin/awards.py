"""Awards in the staff pages: looked after from the offer to the end; and who is next in line."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import staff_site
from accounts.models import User
from assets.admin.base import who
from grants import sight
from grants.admin import award_page, reserve_page
from grants.admin.own_pages import OwnPages
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
class AwardAdmin(OwnPages):
    """Fetched by `grants.sight`: whoever has an interest in an application sees no award of it."""

    list_display = ("reference", "group", "in_money", "status", "ends_before")
    list_filter = ("status", OverdueFilter)
    search_fields = (
        "application__title__unaccent__icontains",
        "application__group_name__unaccent__icontains",
    )
    search_help_text = _("Title, or name of the group")
    ordering = ("-offered_at", "pk")

    def may_see(self, person: User) -> bool:
        return person.has_perm("grants.run_round")

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
            path("<uuid:key>/end/", self.view(self.end), name="grants_award_end"),
            path("reserve/<uuid:round>/", self.view(self.reserve), name="grants_award_reserve"),
        ]
        return [*ours, *super().get_urls()]

    def page_of(self, request: HttpRequest, row: Award) -> HttpResponse:
        return award_page.page(self, request, row)

    def end(self, request: HttpRequest, key: UUID) -> HttpResponse:
        self.guard(request)
        return award_page.end_page(
            self, request, get_object_or_404(self.get_queryset(request), pk=key)
        )

    def reserve(self, request: HttpRequest, round: UUID) -> HttpResponse:
        """For who may see every figure of the round: what is left stands on it."""
        self.guard(request)
        decided = sight.rounds_to_total(who(request)).filter(status=RoundStatus.DECIDED)
        return reserve_page.page(self, request, get_object_or_404(decided, pk=round))
