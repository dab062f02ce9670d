"""Needs groups and ways of working in the staff pages. Themes: see `assets.admin.reference`."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import staff_site
from thrive.models import NeedsGroup, WayOfWorking


@admin.register(NeedsGroup, site=staff_site)
class NeedsGroupAdmin(admin.ModelAdmin):
    """To read: they are the framework's, and come from the reference file."""

    list_display = ("plain_name", "name", "description")
    fields = ("name", "plain_name", "description", "text", "source")
    ordering = ("reading_order",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(WayOfWorking, site=staff_site)
class WayOfWorkingAdmin(admin.ModelAdmin):
    list_display = ("name", "description", "reading_order")
    search_fields = ("name",)
    search_help_text = _("Name")
    fields = ("name", "slug", "description", "source", "reading_order")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Tags name it by its address."""
        return ("slug",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
