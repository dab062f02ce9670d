"""When something happens, as a rule."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assets.models.activities import Activity
from thrive.choices import known


class Frequency(models.TextChoices):
    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every other week")
    MONTHLY = "monthly", _("every month")
    DATES = "dates", _("on single dates")


class Weekday(models.IntegerChoices):
    """Monday is 0, as in Python."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class WeekOfMonth(models.IntegerChoices):
    FIRST = 1, _("first")
    SECOND = 2, _("second")
    THIRD = 3, _("third")
    FOURTH = 4, _("fourth")
    LAST = -1, _("last")


class TimeOfYear(models.TextChoices):
    ALL_YEAR = "all-year", _("all year")
    TERM = "term", _("in term time")
    HOLIDAYS = "holidays", _("in the school holidays")


class OnBankHolidays(models.TextChoices):
    """Few groups have ever said: until they do, a family is told to ask."""

    ASK = "ask", _("not known: ask first")
    AS_USUAL = "as-usual", _("on as usual")
    NOT = "not", _("not on")


class Schedule(models.Model):
    """“Tuesdays 18:00 to 19:30, term time”. Times are Europe/London; dates are half-open."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="schedules")
    frequency = models.CharField(_("how often"), max_length=12, choices=Frequency)
    weekday = models.SmallIntegerField(_("day"), choices=Weekday, null=True, blank=True)
    week_of_month = models.SmallIntegerField(
        _("which one of the month"), choices=WeekOfMonth, null=True, blank=True
    )
    dates = ArrayField(models.DateField(), verbose_name=_("dates"), default=list, blank=True)
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("to"))
    time_of_year = models.CharField(
        _("when in the year"), max_length=10, choices=TimeOfYear, default=TimeOfYear.ALL_YEAR
    )
    on_bank_holidays = models.CharField(
        _("on bank holidays"), max_length=10, choices=OnBankHolidays, default=OnBankHolidays.ASK
    )
    starts_on = models.DateField(
        _("first day"),
        null=True,
        blank=True,
        help_text=_("For every other week: a day on which it happens."),
    )
    ends_before = models.DateField(
        _("over by"), null=True, blank=True, help_text=_("The first day it is no longer on.")
    )
    note = models.CharField(_("note"), max_length=120, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["weekday", "starts_at", "pk"]
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        constraints = [
            models.CheckConstraint(
                name="schedule_frequency_has_its_parts",
                condition=Q(
                    frequency="weekly",
                    weekday__isnull=False,
                    week_of_month__isnull=True,
                    dates__len=0,
                )
                | Q(
                    frequency="fortnightly",
                    weekday__isnull=False,
                    week_of_month__isnull=True,
                    starts_on__isnull=False,
                    dates__len=0,
                )
                | Q(
                    frequency="monthly",
                    weekday__isnull=False,
                    week_of_month__isnull=False,
                    dates__len=0,
                )
                | Q(
                    frequency="dates",
                    weekday__isnull=True,
                    week_of_month__isnull=True,
                    dates__len__gt=0,
                ),
                violation_error_message=_(
                    "Every week needs a day; every other week a day and a first day; every month "
                    "a day and which one; single dates only the dates."
                ),
            ),
            models.CheckConstraint(
                name="schedule_weekday_known",
                condition=Q(weekday__isnull=True) | Q(weekday__range=(0, 6)),
                violation_error_message=_("That is not a day of the week."),
            ),
            models.CheckConstraint(
                name="schedule_week_of_month_known",
                condition=Q(week_of_month__isnull=True) | Q(week_of_month__in=WeekOfMonth.values),
                violation_error_message=_("Say first, second, third, fourth or last."),
            ),
            models.CheckConstraint(
                name="schedule_fortnight_counts_from_its_day",
                condition=~Q(frequency="fortnightly") | Q(starts_on__iso_week_day=F("weekday") + 1),
                violation_error_message=_("The first day must fall on the day of the week."),
            ),
            known("time_of_year", TimeOfYear.values, _("Say when in the year.")),
            known("on_bank_holidays", OnBankHolidays.values, _("Say what bank holidays change.")),
            models.CheckConstraint(
                name="schedule_times_in_order",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("It must end after it starts."),
            ),
            models.CheckConstraint(
                name="schedule_days_in_order",
                condition=Q(starts_on__isnull=True)
                | Q(ends_before__isnull=True)
                | Q(ends_before__gt=F("starts_on")),
                violation_error_message=_("The last day must come after the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_frequency_display()}, {self.starts_at:%H:%M}"
