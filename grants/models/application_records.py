"""What hangs on an application: each change of its status, and each text ever written in it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.models.application_status import ApplicationStatus
from grants.models.applications import Application
from thrive.choices import known


class ApplicationMove(models.Model):
    """One change of an application's status: who, when, why. Rows are added, never changed."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="moves")
    from_status = models.CharField(_("from"), max_length=10, choices=ApplicationStatus)
    to_status = models.CharField(_("to"), max_length=10, choices=ApplicationStatus)
    moved_at = models.DateTimeField(_("when"), auto_now_add=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        help_text=_("Empty when a command did it."),
        related_name="+",
    )
    why = models.TextField(_("why"), blank=True, max_length=2000)

    class Meta:
        ordering = ["moved_at", "pk"]
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        constraints = [
            models.CheckConstraint(
                name="applicationmove_goes_somewhere",
                condition=~Q(from_status=F("to_status")),
                violation_error_message=_("It already has that status."),
            ),
            known("from_status", ApplicationStatus.values, _("That is not a status we know.")),
            known("to_status", ApplicationStatus.values, _("That is not a status we know.")),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class ApplicationEdit(models.Model):
    """What one person wrote in one step, so that no text is lost. Rows are added, never changed."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="edits")
    # Of the application, once this was written.
    version = models.PositiveIntegerField()
    part = models.CharField(max_length=40)
    said = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["version", "pk"]
        verbose_name = _("text of an application")
        verbose_name_plural = _("texts of applications")
        constraints = [
            models.UniqueConstraint(
                "application",
                "version",
                name="applicationedit_once",
                violation_error_message=_("Each version has one text."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.part}, {self.version}"
