"""Groups, and who may act for them."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assets.models.lifecycle import Assurance, Listing, ListingQuerySet, Move, Slug
from thrive.choices import known
from thrive.models import Tag, Theme, WayOfWorking

# [0-9], for \d takes the digits of other scripts too.
CHARITY_NUMBER = r"^[0-9]{6,7}$"
COMPANY_NUMBER = r"^[A-Z0-9]{2}[0-9]{6}$"


class SortKey(Func):
    """How names are ordered: without case or accents, and indexable (see migration 0001)."""

    function = "sort_key"
    output_field = models.TextField()


class OrganisationQuerySet(ListingQuerySet):
    def acted_for_by(self, person: Any) -> Self:
        """The groups that this person acts for, once that is confirmed. Nobody else's."""
        return self.filter(memberships__user=person, memberships__confirmed_at__isnull=False)


class Organisation(Listing):
    """A group, usually voluntary, community or social enterprise. The page says “group”."""

    class Kind(models.TextChoices):
        CHARITY = "charity", _("Charity")
        CIO = "cio", _("Charitable incorporated organisation")
        CIC = "cic", _("Community interest company")
        COMPANY = "company", _("Company")
        UNINCORPORATED = "unincorporated", _("Community group")
        FAITH = "faith", _("Faith group")
        SCHOOL = "school", _("School or college")
        PUBLIC = "public", _("Council or NHS")

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.UNINCORPORATED)
    summary = models.CharField(
        _("in one or two sentences"), max_length=250, help_text=_("Shown in lists.")
    )
    description = models.TextField(_("about the group"), blank=True, max_length=5000)
    charity_number = models.CharField(
        _("charity number"),
        max_length=7,
        blank=True,
        validators=[RegexValidator(CHARITY_NUMBER, _("A charity number has 6 or 7 digits."))],
    )
    company_number = models.CharField(
        _("company number"),
        max_length=8,
        blank=True,
        validators=[
            RegexValidator(COMPANY_NUMBER, _("A company number has 8 characters: keep the zeros."))
        ],
    )
    district = models.ForeignKey(
        "assets.Area",
        verbose_name=_("district"),
        on_delete=models.PROTECT,
        related_name="organisations",
        null=True,
        blank=True,
        help_text=_("Where the group mostly works."),
    )
    is_trusted = models.BooleanField(
        _("trusted"),
        default=False,
        help_text=_(
            "Its words and times go live at once, and we look at them later. Place, contact, ages "
            "and trust always wait for us."
        ),
    )
    ways_of_working = models.ManyToManyField(
        WayOfWorking, verbose_name=_("ways of working"), through="OrganisationWayOfWorking"
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), through="OrganisationTheme")

    objects: ClassVar = OrganisationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Listing.Meta):
        ordering = [SortKey(F("name"))]
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        indexes = [models.Index(SortKey(F("name")), name="organisation_sort_key")]
        constraints = [
            *Listing.Meta.constraints,
            known(
                "kind",
                "charity cio cic company unincorporated faith school public".split(),
                _("That is not a kind of group we know."),
            ),
            models.UniqueConstraint(
                "charity_number",
                condition=~Q(charity_number=""),
                name="organisation_charity_number_once",
                violation_error_message=_("Another group already has this charity number."),
            ),
            models.UniqueConstraint(
                "company_number",
                condition=~Q(company_number=""),
                name="organisation_company_number_once",
                violation_error_message=_("Another group already has this company number."),
            ),
            models.CheckConstraint(
                name="organisation_charity_number_digits",
                condition=Q(charity_number="") | Q(charity_number__regex=CHARITY_NUMBER),
                violation_error_message=_("A charity number has 6 or 7 digits."),
            ),
            models.CheckConstraint(
                name="organisation_company_number_form",
                condition=Q(company_number="") | Q(company_number__regex=COMPANY_NUMBER),
                violation_error_message=_("A company number has 8 characters: keep the zeros."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationMove(Move):
    listing = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="moves")


class OrganisationSlug(Slug):
    listing = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="slugs")


class OrganisationAssurance(Assurance):
    listing = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="checks")


class OrganisationWayOfWorking(Tag):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    way_of_working = models.ForeignKey(
        WayOfWorking, verbose_name=_("way of working"), on_delete=models.PROTECT
    )

    class Meta(Tag.Meta):
        verbose_name = _("way of working")
        verbose_name_plural = _("ways of working")
        constraints = [
            *Tag.Meta.constraints,
            models.UniqueConstraint(
                "organisation",
                "way_of_working",
                name="organisation_way_once",
                violation_error_message=_("That way of working is there already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.way_of_working)


class OrganisationTheme(Tag):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT)
    history: ClassVar = HistoricalRecords()

    class Meta(Tag.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            *Tag.Meta.constraints,
            models.UniqueConstraint(
                "organisation",
                "theme",
                name="organisation_theme_once",
                violation_error_message=_("That theme is there already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.theme)


class Membership(models.Model):
    """Who may act for a group. It counts once somebody has confirmed it."""

    class Role(models.TextChoices):
        OWNER = "owner", _("may change everything and invite others")
        EDITOR = "editor", _("may change listings")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("group"), on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.EDITOR)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            known("role", ["owner", "editor"], _("Say what this person may do.")),
            models.UniqueConstraint(
                "organisation",
                "user",
                name="membership_once",
                violation_error_message=_("This person is a member already."),
            ),
            models.CheckConstraint(
                name="membership_confirmed_at_and_by",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                violation_error_message=_("Say both when it was confirmed and by whom."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"
