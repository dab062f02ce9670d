"""What others have written, and is worth reading: each with who says so, and when to look again."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thrive.models import NeedsGroup, Theme


class Reader(models.TextChoices):
    FAMILIES = "families", _("Families")
    YOUNG_PEOPLE = "young-people", _("Young people")
    WORKERS = "workers", _("People who work with them")


class ResourceQuerySet(models.QuerySet["Resource"]):
    def public(self) -> Self:
        return self.filter(is_public=True)

    def due(self) -> Self:
        """Nobody has looked at these, or not for long."""
        return self.public().filter(Q(checked_on=None) | Q(check_again_by__lt=timezone.localdate()))


class Resource(models.Model):
    """One page or paper of somebody else: what it is, whose, and for whom."""

    slug = models.SlugField(_("short name"), primary_key=True)
    name = models.CharField(_("title"), max_length=120, unique=True)
    summary = models.CharField(_("in a sentence or two"), max_length=300)
    address = models.URLField(_("address"), max_length=300, help_text=_("It begins with https://."))
    publisher = models.CharField(_("who publishes it"), max_length=120)
    licence = models.CharField(
        _("licence"),
        max_length=120,
        blank=True,
        help_text=_("How it may be used, as the page itself says. Empty: it does not say."),
    )
    readers = ArrayField(
        models.CharField(max_length=12, choices=Reader), verbose_name=_("for whom")
    )
    themes = models.ManyToManyField(
        Theme, verbose_name=_("themes"), blank=True, related_name="resources"
    )
    needs_groups = models.ManyToManyField(
        NeedsGroup, verbose_name=_("needs groups"), blank=True, related_name="resources"
    )
    is_public = models.BooleanField(_("on the public pages"), default=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    check_again_by = models.DateField(_("check again by"), null=True, blank=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        constraints = [
            models.CheckConstraint(
                name="resource_readers_known",
                condition=Q(
                    readers__contained_by=["families", "young-people", "workers"],
                    readers__len__gt=0,
                ),
                violation_error_message=_("Say for whom it is."),
            ),
            models.CheckConstraint(
                name="resource_behind_a_lock",
                condition=Q(address__startswith="https://"),
                violation_error_message=_("The address begins with https://."),
            ),
            models.CheckConstraint(
                name="resource_checked_again_later",
                condition=Q(checked_on=None, check_again_by=None)
                | Q(checked_on__isnull=False, check_again_by__gt=F("checked_on")),
                violation_error_message=_("Say when it was checked, and when to look again."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_due(self) -> bool:
        return self.check_again_by is None or self.check_again_by < timezone.localdate()
