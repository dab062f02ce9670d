"""What a group asks of a round.

Until it is sent, all that was typed stands in `said`, as typed: nothing half-written stands behind
a rule. Sending it reads `said` into the columns below it, and from then on neither changes.
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assets.models import Activity, Organisation, Place
from grants.models.application_status import (
    APPLICANT_WORDS,
    GIVEN,
    LIVE,
    MOVES,
    UNFINISHED,
    ApplicationStatus,
)
from grants.models.rounds import Round, money
from thrive.choices import known
from thrive.models import NeedsGroup, Theme


class ApplicationQuerySet(models.QuerySet["Application"]):
    def of_applicant(self, person: Any) -> Self:
        """Those that this person writes, or a group writes that they act for. Nobody else's."""
        own = Organisation.objects.acted_for_by(person)
        written = Applicant.objects.filter(person=person).values("application")
        return self.filter(Q(pk__in=written) | Q(organisation__in=own))

    def live(self) -> Self:
        """Those of which a group has only one in a round."""
        return self.filter(status__in=LIVE)

    def sent(self) -> Self:
        """What came in, whatever became of it."""
        return self.filter(submitted_at__isnull=False)


class HowEntered(models.TextChoices):
    """How a group asked that our team writes its application down, and said yes to it."""

    PHONE = "phone", _("on the telephone")
    PAPER = "paper", _("on paper, signed")
    IN_PERSON = "in-person", _("face to face")


