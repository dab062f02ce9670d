"""What a group tells of a grant once it is spent, and a story from it, while there is consent.

As with an application, all that was typed stands in `said` until it is sent; sending it reads
`said` into the columns and rows. Pictures of children are neither asked for nor kept.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assets.models.consent import Consent, wiped_when_withdrawn
from grants.models.awards import Award
from grants.models.round_form import BudgetHeading
from grants.models.rounds import money
from thrive.choices import known


class ReportStatus(models.TextChoices):
    """Labels are the staff's; `REPORT_WORDS` are the group's."""

    DRAFT = "draft", _("Not sent yet")
    SENT = "sent", _("To be read")
    RETURNED = "returned", _("Given back")
    ACCEPTED = "accepted", _("Accepted")


R = ReportStatus
REPORT_WORDS = {
    R.DRAFT: _("You have not sent it yet"),
    R.SENT: _("We have it"),
    R.RETURNED: _("A little is missing"),
    R.ACCEPTED: _("All done, thank you"),
}
REPORT_MOVES: dict[ReportStatus, frozenset[ReportStatus]] = {
    R.DRAFT: frozenset({R.SENT}),
    R.SENT: frozenset({R.RETURNED, R.ACCEPTED}),
    R.RETURNED: frozenset({R.SENT}),
    R.ACCEPTED: frozenset(),
}
# The group may write in it.
OPEN = (R.DRAFT, R.RETURNED)


class Outcome(models.Model):
    """What a grant may change for children: one of the local list. Staff may add to it."""

    slug = models.SlugField(_("address"), primary_key=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    help = models.CharField(_("how to count it"), max_length=250)
    reading_order = models.PositiveSmallIntegerField(_("reading order"), default=100)

    class Meta:
        ordering = ["reading_order", "name"]
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    """Change one through `grants.reporting` only. `said`: a field → what was typed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.OneToOneField(
        Award, verbose_name=_("award"), on_delete=models.CASCADE, related_name="report"
    )
    # A small award: how many children, and a story.
    is_short = models.BooleanField(_("short"))
    due_on = models.DateField(_("due on"))
    status = models.CharField(
        _("status"), max_length=8, choices=ReportStatus, default=ReportStatus.DRAFT
    )
    said = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(_("last written in"), null=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Read from `said` when it is sent. Children are each counted once.
    children = models.PositiveIntegerField(_("children and young people reached"), null=True)
    sessions = models.PositiveIntegerField(_("sessions held"), null=True)
    spent = money(_("spent"), null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        default_permissions = ("view",)
        permissions = [("review_report", "Can read reports, give them back and accept them")]
        constraints = [
            known("status", ReportStatus.values, _("That is not a status we know.")),
            models.CheckConstraint(
                name="report_sent_is_whole",
                condition=Q(status=R.DRAFT, sent_at=None, sent_by=None)
                | ~Q(status=R.DRAFT)
                & Q(sent_at__isnull=False, sent_by__isnull=False, children__gt=0)
                & (Q(is_short=True) | Q(sessions__gt=0, spent__isnull=False)),
                violation_error_message=_("What was sent is whole."),
            ),
            models.CheckConstraint(
                name="report_written_at_and_by",
                condition=Q(written_at=None, written_by=None)
                | Q(written_at__isnull=False, written_by__isnull=False),
                violation_error_message=_("Say both when it was written in and by whom."),
            ),
            models.CheckConstraint(
                name="report_spent_is_no_less_than_nothing",
                condition=Q(spent=None) | Q(spent__gte=0),
                violation_error_message=_("No less than nothing was spent."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.award.application)

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def group_words(self) -> str:
        return str(REPORT_WORDS[ReportStatus(self.status)])


class ReportMove(models.Model):
    """One change of a report's status: who, when, why. Rows are added, never changed."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="moves")
    from_status = models.CharField(_("from"), max_length=8, choices=ReportStatus)
    to_status = models.CharField(_("to"), max_length=8, choices=ReportStatus)
    moved_at = models.DateTimeField(_("when"), auto_now_add=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    why = models.TextField(_("why"), blank=True, max_length=2000)

    class Meta:
        ordering = ["moved_at", "pk"]
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        constraints = [
            models.CheckConstraint(
                name="reportmove_goes_somewhere",
                condition=~Q(from_status=F("to_status")),
                violation_error_message=_("It already has that status."),
            ),
            known("from_status", ReportStatus.values, _("That is not a status we know.")),
            known("to_status", ReportStatus.values, _("That is not a status we know.")),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class ReportOutcome(models.Model):
    """Of how many children it was true before, and after."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="outcomes")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="+")
    before = models.PositiveIntegerField(_("before"))
    after = models.PositiveIntegerField(_("after"))

    class Meta:
        ordering = ["report", "outcome"]
        verbose_name = _("outcome of a report")
        verbose_name_plural = _("outcomes of reports")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                "report",
                "outcome",
                name="reportoutcome_once",
                violation_error_message=_("This outcome is in the report already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.before} → {self.after}"


class ReportSpending(models.Model):
    """What was spent under one heading of the round's budget."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="spending")
    heading = models.ForeignKey(BudgetHeading, on_delete=models.PROTECT, related_name="+")
    amount = money(_("amount"))

    class Meta:
        ordering = ["report", "heading"]
        verbose_name = _("spending of a report")
        verbose_name_plural = _("spending of reports")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                "report",
                "heading",
                name="reportspending_once",
                violation_error_message=_("This heading is in the report already."),
            ),
            models.CheckConstraint(
                name="reportspending_is_no_less_than_nothing",
                condition=Q(amount__gte=0),
                violation_error_message=_("No less than nothing was spent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.amount}"


class Story(Consent):
    """A story of a report, and who said yes to it: never a name, nor anything else of a child.

    Consent can be taken back at any time. The words are then wiped, here and in the report.
    """

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="story")
    text = models.TextField(_("story"), blank=True, max_length=5000)
    # For what use. With neither, only our team reads it.
    on_pages = models.BooleanField(_("may stand on our public pages"), default=False)
    to_funders = models.BooleanField(_("may be told to funders"), default=False)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        default_permissions = ()
        constraints = [
            *Consent.Meta.constraints,
            models.CheckConstraint(
                name="story_used_with_consent",
                condition=Q(on_pages=False, to_funders=False)
                | Q(child_agreed=True, parent_agreed=True, agreed_on__isnull=False)
                & ~Q(agreed_how=""),
                violation_error_message=_(
                    "A story is used only where the child and a parent said yes: say how and when."
                ),
            ),
            wiped_when_withdrawn(on_pages=False, to_funders=False),
        ]

    def __str__(self) -> str:
        return str(self.report)
