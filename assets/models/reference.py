"""Short lists that staff keep: who it is for, what makes it easy, languages, where to start."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# As `QueryDict.urlencode` writes it.
SEARCH = r"^[a-z]+=[A-Za-z0-9_.~%&=+-]+$"


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


class StartingPoint(models.Model):
    """What may be going on at home or at school, and the search that a tap on it opens.

    `search` is what stands behind the question mark of `/activities/`: see
    `assets.starting_points`.
    """

    slug = models.SlugField(_("address"), primary_key=True)
    name = models.CharField(
        _("what is happening"), max_length=40, unique=True, help_text=_("As a family would say it.")
    )
    search = models.CharField(
        _("the search it opens"),
        max_length=200,
        help_text=_("Search on the site, then copy the address of the page you got."),
    )
    reading_order = models.PositiveSmallIntegerField(_("reading order"), default=100)

    class Meta:
        ordering = ["reading_order", "name"]
        verbose_name = _("where to start")
        verbose_name_plural = _("where to start")
        constraints = [
            models.CheckConstraint(
                name="startingpoint_is_a_search",
                condition=models.Q(search__regex=SEARCH),
                violation_error_message=_("That is not the address of a search."),
            )
        ]

    def __str__(self) -> str:
        return self.name
