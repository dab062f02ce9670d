"""Every date on which something really happens, or was to happen."""

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from assets.models.activities import Activity
from assets.models.schedules import Schedule

LONDON = ZoneInfo("Europe/London")


class _LondonDay(Func):
    """TruncDate, but for a rule of the table: a migration cannot write down a time zone."""

    template = "(%(expressions)s AT TIME ZONE 'Europe/London')::date"
    output_field = models.DateField()


class PartOfDay(models.IntegerChoices):
    """Bits of `Occurrence.parts_of_day`: half past five is afternoon's end and after school."""

    MORNING = 1, _("morning")
    AFTERNOON = 2, _("afternoon")
    AFTER_SCHOOL = 4, _("after school")
    EVENING = 8, _("evening")


class Occurrence(models.Model):
    """Written by `assets.dates.occurrences` alone, in the transaction of the change it shows.

    `on` is the day in London. The times are those of the clock in London on that day.
    """

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="occurrences", db_index=False
    )
    # Null for an extra date outside all rules.
    schedule = models.ForeignKey(
        Schedule, on_delete=models.CASCADE, null=True, related_name="occurrences"
    )
    on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    parts_of_day = models.PositiveSmallIntegerField()
    cancelled = models.BooleanField(default=False)
    # Nobody has said whether it is on: it is a bank holiday.
    ask_first = models.BooleanField(default=False)
    moved_to = models.DateField(null=True)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="occurrence_times_in_order",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("It must end after it starts."),
            ),
            models.CheckConstraint(
                name="occurrence_on_its_day",
                condition=Q(on=_LondonDay("starts_at")),
                violation_error_message=_("It must start on its day, as London has it."),
            ),
            models.CheckConstraint(
                name="occurrence_parts_of_day_known",
                condition=Q(parts_of_day__range=(1, 15)),
                violation_error_message=_("It must be at some time of the day."),
            ),
            models.CheckConstraint(
                name="occurrence_moved_is_not_on",
                condition=Q(moved_to__isnull=True) | Q(cancelled=True),
                violation_error_message=_("What has moved away is not on."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["on", "activity"],
                # All that a search reads of it: the table itself is left alone.
                include=["parts_of_day", "starts_at", "ends_at"],
                condition=Q(cancelled=False),
                name="occurrence_on",
            ),
            models.Index(fields=["activity", "starts_at"], name="occurrence_next"),
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"
