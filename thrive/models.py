"""The framework as data, and what a tag is."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from thrive.choices import known

# Each of these means that a paid professional answers for an agreed outcome.
OF_PROFESSIONALS = ("getting-help", "getting-more-help", "getting-risk-support")
# Three things that have nothing to do with one another: none of their names suggests anything.
NAMESAKES = frozenset({"thrive", "thriving", "thriving communities", "five to thrive"})


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


class RunBy(models.TextChoices):
    ANYONE = "", _("Whoever runs it")
    VOLUNTEERS = "volunteers", _("Only if volunteers run it")
    PROFESSIONALS = "professionals", _("Only if paid professionals answer for it")


class YieldsTo(models.TextChoices):
    NOTHING = "", _("Always")
    PROFESSIONALS = "professionals", _("Not where a rule finds help by paid professionals")
    ANYTHING = "anything", _("Only where no other rule suggests a needs group")


def _several(label: Any, help_text: Any = "", longest: int = 80) -> ArrayField:
    return ArrayField(
        models.CharField(max_length=longest),
        verbose_name=label,
        help_text=help_text,
        default=list,
        blank=True,
        size=150,
    )


class TagRule(models.Model):
    """What the words and facts of a listing suggest. `thrive.suggesting` says how it is read.

    All conditions that are given have to hold: one of the words, one of the other words, none of
    the exceptions, one of each kind of fact. `key` is its name in the file that it came from.
    """

    key = models.SlugField(_("key"), unique=True, null=True, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(
        _("what it is for"), max_length=250, help_text=_("For those who look after the rules.")
    )
    message = models.CharField(
        _("what it says"),
        max_length=250,
        help_text=_("Shown with each suggestion, and kept as the reason of the tag."),
    )
    needs_groups = _several(_("needs groups"), longest=50)
    themes = _several(_("themes"), longest=50)
    says = _several(
        _("one of these words"),
        _("One a line. Other forms of a word count too; * stands for up to three words."),
    )
    also_says = _several(_("and one of these, too"), _("One a line. Empty: nothing more."))
    unless_says = _several(_("but none of these"), _("One a line. Exceptions."))
    kinds = _several(_("kind"), _("None ticked: any kind."), 20)
    levels = _several(_("level of offer"), _("None ticked: any level."), 12)
    how_to_come = _several(_("how to come"), _("None ticked: any way."), 10)
    audiences = _several(_("who it is for"), _("None ticked: whoever it is for."), 50)
    run_by = models.CharField(_("who runs it"), max_length=15, choices=RunBy, blank=True)
    yields_to = models.CharField(
        _("beside other rules"), max_length=15, choices=YieldsTo, blank=True
    )
    age_from = models.PositiveSmallIntegerField(
        _("only if nobody below this age may come, in months"), null=True, blank=True
    )
    age_before = models.PositiveSmallIntegerField(
        _("only if nobody of this age or above may come, in months"), null=True, blank=True
    )
    staff_choose = models.BooleanField(
        _("it cannot tell: staff choose"),
        default=False,
        help_text=_("Where the words fit several needs groups. The tagging desk shows it early."),
    )
    in_use = models.BooleanField(_("in use"), default=True)

    history: ClassVar = HistoricalRecords()

    class Meta:
        ordering = [Lower(F("name"))]
        verbose_name = _("tag rule")
        verbose_name_plural = _("tag rules")
        constraints = [
            known("run_by", RunBy.values, _("Say who runs it.")),
            known("yields_to", YieldsTo.values, _("Say how it goes with other rules.")),
            models.UniqueConstraint(
                Lower("name"),
                name="tagrule_name_once",
                violation_error_message=_("There is a rule of that name already."),
            ),
            models.CheckConstraint(
                name="tagrule_suggests_something",
                condition=Q(needs_groups__len__gt=0) | Q(themes__len__gt=0),
                violation_error_message=_("Choose a needs group or a theme to suggest."),
            ),
            models.CheckConstraint(
                name="tagrule_looks_at_something",
                condition=Q(says__len__gt=0)
                | Q(kinds__len__gt=0)
                | Q(levels__len__gt=0)
                | Q(how_to_come__len__gt=0)
                | Q(audiences__len__gt=0)
                | Q(yields_to="anything"),
                violation_error_message=_("Write some words, or tick a fact to look for."),
            ),
            models.CheckConstraint(
                name="tagrule_help_is_of_professionals",
                condition=~Q(needs_groups__overlap=list(OF_PROFESSIONALS))
                | Q(run_by="professionals"),
                violation_error_message=_(
                    "“Help towards a goal” and what goes beyond it need a paid professional who "
                    "answers for it: choose that under “who runs it”."
                ),
            ),
            models.CheckConstraint(
                name="tagrule_ages_in_order",
                condition=Q(age_from__isnull=True)
                | Q(age_before__isnull=True)
                | Q(age_before__gt=F("age_from")),
                violation_error_message=_("The upper age must be above the lower one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        for phrase in (*self.says, *self.also_says):
            if " ".join(phrase.lower().split()) in NAMESAKES:
                raise ValidationError(
                    {"says": _("“%s” is a name that others use too. It suggests nothing.") % phrase}
                )
            if phrase.strip().startswith("*") or phrase.strip().endswith("*"):
                raise ValidationError({"says": _("A * stands between two words.")})
