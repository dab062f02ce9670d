"""What is done every day by itself, and how it went."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thrive.choices import known


class Job(models.TextChoices):
    """In the order in which they are done."""

    ALL = "all", _("All of it")
    DATES = "dates", _("Dates of the coming year")
    REMINDERS = "reminders", _("Is it still right?")
    WORRIES = "worries", _("Worries that nobody has opened")
    PROPOSALS = "proposals", _("Forms that nobody goes on with")
    ASKERS = "askers", _("Who asked for what was done long ago")
    TOLD = "told", _("What people told us long ago")
    WEBSITES = "websites", _("Websites that do not open")
    FEEDS = "feeds", _("Other directories")
    FUND = "fund", _("The fund")
    ALERTS = "alerts", _("Letters to those who follow a search")
    UPLOADS = "uploads", _("Spreadsheets that nobody loaded")
    OUTBOX = "outbox", _("Mail that is done")
    SESSIONS = "sessions", _("Sign-ins that have run out")
    JOBS = "jobs", _("Old lines of this list")


class DailyJobQuerySet(models.QuerySet["DailyJob"]):
    def latest_of_each(self) -> Self:
        """The last time that each job was done."""
        return self.order_by("name", "-begun_at", "-pk").distinct("name")


class DailyJob(models.Model):
    """One job of one day: what it did, in words. Without an end, it was stopped half-way."""

    name = models.CharField(_("job"), max_length=10, choices=Job)
    begun_at = models.DateTimeField(_("begun"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    said = models.CharField(_("what it did"), max_length=500, blank=True)
    failed = models.BooleanField(_("failed"), default=False)

    objects = DailyJobQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        verbose_name = _("daily job")
        verbose_name_plural = _("daily jobs")
        default_permissions = ("view",)
        constraints = [
            known("name", Job.values, _("That is not a job we know.")),
            models.CheckConstraint(
                name="dailyjob_times_in_order",
                condition=Q(finished_at=None) | Q(finished_at__gte=F("begun_at")),
                violation_error_message=_("Begun, then finished: the times must be in that order."),
            ),
            models.CheckConstraint(
                name="dailyjob_finished_says_how",
                condition=Q(finished_at=None, said="", failed=False)
                | Q(finished_at__isnull=False) & ~Q(said=""),
                violation_error_message=_("What is finished says what it did."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()}, {self.begun_at:%Y-%m-%d}"
