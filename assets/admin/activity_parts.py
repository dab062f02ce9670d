"""What belongs to an activity: when, what it helps with, whom to ask, who else runs it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assets import schedules
from assets.admin.base import DirectoryForm
from assets.admin.fields import DatesField
from assets.admin.finding import GROUPS, exact
from assets.admin.inlines import PartInline, PartsFormSet, TagInline
from assets.admin.organisations import ContactInline
from assets.models import (
    ActivityNeedsGroup,
    ActivityPartner,
    ActivityTheme,
    DateChange,
    Schedule,
)


class ScheduleForm(DirectoryForm):
    beside = {
        "schedule_frequency_has_its_parts": "frequency",
        "schedule_weekday_known": "weekday",
        "schedule_week_of_month_known": "week_of_month",
        "schedule_time_of_year_known": "time_of_year",
        "schedule_on_bank_holidays_known": "on_bank_holidays",
        "schedule_times_in_order": "ends_at",
        "schedule_days_in_order": "ends_before",
    }
    dates = DatesField(label=_("Single dates"), help_text=_("With commas: 24/11/2026, 8/12/2026."))


class ScheduleInline(PartInline):
    model = Schedule
    form = ScheduleForm
    fields = (
        "frequency",
        "weekday",
        "week_of_month",
        "starts_at",
        "ends_at",
        "time_of_year",
        "on_bank_holidays",
        "starts_on",
        "ends_before",
        "dates",
        "note",
    )
    hint = _("When it is on: one line for each rule, such as “Tuesdays, 4 pm to 6 pm”.")

    def title_of(self, part: Schedule) -> str:
        return schedules.in_words(part)


class DateChangeForm(DirectoryForm):
    beside = {
        "datechange_kind_known": "kind",
        "datechange_has_its_parts": "kind",
        "datechange_times_in_order": "ends_at",
        "datechange_goes_somewhere": "to_on",
        "datechange_once": "on",
    }


class DateChangeFormSet(PartsFormSet):
    """Only rules of this activity can be chosen, as people say them; looked up once for all."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "schedule" in form.fields:
            form.fields["schedule"].queryset = self._of_this_activity()
            form.fields["schedule"].choices = self._rules

    @cached_property
    def _rules(self) -> list[tuple[Any, str]]:
        stored = self._of_this_activity()
        return [("", "---------"), *((one.pk, schedules.in_words(one)) for one in stored)]

    def _of_this_activity(self) -> QuerySet[Schedule]:
        """A new one has none yet."""
        return Schedule.objects.filter(activity=self.instance.pk)


class DateChangeInline(PartInline):
    model = DateChange
    form = DateChangeForm
    formset = DateChangeFormSet
    fields = ("kind", "on", "schedule", "to_on", "starts_at", "ends_at", "note")
    hint = _("“Not this week”, a date that moves, or one that comes on top.")

    def title_of(self, part: DateChange) -> str:
        return _("%(day)s: %(what)s") % {
            "day": schedules.day_in_words(part.on),
            "what": part.get_kind_display(),
        }


class ActivityContactInline(ContactInline):
    hint = _("Only where they are not those of the group.")


class PartnerForm(DirectoryForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # The whole name and address: looking up each row by its key would take a query each.
            self.initial["organisation"] = exact(self.instance.organisation)


class PartnerInline(PartInline):
    model = ActivityPartner
    form = PartnerForm
    fields = ("organisation",)
    finders = {"organisation": GROUPS}
    hint = _("Other groups that run it too.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ActivityPartner]:
        found: QuerySet[ActivityPartner] = super().get_queryset(request)
        return found.select_related("organisation").order_by("pk")


class NeedsGroupInline(TagInline):
    model = ActivityNeedsGroup
    fields = ("needs_group", "source", "reason")
    hint = _(
        "A need at one moment, never how bad it is. A club run by volunteers is “Staying well” or "
        "“Advice”: “Help towards a goal” needs a paid professional who answers for it."
    )


class ThemeInline(TagInline):
    model = ActivityTheme
    fields = ("theme", "source", "reason")
