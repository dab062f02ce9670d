"""What bends a rule: school terms, bank holidays, and “not this week”."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assets.models.activities import Activity
from assets.models.places import Area
from assets.models.schedules import Schedule
from thrive.choices import known


class _Days(Func):
    """From the first day until before the second: PostgreSQL's own ranges are half-open."""

    function = "daterange"
    output_field = DateRangeField()


class SchoolTerm(models.Model):
    """An unbroken run of term days of one education authority: half a term, half-open."""

    authority = models.ForeignKey(
        Area,
        verbose_name=_("education authority"),
        on_delete=models.PROTECT,
        related_name="school_terms",
        help_text=_("The county, or the council itself where there is none."),
    )
    name = models.CharField(
        _("name"), max_length=60, help_text=_("Such as “Autumn 2026, first half”.")
    )
    starts_on = models.DateField(_("first day of school"))
    ends_before = models.DateField(
        _("over by"), help_text=_("The day after the last day of school.")
    )
    source_url = models.URLField(_("address of the source"), max_length=300)
    checked_on = models.DateField(_("checked on"))
    staff_note = models.TextField(_("still to confirm"), blank=True, max_length=500)

    class Meta:
        ordering = ["starts_on", "authority"]
        verbose_name = _("school term")
        verbose_name_plural = _("school terms")
        constraints = [
            models.CheckConstraint(
                name="schoolterm_days_in_order",
                condition=Q(ends_before__gt=F("starts_on")),
                violation_error_message=_("The day it is over by must come after the first."),
            ),
            ExclusionConstraint(
                name="schoolterm_days_once",
                expressions=[
                    ("authority", RangeOperators.EQUAL),
                    (_Days("starts_on", "ends_before"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("There is a term on some of these days already."),
            ),
            models.UniqueConstraint(
                "authority",
                "name",
                name="schoolterm_named_once",
                violation_error_message=_("There is a term of that name already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.authority}"

    def clean(self) -> None:
        super().clean()
        if self.authority_id and self.authority.education_authority != self.authority:
            raise ValidationError(
                {
                    "authority": _("Schools here keep the terms of %(authority)s.")
                    % {"authority": self.authority.education_authority}
                }
            )


class BankHoliday(models.Model):
    """A bank holiday in England."""

    day = models.DateField(_("day"), primary_key=True)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["day"]
        verbose_name = _("bank holiday")
        verbose_name_plural = _("bank holidays")

    def __str__(self) -> str:
        return self.name


class DateChange(models.Model):
    """“Not this week”, a moved date, an extra date. Without a schedule: everything of that day.

    Called off with times of its own, it is an extra date that was to be.
    """

    class Kind(models.TextChoices):
        CANCELLED = "cancelled", _("not on")
        MOVED = "moved", _("moved")
        EXTRA = "extra", _("an extra date")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="date_changes")
    schedule = models.ForeignKey(
        Schedule,
        verbose_name=_("only this rule"),
        on_delete=models.CASCADE,
        related_name="date_changes",
        null=True,
        blank=True,
        help_text=_("Empty: everything of that day."),
    )
    on = models.DateField(_("day"))
    kind = models.CharField(_("what changes"), max_length=10, choices=Kind)
    to_on = models.DateField(_("moved to"), null=True, blank=True)
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    note = models.CharField(
        _("note"), max_length=120, blank=True, help_text=_("Shown to families: why, or where.")
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("change to a date")
        verbose_name_plural = _("changes to dates")
        constraints = [
            known("kind", ["cancelled", "moved", "extra"], _("Say what changes.")),
            models.CheckConstraint(
                name="datechange_has_its_parts",
                condition=Q(kind="cancelled", to_on__isnull=True)
                | Q(kind="moved", to_on__isnull=False)
                | Q(kind="extra", to_on__isnull=True, schedule__isnull=False)
                | Q(kind="extra", to_on__isnull=True, starts_at__isnull=False),
                violation_error_message=_(
                    "A moved date needs its new day; an extra date its times, or the rule that "
                    "it belongs to."
                ),
            ),
            models.CheckConstraint(
                name="datechange_times_in_order",
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at")),
                violation_error_message=_("Say from when to when: it must end after it starts."),
            ),
            models.CheckConstraint(
                name="datechange_goes_somewhere",
                condition=~Q(kind="moved", to_on=F("on"), starts_at__isnull=True),
                violation_error_message=_("Moved to the same day, it needs other times."),
            ),
            models.UniqueConstraint(
                "activity",
                "schedule",
                "on",
                name="datechange_once",
                nulls_distinct=False,
                violation_error_message=_("There is a change of that day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}: {self.get_kind_display()}"

    def clean(self) -> None:
        super().clean()
        if self.schedule and self.schedule.activity_id != self.activity_id:
            raise ValidationError({"schedule": _("That rule belongs to something else.")})
