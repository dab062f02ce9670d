"""Who scores what, and the scores, each with its reason."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.models.applications import Application
from grants.models.round_form import Criterion, Level
from thrive.choices import known


class SheetStatus(models.TextChoices):
    OPEN = "open", _("Being scored")
    SUBMITTED = "submitted", _("Scored")
    # A late interest; or who dropped out.
    VOID = "void", _("Does not count")


SHEET_MOVES: dict[SheetStatus, frozenset[SheetStatus]] = {
    SheetStatus.OPEN: frozenset({SheetStatus.SUBMITTED, SheetStatus.VOID}),
    SheetStatus.SUBMITTED: frozenset({SheetStatus.VOID}),
    SheetStatus.VOID: frozenset(),
}


class SheetQuerySet(models.QuerySet["ScoreSheet"]):
    def counted(self) -> Self:
        """Those that are in."""
        return self.filter(status=SheetStatus.SUBMITTED)

    def of_scorer(self, person: Any) -> Self:
        return self.filter(scorer=person).exclude(status=SheetStatus.VOID)


class ScoreSheet(models.Model):
    """One scorer's scores of one application: before the panel met, or after it had talked."""

    class Stage(models.TextChoices):
        BEFORE = "before", _("before the panel")
        AFTER = "after", _("after the panel")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="sheets")
    scorer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("scorer"),
        on_delete=models.PROTECT,
        related_name="score_sheets",
    )
    stage = models.CharField(_("stage"), max_length=6, choices=Stage, default=Stage.BEFORE)
    status = models.CharField(
        _("status"), max_length=10, choices=SheetStatus, default=SheetStatus.OPEN
    )
    note = models.TextField(_("anything else"), blank=True, max_length=2000)
    version = models.PositiveIntegerField(default=1)
    assigned_at = models.DateTimeField(_("given"), auto_now_add=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(_("scored"), null=True)
    void_at = models.DateTimeField(_("void since"), null=True)
    void_why = models.CharField(_("why it does not count"), max_length=250, blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["application", "stage", "assigned_at"]
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        constraints = [
            known("status", SheetStatus.values, _("That is not a status we know.")),
            known("stage", ["before", "after"], _("Say whether the panel had met.")),
            models.UniqueConstraint(
                "application",
                "scorer",
                "stage",
                name="scoresheet_once",
                condition=~Q(status=SheetStatus.VOID),
                violation_error_message=_("They score this already."),
            ),
            models.CheckConstraint(
                name="scoresheet_submitted_has_a_time",
                condition=~Q(status=SheetStatus.SUBMITTED, submitted_at=None)
                & ~Q(status=SheetStatus.OPEN, submitted_at__isnull=False),
                violation_error_message=_("What was scored says when."),
            ),
            models.CheckConstraint(
                name="scoresheet_void_says_why",
                condition=Q(void_at=None, void_why="") & ~Q(status=SheetStatus.VOID)
                | Q(void_at__isnull=False, status=SheetStatus.VOID) & ~Q(void_why=""),
                violation_error_message=_("What does not count says since when, and why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.scorer}"

    @property
    def is_open(self) -> bool:
        return self.status == SheetStatus.OPEN


class Score(models.Model):
    """One criterion on one sheet: a level, or “not applicable”, and why. Neither: not yet."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    level = models.ForeignKey(
        Level, verbose_name=_("level"), on_delete=models.PROTECT, null=True, related_name="scores"
    )
    does_not_apply = models.BooleanField(_("not applicable"), default=False)
    reason = models.TextField(_("why"), blank=True, max_length=2000)

    class Meta:
        ordering = ["sheet", "criterion__number"]
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                "sheet",
                "criterion",
                name="score_once",
                violation_error_message=_("This criterion is scored already."),
            ),
            models.CheckConstraint(
                name="score_is_one_or_the_other",
                condition=Q(level=None) | Q(does_not_apply=False),
                violation_error_message=_(
                    "Choose a level, or say that it does not apply: not both."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.in_words}"

    @property
    def in_words(self) -> str:
        if self.does_not_apply:
            return str(_("not applicable"))
        return str(self.level) if self.level else "–"


class SheetEdit(models.Model):
    """What a sheet said after each saving: no text is lost. Rows are added, never changed."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="edits")
    version = models.PositiveIntegerField()
    said = models.JSONField(default=dict)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sheet", "version"]
        verbose_name = _("text of a score sheet")
        verbose_name_plural = _("texts of score sheets")
        constraints = [
            models.UniqueConstraint(
                F("sheet"),
                F("version"),
                name="sheetedit_once",
                violation_error_message=_("Each version has one text."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}, {self.version}"
