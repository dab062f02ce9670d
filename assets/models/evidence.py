"""What people say: dated notes that staff keep beside what is on."""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assets.models.places import Area, Place
from assets.models.unnamed import reaches_nobody
from thrive.choices import known
from thrive.models import NeedsGroup, Theme


class EvidenceSource(models.TextChoices):
    EVENT = "event", _("an event")
    SURVEY = "survey", _("a survey")
    NETWORK = "network", _("a network meeting")
    YOUTH_VOICE = "youth-voice", _("youth voice")
    STAFF = "staff", _("our team")
    OTHER = "other", _("somewhere else")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def standing(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def of_ages(self, first: int, before: int | None) -> Self:
        """Of ages that overlap these months; without an end, of all from the first on."""
        found = self.filter(Q(age_before=None) | Q(age_before__gt=first))
        return found if before is None else found.filter(age_from__lt=before)


class Evidence(models.Model):
    """One thing that people said, without anybody's name. Change one through `assets.evidence`."""

    heard_on = models.DateField(_("heard on"))
    text = models.TextField(
        _("what they said"),
        max_length=1000,
        help_text=_(
            "No names, and nothing that one family could be known by. Write “a parent”, "
            "“several young people”."
        ),
    )
    source = models.CharField(_("heard at"), max_length=12, choices=EvidenceSource)
    themes = models.ManyToManyField(
        Theme, verbose_name=_("themes"), blank=True, related_name="evidence"
    )
    something_new = models.CharField(
        _("something new"),
        max_length=60,
        blank=True,
        help_text=_("Fits no theme? Give it a word or two: “sleep”. Notes are gathered by it."),
    )
    needs_group = models.ForeignKey(
        NeedsGroup,
        verbose_name=_("needs group"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
    )
    age_from = models.PositiveSmallIntegerField(_("youngest age, in months"), default=0)
    age_before = models.PositiveSmallIntegerField(
        _("below this age, in months"), null=True, blank=True
    )
    place = models.ForeignKey(
        Place,
        verbose_name=_("town or village"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
    )
    area = models.ForeignKey(
        Area,
        verbose_name=_("or a whole area"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
    )
    noted_at = models.DateTimeField(_("noted"), auto_now_add=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    withdrawn_why = models.CharField(_("why"), max_length=250, blank=True, editable=False)
    is_example = models.BooleanField(_("example"), default=False, editable=False)

    objects = EvidenceQuerySet.as_manager()
    history: ClassVar[Any] = HistoricalRecords()

    class Meta:
        ordering = ["-heard_on", "-pk"]
        verbose_name = _("note of what people say")
        verbose_name_plural = _("notes of what people say")
        constraints = [
            known("source", EvidenceSource.values, _("Say where it was heard.")),
            reaches_nobody("text", "something_new"),
            models.CheckConstraint(
                name="evidence_says_something",
                condition=Q(text__regex=r"[[:alnum:]]"),
                violation_error_message=_("Write what they said."),
            ),
            models.CheckConstraint(
                name="evidence_ages_in_order",
                condition=Q(age_before=None) | Q(age_before__gt=F("age_from")),
                violation_error_message=_("The oldest age comes after the youngest."),
            ),
            models.CheckConstraint(
                name="evidence_at_one_place",
                condition=Q(place=None) | Q(area=None),
                violation_error_message=_("Choose a town or village, or an area, not both."),
            ),
            models.CheckConstraint(
                name="evidence_withdrawn_with_a_reason",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_why="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why=""),
                violation_error_message=_("Say when it was withdrawn, by whom and why."),
            ),
        ]

    def __str__(self) -> str:
        words = self.text.split()
        return " ".join(words[:8]) + ("…" if len(words) > 8 else "")

    @property
    def where(self) -> Place | Area | None:
        return self.place or self.area

    def is_later_than(self, today: date) -> bool:
        return self.heard_on > today
