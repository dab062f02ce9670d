"""Short lists that staff keep: who it is for, what makes it easy, languages, help lines."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.Model):
    """People a listing is made for, in words they would use of themselves."""

    slug = models.SlugField(_("address"), primary_key=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    description = models.CharField(_("in one sentence"), max_length=250, blank=True)
    reading_order = models.PositiveSmallIntegerField(_("reading order"), default=100)

    class Meta:
        ordering = ["reading_order", "name"]
        verbose_name = _("who it is for")
        verbose_name_plural = _("who it is for")

    def __str__(self) -> str:
        return self.name


class AccessFeature(models.Model):
    """Something that makes it easy to come: of the building, of the session, or of either."""

    slug = models.SlugField(_("address"), primary_key=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    description = models.CharField(_("in one sentence"), max_length=250, blank=True)
    of_venue = models.BooleanField(_("can be said of a place"), default=False)
    of_activity = models.BooleanField(_("can be said of an activity"), default=True)
    reading_order = models.PositiveSmallIntegerField(_("reading order"), default=100)

    class Meta:
        ordering = ["reading_order", "name"]
        verbose_name = _("what makes it easy")
        verbose_name_plural = _("what makes it easy")
        constraints = [
            models.CheckConstraint(
                name="accessfeature_of_something",
                condition=models.Q(of_venue=True) | models.Q(of_activity=True),
                violation_error_message=_("Say whether it is about a place, an activity or both."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Language(models.Model):
    code = models.CharField(_("code"), max_length=12, primary_key=True, help_text=_("ISO 639"))
    name = models.CharField(_("name"), max_length=60, unique=True)
    own_name = models.CharField(_("its own name"), max_length=60)
    reading_order = models.PositiveSmallIntegerField(_("reading order"), default=100)

    class Meta:
        ordering = ["reading_order", "name"]
        verbose_name = _("language")
        verbose_name_plural = _("languages")

    def __str__(self) -> str:
        return self.name
