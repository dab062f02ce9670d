"""What was looked at before anybody scored, and where the money would go."""

import uuid

from django.conf import settings
from django.core.validators import RegexValidator
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
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_outcome_display()}"

    @property
    def holds(self) -> bool:
        if self.outcome == Outcome.FAILED:
            return False
        return self.expires_on is None or timezone.localdate() < self.expires_on


class BankDetails(models.Model):
    """Where a group's money goes. Finance alone sees it. Rows are added, never changed.

    Nothing is paid to an account until somebody has rung the group, on a number that was known
    before, and been told the same.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="bank_details"
    )
    account_name = models.CharField(_("name of the account"), max_length=100)
    sort_code = models.CharField(
        _("sort code"),
        max_length=6,
        validators=[RegexValidator(r"^[0-9]{6}$", _("A sort code has six digits."))],
    )
    account_number = models.CharField(
        _("account number"),
        max_length=8,
        validators=[RegexValidator(r"^[0-9]{8}$", _("An account number has eight digits."))],
    )
    given_at = models.DateTimeField(_("given"), auto_now_add=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    rung_at = models.DateTimeField(_("rung back"), null=True)
    rung_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    rung_number = models.CharField(_("on which number"), max_length=30, blank=True)

    class Meta:
        ordering = ["given_at", "pk"]
        verbose_name = _("bank details")
        verbose_name_plural = _("bank details")
        permissions = [("handle_bankdetails", "Can read bank details and ring back about them")]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="bankdetails_sort_code",
                condition=Q(sort_code__regex=r"^[0-9]{6}$"),
                violation_error_message=_("A sort code has six digits."),
            ),
            models.CheckConstraint(
                name="bankdetails_account_number",
                condition=Q(account_number__regex=r"^[0-9]{8}$"),
                violation_error_message=_("An account number has eight digits."),
            ),
            models.CheckConstraint(
                name="bankdetails_rung_at_and_by",
                condition=Q(rung_at=None, rung_by=None, rung_number="")
                | Q(rung_at__isnull=False, rung_by__isnull=False) & ~Q(rung_number=""),
                violation_error_message=_("Say when it was rung back, by whom, on which number."),
            ),
        ]

    def __str__(self) -> str:
        return f"•••• {self.account_number[-3:]}"
