"""Where to start on the home page, in the staff pages: a search that works, and what it finds."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin_site import staff_site
from assets.admin.base import StaffAdmin
from assets.admin.reference import NamedForm
from assets.models import StartingPoint
from assets.starting_points import as_a_search, finds


class StartingPointForm(NamedForm):
    beside = {"startingpoint_is_a_search": "search"}

    def clean_search(self) -> str:
        return as_a_search(self.cleaned_data["search"])


@admin.register(StartingPoint, site=staff_site)
class StartingPointAdmin(StaffAdmin):
    form = StartingPointForm
    list_display = ("name", "search", "reading_order")
    search_fields = ("name__unaccent__icontains", "search__icontains")
    search_help_text = _("What is happening, or the search")
    fields = ("name", "search", "reading_order")

    def save_model(self, request: HttpRequest, obj: StartingPoint, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        found = finds(obj.search)
        said = ngettext("It finds %d listing today.", "It finds %d listings today.", found) % found
        messages.add_message(request, messages.INFO if found else messages.WARNING, said)
