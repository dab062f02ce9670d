"""What hangs on a proposal: each change of its status, and each text ever written in it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assets.models.proposals import Proposal, ProposalStatus
from thrive.choices import known


class ProposalMove(models.Model):
    """One change of a proposal's status: who, when, why. Rows are added, never changed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="moves")
    from_status = models.CharField(_("from"), max_length=10, choices=ProposalStatus)
    to_status = models.CharField(_("to"), max_length=10, choices=ProposalStatus)
    moved_at = models.DateTimeField(_("when"), auto_now_add=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Empty for somebody who has no account."),
    )
    message = models.TextField(_("what we wrote"), blank=True, max_length=2000)
    # What went live by it, in the shape of `Proposal.said`.
    took = models.JSONField(default=dict)

    class Meta:
        ordering = ["moved_at", "pk"]
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        constraints = [
            models.CheckConstraint(
                name="proposalmove_goes_somewhere",
                condition=~Q(from_status=F("to_status")),
                violation_error_message=_("It already has that status."),
            ),
            known("from_status", ProposalStatus.values, _("That is not a status we know.")),
            known("to_status", ProposalStatus.values, _("That is not a status we know.")),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class ProposalEdit(models.Model):
    """What one person wrote in one step, so that no text is lost. Rows are added, never changed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="edits")
    # Of the proposal, once this was written.
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
        verbose_name = _("text of a proposal")
        verbose_name_plural = _("texts of proposals")
        constraints = [
            models.UniqueConstraint(
                "proposal",
                "version",
                name="proposaledit_once",
                violation_error_message=_("Each version has one text."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.part}, {self.version}"
