"""What hangs on an activity: its moves, addresses and checks, its partners and its tags."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assets.models.activities import Activity
from assets.models.lifecycle import Assurance, Move, Slug
from assets.models.organisations import Organisation
from thrive.models import NeedsGroup, Tag, Theme


class ActivityMove(Move):
    listing = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="moves")


class ActivitySlug(Slug):
    listing = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="slugs")


class ActivityAssurance(Assurance):
    listing = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="checks")


class ActivityPartner(models.Model):
    """Another group that runs it too: a drop-in may be run by several."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("group"), on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            models.UniqueConstraint(
                "activity",
                "organisation",
                name="partner_once",
                violation_error_message=_("That group is there already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def clean(self) -> None:
        super().clean()
        if self.organisation_id and self.activity.organisation_id == self.organisation_id:
            raise ValidationError(_("That group runs it already."), code="partner")


class ActivityNeedsGroup(Tag):
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE)
    needs_group = models.ForeignKey(
        NeedsGroup, verbose_name=_("needs group"), on_delete=models.PROTECT
    )
    history: ClassVar = HistoricalRecords()

    class Meta(Tag.Meta):
        verbose_name = _("needs group")
        verbose_name_plural = _("needs groups")
        constraints = [
            *Tag.Meta.constraints,
            models.UniqueConstraint(
                "activity",
                "needs_group",
                name="activity_needs_group_once",
                violation_error_message=_("That needs group is there already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.needs_group)


class ActivityTheme(Tag):
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE)
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT)
    history: ClassVar = HistoricalRecords()

    class Meta(Tag.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            *Tag.Meta.constraints,
            models.UniqueConstraint(
                "activity",
                "theme",
                name="activity_theme_once",
                violation_error_message=_("That theme is there already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.theme)
