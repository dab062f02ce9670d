"""That a group was asked whether what a listing says is still right."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assets.models.activities import Activity
from assets.models.organisations import Organisation
from thrive.choices import known


class Asked(models.TextChoices):
    STILL_RIGHT = "still-right", _("Is it still right?")
    NOTICE = "notice", _("It will leave the results soon")


class FreshnessReminder(models.Model):
    """One listing, asked about once in each way since it was last known to be right.

    Written in the transaction of its mails. Rows are added, never changed.
    """

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("group"),
        on_delete=models.CASCADE,
        null=True,
        related_name="reminders",
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, null=True, related_name="reminders"
    )
    asked = models.CharField(_("what was asked"), max_length=12, choices=Asked)
    since = models.DateField(_("known since"))
    sent_on = models.DateField(_("asked on"))

    class Meta:
        ordering = ["-sent_on", "-pk"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        default_permissions = ("view",)
        constraints = [
            known("asked", Asked.values, _("Say what was asked.")),
            models.CheckConstraint(
                name="freshnessreminder_of_one_listing",
                condition=Q(organisation__isnull=False, activity__isnull=True)
                | Q(organisation__isnull=True, activity__isnull=False),
                violation_error_message=_("A reminder is about one group or one activity."),
            ),
            models.CheckConstraint(
                name="freshnessreminder_comes_later",
                condition=Q(sent_on__gt=F("since")),
                violation_error_message=_("What is known today needs no asking."),
            ),
            models.UniqueConstraint(
                "organisation",
                "activity",
                "asked",
                "since",
                name="freshnessreminder_once",
                nulls_distinct=False,
                violation_error_message=_("They were asked about this already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity or self.organisation}: {self.get_asked_display()}"


class Call(models.Model):
    """Somebody of our team rang a group: when, and what came of it. Rows are only added."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("group"), on_delete=models.CASCADE, related_name="calls"
    )
    called_at = models.DateTimeField(_("when"), auto_now_add=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.CharField(_("note"), max_length=250, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-called_at", "-pk"]
        verbose_name = _("call")
        verbose_name_plural = _("calls")

    def __str__(self) -> str:
        return f"{self.organisation}: {self.called_by}"
