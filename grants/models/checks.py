"""What was looked at before anybody scored."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.models.application_documents import ApplicationDocument
from grants.models.applications import Application
from grants.models.round_form import CheckKind
from thrive.choices import known


class Outcome(models.TextChoices):
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Failed")
    WAIVED = "waived", _("Waived")


class Check(models.Model):
    """One look at one thing. Rows are added, never changed: the last one of its kind counts.

    For another application of the same group, in any round, it counts until it expires.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="checks")
    kind = models.CharField(_("check"), max_length=15, choices=CheckKind)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    reason = models.CharField(
        _("what we saw, or why"), max_length=400, help_text=_("The group may ask to read this.")
    )
    document = models.ForeignKey(
        ApplicationDocument, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    expires_on = models.DateField(
        _("holds until"), null=True, blank=True, help_text=_("The first day on which it does not.")
    )
    host = models.CharField(
        _("the group that looks after their money"),
        max_length=120,
        blank=True,
        help_text=_("Where it is not their own rules or account that we saw."),
    )
    two_sign = models.BooleanField(
        _("in the group's own name, and two people sign who are not related"), default=False
    )
    done_at = models.DateTimeField(_("when"), auto_now_add=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["kind", "done_at"]
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        constraints = [
            known("kind", CheckKind.values, _("Say what was checked.")),
            known("outcome", Outcome.values, _("Say what came of it.")),
            models.CheckConstraint(
                name="check_says_why",
                condition=~Q(reason=""),
                violation_error_message=_("Say what you saw, or why."),
            ),
            models.CheckConstraint(
                name="check_eligible_is_of_one_round",
                condition=~Q(kind=CheckKind.ELIGIBLE) | Q(expires_on=None),
                violation_error_message=_("Whether they may apply is asked anew in each round."),
            ),
            models.CheckConstraint(
                name="check_account_is_theirs_or_a_hosts",
                condition=~Q(kind=CheckKind.ACCOUNT, outcome=Outcome.PASSED)
                | Q(two_sign=True, host="")
                | Q(two_sign=False) & ~Q(host=""),
                violation_error_message=_(
                    "An account passes where it is in the group's own name and two people sign who "
                    "are not related, or where another group looks after the money: name it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_outcome_display()}"

    @property
    def holds(self) -> bool:
        if self.outcome == Outcome.FAILED:
            return False
        return self.expires_on is None or timezone.localdate() < self.expires_on
