"""What there is to read, and the lines of the learning pages: those to be checked come first."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.admin_site import staff_site
from assets.admin.base import DirectoryForm, StaffAdmin
from assets.admin.fields import Lines, Sentences
from assets.admin.reference import LONGEST_SLUG, NamedForm
from assets.admin.urgency import CHECK_AFTER
from assets.models import LearningNote, Reader, Resource


class ResourceForm(NamedForm):
    beside = {
        "resource_readers_known": "readers",
        "resource_behind_a_lock": "address",
        "resource_checked_again_later": "check_again_by",
    }
    readers = forms.MultipleChoiceField(
        label=gettext_lazy("For whom"),
        choices=Reader.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Say for whom it is.")},
    )

    class Meta:
        widgets = {"summary": Sentences()}


class DueFilter(admin.SimpleListFilter):
    title = gettext_lazy("to do")
    parameter_name = "do"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("check", gettext_lazy("due for a check"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.due() if self.value() == "check" else queryset


@admin.register(Resource, site=staff_site)
class ResourceAdmin(StaffAdmin):
    form = ResourceForm
    list_display = ("name", "publisher", "check_again", "is_public")
    list_filter = (DueFilter, "themes", "needs_groups", "is_public")
    search_fields = ("name__unaccent__icontains", "summary__unaccent__icontains", "publisher")
    search_help_text = gettext_lazy("Title, words or publisher")
    ordering = (F("check_again_by").asc(nulls_first=True), "name")
    actions = ("checked_today",)
    fields = (
        "name",
        "summary",
        "address",
        "publisher",
        "licence",
        "readers",
        "themes",
        "needs_groups",
        "is_public",
        ("checked_on", "check_again_by"),
    )

    @admin.display(description=gettext_lazy("check again by"), ordering="check_again_by")
    def check_again(self, resource: Resource) -> SafeString | str:
        if resource.check_again_by is None:
            return format_html('<strong class="due">{}</strong>', _("due for a check: not yet"))
        said = f"{resource.check_again_by:%d %b %Y}".lstrip("0")
        if resource.is_due:
            return format_html('<strong class="due">{} {}</strong>', _("due for a check:"), said)
        return said

    @admin.action(description=gettext_lazy("Opened today, all is right"), permissions=["change"])
    def checked_today(self, request: HttpRequest, several: QuerySet[Resource]) -> None:
        """Only after opening the address: the page says that we checked on this day."""
        today = timezone.localdate()
        for resource in several:
            resource.checked_on, resource.check_again_by = today, today + CHECK_AFTER
            self.save_model(request, resource, None, change=True)
            self.log_change(request, resource, str(_("Checked, all is right.")))
        number = len(several)
        said = ngettext("%(number)d checked.", "%(number)d checked.", number)
        messages.success(request, said % {"number": number})


class LearningNoteForm(DirectoryForm):
    beside = {
        "learningnote_kind_known": "kind",
        "learningnote_reader_known": "reader",
        "learningnote_of_one_page": "needs_group",
        "learningnote_call_has_its_line": "help_line",
        "learningnote_read_has_its_source": "resource",
        "learningnote_reviewed_by_somebody": "reviewed_on",
        "learningnote_own_advice_is_reviewed": "reviewer",
    }

    class Meta:
        widgets = {"text": Lines(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any]:
        """A short name of its own, from the page and the words, once."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.instance._state.adding:
            page = cleaned.get("theme") or cleaned.get("needs_group")
            words = cleaned.get("text") or cleaned.get("help_line") or ""
            self.instance.slug = _free(slugify(f"{page.pk if page else ''}-{words}"))
        return cleaned


def _free(slug: str) -> str:
    """This, or with a number behind it."""
    start = slug[: LONGEST_SLUG - 4].strip("-")
    taken = set(LearningNote.objects.filter(slug__startswith=start).values_list("slug", flat=True))
    numbered = (f"{start}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (start, *numbered) if one not in taken)


class UnreviewedFilter(admin.SimpleListFilter):
    title = gettext_lazy("own advice")
    parameter_name = "advice"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("unreviewed", gettext_lazy("waits for its reviewer"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        waits = Q(kind=LearningNote.Kind.ADVICE, reviewer="")
        return queryset.filter(waits) if self.value() == "unreviewed" else queryset


@admin.register(LearningNote, site=staff_site)
class LearningNoteAdmin(StaffAdmin):
    form = LearningNoteForm
    list_display = ("words", "page", "reader", "kind", "is_public")
    list_filter = ("theme", "needs_group", "reader", "kind", UnreviewedFilter)
    list_select_related = ("theme", "needs_group", "help_line")
    search_fields = ("text__unaccent__icontains",)
    search_help_text = gettext_lazy("Words")
    fields = (
        ("theme", "needs_group"),
        ("reader", "kind"),
        "text",
        "resource",
        "help_line",
        ("reviewer", "reviewed_on"),
        ("is_public", "reading_order"),
    )

    @admin.display(description=gettext_lazy("words"))
    def words(self, note: LearningNote) -> str:
        return note.text or str(note.help_line)

    @admin.display(description=gettext_lazy("page"))
    def page(self, note: LearningNote) -> str:
        return str(note.theme or note.needs_group)
