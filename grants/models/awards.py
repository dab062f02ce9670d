"""What was given: the offer, what it is bound to, and what became of it."""

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OutgoingMail
from assets.models import Organisation
from grants.models.applications import Application
from grants.models.rounds import money
from thrive.choices import known


class AwardStatus(models.TextChoices):
    """Labels are the staff's; `AWARD_WORDS` are the group's."""

    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    REPORTING = "reporting", _("Reports are due")
    COMPLETE = "complete", _("Complete")
    ENDED_EARLY = "ended-early", _("Ended early")
    REPAID = "repaid", _("Repaid")
    DECLINED = "declined", _("Offer declined")
    LAPSED = "lapsed", _("Offer lapsed")


A = AwardStatus
AWARD_WORDS = {
    A.OFFERED: _("Waits for your yes"),
    A.ACCEPTED: _("It is yours"),
    A.REPORTING: _("Tell us how it went"),
    A.COMPLETE: _("Done, thank you"),
    A.ENDED_EARLY: _("Ended early"),
    A.REPAID: _("Paid back"),
    A.DECLINED: _("You said no, thank you"),
    A.LAPSED: _("The offer has run out"),
}
AWARD_MOVES: dict[AwardStatus, frozenset[AwardStatus]] = {
    A.OFFERED: frozenset({A.ACCEPTED, A.DECLINED, A.LAPSED}),
    A.ACCEPTED: frozenset({A.REPORTING, A.ENDED_EARLY}),
    A.REPORTING: frozenset({A.COMPLETE, A.ENDED_EARLY}),
    A.ENDED_EARLY: frozenset({A.REPAID}),
    A.COMPLETE: frozenset({A.REPAID}),
    A.REPAID: frozenset(),
    A.DECLINED: frozenset(),
    A.LAPSED: frozenset(),
}


