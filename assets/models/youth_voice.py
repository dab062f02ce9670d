"""How well young people are heard here: what good looks like, and how we do, every six months."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assets.models.unnamed import reaches_nobody
from thrive.choices import known


class VoiceStandardQuerySet(models.QuerySet["VoiceStandard"]):
    def with_last_look(self) -> Self:
        """Each with `looked_at`: the day of its last review, or None."""
        # Grouped rows forget their model's order.
        found = self.annotate(looked_at=Max("reviews__looked_on"))
        return found.order_by("reading_order", "name")


class VoiceStandard(models.Model):
    """One thing that has to be so for young people to be heard, in plain words, with its source."""

    slug = models.SlugField(_("short name"), primary_key=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    text = models.TextField(_("in plain words"), max_length=400)
    question = models.CharField(_("what we ask ourselves"), max_length=250)
    source = models.CharField(_("source"), max_length=300)
    source_address = models.URLField(_("address of the source"), max_length=300)
    checked_on = models.DateField(_("source checked on"), null=True, blank=True)
    reading_order = models.PositiveSmallIntegerField(_("reading order"), default=100)

    objects = VoiceStandardQuerySet.as_manager()

    class Meta:
        ordering = ["reading_order", "name"]
        verbose_name = _("participation standard")
        verbose_name_plural = _("participation standards")

    def __str__(self) -> str:
        return self.name


class YouthVoiceReviewQuerySet(models.QuerySet["YouthVoiceReview"]):
    def told(self) -> Self:
        """What changed because young people were heard, newest first: for the public page."""
        return self.exclude(changed="")


class YouthVoiceReview(models.Model):
    """Somebody looked at one standard. Written by `assets.youth_voice`; a new look is a new row."""

    class How(models.TextChoices):
        NOT_YET = "not-yet", _("Not yet")
        IN_PART = "in-part", _("In part")
        WELL = "well", _("Well")

    standard = models.ForeignKey(
        VoiceStandard,
        verbose_name=_("standard"),
        on_delete=models.PROTECT,
        related_name="reviews",
    )
    looked_on = models.DateField(_("looked at on"))
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looked at by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    how = models.CharField(_("how we do"), max_length=8, choices=How)
    why = models.TextField(
        _("how we know"), max_length=1000, help_text=_("For our team. Best with young people.")
    )
    heard = models.TextField(
        _("what young people said"),
        max_length=600,
        blank=True,
        help_text=_("On the public page. No names."),
    )
    changed = models.TextField(
        _("what changed because of it"),
        max_length=600,
        blank=True,
        help_text=_("On the public page. Empty: nothing has, yet."),
    )
    is_example = models.BooleanField(_("example"), default=False, editable=False)

    objects = YouthVoiceReviewQuerySet.as_manager()
    history: ClassVar[Any] = HistoricalRecords()

    class Meta:
        ordering = ["-looked_on", "-pk"]
        verbose_name = _("look at youth voice")
        verbose_name_plural = _("youth voice")
        constraints = [
            known("how", ["not-yet", "in-part", "well"], _("Say how we do.")),
            reaches_nobody("heard", "changed"),
            models.CheckConstraint(
                name="youthvoicereview_changed_by_what_was_heard",
                condition=Q(changed="") | ~Q(heard=""),
                violation_error_message=_("Say what young people said that changed it."),
            ),
            models.UniqueConstraint(
                "standard",
                "looked_on",
                name="youthvoicereview_once_a_day",
                violation_error_message=_("It was looked at on that day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard}, {self.looked_on:%Y-%m-%d}"
