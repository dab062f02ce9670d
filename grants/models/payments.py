"""What is paid of an award: when it is due, who said yes to it, who let it go, and to where."""

import uuid
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.models.awards import Award
from grants.models.bank import BankDetails
from grants.models.rounds import money
from thrive.choices import known


class PaymentStatus(models.TextChoices):
    """Labels are the staff's; `PAYMENT_WORDS` are the group's."""

    PLANNED = "planned", _("Planned")
    APPROVED = "approved", _("Approved")
    RELEASED = "released", _("Released")
    CANCELLED = "cancelled", _("Cancelled")


P = PaymentStatus
PAYMENT_WORDS = {
    P.PLANNED: _("Planned"),
    P.APPROVED: _("On its way"),
    P.RELEASED: _("Paid"),
    P.CANCELLED: _("Not paid"),
}
PAYMENT_MOVES: dict[PaymentStatus, frozenset[PaymentStatus]] = {
    P.PLANNED: frozenset({P.APPROVED, P.CANCELLED}),
    # Back: the account has changed, say, and somebody has to look again.
    P.APPROVED: frozenset({P.PLANNED, P.RELEASED, P.CANCELLED}),
    P.RELEASED: frozenset(),
    P.CANCELLED: frozenset(),
}


class Hold(models.TextChoices):
    NOTHING = "nothing", _("nothing: it may be paid when it is due")
    CONDITION = "condition", _("a condition")
    REPORT = "report", _("their report, accepted")


class Payment(models.Model):
    """One instalment. Change one through `grants.paying` only. Its amount never changes.

    The account is that which was looked at when it was approved: nothing goes to another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(
        Award, verbose_name=_("award"), on_delete=models.CASCADE, related_name="payments"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    amount = money(_("amount"), validators=[MinValueValidator(Decimal("0.01"))])
    due_on = models.DateField(_("due on"))
    held_until = models.CharField(_("waits for"), max_length=9, choices=Hold, default=Hold.NOTHING)
    condition = models.CharField(_("which condition"), max_length=250, blank=True)
    condition_met_at = models.DateTimeField(_("condition met"), null=True)
    condition_met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    status = models.CharField(
        _("status"), max_length=9, choices=PaymentStatus, default=PaymentStatus.PLANNED
    )
    funder = models.CharField(_("whose money it is"), max_length=120)
    cost_code = models.CharField(_("cost code"), max_length=40, blank=True)
    supplier_number = models.CharField(_("supplier number"), max_length=40, blank=True)
    # The very details that were rung back and approved: they never change.
    account = models.ForeignKey(
        BankDetails,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        null=True,
        related_name="payments",
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    released_at = models.DateTimeField(_("released"), null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("released by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        ordering = ["due_on", "award", "number"]
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        default_permissions = ("view",)
        permissions = [
            ("approve_payment", "Can say that a payment is right"),
            ("release_payment", "Can let a payment go"),
        ]
        constraints = [
            known("status", PaymentStatus.values, _("That is not a status we know.")),
            known("held_until", Hold.values, _("Say what it waits for.")),
            models.UniqueConstraint(
                "award",
                "number",
                name="payment_number_once",
                violation_error_message=_("Another payment has this number."),
            ),
            models.CheckConstraint(
                name="payment_is_something",
                condition=Q(amount__gt=0),
                violation_error_message=_("A payment is above nothing."),
            ),
            models.CheckConstraint(
                name="payment_says_whose_money",
                condition=~Q(funder=""),
                violation_error_message=_("Say whose money it is."),
            ),
            models.CheckConstraint(
                name="payment_condition_is_said",
                condition=~Q(held_until=Hold.CONDITION) & Q(condition="")
                | Q(held_until=Hold.CONDITION) & ~Q(condition=""),
                violation_error_message=_("Say which condition, where there is one."),
            ),
            models.CheckConstraint(
                name="payment_met_at_and_by",
                condition=Q(condition_met_at=None, condition_met_by=None)
                | Q(
                    condition_met_at__isnull=False,
                    condition_met_by__isnull=False,
                    held_until=Hold.CONDITION,
                ),
                violation_error_message=_("Say when the condition was met, and who saw it."),
            ),
            models.CheckConstraint(
                name="payment_approved_is_whole",
                condition=Q(approved_at=None, approved_by=None, account=None)
                & Q(status__in=[P.PLANNED, P.CANCELLED])
                | Q(
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                    account__isnull=False,
                    status__in=[P.APPROVED, P.RELEASED, P.CANCELLED],
                ),
                violation_error_message=_("What is approved says when, by whom, to which account."),
            ),
            models.CheckConstraint(
                name="payment_released_at_and_by",
                condition=Q(released_at=None, released_by=None) & ~Q(status=P.RELEASED)
                | Q(released_at__isnull=False, released_by__isnull=False, status=P.RELEASED),
                violation_error_message=_("What is released says when, and by whom."),
            ),
            models.CheckConstraint(
                name="payment_two_people",
                condition=Q(released_by=None) | ~Q(approved_by=F("released_by")),
                violation_error_message=_("Whoever approved a payment does not release it."),
            ),
            models.CheckConstraint(
                name="payment_waits_for_its_condition",
                condition=~Q(status=P.RELEASED)
                | ~Q(held_until=Hold.CONDITION)
                | Q(condition_met_at__isnull=False),
                violation_error_message=_("Its condition is not met yet."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Such as “GGO2-007/1”: on the bank statement, and in every list."""
        return f"{self.award.application.reference}/{self.number}"

    @property
    def group_words(self) -> str:
        return str(PAYMENT_WORDS[PaymentStatus(self.status)])


class PaymentMove(models.Model):
    """One change of a payment's status: who, when, why. Rows are added, never changed."""

    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="moves")
    from_status = models.CharField(_("from"), max_length=9, choices=PaymentStatus)
    to_status = models.CharField(_("to"), max_length=9, choices=PaymentStatus)
    moved_at = models.DateTimeField(_("when"), auto_now_add=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        help_text=_("Empty when a command did it."),
        related_name="+",
    )
    why = models.TextField(_("why"), blank=True, max_length=2000)

    class Meta:
        ordering = ["moved_at", "pk"]
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        constraints = [
            models.CheckConstraint(
                name="paymentmove_goes_somewhere",
                condition=~Q(from_status=F("to_status")),
                violation_error_message=_("It already has that status."),
            ),
            known("from_status", PaymentStatus.values, _("That is not a status we know.")),
            known("to_status", PaymentStatus.values, _("That is not a status we know.")),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class PaymentExport(models.Model):
    """One file for finance. It holds accounts, so who took it is kept. Rows are only added.

    `payments`: the keys of what was in it, as text.
    """

    first_day = models.DateField(_("from"))
    before = models.DateField(_("and before"))
    payments = models.JSONField(default=list)
    total = money(_("in all"))
    made_at = models.DateTimeField(_("when"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("file for finance")
        verbose_name_plural = _("files for finance")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="paymentexport_is_of_a_period",
                condition=Q(first_day__lt=F("before")),
                violation_error_message=_("The first day is before the last."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.before}"