class Award(models.Model):
    """Change one through `grants.releasing` and `grants.offers` only."""

    class Subsidy(models.TextChoices):
        NONE = "none", _("no subsidy: nobody is put at an advantage in trade")
        MINIMAL = "minimal", _("Minimal Financial Assistance, confirmed by the group")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="its_award"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("group"), on_delete=models.PROTECT, related_name="awards"
    )
    amount = money(_("amount"))
    status = models.CharField(
        _("status"), max_length=12, choices=AwardStatus, default=AwardStatus.OFFERED
    )
    # Of the amount: what payments are planned for, what has been paid, and what came back.
    planned = money(_("planned"), default=Decimal(0))
    paid = money(_("paid"), default=Decimal(0))
    returned = money(_("back in the pot"), default=Decimal(0))
    # Of what came back: what had been paid.
    repaid = money(_("paid back"), default=Decimal(0))
    starts_on = models.DateField(_("starts"))
    ends_before = models.DateField(_("ends before"))
    offered_at = models.DateTimeField(_("offered"), auto_now_add=True)
    offer_ends_on = models.DateField(_("the offer stands until"))
    subsidy = models.CharField(_("subsidy"), max_length=8, choices=Subsidy, default=Subsidy.NONE)
    # As it stood on the page when they said yes.
    agreement = models.TextField(_("agreement"), blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    accepted_name = models.CharField(_("name under it"), max_length=100, blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        ordering = ["-offered_at", "pk"]
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [
            known("status", AwardStatus.values, _("That is not a status we know.")),
            known("subsidy", ["none", "minimal"], _("Say whether it is a subsidy.")),
            models.CheckConstraint(
                name="award_is_something",
                condition=Q(amount__gt=0),
                violation_error_message=_("An award is above nothing."),
            ),
            models.CheckConstraint(
                name="award_never_overpaid",
                condition=Q(paid__gte=0, paid__lte=F("planned"), planned__lte=F("amount")),
                violation_error_message=_("That is more than was awarded."),
            ),
            models.CheckConstraint(
                name="award_returned_fits",
                condition=Q(returned__gte=0, returned__lte=F("amount")),
                violation_error_message=_("No more comes back than was awarded."),
            ),
            models.CheckConstraint(
                name="award_repaid_fits",
                condition=Q(repaid__gte=0, repaid__lte=F("paid")) & Q(repaid__lte=F("returned")),
                violation_error_message=_("No more is paid back than was paid."),
            ),
            models.CheckConstraint(
                name="award_given_back_is_not_paid",
                condition=Q(planned__lte=F("amount") - F("returned") + F("repaid")),
                violation_error_message=_("What went back into the pot is not paid."),
            ),
            models.CheckConstraint(
                name="award_paid_was_accepted",
                condition=Q(planned=0) | Q(accepted_at__isnull=False),
                violation_error_message=_("Nothing is paid before they have said yes."),
            ),
            models.CheckConstraint(
                name="award_starts_before_it_ends",
                condition=Q(starts_on__lt=F("ends_before")),
                violation_error_message=_("It starts before it ends."),
            ),
            models.CheckConstraint(
                name="award_accepted_at_and_by",
                condition=Q(accepted_at=None, accepted_by=None, accepted_name="", agreement="")
                & Q(status__in=[A.OFFERED, A.DECLINED, A.LAPSED])
                | Q(accepted_at__isnull=False, accepted_by__isnull=False)
                & ~Q(accepted_name="")
                & ~Q(agreement="")
                & ~Q(status__in=[A.OFFERED, A.DECLINED, A.LAPSED]),
                violation_error_message=_("What was accepted says when, by whom and to what."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.amount}"

    @property
    def group_words(self) -> str:
        return str(AWARD_WORDS[AwardStatus(self.status)])

    @property
    def kept(self) -> Decimal:
        """Pounds of it that have not gone back into the pot."""
        kept: Decimal = self.amount - self.returned
        return kept

    @property
    def to_plan(self) -> Decimal:
        """Pounds for which no payment is planned yet."""
        left: Decimal = self.amount - self.returned + self.repaid - self.planned
        return left


class AwardMove(models.Model):
    """One change of an award's status: who, when, why. Rows are added, never changed."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="moves")
    from_status = models.CharField(_("from"), max_length=12, choices=AwardStatus)
    to_status = models.CharField(_("to"), max_length=12, choices=AwardStatus)
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
                name="awardmove_goes_somewhere",
                condition=~Q(from_status=F("to_status")),
                violation_error_message=_("It already has that status."),
            ),
            known("from_status", AwardStatus.values, _("That is not a status we know.")),
            known("to_status", AwardStatus.values, _("That is not a status we know.")),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class Letter(models.Model):
    """What a group is told of a decision: drafted from the scores, read by a person, sent once."""

    class Kind(models.TextChoices):
        AWARD = "award", _("Award")
        RESERVE = "reserve", _("Reserve")
        DECLINE = "decline", _("Decline, with feedback")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    subject = models.CharField(_("subject"), max_length=150)
    body = models.TextField(_("text"), max_length=10_000)
    # Of an award: what it says is given, and what the offer says of subsidies.
    amount = money(_("amount"), null=True)
    subsidy = models.CharField(
        _("subsidy"), max_length=8, choices=Award.Subsidy, default=Award.Subsidy.NONE
    )
    version = models.PositiveIntegerField(default=1)
    # That somebody has read it as it stands: none leaves that nobody has.
    read_at = models.DateTimeField(_("read"), null=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("read by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    sent_at = models.DateTimeField(_("sent"), null=True)
    mails = models.ManyToManyField(OutgoingMail, related_name="+")

    class Meta:
        ordering = ["application", "kind"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            known("kind", ["award", "reserve", "decline"], _("Say what kind of letter it is.")),
            known("subsidy", ["none", "minimal"], _("Say whether it is a subsidy.")),
            models.CheckConstraint(
                name="letter_only_an_award_offers",
                # Said with care: an amount that is missing is not above nothing, nor below.
                condition=Q(kind="award", amount=None)
                | Q(kind="award", amount__isnull=False, amount__gt=0)
                | ~Q(kind="award") & Q(amount=None, subsidy="none"),
                violation_error_message=_("Only an award has an amount, and one above nothing."),
            ),
            models.UniqueConstraint(
                "application",
                "kind",
                name="letter_once",
                violation_error_message=_("There is a letter of this kind already."),
            ),
            models.CheckConstraint(
                name="letter_read_at_and_by",
                condition=Q(read_at=None, read_by=None)
                | Q(read_at__isnull=False, read_by__isnull=False),
                violation_error_message=_("Say both when it was read and by whom."),
            ),
            models.CheckConstraint(
                name="letter_sent_was_read",
                condition=Q(sent_at=None) | Q(read_at__isnull=False),
                violation_error_message=_("Somebody reads a letter before it is sent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.application}"
