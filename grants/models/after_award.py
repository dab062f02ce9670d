"""What changes once an award is accepted: what a group asks to change, and what it pays back."""

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.models.awards import Award
from grants.models.rounds import money
from thrive.choices import known


class Variation(models.Model):
    """What a group asks to change, and our answer. What is agreed is added to the agreement.

    The agreement itself is never written over. Once it is answered, a row does not change.
    """

    class Answer(models.TextChoices):
        ASKED = "asked", _("Waits for an answer")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Not agreed")
        WITHDRAWN = "withdrawn", _("Taken back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(
        Award, verbose_name=_("award"), on_delete=models.CASCADE, related_name="variations"
    )
    purpose = models.TextField(_("what for, from now on"), blank=True, max_length=2000)
    ends_before = models.DateField(_("ends before"), null=True)
    amount = money(_("amount"), null=True)
    why = models.TextField(_("why"), max_length=2000)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    answer = models.CharField(_("answer"), max_length=9, choices=Answer, default=Answer.ASKED)
    reason = models.TextField(_("why we say so"), blank=True, max_length=2000)
    # As it stands under the agreement from then on.
    amends = models.TextField(_("added to the agreement"), blank=True, max_length=5000)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("change that a group asks for")
        verbose_name_plural = _("changes that groups ask for")
        default_permissions = ()
        constraints = [
            known(
                "answer",
                ["asked", "agreed", "refused", "withdrawn"],
                _("That is not an answer we know."),
            ),
            models.UniqueConstraint(
                "award",
                name="variation_one_at_a_time",
                condition=Q(answer="asked"),
                violation_error_message=_("A change waits for an answer already."),
            ),
            models.CheckConstraint(
                name="variation_asks_for_something",
                condition=~Q(purpose="")
                | Q(ends_before__isnull=False)
                | Q(amount__isnull=False, amount__gt=0),
                violation_error_message=_("Say what is to change."),
            ),
            models.CheckConstraint(
                name="variation_says_why",
                condition=~Q(why=""),
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                name="variation_answered_is_whole",
                condition=Q(answer="asked", answered_at=None, answered_by=None, reason="")
                | Q(answer="withdrawn", answered_at__isnull=False, answered_by__isnull=False)
                | Q(
                    answer__in=["agreed", "refused"],
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                )
                & ~Q(reason=""),
                violation_error_message=_("An answer says when, by whom and why."),
            ),
            models.CheckConstraint(
                name="variation_agreed_amends",
                condition=Q(answer="agreed") & ~Q(amends="") | ~Q(answer="agreed") & Q(amends=""),
                violation_error_message=_("What is agreed is added to the agreement."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()


class Repayment(models.Model):
    """Money that was paid and that we ask to have back. Change one through `grants.repaying`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(
        Award, verbose_name=_("award"), on_delete=models.CASCADE, related_name="repayments"
    )
    amount = money(_("asked for"))
    received = money(_("received"), default=Decimal(0))
    why = models.TextField(_("why"), max_length=2000)
    due_on = models.DateField(_("due on"))
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("repayment")
        verbose_name_plural = _("repayments")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="repayment_is_something",
                condition=Q(amount__gt=0),
                violation_error_message=_("A repayment is above nothing."),
            ),
            models.CheckConstraint(
                name="repayment_received_fits",
                condition=Q(received__gte=0, received__lte=F("amount")),
                violation_error_message=_("That is more than we asked for."),
            ),
            models.CheckConstraint(
                name="repayment_says_why",
                condition=~Q(why=""),
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award}: {self.amount}"

    @property
    def left(self) -> Decimal:
        left: Decimal = self.amount - self.received
        return left


class RepaymentReceived(models.Model):
    """Money that came back, all of it or a part. Rows are added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    repayment = models.ForeignKey(Repayment, on_delete=models.CASCADE, related_name="came")
    amount = money(_("amount"))
    came_on = models.DateField(_("came on"))
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    noted_at = models.DateTimeField(_("noted"), auto_now_add=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ["noted_at", "pk"]
        verbose_name = _("money that came back")
        verbose_name_plural = _("money that came back")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="repaymentreceived_is_something",
                condition=Q(amount__gt=0),
                violation_error_message=_("What came back is above nothing."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.came_on}: {self.amount}"
