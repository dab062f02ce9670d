"""How often pages were seen: one count for each listing and month, and nothing about who looked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assets.models.activities import Activity
from assets.models.organisations import Organisation


class SeenInMonth(models.Model):
    """`month` is its first day, in London."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="seen"
    )
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, null=True, related_name="seen")
    month = models.DateField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("count of a month")
        verbose_name_plural = _("counts of months")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="seeninmonth_of_one_listing",
                condition=Q(organisation__isnull=False, activity__isnull=True)
                | Q(organisation__isnull=True, activity__isnull=False),
                violation_error_message=_("A count belongs to one group or one activity."),
            ),
            models.CheckConstraint(
                name="seeninmonth_first_day",
                condition=Q(month__day=1),
                violation_error_message=_("A month is named by its first day."),
            ),
            models.UniqueConstraint(
                "organisation",
                "activity",
                "month",
                name="seeninmonth_once",
                nulls_distinct=False,
                violation_error_message=_("There is one count for each month."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity or self.organisation}, {self.month:%Y-%m}: {self.times}"
