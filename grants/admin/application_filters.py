"""What the list of applications can be narrowed to: by what somebody may read, and nothing else."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.admin.base import who
from assets.models import Place
from grants import checking, sight
from grants.models import Application, ApplicationStatus, Round
from thrive.models import NeedsGroup, Theme

# Of `sight.applications_as_told`.
Rows = QuerySet[Any]
Choices = list[tuple[Any, str]]


def _named(request: HttpRequest, field: str, column: str) -> Any:
    """Keys of what the applications name that somebody may read."""
    named: Any = getattr(Application, field).through.objects
    return named.filter(application__in=sight.applications(who(request))).values(column)


class OneOf(SimpleListFilter):
    """What is not among the choices is as if it were not asked for."""

    def value(self) -> str | None:
        asked: str | None = super().value()
        return asked if asked in {key for key, _name in self.lookup_choices} else None


class RoundFilter(OneOf):
    title = gettext_lazy("round")
    parameter_name = "round"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        seen = sight.applications(who(request)).values("round")
        return [(str(one.pk), str(one)) for one in Round.objects.filter(pk__in=seen)]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        return queryset.filter(round=self.value()) if self.value() else queryset


class StatusFilter(OneOf):
    title = gettext_lazy("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        seen: Any = sight.applications_as_told(who(request)).order_by()
        shown = {str(one) for one in seen.values_list("shown_status", flat=True).distinct()}
        return [(one.value, str(one.label)) for one in ApplicationStatus if one in shown]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        return queryset.filter(shown_status=self.value()) if self.value() else queryset


class NeedsFilter(OneOf):
    title = gettext_lazy("needs group")
    parameter_name = "needs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        found = NeedsGroup.objects.filter(pk__in=_named(request, "needs_groups", "needsgroup"))
        return [(one.slug, one.plain_name) for one in found]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        return queryset.filter(needs_groups__slug=self.value()) if self.value() else queryset


class ThemeFilter(OneOf):
    title = gettext_lazy("theme")
    parameter_name = "theme"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        found = Theme.objects.filter(pk__in=_named(request, "themes", "theme"))
        return [(one.slug, one.name) for one in found]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        return queryset.filter(themes__slug=self.value()) if self.value() else queryset


class PlaceFilter(OneOf):
    title = gettext_lazy("place")
    parameter_name = "place"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        found = Place.objects.filter(pk__in=_named(request, "places", "place"))
        return [(one.slug, one.name) for one in found.order_by("name", "slug")]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        return queryset.filter(places__slug=self.value()) if self.value() else queryset


class ChecksFilter(OneOf):
    """Of what waits to be scored: whether all of its checks hold."""

    title = gettext_lazy("checks")
    parameter_name = "checks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("to-do", _("to do")), ("done", _("all done"))]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        if not self.value():
            return queryset
        waiting = queryset.filter(status=ApplicationStatus.SUBMITTED)
        found = checking.of_all(waiting)
        wants_open = self.value() == "to-do"
        keys = [
            one.pk
            for one, looked in found.items()
            if any(not each.holds for each in looked) == wants_open
        ]
        return waiting.filter(pk__in=keys)
