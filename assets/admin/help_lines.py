"""Help lines in the staff pages: those to be checked again come first."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin_site import staff_site
from assets.admin.base import StaffAdmin
from assets.admin.fields import Sentences
from assets.admin.reference import NamedForm
from assets.admin.urgency import CHECK_AFTER
from assets.models import HelpLine


class HelpLineForm(NamedForm):
    beside = {
        "helpline_can_be_reached": "phone",
        "helpline_phone_both_ways": "phone_tel",
        "helpline_band_has_words": "band_label",
        "helpline_checked_again_later": "check_again_by",
    }

    class Meta:
        widgets = {name: Sentences() for name in ("for_whom", "what", "hours", "deaf")}


class DueFilter(admin.SimpleListFilter):
    title = _("to do")
    parameter_name = "do"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("check", _("to be checked again"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "check":
            return queryset
        return queryset.filter(check_again_by__lt=timezone.localdate())


@admin.register(HelpLine, site=staff_site)
class HelpLineAdmin(StaffAdmin):
    form = HelpLineForm
    list_display = ("name", "check_again", "reached_by", "grouping", "at_the_top", "checked_on")
    list_filter = (DueFilter, "grouping", "audience", "in_band")
    search_fields = ("name__unaccent__icontains", "for_whom", "phone", "text_number")
    search_help_text = _("Name, number, or who it is for")
    ordering = ("check_again_by", "reading_order")
    actions = ("checked_today",)
    fieldsets = (
        (
            _("Who they are"),
            {"fields": ("name", "for_whom", "audience", "what", "area", "hours")},
        ),
        (
            _("How to reach them"),
            {
                "fields": (
                    ("phone", "phone_tel"),
                    ("text_number", "text_word"),
                    ("email", "web"),
                    "deaf",
                )
            },
        ),
        (
            _("Where it stands"),
            {"fields": ("grouping", "reading_order", "in_band", "band_label")},
        ),
        (
            _("How we know"),
            {
                "fields": (
                    "source_name",
                    "source_url",
                    "source_dated",
                    ("checked_on", "check_again_by"),
                    "staff_note",
                )
            },
        ),
    )

    @admin.display(description=_("call or text"))
    def reached_by(self, line: HelpLine) -> str:
        return line.phone or line.text_number or line.email or line.web

    @admin.display(description=_("at the top"), ordering="in_band")
    def at_the_top(self, line: HelpLine) -> str:
        return line.band_label if line.in_band else ""

    @admin.display(description=_("check again by"), ordering="check_again_by")
    def check_again(self, line: HelpLine) -> SafeString | str:
        said = f"{line.check_again_by:%d %b %Y}".lstrip("0")
        if line.check_again_by < timezone.localdate():
            return format_html('<strong class="due">{}</strong>', said)
        return said

    @admin.action(description=_("Checked today, all is right"), permissions=["change"])
    def checked_today(self, request: HttpRequest, several: QuerySet[HelpLine]) -> None:
        """Only after ringing or reading: the page says that we checked on this day."""
        today = timezone.localdate()
        for line in several:
            line.checked_on, line.check_again_by = today, today + CHECK_AFTER
            self.save_model(request, line, None, change=True)
            self.log_change(request, line, str(_("Checked, all is right.")))
        number = len(several)
        said = ngettext("%(number)d line checked.", "%(number)d lines checked.", number)
        messages.success(request, said % {"number": number})
