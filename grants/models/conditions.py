"""What an award is bound to beside its agreement: each with a date, and how it ended."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.models.applications import Application

NOT_MET = Q(met_at=None, waived_at=None)


class ConditionQuerySet(models.QuerySet["Condition"]):
    def overdue(self) -> models.QuerySet["Condition"]:
        """Of awards that the group has agreed to: past its day, and neither met nor waived."""
        return self.filter(
            NOT_MET,
            due_on__lt=timezone.localdate(),
            application__its_award__status__in=["accepted", "reporting"],
        )


class Condition(models.Model):
    """One thing that the group does by a day. Change one through `grants.conditions` only.

    It hangs on the application, so that it can be set before the award is told. Once the group has
    agreed to it, what it says does not change any more (migration 0009).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="conditions"
    )
    words = models.CharField(_("what the group does"), max_length=500)
    due_on = models.DateField(_("by"))
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    met_at = models.DateTimeField(_("met"), null=True)
    met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ticked by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    waived_at = models.DateTimeField(_("waived"), null=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("waived by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    waived_why = models.CharField(_("why it was waived"), max_length=300, blank=True)

    objects = ConditionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "added_at"]
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        constraints = [
            models.UniqueConstraint(
                "application",
                "words",
                "due_on",
                name="condition_once",
                violation_error_message=_("This condition is there already."),
            ),
            models.CheckConstraint(
                name="condition_says_what",
                condition=~Q(words=""),
                violation_error_message=_("Say what the group does."),
            ),
            models.CheckConstraint(
                name="condition_met_at_and_by",
                condition=Q(met_at=None, met_by=None)
                | Q(met_at__isnull=False, met_by__isnull=False),
                violation_error_message=_("Say both when it was met and who says so."),
            ),
            models.CheckConstraint(
                name="condition_waived_says_why",
                condition=Q(waived_at=None, waived_by=None, waived_why="")
                | Q(waived_at__isnull=False, waived_by__isnull=False) & ~Q(waived_why=""),
                violation_error_message=_("What is waived says when, by whom and why."),
            ),
            models.CheckConstraint(
                name="condition_met_or_waived",
                condition=Q(met_at=None) | Q(waived_at=None),
                violation_error_message=_("It is met or waived, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_open(self) -> bool:
        return self.met_at is None and self.waived_at is None

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()
