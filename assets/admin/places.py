"""Areas, places and postcodes in the staff pages. They come from the command `load_places`."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import staff_site
from assets.admin.base import DirectoryForm, ReadOnlyAdmin, StaffAdmin
from assets.admin.finding import PLACES, FindableAdmin
from assets.models import (
    Area,
    Boundary,
    OutwardCode,
    Place,
    PlacesLoad,
    Population,
    Postcode,
)
from assets.search import rows
from assets.turns import take_turn


class OfArea(admin.TabularInline):
    """What a load has written: to look at."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class BoundaryInline(OfArea):
    model = Boundary
    fields = ("valid_from", "valid_until", "source")
    readonly_fields = fields


class PopulationInline(OfArea):
    model = Population
    fields = ("year", "age_from", "age_before", "people", "source")
    readonly_fields = fields


@admin.register(Area, site=staff_site)
class AreaAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "code", "parent")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("name__unaccent__icontains", "=code")
    search_help_text = _("Name or code")
    fields = ("name", "kind", "code", "parent")
    inlines = (BoundaryInline, PopulationInline)


class PlaceForm(DirectoryForm):
    beside = {"place_kind_known": "kind", "place_on_the_grid": "point"}


@admin.register(Place, site=staff_site)
class PlaceAdmin(FindableAdmin, StaffAdmin):
    form = PlaceForm
    finder = PLACES
    list_display = ("name", "kind", "district", "other_names")
    list_filter = ("kind", ("district", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("district",)
    search_fields = ("name__unaccent__icontains", "aliases__unaccent__icontains")
    search_help_text = _("Name, or a name of old")
    fields = ("name", "kind", "aliases", "district", "point", "slug", "source")

    @admin.display(description=_("other names"))
    def other_names(self, place: Place) -> str:
        return ", ".join(place.aliases.splitlines())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Links lead to its address, and hidden venues stand in its middle."""
        return ("district", "point", "slug", "source") if obj else ()

    def save_model(self, request: HttpRequest, obj: Place, form: Any, change: bool) -> None:
        take_turn()
        super().save_model(request, obj, form, change)
        if change:
            rows.refresh(activities=Q(venue__place=obj), organisations=None)


@admin.register(OutwardCode, site=staff_site)
class OutwardCodeAdmin(ReadOnlyAdmin):
    list_display = ("code", "point")
    search_fields = ("^code",)
    search_help_text = _("First half of a postcode")
    fields = ("code", "point")


@admin.register(Postcode, site=staff_site)
class PostcodeAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "district", "point")
    list_filter = (("district", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("district",)
    search_fields = ("^code",)
    search_help_text = _("The beginning of a postcode, or all of it")
    fields = ("code", "district", "outward", "point")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Postcode], search_term: str
    ) -> tuple[QuerySet[Postcode], bool]:
        """The table has them without the space."""
        term = "".join(search_term.split())
        return super().get_search_results(request, queryset, term)


@admin.register(PlacesLoad, site=staff_site)
class PlacesLoadAdmin(ReadOnlyAdmin):
    list_display = ("loaded_at", "selection", "edition", "postcodes", "places")
    fields = ("selection", "edition", "postcodes", "places", "loaded_at")
