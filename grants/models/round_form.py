"""What a round asks and how it is scored. It can be changed until the round opens.

Numbers are the order on the page, from 1.
"""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models.rounds import Round
from grants.round_words import plain_number
from thrive.choices import known

MOST_WORDS = 1500


class CheckKind(models.TextChoices):
    """What is looked at before anybody scores."""

    RULES = "rules", _("Written rules, or a host with them")
    ACCOUNT = "account", _("Bank account in the group's name, two unrelated people sign")
    SAFEGUARDING = "safeguarding", _("Safeguarding policy")
    INSURANCE = "insurance", _("Public liability insurance")
    ACCOUNTS = "accounts", _("Last year's accounts, or a budget")
    EQUALITY = "equality", _("Equality policy")
    ELIGIBLE = "eligible", _("May apply to this round")


class Numbered(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        abstract = True
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(
                "round",
                "number",
                name="%(class)s_number_once",
                violation_error_message=_("Two of them have the same number."),
            ),
            models.CheckConstraint(
                name="%(class)s_counts_from_one",
                condition=Q(number__gte=1),
                violation_error_message=_("Count from 1."),
            ),
        ]


class EligibilityQuestion(Numbered):
    """Yes or no, before anything else is written. A wrong answer gets `why_not`, kindly."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="eligibility_questions")
    text = models.CharField(_("question"), max_length=200)
    help = models.CharField(_("help"), max_length=400, blank=True)
    right_answer = models.BooleanField(
        _("has to be answered"), choices=[(True, _("yes")), (False, _("no"))], default=True
    )
    why_not = models.CharField(
        _("what we say otherwise"),
        max_length=500,
        help_text=_("Why this round is not for them, and where they might ask instead."),
    )

    class Meta(Numbered.Meta):
        verbose_name = _("eligibility question")
        verbose_name_plural = _("eligibility questions")

    def __str__(self) -> str:
        return self.text


class Question(Numbered):
    """One thing to write about, in so many words."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=200)
    help = models.CharField(_("help"), max_length=600, blank=True)
    most_words = models.PositiveSmallIntegerField(
        _("words at most"),
        default=200,
        validators=[MinValueValidator(10), MaxValueValidator(MOST_WORDS)],
    )
    is_required = models.BooleanField(_("has to be answered"), default=True)
    is_personal = models.BooleanField(
        _("tells of people"),
        default=False,
        help_text=_("Young scorers do not get to see the answer."),
    )

    class Meta(Numbered.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            *Numbered.Meta.constraints,
            models.CheckConstraint(
                name="question_words_in_reason",
                condition=Q(most_words__gte=10, most_words__lte=MOST_WORDS),
                violation_error_message=_("Allow 10 to 1,500 words."),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Criterion(Numbered):
    """What applications are scored by. The weights of a round are 100 together when it opens."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="criteria")
    name = models.CharField(_("name"), max_length=100)
    help = models.CharField(_("what to look for"), max_length=600, blank=True)
    weight = models.DecimalField(
        _("weight"), max_digits=5, decimal_places=2, help_text=_("Of 100 for all together.")
    )
    may_not_apply = models.BooleanField(
        _("may be “not applicable”"),
        default=False,
        help_text=_("Then it is left out. It never counts as nothing."),
    )

    class Meta(Numbered.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            *Numbered.Meta.constraints,
            models.CheckConstraint(
                name="criterion_weight_counts",
                condition=Q(weight__gt=0, weight__lte=100),
                violation_error_message=_("A weight is above 0 and 100 at most."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def plain_weight(self) -> str:
        """“60” and “12.5”."""
        return plain_number(self.weight)


class Level(models.Model):
    """One answer to “how well?”, described, so that all mean the same by it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="levels")
    points = models.PositiveSmallIntegerField(_("points"))
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("what it looks like"), max_length=400)

    class Meta:
        ordering = ["criterion", "points"]
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        constraints = [
            models.UniqueConstraint(
                "criterion",
                "points",
                name="level_points_once",
                violation_error_message=_("Two levels of a criterion have the same points."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.points} – {self.name}"


class BudgetHeading(Numbered):
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="budget_headings")
    name = models.CharField(_("name"), max_length=80)
    help = models.CharField(_("help"), max_length=300, blank=True)

    class Meta(Numbered.Meta):
        verbose_name = _("budget heading")
        verbose_name_plural = _("budget headings")

    def __str__(self) -> str:
        return self.name


class RequiredCheck(models.Model):
    """What has to be looked at for every application of a round."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="required_checks")
    kind = models.CharField(_("check"), max_length=15, choices=CheckKind)
    help = models.CharField(
        _("what we ask for"), max_length=300, blank=True, help_text=_("Those who apply read this.")
    )

    class Meta:
        ordering = ["round", "kind"]
        verbose_name = _("required check")
        verbose_name_plural = _("required checks")
        constraints = [
            known("kind", CheckKind.values, _("Say what is to be checked.")),
            models.UniqueConstraint(
                "round",
                "kind",
                name="requiredcheck_once",
                violation_error_message=_("This check is in the list already."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
