"""Anything on offer: who it is for, what it costs, how to come."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assets.models.lifecycle import Listing, ListingQuerySet, Status
from assets.models.organisations import Organisation, SortKey
from assets.models.reference import AccessFeature, Audience, Language
from assets.models.venues import Venue
from thrive.choices import known
from thrive.models import NeedsGroup, Theme


class Kind(models.TextChoices):
    SESSION = "session", _("Session")
    CLUB = "club", _("Club")
    DROP_IN = "drop-in", _("Drop-in")
    SERVICE = "service", _("Service")
    HELPLINE = "helpline", _("Helpline")
    ONLINE = "online-help", _("Online help")
    VOLUNTEERING = "volunteering", _("Volunteering")
    WORK_EXPERIENCE = "work-experience", _("Work experience")
    SPACE = "space", _("A space to use")


class WayToTakePart(models.TextChoices):
    IN_PERSON = "in-person", _("In person")
    ONLINE = "online", _("Online")
    PHONE = "phone", _("By phone")
    AT_HOME = "at-home", _("At your home")


class Cost(models.TextChoices):
    FREE = "free", _("Free")
    DONATION = "donation", _("Free, donations welcome")
    PAID = "paid", _("There is a charge")


class Level(models.TextChoices):
    UNIVERSAL = "universal", _("For everyone")
    TARGETED = "targeted", _("For people who share something")
    SPECIALIST = "specialist", _("Specialist help")


class HowToCome(models.TextChoices):
    JUST_COME = "just-come", _("Just come along")
    ASK_FIRST = "ask-first", _("Get in touch first")
    BOOK = "book", _("Book a place")
    REFERRAL = "referral", _("Somebody refers you")


class Referrer(models.TextChoices):
    SELF = "self", _("you yourself")
    PARENT = "parent", _("a parent or carer")
    SCHOOL = "school", _("school or college")
    HEALTH = "health", _("a GP, health visitor or school nurse")
    SOCIAL_CARE = "social-care", _("a social worker or early help worker")
    ANY_WORKER = "any-worker", _("anyone who works with you")


class Newcomers(models.TextChoices):
    NOT_SAID = "not-said", _("not said")
    YES = "yes", _("Room for new people")
    WAITING = "waiting", _("Waiting list")
    FULL = "full", _("Full at the moment")


class ActivityQuerySet(ListingQuerySet):
    def public(self) -> Self:
        """What anyone may see: a group that is not public hides what it runs."""
        return super().public().filter(organisation__status=Status.PUBLIC)

    def for_page(self) -> Self:
        """What was ever public, with the rows its page needs beside it."""
        return (
            self.once_public()
            .filter(organisation__first_public_at__isnull=False)
            .select_related("organisation__district__parent", "venue__place__district__parent")
            .prefetch_related("audiences", "languages", "access_features", "schedules")
        )


class Activity(Listing):
    """Anything on offer. Ages are in months, half-open: 6 months to 4 years is 6 up to 60."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("group"),
        on_delete=models.PROTECT,
        related_name="activities",
    )
    partners = models.ManyToManyField(
        Organisation,
        verbose_name=_("run together with"),
        through="ActivityPartner",
        related_name="partner_activities",
    )
    title = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.SESSION)
    summary = models.CharField(
        _("in one or two sentences"), max_length=250, help_text=_("Shown in lists.")
    )
    description = models.TextField(_("what happens there"), blank=True, max_length=5000)
    first_visit = models.TextField(
        _("your first visit"),
        blank=True,
        max_length=1500,
        help_text=_("What to expect, who will meet you, what to bring."),
    )
    ways_to_take_part = ArrayField(
        models.CharField(max_length=10, choices=WayToTakePart),
        verbose_name=_("how to take part"),
        default=list,
    )
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("venue"),
        on_delete=models.PROTECT,
        related_name="activities",
        null=True,
        blank=True,
    )
    area_served = models.ForeignKey(
        "assets.Area",
        verbose_name=_("area served"),
        on_delete=models.PROTECT,
        related_name="activities_serving",
        null=True,
        blank=True,
        help_text=_("For help online, by phone or at home. Empty: everywhere."),
    )

    age_from = models.PositiveSmallIntegerField(
        _("from age, in months"), default=0, help_text=_("24 is the second birthday.")
    )
    age_before = models.PositiveSmallIntegerField(
        _("until before age, in months"),
        null=True,
        blank=True,
        help_text=_("60 means up to the day before the fifth birthday. Empty: no upper age."),
    )
    in_pregnancy = models.BooleanField(_("for people who are pregnant"), default=False)
    audiences = models.ManyToManyField(Audience, verbose_name=_("who it is for"), blank=True)
    languages = models.ManyToManyField(Language, verbose_name=_("languages"), blank=True)
    access_features = models.ManyToManyField(
        AccessFeature,
        verbose_name=_("what makes it easy"),
        blank=True,
        limit_choices_to={"of_activity": True},
    )
    level = models.CharField(_("level of offer"), max_length=12, choices=Level)

    cost = models.CharField(_("cost"), max_length=10, choices=Cost)
    price = models.DecimalField(
        _("price, in pounds"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    cost_note = models.CharField(
        _("about the cost"), max_length=120, blank=True, help_text=_("“a family”, “a term”.")
    )
    help_with_cost = models.BooleanField(_("help with the cost"), default=False)

    how_to_come = models.CharField(_("how to come"), max_length=10, choices=HowToCome)
    who_can_refer = ArrayField(
        models.CharField(max_length=12, choices=Referrer),
        verbose_name=_("who can refer"),
        default=list,
        blank=True,
    )
    newcomers = models.CharField(
        _("room for newcomers"), max_length=10, choices=Newcomers, default=Newcomers.NOT_SAID
    )
    newcomers_said_on = models.DateField(_("said on"), null=True, blank=True)
    waiting_weeks = models.PositiveSmallIntegerField(_("weeks to wait"), null=True, blank=True)
    meanwhile = models.CharField(_("what to do meanwhile"), max_length=250, blank=True)

    needs_groups = models.ManyToManyField(
        NeedsGroup, verbose_name=_("needs groups"), through="ActivityNeedsGroup"
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), through="ActivityTheme")

    objects: ClassVar = ActivityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Listing.Meta):
        ordering = [SortKey("title")]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            *Listing.Meta.constraints,
            known("kind", Kind.values, _("That is not a kind of activity we know.")),
            models.CheckConstraint(
                name="activity_ways_known",
                condition=Q(ways_to_take_part__contained_by=WayToTakePart.values)
                & Q(ways_to_take_part__len__gt=0),
                violation_error_message=_("Say how to take part: in person, online, by phone …"),
            ),
            models.CheckConstraint(
                name="activity_in_person_has_a_venue",
                condition=Q(ways_to_take_part__contains=["in-person"], venue__isnull=False)
                | (~Q(ways_to_take_part__contains=["in-person"]) & Q(venue__isnull=True)),
                violation_error_message=_(
                    "Say where people meet in person. What is not in person has no venue."
                ),
            ),
            models.CheckConstraint(
                name="activity_ages_in_order",
                condition=Q(age_before__isnull=True) | Q(age_before__gt=F("age_from")),
                violation_error_message=_("The upper age must be above the lower one."),
            ),
            models.CheckConstraint(
                name="activity_price_goes_with_cost",
                condition=(~Q(cost="paid") & Q(price__isnull=True))
                | Q(cost="paid", price__isnull=False, price__gt=0)
                | (Q(cost="paid", price__isnull=True) & ~Q(cost_note="")),
                violation_error_message=_("Say how much it costs, or that it is free."),
            ),
            known("cost", Cost.values, _("Say whether it is free.")),
            known("level", Level.values, _("Say whom it is open to.")),
            models.CheckConstraint(
                name="activity_referral_says_by_whom",
                condition=Q(who_can_refer__contained_by=Referrer.values)
                & (~Q(how_to_come="referral") | Q(who_can_refer__len__gt=0)),
                violation_error_message=_("Say who can refer."),
            ),
            known("how_to_come", HowToCome.values, _("Say how to come.")),
            models.CheckConstraint(
                name="activity_newcomers_dated",
                condition=Q(newcomers="not-said", newcomers_said_on__isnull=True)
                | (
                    Q(newcomers__in=["yes", "waiting", "full"]) & Q(newcomers_said_on__isnull=False)
                ),
                violation_error_message=_("Say when the group told you about room."),
            ),
            models.CheckConstraint(
                name="activity_wait_goes_with_waiting_list",
                condition=Q(waiting_weeks__isnull=True) | Q(newcomers="waiting"),
                violation_error_message=_("Weeks to wait need a waiting list."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.status == Status.PUBLIC == self.organisation.status

    @property
    def public_words(self) -> str:
        """Its own words, or those of its group where the group itself is no longer on."""
        return super().public_words or self.organisation.public_words

    @property
    def first_step(self) -> HowToCome:
        """Nobody can just come along to a place that the group has yet to tell them."""
        how = HowToCome(self.how_to_come)
        is_hidden = self.venue is not None and self.venue.is_hidden
        return HowToCome.ASK_FIRST if is_hidden and how == HowToCome.JUST_COME else how

    def clean(self) -> None:
        super().clean()
        if self.organisation_id and self.is_example != self.organisation.is_example:
            raise ValidationError(
                _("An activity is an example exactly when its group is one."), code="example"
            )
