"""Whose websites may show our lists, in the staff pages."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from accounts.admin_site import staff_site
from assets.admin.base import DirectoryForm, StaffAdmin, who
from assets.models import EmbedHost


class EmbedHostForm(DirectoryForm):
    beside = {"embedhost_is_a_host": "host", "embedhost_says_whose": "whose"}

    def clean_host(self) -> str:
        """Of an address copied from a browser, the host alone."""
        typed = str(self.cleaned_data["host"]).strip().lower()
        try:
            return urlsplit(typed).netloc if "//" in typed else typed.rstrip("/")
        except ValueError:
            return typed


@admin.register(EmbedHost, site=staff_site)
class EmbedHostAdmin(StaffAdmin):
    form = EmbedHostForm
    about = gettext_lazy(
        "Websites that may show our lists in a frame. Any other sees an empty frame."
    )
    list_display = ("host", "whose", "is_allowed", "added_at", "added_by", "note")
    list_filter = ("is_allowed",)
    list_select_related = ("added_by",)
    search_fields = ("host", "whose__unaccent__icontains")
    fields = ("host", "whose", "is_allowed", "note", "added_at", "added_by")
    readonly_fields = ("added_at", "added_by")

    def save_model(self, request: HttpRequest, obj: EmbedHost, form: Any, change: bool) -> None:
        if not change:
            obj.added_by = who(request)
        super().save_model(request, obj, form, change)
