"""What was done to a round that its moves do not say: who, when, why, and how it was then."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.models.rounds import Round
from thrive.choices import known


class RoundRecord(models.Model):
    """One thing done to a round. Rows are added, never changed."""

    class What(models.TextChoices):
        COPIED = "copied", _("copied from an earlier round")
        SAVED = "saved", _("saved")
        DATES = "dates", _("the closing time was moved")
        POT = "pot", _("the pot was added to")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="records")
    what = models.CharField(_("what"), max_length=10, choices=What)
    version = models.PositiveIntegerField(_("version"))
    # The whole round with all its parts, in the form that `grants.round_whole` reads.
    whole = models.JSONField()
    made_at = models.DateTimeField(_("when"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        help_text=_("Empty when a command did it."),
        related_name="+",
    )
    why = models.CharField(_("why"), max_length=250, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("record of a round")
        verbose_name_plural = _("records of rounds")
        constraints = [
            known("what", ["copied", "saved", "dates", "pot"], _("Say what was done.")),
            models.UniqueConstraint(
                "round",
                "version",
                name="roundrecord_version_once",
                violation_error_message=_("This version has its record already."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_what_display()
