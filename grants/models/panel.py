"""The panel: when it met, who was there, what it decided and why, and what else it looked at."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.models.applications import Application
from grants.models.panel_people import Seat
from grants.models.rounds import Round, money
from thrive.choices import known


class Meeting(models.Model):
    """One sitting of a round's panel. Nothing is decided outside one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="meetings")
    place = models.CharField(_("where"), max_length=120, blank=True)
    began_at = models.DateTimeField(_("began"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    began_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(_("note for the minutes"), blank=True, max_length=5000)

    class Meta:
        ordering = ["round", "began_at"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.UniqueConstraint(
                "round",
                name="meeting_one_at_a_time",
                condition=Q(ended_at=None),
                violation_error_message=_("The panel is meeting already."),
            ),
            models.CheckConstraint(
                name="meeting_ends_after_it_began",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
                violation_error_message=_("It ends after it began."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.began_at:%Y-%m-%d}"

    def present(self, at: datetime | None = None) -> models.QuerySet["Attendance"]:
        """Who is there now, or was at some time."""
        if at is None:
            return self.attendances.filter(left_at=None)
        return self.attendances.filter(came_at__lte=at).filter(Q(left_at=None) | Q(left_at__gt=at))


class Attendance(models.Model):
    """That somebody was there, from when until when. Back again is another row."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    # With a round go its seats and its meetings, and so this.
    seat = models.ForeignKey(Seat, on_delete=models.RESTRICT, related_name="attendances")
    came_at = models.DateTimeField(_("came"), auto_now_add=True)
    left_at = models.DateTimeField(_("left"), null=True)
    # They went while this one was talked about. Empty where they went for another reason.
    left_for = models.ForeignKey(
        Application, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["meeting", "came_at", "pk"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(
                "meeting",
                "seat",
                name="attendance_here_once",
                condition=Q(left_at=None),
                violation_error_message=_("They are here already."),
            ),
            models.CheckConstraint(
                name="attendance_leaves_after_coming",
                condition=Q(left_at=None) | Q(left_at__gte=F("came_at")),
                violation_error_message=_("People leave after they came."),
            ),
            models.CheckConstraint(
                name="attendance_left_for_is_left",
                condition=Q(left_for=None) | Q(left_at__isnull=False),
                violation_error_message=_("Say when they left."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.seat)


class Decision(models.Model):
    """What the panel made of one application, and why. Rows are added, never changed."""

    class Outcome(models.TextChoices):
        AWARD = "award", _("Award")
        RESERVE = "reserve", _("Reserve")
        DECLINE = "decline", _("Decline")
        # Taken back, to be talked about again.
        OPEN = "open", _("Not decided")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="decisions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    amount = money(_("amount"), null=True)
    reason = models.TextField(_("why"), max_length=2000)
    # Where it stood by its scores, and what it had: so that the minutes can say what moved.
    rank = models.PositiveSmallIntegerField(_("rank by scores"), null=True)
    decided_at = models.DateTimeField(_("when"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["decided_at", "pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            known("outcome", ["award", "reserve", "decline", "open"], _("Say what it is.")),
            models.CheckConstraint(
                name="decision_award_has_an_amount",
                # Said with care: an amount that is missing is not above nothing, nor below.
                condition=Q(outcome="award", amount__isnull=False, amount__gt=0)
                | ~Q(outcome="award") & Q(amount=None),
                violation_error_message=_("An award has an amount, and nothing else has one."),
            ),
            models.CheckConstraint(
                name="decision_says_why",
                condition=~Q(reason=""),
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"


class PanelScore(models.Model):
    """What the panel put in the place of the scorers' mean, and why. Rows are added, never changed.

    What scorers gave stays as it is, and stands beside it. The database takes none while the round
    is not with the panel.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="panel_scores"
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="panel_scores")
    # Empty: taken back, so that the scorers' mean counts again.
    points = models.DecimalField(_("points"), max_digits=4, decimal_places=1, null=True, blank=True)
    # The scorers' mean at that moment; empty where nobody had scored it.
    scored = models.DecimalField(
        _("by the scorers"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    reason = models.TextField(_("why"), max_length=2000)
    agreed_at = models.DateTimeField(_("when"), auto_now_add=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["agreed_at", "pk"]
        verbose_name = _("score of the panel")
        verbose_name_plural = _("scores of the panel")
        constraints = [
            models.CheckConstraint(
                name="panelscore_is_of_100",
                condition=Q(points=None) | Q(points__gte=0, points__lte=100),
                violation_error_message=_("Points are 0 to 100."),
            ),
            models.CheckConstraint(
                name="panelscore_scored_is_of_100",
                condition=Q(scored=None) | Q(scored__gte=0, scored__lte=100),
                violation_error_message=_("Points are 0 to 100."),
            ),
            models.CheckConstraint(
                name="panelscore_says_why",
                condition=~Q(reason=""),
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {'–' if self.points is None else self.points}"


class Scenario(models.Model):
    """A way in which the pot could be given, saved to be compared. It decides nothing."""

    class Kind(models.TextChoices):
        STRICT = "strict", _("Strict cut line")
        SKIP = "skip", _("Rank and skip")
        COVER = "cover", _("Every theme and place")
        OWN = "own", _("Our own")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="scenarios")
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["round", "made_at"]
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        constraints = [
            known("kind", ["strict", "skip", "cover", "own"], _("Say what kind it is.")),
            models.UniqueConstraint(
                "round",
                "name",
                name="scenario_name_once",
                violation_error_message=_("Another scenario has this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ScenarioAward(models.Model):
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="awards")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    amount = money(_("amount"))

    class Meta:
        ordering = ["scenario", "application"]
        verbose_name = _("award in a scenario")
        verbose_name_plural = _("awards in scenarios")
        constraints = [
            models.UniqueConstraint(
                "scenario",
                "application",
                name="scenarioaward_once",
                violation_error_message=_("It has an award in this scenario already."),
            ),
            models.CheckConstraint(
                name="scenarioaward_is_something",
                condition=Q(amount__gt=0),
                violation_error_message=_("An award is above nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.amount}"
