"""What was looked for and is not there: counted by month, town and theme, and nothing else."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assets.models.places import Place
from thrive.models import Theme


class NotFound(models.Model):
    """`month` is its first day, in London. `place` is the nearest town to what was asked for."""

    month = models.DateField(_("month"), editable=False)
    place = models.ForeignKey(
        Place,
        verbose_name=_("near"),
        on_delete=models.CASCADE,
        null=True,
        editable=False,
        related_name="+",
    )
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("theme"),
        on_delete=models.CASCADE,
        null=True,
        editable=False,
        related_name="+",
    )
    times = models.PositiveIntegerField(_("times"), default=1, editable=False)

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("where something is missing")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="notfound_first_day",
                condition=Q(month__day=1),
                violation_error_message=_("A month is named by its first day."),
            ),
            models.UniqueConstraint(
                "month",
                "place",
                "theme",
                name="notfound_once",
                nulls_distinct=False,
                violation_error_message=_("There is one count for each month, town and theme."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
