"""Draft, public, paused, ended, withdrawn: what may follow what, and the record of each move."""

import uuid
from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.freshness.rules import KNOWN_ON, Stage, last_day_of, stage_case, stage_of
from thrive.choices import known


class Status(models.TextChoices):
    """Labels are the staff's; `PUBLIC_WORDS` are the page's."""

    DRAFT = "draft", _("Draft")
    PUBLIC = "public", _("Public")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PUBLIC_WORDS = {
    # A draft has a page only where it was public before.
    Status.DRAFT: _("is no longer listed"),
    Status.PAUSED: _("is having a break"),
    Status.ENDED: _("has ended"),
    Status.WITHDRAWN: _("is no longer listed"),
}

MOVES: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.PUBLIC, Status.WITHDRAWN}),
    Status.PUBLIC: frozenset({Status.PAUSED, Status.ENDED, Status.WITHDRAWN}),
    Status.PAUSED: frozenset({Status.PUBLIC, Status.ENDED, Status.WITHDRAWN}),
    Status.ENDED: frozenset({Status.PUBLIC, Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset({Status.DRAFT}),
}


class CheckedBy(models.TextChoices):
    TEAM = "team", _("our team")
    GROUP = "group", _("the group")
    DIRECTORY = "directory", _("the directory it came from")


class ListingQuerySet(models.QuerySet):
    def public(self) -> Self:
        """What anyone may see."""
        return self.filter(status=Status.PUBLIC)

    def to_tell_machines(self) -> Self:
        """What feeds may tell of. See `Listing.is_told_to_machines`."""
        found = self.public()
        return found if settings.PRIVATE_POSTGRES else found.filter(is_example=False)

    def once_public(self) -> Self:
        """What anyone may ask for by its address: those no longer on get a kind page."""
        return self.filter(first_public_at__isnull=False)

    def with_stage(self) -> Self:
        """Adds `known_on` and `stage`, which is one of `assets.freshness.rules.Stage`."""
        return self.annotate(known_on=KNOWN_ON).annotate(stage=stage_case())

    def as_old_as(self, age: timedelta) -> Self:
        """What nobody has checked for so long: with `known_on`, oldest first."""
        old = self.annotate(known_on=KNOWN_ON).filter(known_on__lte=last_day_of(age))
        return old.order_by("known_on", "pk")


class Listing(models.Model):
    """What groups, venues and activities share. Change one through `assets.listings` only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.CharField(_("address"), max_length=90, unique=True, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    first_public_at = models.DateTimeField(_("first public"), null=True, editable=False)
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Made up, to show how the directory works.")
    )
    last_checked_on = models.DateField(_("last checked"), null=True, editable=False)
    last_checked_by = models.CharField(
        _("checked by"), max_length=10, choices=CheckedBy, blank=True, editable=False
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = ListingQuerySet.as_manager()
    # `known_since` and `freshness`, of rows that come with them: see `ListingQuerySet`.
    known_on: date
    stage: str

    class Meta:
        abstract = True
        constraints = [
            known("status", Status.values, _("That is not a status we know.")),
            models.CheckConstraint(
                name="%(class)s_public_has_a_date",
                condition=~Q(status__in=[Status.PUBLIC, Status.PAUSED, Status.ENDED])
                | Q(first_public_at__isnull=False),
                violation_error_message=_("A listing that was public says since when."),
            ),
            models.CheckConstraint(
                name="%(class)s_checked_on_and_by",
                condition=Q(last_checked_on__isnull=True, last_checked_by="")
                | Q(last_checked_on__isnull=False, last_checked_by__in=CheckedBy.values),
                violation_error_message=_("Say both when it was checked and by whom."),
            ),
            models.CheckConstraint(
                name="%(class)s_has_a_slug",
                condition=~Q(slug=""),
                violation_error_message=_("Every listing has an address."),
            ),
        ]

    @property
    def is_public(self) -> bool:
        return self.status == Status.PUBLIC

    @property
    def is_told_to_machines(self) -> bool:
        """What is made up stays at home on a real site: a phone shows no mark beside it."""
        return self.is_public and (settings.PRIVATE_POSTGRES or not self.is_example)

    @property
    def known_since(self) -> date | None:
        """The day of its last check, else its first day on the board; None before that."""
        if self.last_checked_on or self.first_public_at is None:
            return self.last_checked_on
        return timezone.localdate(self.first_public_at)

    @property
    def freshness(self) -> Stage:
        """How old what we know is. A draft that nobody has checked is still being written."""
        return stage_of(self.known_since) if self.known_since else Stage.FRESH

    def may_move_to(self, to: Status) -> bool:
        return to in MOVES[Status(self.status)]

    @property
    def public_words(self) -> str:
        """“has ended” and the like; empty while it is on."""
        return str(PUBLIC_WORDS.get(Status(self.status), ""))


class Move(models.Model):
    """One change of status: who, when, why. Rows are added, never changed."""

    from_status = models.CharField(_("from"), max_length=10, choices=Status)
    to_status = models.CharField(_("to"), max_length=10, choices=Status)
    moved_at = models.DateTimeField(_("when"), auto_now_add=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        help_text=_("Empty when a command did it."),
        related_name="+",
    )
    why = models.CharField(_("why"), max_length=250, blank=True)

    class Meta:
        abstract = True
        ordering = ["moved_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_goes_somewhere",
                condition=~Q(from_status=F("to_status")),
                violation_error_message=_("It already has that status."),
            ),
            known("from_status", Status.values, _("That is not a status we know.")),
            known("to_status", Status.values, _("That is not a status we know.")),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class Assurance(models.Model):
    """Who checked a listing, and when. Rows are added, never changed."""

    checked_on = models.DateField(_("checked on"), default=timezone.localdate)
    checked_by = models.CharField(_("checked by"), max_length=10, choices=CheckedBy)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    note = models.CharField(_("note"), max_length=250, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-checked_on", "-recorded_at"]
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        constraints = [known("checked_by", CheckedBy.values, _("Say who checked it."))]

    def __str__(self) -> str:
        return f"{self.checked_on:%Y-%m-%d}, {self.get_checked_by_display()}"


class Slug(models.Model):
    """Every address a listing ever had: old ones lead to the new one for good."""

    slug = models.CharField(max_length=90, unique=True)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug
