"""What groups ask for: a new group, changes, a claim, an ending. The page stays as it was approved.

A draft is a proposal's JSON, never half a listing. Change one through `assets.proposals` only.
"""

import copy
import uuid
from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from assets.models.activities import Activity
from assets.models.organisations import Organisation
from thrive.choices import known


class Kind(models.TextChoices):
    NEW = "new", _("New group")
    CHANGE = "change", _("Changes")
    CLAIM = "claim", _("“This is us”")
    ENDING = "ending", _("Has ended")


class Asked(models.TextChoices):
    """How somebody asked for whom our team writes."""

    PHONE = "phone", _("on the telephone")
    PAPER = "paper", _("on paper")
    IN_PERSON = "in-person", _("face to face")


class ProposalStatus(models.TextChoices):
    """Labels are the staff's; `GROUP_WORDS` are the group's."""

    DRAFT = "draft", _("Being written")
    SENT = "sent", _("Waits for us")
    RETURNED = "returned", _("Given back")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    DROPPED = "dropped", _("Dropped")


# We write the name of whoever asks to the group's own address: no stranger sends links by us.
no_web_address = RegexValidator(
    r"(?i)://|www\.|\w\.(com|net|org|info|biz|uk|io|co|ru|me)\b|@",
    _("Write a name, without a web address."),
    inverse_match=True,
)
GROUP_WORDS = {
    ProposalStatus.DRAFT: _("You have not sent this yet"),
    ProposalStatus.SENT: _("We are looking at it"),
    ProposalStatus.RETURNED: _("We have a question for you"),
    ProposalStatus.ACCEPTED: _("It is on the board"),
    ProposalStatus.DECLINED: _("We could not take it"),
    ProposalStatus.DROPPED: _("You took it back"),
}

MOVES: dict[ProposalStatus, frozenset[ProposalStatus]] = {
    # One that was sent before waits as it was sent: staff may answer that.
    ProposalStatus.DRAFT: frozenset(
        {
            ProposalStatus.SENT,
            ProposalStatus.RETURNED,
            ProposalStatus.ACCEPTED,
            ProposalStatus.DECLINED,
            ProposalStatus.DROPPED,
        }
    ),
    # Back to a draft: whoever sent it has something to add.
    ProposalStatus.SENT: frozenset(
        {
            ProposalStatus.DRAFT,
            ProposalStatus.RETURNED,
            ProposalStatus.ACCEPTED,
            ProposalStatus.DECLINED,
            ProposalStatus.DROPPED,
        }
    ),
    ProposalStatus.RETURNED: frozenset({ProposalStatus.SENT, ProposalStatus.DROPPED}),
    ProposalStatus.ACCEPTED: frozenset(),
    ProposalStatus.DECLINED: frozenset(),
    ProposalStatus.DROPPED: frozenset(),
}
OPEN = (ProposalStatus.DRAFT, ProposalStatus.SENT, ProposalStatus.RETURNED)
# Sent and not answered; also while whoever sent it writes in it again.
WAITS = Q(status=ProposalStatus.SENT) | Q(status=ProposalStatus.DRAFT, sent_at__isnull=False)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def to_decide(self) -> Self:
        """What waits for staff, the oldest first."""
        return self.filter(WAITS).order_by("sent_at")

    def to_look_at(self) -> Self:
        """What went live at once, because the group is trusted, and nobody has looked at since."""
        return self.filter(went_live_at__isnull=False, looked_at=None).order_by("went_live_at")


