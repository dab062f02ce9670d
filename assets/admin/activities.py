"""Activities in the staff pages."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin_site import staff_site
from assets import words
from assets.admin.activity_parts import (
    ActivityContactInline,
    DateChangeInline,
    NeedsGroupInline,
    PartnerInline,
    ScheduleInline,
    ThemeInline,
)
from assets.admin.base import who
from assets.admin.fields import AgeField, OldestAgeField, Sentences
from assets.admin.finding import GROUPS, VENUES
from assets.admin.listing import ListingAdmin
from assets.admin.listing_form import ListingForm
from assets.admin.urgency import ToDoFilter
from assets.harvesting import accepting
from assets.models import Activity, DateChange, Organisation
from assets.models.activities import Referrer, WayToTakePart


class ActivityForm(ListingForm):
    beside = {
        "activity_kind_known": "kind",
        "activity_ways_known": "ways_to_take_part",
        "activity_in_person_has_a_venue": "venue",
        "activity_ages_in_order": "age_before",
        "activity_price_goes_with_cost": "price",
        "activity_cost_known": "cost",
        "activity_level_known": "level",
        "activity_referral_says_by_whom": "who_can_refer",
        "activity_how_to_come_known": "how_to_come",
        "activity_newcomers_dated": "newcomers_said_on",
        "activity_wait_goes_with_waiting_list": "waiting_weeks",
    }

    class Meta:
        widgets = {"summary": Sentences()}

    age_from = AgeField(
        label=_("Youngest age"), help_text=_("Such as 7 or 18 months. Empty: from birth.")
    )
    age_before = OldestAgeField(
        label=_("Oldest age that still counts"),
        help_text=_("4 means up to the day before the fifth birthday. Empty: no upper age."),
    )
    ways_to_take_part = forms.MultipleChoiceField(
        label=_("How to take part"),
        choices=WayToTakePart.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    who_can_refer = forms.MultipleChoiceField(
        label=_("Who can refer"),
        choices=Referrer.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def _post_clean(self) -> None:
        # What an example group runs is an example: nobody has to tick that.
        group = self.cleaned_data.get("organisation")
        if isinstance(group, Organisation):
            self.instance.is_example = group.is_example
        super()._post_clean()


class TagFilter(admin.SimpleListFilter):
    """By tag. Django's own filter would need DISTINCT, which points cannot have."""

    relation: str

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        named: Any = Activity._meta.get_field(self.relation).related_model
        return [(one.pk, str(one)) for one in named._default_manager.all()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.relation: self.value()}) if self.value() else queryset


class NeedsFilter(TagFilter):
    title = _("needs group")
    parameter_name = "needs"
    relation = "needs_groups"


class ThemeFilter(TagFilter):
    title = _("theme")
    parameter_name = "theme"
    relation = "themes"


class GroupFilter(admin.SimpleListFilter):
    """Never a list of all groups: it comes with a link from the page of one."""

    title = _("group")
    parameter_name = "group"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        try:
            key = UUID(request.GET.get("group", ""))
        except ValueError:
            return []
        return [(str(group.pk), group.name) for group in Organisation.objects.filter(pk=key)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        known = {key for key, _name in self.lookup_choices}
        return queryset.filter(organisation=self.value()) if self.value() in known else queryset


@admin.register(Activity, site=staff_site)
class ActivityAdmin(ListingAdmin):
    form = ActivityForm
    finders = {"organisation": GROUPS, "venue": VENUES}
    public_url = "activity"
    name_field = "title"
    list_display = ("title", "status_tag", "checked", "organisation", "where", "ages")
    list_filter = (ToDoFilter, "status", "kind", "level", NeedsFilter, ThemeFilter, GroupFilter)
    list_select_related = ("organisation", "venue__place")
    search_fields = (
        "title__unaccent__icontains",
        "organisation__name__unaccent__icontains",
        "venue__name__unaccent__icontains",
        "venue__place__name__unaccent__icontains",
    )
    search_help_text = _("Name, group, venue or village")
    fieldsets = (
        (
            _("What it is"),
            {
                "fields": (
                    "organisation",
                    "title",
                    "kind",
                    "summary",
                    "description",
                    "first_visit",
                )
            },
        ),
        (
            _("Who it is for"),
            {
                "fields": (
                    ("age_from", "age_before"),
                    "in_pregnancy",
                    "level",
                    "audiences",
                    "languages",
                )
            },
        ),
        (
            _("Where"),
            {"fields": ("ways_to_take_part", "venue", "area_served", "access_features")},
        ),
        (_("Cost"), {"fields": (("cost", "price", "cost_note"), "help_with_cost")}),
        (
            _("How to come"),
            {
                "fields": (
                    "how_to_come",
                    "who_can_refer",
                    ("newcomers", "newcomers_said_on", "waiting_weeks"),
                    "meanwhile",
                )
            },
        ),
    )
    # For those who may only look: months and codes in words.
    IN_WORDS = {
        "age_from": "ages",
        "age_before": None,
        "ways_to_take_part": "ways",
        "who_can_refer": "referrers",
        "price": None,
        "cost_note": None,
        "help_with_cost": None,
        "cost": "costs",
    }
    inlines = (
        ScheduleInline,
        DateChangeInline,
        NeedsGroupInline,
        ThemeInline,
        ActivityContactInline,
        PartnerInline,
    )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Changes of dates first: those of a rule that is removed with it go with the rule."""
        in_order = sorted(formsets, key=lambda one: one.model is not DateChange)
        super().save_related(request, form, in_order, change)

    def response_post_save_change(
        self, request: HttpRequest, obj: Activity
    ) -> HttpResponseRedirect:
        """Back to the other drafts of the directory that it came from, if it is still one."""
        source = accepting.waits_in(obj)
        if source and who(request).has_perm("assets.change_source"):
            url = reverse("admin:assets_source_drafts", args=[source.pk])
            return HttpResponseRedirect(url)
        return super().response_post_save_change(request, obj)

    @admin.display(description=_("where"), ordering="venue__place__name")
    def where(self, activity: Activity) -> SafeString | str:
        place = words.where_in_words(activity)
        if activity.venue is None:
            return place
        return format_html("{}<small>{}</small>", place, activity.venue.name)

    @admin.display(description=_("ages"), ordering="age_from")
    def ages(self, activity: Activity) -> str:
        return words.ages_of(activity)

    @admin.display(description=_("how to take part"))
    def ways(self, activity: Activity) -> str:
        return words.ways_in_words(activity)

    @admin.display(description=_("who can refer"))
    def referrers(self, activity: Activity) -> str:
        return words.referrers_in_words(activity)

    @admin.display(description=_("cost"))
    def costs(self, activity: Activity) -> str:
        return words.cost_in_words(activity)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (name, options | {"fields": self._in_words(options["fields"])})
            for name, options in fieldsets
        ]

    def _in_words(self, fields: Any) -> list[str]:
        names = [name for line in fields for name in (line if isinstance(line, tuple) else (line,))]
        said = [self.IN_WORDS.get(name, name) for name in names]
        return [name for name in said if name]
