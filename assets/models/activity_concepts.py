"""Which sport an activity is, as staff hold it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assets.models.activities import Activity


class ActivityConceptQuerySet(models.QuerySet["ActivityConcept"]):
    def once_a_sport(self) -> Self:
        """What harvesters may know of: also what was said to be none since."""
        return self.filter(first_chosen_at__isnull=False)


class ActivityConcept(models.Model):
    """`concept` is a key of the OpenActive Activity List; empty: not a sport.

    Written by `assets.openactive.verbs` alone.
    """

    activity = models.OneToOneField(
        Activity,
        verbose_name=_("activity"),
        on_delete=models.CASCADE,
        related_name="activity_concept",
    )
    concept = models.CharField(_("which sport"), max_length=36, blank=True)
    first_chosen_at = models.DateTimeField(_("first held to be a sport"), null=True)
    chosen_at = models.DateTimeField(_("when"))
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Empty when a command did it."),
    )

    objects: ClassVar = ActivityConceptQuerySet.as_manager()

    class Meta:
        verbose_name = _("sport")
        verbose_name_plural = _("which sport it is")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="activityconcept_is_a_key",
                condition=Q(concept="")
                | Q(concept__regex=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"),
                violation_error_message=_("Choose one of the list."),
            ),
            models.CheckConstraint(
                name="activityconcept_sport_has_its_first_day",
                condition=Q(concept="") | Q(first_chosen_at__isnull=False),
                violation_error_message=_("Say since when it is a sport."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.concept or '-'}"
