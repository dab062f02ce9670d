"""The gaps in what is on that a round aims at: cells of the coverage, kept with the round."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assets.ages import BANDS, band_in_words
from assets.models import Place
from grants.models.rounds import Round
from thrive.choices import known
from thrive.models import NeedsGroup, Theme


class RoundGap(models.Model):
    """What is missing, of one theme or one needs group. Without ages or a place: of all of them.

    `place` is a town, with the villages that are nearest to it: see `assets.places.parts`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="gaps")
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("theme"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    needs_group = models.ForeignKey(
        NeedsGroup,
        verbose_name=_("needs group"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    ages = models.CharField(
        _("ages"),
        max_length=5,
        blank=True,
        choices=[(name, name.replace("-", "–")) for name in BANDS],
    )
    place = models.ForeignKey(
        Place,
        verbose_name=_("in and around"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        ordering = ["round", "theme", "needs_group", "ages", "place__name"]
        verbose_name = _("gap it aims at")
        verbose_name_plural = _("gaps it aims at")
        constraints = [
            known("ages", ["", *BANDS], _("Choose ages from the list.")),
            models.CheckConstraint(
                name="roundgap_is_about_one_thing",
                condition=Q(theme=None) ^ Q(needs_group=None),
                violation_error_message=_("A gap is about a theme or a needs group: choose one."),
            ),
            models.UniqueConstraint(
                "round",
                "theme",
                "needs_group",
                "ages",
                "place",
                name="roundgap_once",
                nulls_distinct=False,
                violation_error_message=_("This gap is in the list already."),
            ),
        ]

    def __str__(self) -> str:
        """“Eating disorders, for 11 to 15, in and around Wirksworth”."""
        parts = [self.theme.name if self.theme else str(self.needs_group)]
        if self.ages:
            parts.append(_now("for %s") % band_in_words(self.ages))
        if self.place:
            parts.append(_now("in and around %s") % self.place.name)
        return ", ".join(parts)
