"""The framework as data, and what a tag is."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thrive.choices import known


class NeedsGroup(models.Model):
    """One of THRIVE's five needs-based groups: a need at one moment, never a severity or a child.

    Source: THRIVE Framework for system change (Wolpert et al., 2019).
    """

    slug = models.SlugField(_("address"), primary_key=True)
    name = models.CharField(_("name in the framework"), max_length=60, unique=True)
    plain_name = models.CharField(_("name on the page"), max_length=60, unique=True)
    description = models.CharField(_("in one or two sentences"), max_length=300)
    text = models.TextField(_("page text"))
    source = models.CharField(_("source"), max_length=200)
    reading_order = models.PositiveSmallIntegerField(
        _("reading order"), unique=True, help_text=_("The order on the page. It is not a ladder.")
    )

    class Meta:
        ordering = ["reading_order"]
        verbose_name = _("needs group")
        verbose_name_plural = _("needs groups")

    def __str__(self) -> str:
        return self.plain_name


class Theme(models.Model):
    """A local priority. The steering group adds more."""

    slug = models.SlugField(_("address"), primary_key=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    description = models.CharField(_("in one sentence"), max_length=250)
    text = models.TextField(_("page text"), blank=True)
    source = models.CharField(_("source"), max_length=250)
    reading_order = models.PositiveSmallIntegerField(_("reading order"), default=100)

    class Meta:
        ordering = ["reading_order", "name"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.name


class WayOfWorking(models.Model):
    """One of the county's Thriving Communities ways of working. Nothing to do with THRIVE."""

    slug = models.SlugField(_("address"), primary_key=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    description = models.CharField(_("in one sentence"), max_length=250)
    source = models.CharField(_("source"), max_length=250)
    reading_order = models.PositiveSmallIntegerField(_("reading order"), default=100)

    class Meta:
        ordering = ["reading_order", "name"]
        verbose_name = _("way of working")
        verbose_name_plural = _("ways of working")

    def __str__(self) -> str:
        return self.name


class TagSource(models.TextChoices):
    GROUP = "group", _("the group told us")
    STAFF = "staff", _("our team")
    RULE = "rule", _("suggested by a rule, accepted by our team")
    IMPORT = "import", _("came with imported data")


class Tag(models.Model):
    """Something said about a listing, and who said it. The later apps hold the real tables."""

    source = models.CharField(
        _("who says so"), max_length=10, choices=TagSource, default=TagSource.STAFF
    )
    reason = models.CharField(_("why"), max_length=250, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        abstract = True
        constraints = [known("source", TagSource.values, _("Say who says so."))]
