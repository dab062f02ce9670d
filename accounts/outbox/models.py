"""A mail on its way: its status, what may follow what, and the record of each move."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    UNKNOWN = "unknown", _("Not known")


MOVES: dict[Status, frozenset[Status]] = {
    # Straight to failed: it waited for so long that it would be of no use.
    Status.QUEUED: frozenset({Status.CLAIMED, Status.FAILED}),
    # Back to queued: the other side said “not now”.
    Status.CLAIMED: frozenset({Status.SENT, Status.QUEUED, Status.FAILED, Status.UNKNOWN}),
    # The sender came back after all, or staff ask for it to be sent again.
    Status.UNKNOWN: frozenset({Status.SENT, Status.QUEUED}),
    Status.FAILED: frozenset({Status.QUEUED}),
    Status.SENT: frozenset(),
}
FINISHED = (Status.SENT, Status.FAILED, Status.UNKNOWN)

# What staff should look at first.
URGENCY = (Status.UNKNOWN, Status.FAILED, Status.CLAIMED, Status.QUEUED, Status.SENT)

# A claim older than this has lost its sender. SMTP gives up long before.
CLAIM_LASTS = timedelta(minutes=10)
BODY_KEPT = timedelta(days=30)


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self) -> Self:
        return self.filter(status=Status.QUEUED, due_at__lte=timezone.now())

    def too_late(self) -> Self:
        """Waiting past their use: a code that no longer works, or a month old."""
        now = timezone.now()
        return self.filter(
            Q(good_until__lte=now) | Q(created_at__lte=now - BODY_KEPT), status=Status.QUEUED
        )

    def abandoned(self) -> Self:
        """Claimed by a sender that has vanished."""
        return self.filter(status=Status.CLAIMED, claimed_at__lte=timezone.now() - CLAIM_LASTS)

    def with_old_bodies(self) -> Self:
        return self.filter(status__in=FINISHED, created_at__lte=timezone.now() - BODY_KEPT).exclude(
            body="", shown=""
        )

    def with_urgency(self) -> Self:
        """Adds `urgency`, smallest first: the order of `URGENCY`."""
        ranks = [When(status=status, then=Value(rank)) for rank, status in enumerate(URGENCY)]
        return self.annotate(urgency=Case(*ranks))


class OutgoingMail(models.Model):
    """One mail to one address. Add one with `outbox.queue.put`, move it with `move`."""

    to = models.EmailField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    shown = models.TextField(
        _("text, but for its links"),
        blank=True,
        help_text=_("Of a secret mail: what our team may read of it."),
    )
    reason = models.SlugField(_("reason"), max_length=60)
    once = models.CharField(max_length=120, blank=True, editable=False)
    stop_url = models.CharField(max_length=300, blank=True, editable=False)
    label = models.CharField(_("what it is"), max_length=100)
    secret = models.BooleanField(
        _("secret"),
        default=True,
        help_text=_("Holds a code or a link for one person: nobody else may read it."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUEUED)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    due_at = models.DateTimeField(_("send from"), default=timezone.now)
    good_until = models.DateTimeField(_("of use until"), null=True)
    claim = models.UUIDField(null=True, unique=True)
    claimed_at = models.DateTimeField(_("sending began"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last problem"), max_length=100, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        default_permissions = ("view",)
        permissions = [
            ("resend_outgoingmail", _("Can send a mail again")),
            ("read_outgoingmail", _("Can read the text of a mail that is not secret")),
        ]
        indexes = [
            models.Index("due_at", name="mail_due", condition=Q(status="queued")),
            models.Index("claimed_at", name="mail_claimed", condition=Q(status="claimed")),
        ]
        constraints = [
            models.UniqueConstraint(
                "once",
                name="mail_once",
                condition=~Q(once=""),
                violation_error_message=_("This mail was written already."),
            ),
            models.CheckConstraint(
                name="mail_claim_and_its_time",
                condition=Q(claim__isnull=True, claimed_at__isnull=True)
                | Q(claim__isnull=False, claimed_at__isnull=False),
                violation_error_message=_("A claim has a time."),
            ),
            models.CheckConstraint(
                name="mail_claimed_when_its_status_says_so",
                condition=Q(status="queued", claim__isnull=True)
                | Q(status__in=["claimed", "sent", "unknown"], claim__isnull=False)
                | Q(status="failed"),
                violation_error_message=_("A mail is claimed before it is sent, and not earlier."),
            ),
            models.CheckConstraint(
                name="mail_finished_when_its_status_says_so",
                condition=Q(status__in=["queued", "claimed"], finished_at__isnull=True)
                | Q(status__in=["sent", "failed", "unknown"], finished_at__isnull=False),
                violation_error_message=_("A mail that is done says when."),
            ),
            models.CheckConstraint(
                name="mail_times_in_order",
                condition=(Q(claimed_at__isnull=True) | Q(claimed_at__gte=F("created_at")))
                & (
                    Q(finished_at__isnull=True)
                    | Q(claimed_at__isnull=True)
                    | Q(finished_at__gte=F("claimed_at"))
                ),
                violation_error_message=_("Written, then sent: the times must be in that order."),
            ),
            models.CheckConstraint(
                name="mail_secret_is_wiped",
                condition=Q(secret=False) | Q(status__in=["queued", "claimed"]) | Q(body=""),
                violation_error_message=_("The text of a secret mail goes once it is done."),
            ),
            models.CheckConstraint(
                name="mail_shown_of_a_secret_one",
                condition=Q(shown="") | Q(secret=True),
                violation_error_message=_("A mail that is not secret is shown as it is."),
            ),
            models.CheckConstraint(
                name="mail_stop_link_is_wiped",
                condition=Q(stop_url="") | Q(status__in=["queued", "claimed"]),
                violation_error_message=_("The link to stop goes once the mail is done."),
            ),
            models.CheckConstraint(
                name="mail_has_text_while_waiting",
                condition=~Q(status__in=["queued", "claimed"], body=""),
                violation_error_message=_("There is nothing to send."),
            ),
        ]

    def __str__(self) -> str:
        # No address, subject or text: this ends up in logs and in the record of changes.
        return f"{self.label}, {timezone.localtime(self.created_at):%d %b %Y %H:%M}"

    def __repr__(self) -> str:
        return f"<OutgoingMail {self.pk}: {self.reason}, {self.status}>"

    @property
    def may_be_sent_again(self) -> bool:
        return (
            self.body != ""
            and Status.QUEUED in MOVES[Status(self.status)]
            and (self.status in FINISHED)
        )

    def move(
        self,
        to: Status,
        *,
        by: Any = None,
        note: str = "",
        **changes: Any,
    ) -> bool:
        """Moves this mail as it stood when it was read, with its record, all or nothing.

        False when somebody else moved it first. ValueError for a move that is not in `MOVES`.
        """
        was = Status(self.status)
        if to not in MOVES[was]:
            raise ValueError(f"A mail cannot go from {was} to {to}.")
        changes["status"] = to
        if to in FINISHED:
            changes["finished_at"] = timezone.now()
            # It opens something, as a code does.
            changes["stop_url"] = ""
            if self.secret:
                changes["body"] = ""
        if to == Status.QUEUED:
            changes |= {"claim": None, "claimed_at": None, "finished_at": None}
        with transaction.atomic():
            unmoved = OutgoingMail.objects.filter(pk=self.pk, status=was, claim=self.claim)
            if not unmoved.update(**changes):
                return False
            MailMove.objects.create(mail=self, from_status=was, to_status=to, by=by, note=note)
        for name, value in changes.items():
            setattr(self, name, value)
        return True

    def send_again(self, *, by: Any) -> bool:
        """Queues a failed or doubtful mail once more. False when that is not possible now."""
        return self.may_be_sent_again and self.move(
            Status.QUEUED,
            by=by,
            note=gettext("Sent again by staff."),
            due_at=timezone.now(),
            attempts=0,
            last_error="",
        )


class MailMove(models.Model):
    """One change of a mail's status: who, when, why. Rows are added, never changed."""

    mail = models.ForeignKey(OutgoingMail, on_delete=models.CASCADE, related_name="moves")
    from_status = models.CharField(_("from"), max_length=10, choices=Status)
    to_status = models.CharField(_("to"), max_length=10, choices=Status)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Empty when the sender did it."),
    )
    note = models.CharField(_("why"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        default_permissions = ()
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="mailmove_goes_somewhere",
                condition=~Q(from_status=F("to_status")),
                violation_error_message=_("It already has that status."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"
