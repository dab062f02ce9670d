"""School terms and bank holidays in the staff pages: those that are still to confirm come first."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import staff_site
from assets.admin.base import DirectoryForm, StaffAdmin
from assets.dates import changes
from assets.dates.calendars import running_out, to_confirm
from assets.models import Area, BankHoliday, SchoolTerm
from assets.words import long_date


class SchoolTermForm(DirectoryForm):
    beside = {
        "schoolterm_days_in_order": "ends_before",
        "schoolterm_days_once": "starts_on",
        "schoolterm_named_once": "name",
    }


class ToDoFilter(admin.SimpleListFilter):
    title = _("to do")
    parameter_name = "do"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("confirm", _("still to confirm")), ("add", _("last one that is known"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "confirm":
                return queryset.filter(pk__in=to_confirm())
            case "add":
                return queryset.filter(pk__in=running_out())
        return queryset


@admin.register(SchoolTerm, site=staff_site)
class SchoolTermAdmin(StaffAdmin):
    form = SchoolTermForm
    list_display = ("name", "authority", "from_day", "over_by", "checked", "to_confirm")
    list_filter = (ToDoFilter, ("authority", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("authority",)
    search_fields = ("name__unaccent__icontains", "authority__name__unaccent__icontains")
    search_help_text = _("Name or council")
    ordering = ("-starts_on", "authority")
    fields = (
        "authority",
        "name",
        ("starts_on", "ends_before"),
        "source_url",
        "checked_on",
        "staff_note",
    )

    @admin.display(description=_("first day"), ordering="starts_on")
    def from_day(self, term: SchoolTerm) -> str:
        return long_date(term.starts_on)

    @admin.display(description=_("over by"), ordering="ends_before")
    def over_by(self, term: SchoolTerm) -> str:
        return long_date(term.ends_before)

    @admin.display(description=_("checked on"), ordering="checked_on")
    def checked(self, term: SchoolTerm) -> str:
        return long_date(term.checked_on)

    @admin.display(description=_("still to confirm"), ordering="staff_note")
    def to_confirm(self, term: SchoolTerm) -> SafeString | str:
        return format_html('<strong class="due">{}</strong>', _("Yes")) if term.staff_note else ""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "authority":
            kwargs["queryset"] = Area.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: SchoolTerm, form: Any, change: bool) -> None:
        changes.save_term(term=obj)


@admin.register(BankHoliday, site=staff_site)
class BankHolidayAdmin(StaffAdmin):
    list_display = ("name", "on_day")
    search_fields = ("name__unaccent__icontains",)
    search_help_text = _("Name")
    ordering = ("-day",)
    fields = ("day", "name")

    @admin.display(description=_("day"), ordering="day")
    def on_day(self, holiday: BankHoliday) -> str:
        return long_date(holiday.day)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The day is what it is known by."""
        return ("day",) if obj else ()

    def save_model(self, request: HttpRequest, obj: BankHoliday, form: Any, change: bool) -> None:
        changes.save_bank_holiday(holiday=obj)
