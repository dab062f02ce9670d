"""Where a group's money goes, and who rang the group about it. Finance alone reads it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.sealing import unseal
from assets.models import Organisation
from grants.models.applications import Application

SEALED_AS = "bank details"


class BankDetails(models.Model):
    """An account of a group, as it gave it to us. Rows are added, never changed: the last counts.

    Nothing is paid to it until somebody has rung the group, on a number that was known before, and
    been told the same: see `BankCall` and `grants.bank`.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="bank_details"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("group"),
        on_delete=models.PROTECT,
        related_name="bank_details",
    )
    # Of the group's accounts: 1 for the first one that it gave.
    version = models.PositiveIntegerField(_("version"))
    account_name = models.CharField(_("name of the account"), max_length=100)
    # Sort code and account number, which only `grants.bank` writes.
    sealed = models.TextField(_("sealed"))
    ending = models.CharField(_("ends in"), max_length=3)
    first_signatory = models.CharField(_("who signs"), max_length=100)
    second_signatory = models.CharField(_("who signs as well"), max_length=100)
    given_at = models.DateTimeField(_("given"), auto_now_add=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["given_at", "pk"]
        verbose_name = _("bank details")
        verbose_name_plural = _("bank details")
        permissions = [("handle_bankdetails", "Can read bank details and ring back about them")]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "version",
                name="bankdetails_version_once",
                violation_error_message=_("Somebody else has given new details meanwhile."),
            ),
            models.CheckConstraint(
                name="bankdetails_is_sealed",
                condition=~Q(sealed=""),
                violation_error_message=_("An account has a sort code and a number."),
            ),
            models.CheckConstraint(
                name="bankdetails_ends_in_digits",
                condition=Q(ending__regex=r"^[0-9]{3}$"),
                violation_error_message=_("An account number ends in digits."),
            ),
            models.CheckConstraint(
                name="bankdetails_has_a_name",
                condition=~Q(account_name=""),
                violation_error_message=_("Say in which name the account is."),
            ),
            models.CheckConstraint(
                name="bankdetails_two_sign",
                condition=~Q(first_signatory="")
                & ~Q(second_signatory="")
                & ~Q(Exact(Lower(F("first_signatory")), Lower(F("second_signatory")))),
                violation_error_message=_("Name two people who sign."),
            ),
        ]

    def __str__(self) -> str:
        return f"•••• {self.ending}"

    @property
    def sort_code(self) -> str:
        """Six digits. For finance alone."""
        return self._opened[0]

    @property
    def sort_code_in_pairs(self) -> str:
        """As it stands on a card: 11-22-33."""
        code = self.sort_code
        return f"{code[:2]}-{code[2:4]}-{code[4:]}"

    @property
    def account_number(self) -> str:
        """Eight digits. For finance alone."""
        return self._opened[1]

    @cached_property
    def _opened(self) -> tuple[str, str]:
        sort_code, number = unseal(self.sealed, what=SEALED_AS).split()
        return sort_code, number


class BankCall(models.Model):
    """What the group said when somebody rang it about an account. Rows are never changed."""

    details = models.OneToOneField(BankDetails, on_delete=models.CASCADE, related_name="call")
    rung_at = models.DateTimeField(_("when"), auto_now_add=True)
    rung_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(_("on which number"), max_length=30)
    spoke_to = models.CharField(_("to whom"), max_length=100)
    is_right = models.BooleanField(_("they say it is right"))
    note = models.CharField(_("what they said"), max_length=300, blank=True)

    class Meta:
        ordering = ["rung_at", "pk"]
        verbose_name = _("call about bank details")
        verbose_name_plural = _("calls about bank details")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="bankcall_says_whom",
                condition=~Q(number="") & ~Q(spoke_to=""),
                violation_error_message=_("Say on which number, and to whom you spoke."),
            ),
            models.CheckConstraint(
                name="bankcall_wrong_says_what",
                condition=Q(is_right=True) | ~Q(note=""),
                violation_error_message=_("Say what is not right."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("right") if self.is_right else _("not right"))