class Proposal(models.Model):
    """What a group asks for. `said` holds, for each listing, only the values that are to change.

    `said` and `was` have the same shape: a part (`group`, an activity's key, or `new-1`) → a value
    of `assets.saying` → what it is to be, and what it was when this was begun. `sent` is what was
    said when it was last sent, and all that staff read; `sent_before` what they had read before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("what is asked for"), max_length=10, choices=Kind)
    status = models.CharField(
        _("status"), max_length=10, choices=ProposalStatus, default=ProposalStatus.DRAFT
    )
    # Of a new group: the one that it became.
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("group"),
        on_delete=models.CASCADE,
        null=True,
        related_name="proposals",
    )
    # Of an ending: what has ended, where it is not the whole group.
    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, null=True, related_name="proposals"
    )
    asker_name = models.CharField(
        _("who asks"),
        max_length=100,
        blank=True,
        validators=[no_web_address],
    )
    asker_email = models.EmailField(_("their e-mail address"), blank=True)
    asker_phone = models.CharField(_("their phone number"), max_length=30, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Of our team, for somebody on the telephone or from paper."),
    )
    asked = models.CharField(_("how they asked"), max_length=10, choices=Asked, blank=True)
    said = models.JSONField(default=dict)
    was = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    sent = models.JSONField(default=dict)
    sent_version = models.PositiveIntegerField(null=True)
    sent_before = models.JSONField(default=dict)
    begun_at = models.DateTimeField(_("begun"), auto_now_add=True)
    written_at = models.DateTimeField(_("last written in"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    closed_at = models.DateTimeField(_("done"), null=True)
    # A claim: when the address that we hold for the group said yes.
    vouched_at = models.DateTimeField(_("the group said yes"), null=True)
    went_live_at = models.DateTimeField(_("live at once"), null=True)
    looked_at = models.DateTimeField(_("looked at"), null=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looked at by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    is_example = models.BooleanField(_("example"), default=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        indexes = [models.Index("sent_at", name="proposal_waiting", condition=WAITS)]
        constraints = [
            known("kind", Kind.values, _("Say what is asked for.")),
            known("status", ProposalStatus.values, _("That is not a status we know.")),
            known("asked", ["", *Asked.values], _("Say how they asked.")),
            models.CheckConstraint(
                name="proposal_is_about_a_group",
                condition=Q(kind="new", organisation=None)
                | Q(kind="new", status="accepted")
                | Q(kind__in=["change", "claim", "ending"], organisation__isnull=False),
                violation_error_message=_("A new group is not here yet; all else is about one."),
            ),
            models.CheckConstraint(
                name="proposal_activity_has_ended",
                condition=Q(activity=None) | Q(kind="ending"),
                violation_error_message=_("Only what has ended is about one activity."),
            ),
            models.CheckConstraint(
                name="proposal_sent_has_a_time",
                condition=Q(status__in=["draft", "dropped"]) | Q(sent_at__isnull=False),
                violation_error_message=_("What was sent says when."),
            ),
            models.CheckConstraint(
                name="proposal_sent_is_kept",
                condition=Q(sent_at__isnull=True, sent_version__isnull=True)
                | Q(sent_at__isnull=False, sent_version__isnull=False),
                violation_error_message=_("What was sent is kept as it was sent."),
            ),
            models.CheckConstraint(
                name="proposal_closed_has_a_time",
                condition=Q(status__in=OPEN, closed_at=None)
                | Q(status__in=["accepted", "declined", "dropped"], closed_at__isnull=False),
                violation_error_message=_("What is done says when."),
            ),
            models.CheckConstraint(
                name="proposal_looked_at_and_by",
                condition=Q(looked_at__isnull=True, looked_by__isnull=True)
                | Q(looked_at__isnull=False, looked_by__isnull=False),
                violation_error_message=_("Say both when it was looked at and by whom."),
            ),
            models.CheckConstraint(
                name="proposal_claim_is_vouched_for",
                condition=Q(vouched_at=None) | Q(kind="claim"),
                violation_error_message=_("A group says yes to a claim, and to nothing else."),
            ),
            models.CheckConstraint(
                name="proposal_can_be_answered",
                condition=~Q(kind__in=["new", "claim"])
                | ~Q(asker_email="")
                | Q(entered_by__isnull=False)
                | Q(closed_at__isnull=False),
                violation_error_message=_("Say where we can write to."),
            ),
            models.UniqueConstraint(
                "organisation",
                name="proposal_one_change_at_a_time",
                condition=Q(kind="change", status__in=OPEN),
                violation_error_message=_("Changes of this group are being written already."),
            ),
            models.UniqueConstraint(
                F("organisation"),
                Lower("asker_email"),
                name="proposal_claimed_once",
                condition=Q(kind="claim", status__in=OPEN),
                violation_error_message=_("You have told us already that this is your group."),
            ),
            models.UniqueConstraint(
                "organisation",
                "activity",
                name="proposal_ended_once",
                condition=Q(kind="ending", status__in=OPEN),
                nulls_distinct=False,
                violation_error_message=_("We know already that this has ended."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    def __repr__(self) -> str:
        return f"<Proposal {self.pk}: {self.kind}, {self.status}>"

    @property
    def name(self) -> str:
        """Of the group or activity that it is about."""
        if self.activity:
            return str(self.activity)
        return str(self.organisation or self.said.get("group", {}).get("name") or _("no name yet"))

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def waits(self) -> bool:
        """For staff. What they decide on is `sent`, whatever is written meanwhile."""
        if self.status == ProposalStatus.DRAFT:
            return self.sent_at is not None
        return self.status == ProposalStatus.SENT

    @property
    def is_written_again(self) -> bool:
        return self.waits and self.status == ProposalStatus.DRAFT

    def as_sent(self) -> Self:
        """For staff to read: what waits says what was sent. Never to be stored."""
        if not self.waits:
            return self
        shown = copy.copy(self)
        shown.said, shown.version = self.sent, self.sent_version or self.version
        return shown

    @property
    def staff_words(self) -> str:
        if self.is_written_again:
            return str(_("Waits for us; they are changing it"))
        return str(self.get_status_display())

    @property
    def group_words(self) -> str:
        if self.is_written_again:
            return str(_("We are looking at what you sent; you have not sent your changes to it"))
        return str(GROUP_WORDS[ProposalStatus(self.status)])
