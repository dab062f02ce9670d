"""Worries about how a group keeps children safe. Seen by the safeguarding lead and deputy alone."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assets.models.activities import Activity
from assets.models.organisations import Organisation
from assets.models.reports import Report
from assets.models.venues import Venue
from thrive.choices import known


class WorryStatus(models.TextChoices):
    NEW = "new", _("Nobody has opened it")
    TAKEN = "taken", _("Being looked after")
    CLOSED = "closed", _("Closed")


WORRY_MOVES: dict[WorryStatus, frozenset[WorryStatus]] = {
    # Never closed unread.
    WorryStatus.NEW: frozenset({WorryStatus.TAKEN}),
    WorryStatus.TAKEN: frozenset({WorryStatus.CLOSED}),
    WorryStatus.CLOSED: frozenset({WorryStatus.TAKEN}),
}


class SafetyWorryQuerySet(models.QuerySet["SafetyWorry"]):
    def unseen(self) -> Self:
        return self.filter(status=WorryStatus.NEW)


class SafetyWorry(Report):
    """Change one through `assets.safety` only. Its number is no number: an address tells nothing.

    It has no `view_` permission, so that no role which sees all of the directory sees it.
    """

    class Outcome(models.TextChoices):
        PASSED_ON = "passed-on", _("Passed on to those who protect children")
        PUT_RIGHT = "put-right", _("Talked over with the group, and put right")
        NOTHING = "nothing", _("Looked into, and nothing to put right")
        OTHER = "other", _("Not about keeping children safe")

    MOVES: ClassVar[dict[Any, frozenset[Any]]] = WORRY_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.CharField(_("how to reach them"), max_length=200, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=WorryStatus, default=WorryStatus.NEW
    )
    # The last working day on which everybody was told that nobody had opened it.
    escalated_on = models.DateField(_("told again"), null=True, blank=True)
    outcome = models.CharField(_("how it ended"), max_length=10, choices=Outcome, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    wiped_at = models.DateTimeField(_("words wiped"), null=True, blank=True)

    objects: ClassVar = SafetyWorryQuerySet.as_manager()

    class Meta(Report.Meta):
        verbose_name = _("worry about safety")
        verbose_name_plural = _("worries about safety")
        permissions = [("handle_safetyworry", _("Can read and close worries about safety"))]
        constraints = [
            *Report.Meta.constraints,
            known("status", WorryStatus.values, _("That is not a status we know.")),
            models.CheckConstraint(
                name="safetyworry_closed_with_an_outcome",
                condition=(~Q(status="closed") & Q(closed_at__isnull=True, outcome=""))
                | Q(
                    status="closed",
                    closed_at__isnull=False,
                    outcome__in=["passed-on", "put-right", "nothing", "other"],
                ),
                violation_error_message=_("Say how it ended, when it is closed and not before."),
            ),
            models.CheckConstraint(
                name="safetyworry_words_until_wiped",
                condition=(Q(wiped_at__isnull=True) & ~Q(words=""))
                | Q(wiped_at__isnull=False, words="", contact="", status="closed"),
                violation_error_message=_("Words are wiped once it is closed, and not earlier."),
            ),
        ]

    def __str__(self) -> str:
        # No listing and no word of it: this ends up in logs and in titles.
        return gettext("Worry about safety")

    def _record_move(self, was: Any, to: Any, *, by: Any, why: str) -> None:
        SafetyRecord.objects.create(
            worry=self,
            what=SafetyRecord.What.MOVED,
            from_status=was,
            to_status=to,
            recorded_by=by,
            why=why,
        )


class HidingQuerySet(models.QuerySet["Hiding"]):
    def on(self) -> Self:
        return self.filter(shown_at=None)


class Hiding(models.Model):
    """A listing that nobody makes public while this is on: who looks after the worry lets it go.

    Without a `view_` permission, as worries are. Change one through `assets.safety` only.
    """

    worry = models.ForeignKey(SafetyWorry, on_delete=models.CASCADE, related_name="hidings")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, null=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="+"
    )
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, null=True, related_name="+")
    hidden_at = models.DateTimeField(_("hidden"), auto_now_add=True)
    shown_at = models.DateTimeField(_("shown again"), null=True)

    objects: ClassVar = HidingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["hidden_at", "pk"]
        verbose_name = _("hidden listing")
        verbose_name_plural = _("hidden listings")
        constraints = [
            models.CheckConstraint(
                name="hiding_of_one_listing",
                condition=Q(activity__isnull=False, organisation__isnull=True, venue__isnull=True)
                | Q(activity__isnull=True, organisation__isnull=False, venue__isnull=True)
                | Q(activity__isnull=True, organisation__isnull=True, venue__isnull=False),
                violation_error_message=_("It is about one activity, one group or one place."),
            ),
            models.UniqueConstraint(
                "worry",
                "activity",
                "organisation",
                "venue",
                name="hiding_once",
                condition=Q(shown_at=None),
                nulls_distinct=False,
                violation_error_message=_("It is hidden already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.listing)

    @property
    def listing(self) -> Activity | Organisation | Venue:
        found = self.activity or self.organisation or self.venue
        if found is None:
            raise ValueError("Nothing is hidden, against the constraint.")
        return found


class SafetyRecord(models.Model):
    """One thing that was done about a worry: who, when, why. Rows are added, never changed."""

    class What(models.TextChoices):
        MOVED = "moved", _("Moved on")
        HIDDEN = "hidden", _("Listing hidden")
        SHOWN = "shown", _("Listing shown again")
        ESCALATED = "escalated", _("Everybody told again")

    worry = models.ForeignKey(SafetyWorry, on_delete=models.CASCADE, related_name="records")
    what = models.CharField(_("what"), max_length=10, choices=What)
    from_status = models.CharField(_("from"), max_length=10, choices=WorryStatus, blank=True)
    to_status = models.CharField(_("to"), max_length=10, choices=WorryStatus, blank=True)
    recorded_at = models.DateTimeField(_("when"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Empty when a command did it."),
    )
    why = models.CharField(_("why"), max_length=500, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["recorded_at", "pk"]
        verbose_name = _("what was done")
        verbose_name_plural = _("what was done")
        constraints = [
            known("what", ["moved", "hidden", "shown", "escalated"], _("Say what was done.")),
            models.CheckConstraint(
                name="safetyrecord_a_move_goes_somewhere",
                condition=Q(
                    what="moved",
                    from_status__in=WorryStatus.values,
                    to_status__in=WorryStatus.values,
                )
                & ~Q(from_status=F("to_status"))
                | ~Q(what="moved") & Q(from_status="", to_status=""),
                violation_error_message=_("A move goes from one status to another."),
            ),
        ]

    def __str__(self) -> str:
        if self.what == self.What.MOVED:
            return f"{self.get_from_status_display()} → {self.get_to_status_display()}"
        return str(self.get_what_display())