class Application(models.Model):
    """Change one through `grants.applying` and, once it is sent, `grants.deciding` only.

    `said`: a part of the form → a field → what was typed, in plain JSON: see `grants.applying`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="applications"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("group"),
        on_delete=models.PROTECT,
        null=True,
        related_name="applications",
        help_text=_("Empty while the group is not in the directory."),
    )
    group_name = models.CharField(_("name of the group"), max_length=120)
    status = models.CharField(
        _("status"), max_length=10, choices=ApplicationStatus, default=ApplicationStatus.DRAFT
    )
    # Within its round, in the order in which they came.
    number = models.PositiveIntegerField(_("number"), null=True)
    said = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    # Read from `said` when it is sent.
    title = models.CharField(_("title"), max_length=120, blank=True)
    summary = models.CharField(_("in one or two sentences"), max_length=300, blank=True)
    minimum = money(_("least that would work"), null=True)
    ideal = money(_("asked for"), null=True)
    total_cost = money(_("what all of it costs"), null=True)
    people = models.PositiveIntegerField(_("children and young people"), null=True)
    starts_on = models.DateField(_("starts"), null=True)
    ends_before = models.DateField(_("ends before"), null=True)
    age_from = models.PositiveSmallIntegerField(_("age from, in months"), null=True)
    age_before = models.PositiveSmallIntegerField(_("age before, in months"), null=True)
    needs_groups = models.ManyToManyField(
        NeedsGroup, verbose_name=_("needs groups"), related_name="applications"
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), related_name="applications")
    places = models.ManyToManyField(Place, verbose_name=_("places"), related_name="applications")
    # The listing that the money makes more of.
    grows = models.ForeignKey(
        Activity,
        verbose_name=_("what it grows"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="applications",
    )

    # What the panel gives, in pounds.
    award = money(_("award"), null=True)

    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Of our team, for somebody on the telephone or from paper."),
    )
    entered_for = models.CharField(_("entered for"), max_length=100, blank=True)
    entered_how = models.CharField(
        _("how they asked for it"), max_length=10, choices=HowEntered, blank=True
    )
    begun_at = models.DateTimeField(_("begun"), auto_now_add=True)
    written_at = models.DateTimeField(_("last written in"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("sent"), null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    is_example = models.BooleanField(_("example"), default=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["round", "number"]
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        permissions = [("check_application", "Can do the checks of an application")]
        constraints = [
            known("status", ApplicationStatus.values, _("That is not a status we know.")),
            models.UniqueConstraint(
                "round",
                "number",
                name="application_number_once",
                violation_error_message=_("Another application has this number."),
            ),
            models.UniqueConstraint(
                "round",
                "organisation",
                name="application_one_a_group",
                condition=Q(status__in=LIVE, organisation__isnull=False),
                violation_error_message=_("Your group is applying to this round already."),
            ),
            models.CheckConstraint(
                name="application_sent_is_whole",
                condition=Q(status__in=UNFINISHED)
                | Q(
                    number__isnull=False,
                    submitted_at__isnull=False,
                    minimum__isnull=False,
                    ideal__isnull=False,
                    total_cost__isnull=False,
                    people__isnull=False,
                    starts_on__isnull=False,
                    ends_before__isnull=False,
                )
                & ~Q(title=""),
                violation_error_message=_("What was sent is whole."),
            ),
            models.CheckConstraint(
                name="application_sent_at_and_numbered",
                condition=Q(submitted_at=None, submitted_by=None, number=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False, number__isnull=False),
                violation_error_message=_("What was sent has a number, a time and a sender."),
            ),
            models.CheckConstraint(
                name="application_draft_is_not_sent",
                condition=~Q(status=ApplicationStatus.DRAFT) | Q(submitted_at=None),
                violation_error_message=_("A draft has not been sent."),
            ),
            models.CheckConstraint(
                name="application_amounts_fit",
                condition=Q(minimum=None)
                | Q(minimum__gt=0, minimum__lte=F("ideal"), ideal__lte=F("total_cost")),
                violation_error_message=_(
                    "The least that would work is no more than what is asked for, and that no more "
                    "than all of it costs."
                ),
            ),
            models.CheckConstraint(
                name="application_starts_before_it_ends",
                condition=Q(starts_on=None) | Q(starts_on__lt=F("ends_before")),
                violation_error_message=_("It starts before it ends."),
            ),
            models.CheckConstraint(
                name="application_ages_fit",
                condition=Q(age_from=None, age_before=None) | Q(age_from__lt=F("age_before")),
                violation_error_message=_("The youngest are younger than the oldest."),
            ),
            models.CheckConstraint(
                name="application_award_fits",
                condition=Q(award=None) & ~Q(status__in=GIVEN)
                | Q(
                    status__in=GIVEN,
                    award__isnull=False,
                    award__gte=F("minimum"),
                    award__lte=F("ideal"),
                ),
                violation_error_message=_(
                    "An award is between the least that would work and what was asked for."
                ),
            ),
            models.CheckConstraint(
                name="application_has_a_group",
                condition=~Q(group_name=""),
                violation_error_message=_("Say which group it is."),
            ),
            known("entered_how", ["", *HowEntered.values], _("Say how they asked for it.")),
            models.CheckConstraint(
                name="application_entered_says_for_whom",
                condition=Q(entered_by=None, entered_for="", entered_how="")
                | Q(entered_by__isnull=False) & ~Q(entered_for="") & ~Q(entered_how=""),
                violation_error_message=_("Say for whom it is entered, and how they asked."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.said.get("project", {}).get("title") or self.group_name

    def __repr__(self) -> str:
        return f"<Application {self.reference or self.pk}: {self.status}>"

    @property
    def reference(self) -> str:
        """Such as “GGO2-007”; empty until it is sent."""
        return f"{self.round.code}-{self.number:03}" if self.number else ""

    @property
    def is_draft(self) -> bool:
        return self.status == ApplicationStatus.DRAFT

    @property
    def may_be_withdrawn(self) -> bool:
        return ApplicationStatus.WITHDRAWN in MOVES[ApplicationStatus(self.status)]

    @property
    def applicant_words(self) -> str:
        return str(APPLICANT_WORDS[ApplicationStatus(self.status)])


class Applicant(models.Model):
    """Somebody who writes an application, whether or not their group is in the directory."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="applicants"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name = _("applicant")
        verbose_name_plural = _("applicants")
        constraints = [
            models.UniqueConstraint(
                "application",
                "person",
                name="applicant_once",
                violation_error_message=_("They write it with you already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
