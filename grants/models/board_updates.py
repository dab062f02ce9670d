"""The update that partnership boards ask for: of which days, and what people write in it.

All figures in it are counted when it is read (`grants.update`), so that none of them can differ
from what the pages say.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assets.models.unnamed import reaches_nobody


class BoardUpdate(models.Model):
    """One update for one board. Change one through `grants.update.writing` only."""

    board = models.CharField(
        _("for which board"), max_length=120, help_text=_("Its name stands at the top.")
    )
    first_on = models.DateField(_("from"))
    ends_before = models.DateField(
        _("and before"), help_text=_("The first day that is not part of it.")
    )
    issues = models.TextField(
        _("issues"),
        blank=True,
        max_length=2000,
        help_text=_("What stands in the way. One a line. No names of children or families."),
    )
    asks = models.TextField(
        _("what we ask of the board"), blank=True, max_length=2000, help_text=_("One a line.")
    )
    goals = models.TextField(
        _("what this adds to the board’s goals"),
        blank=True,
        max_length=2000,
        help_text=_("One a line."),
    )
    contact = models.CharField(
        _("whom to talk to"), max_length=200, help_text=_("Who, and how to reach them.")
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    written_at = models.DateTimeField(_("last written in"), default=timezone.now, editable=False)
    is_example = models.BooleanField(_("example"), default=False, editable=False)

    history: ClassVar[Any] = HistoricalRecords()

    class Meta:
        ordering = ["-ends_before", "board", "-pk"]
        verbose_name = _("update for a board")
        verbose_name_plural = _("updates for boards")
        constraints = [
            models.CheckConstraint(
                name="boardupdate_is_of_some_days",
                condition=Q(first_on__lt=F("ends_before")),
                violation_error_message=_("It ends after the day on which it begins."),
            ),
            models.CheckConstraint(
                name="boardupdate_says_for_whom",
                condition=~Q(board="") & ~Q(contact=""),
                violation_error_message=_("Say for which board it is, and whom to talk to."),
            ),
            models.UniqueConstraint(
                "board",
                "first_on",
                "ends_before",
                name="boardupdate_once",
                violation_error_message=_("There is an update for this board and these days."),
            ),
            reaches_nobody("issues", "asks", "goals"),
        ]

    def __str__(self) -> str:
        return f"{self.board}, {self.first_on:%Y-%m-%d}"
