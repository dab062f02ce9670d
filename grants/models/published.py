"""Grants as they are published: ours, and those of other funders that we have loaded.

`said` is all that a grant says, as the 360Giving standard has it. The columns beside it are read
from it, to search by; `grants.threesixty` writes both.
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from assets.models import Organisation
from grants.models.applications import Application
from thrive.choices import known

# English stems, with accents forgiven: made by the directory's first migration.
WORDS = "directory"
LONGEST_IDENTIFIER = 200
LONGEST_NAME = 300
LONGEST_TEXT = 10_000


class GrantSource(models.TextChoices):
    OURS = "ours", _("Ours")
    THEIRS = "theirs", _("Another funder’s")


def _amount(label: Any, **more: Any) -> models.DecimalField:
    """In the grant's own currency. Other funders give more at once than we ever will."""
    return models.DecimalField(label, max_digits=15, decimal_places=2, **more)


class GrantFile(models.Model):
    """One load of one file of another funder's grants.

    `before` is what the grants said that it replaced: [{"file": 3, "said": {…}}, …].
    """

    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("fingerprint"), max_length=64, editable=False)
    publisher = models.CharField(_("publisher"), max_length=LONGEST_NAME)
    licence = models.CharField(_("licence"), max_length=300)
    fetched_on = models.DateField(_("fetched on"))
    made = models.PositiveIntegerField(_("added"))
    changed = models.PositiveIntegerField(_("changed"))
    same = models.PositiveIntegerField(_("as before"))
    before = models.JSONField(default=list, editable=False)
    loaded_at = models.DateTimeField(_("loaded"), auto_now_add=True)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("loaded by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Empty when a command did it."),
    )
    undone_at = models.DateTimeField(_("taken back"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken back by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("file of other funders’ grants")
        verbose_name_plural = _("files of other funders’ grants")
        constraints = [
            models.UniqueConstraint(
                "sha256",
                name="grantfile_once",
                condition=Q(undone_at=None),
                violation_error_message=_("This file has been loaded already."),
            ),
            models.CheckConstraint(
                name="grantfile_fingerprint_is_one",
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message=_("That is not the fingerprint of a file."),
            ),
            models.CheckConstraint(
                name="grantfile_says_whose",
                condition=~Q(publisher="") & ~Q(licence=""),
                violation_error_message=_("Say who published it, and under which licence."),
            ),
            models.CheckConstraint(
                name="grantfile_undone_by_goes_with_when",
                condition=Q(undone_by__isnull=True) | Q(undone_at__isnull=False),
                violation_error_message=_("Say when it was taken back."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.name}"


class GrantUpload(models.Model):
    """A file between its upload and its load, seen by nobody but who brought it. Then it goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("file"), max_length=200)
    data = models.BinaryField()
    publisher = models.CharField(_("publisher"), max_length=LONGEST_NAME, blank=True)
    licence = models.CharField(_("licence"), max_length=300, blank=True)
    fetched_on = models.DateField(_("fetched on"))
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("uploaded file of grants")
        verbose_name_plural = _("uploaded files of grants")

    def __str__(self) -> str:
        return self.name


class PublishedGrantQuerySet(models.QuerySet["PublishedGrant"]):
    def ours(self) -> Self:
        return self.filter(source=GrantSource.OURS)

    def theirs(self) -> Self:
        return self.filter(source=GrantSource.THEIRS)

    def to_tell_machines(self) -> Self:
        """Ours, for open data. What is made up stays at home on a real site."""
        ours = self.ours()
        return ours if settings.PRIVATE_POSTGRES else ours.filter(is_example=False)

    def newest_first(self) -> Self:
        return self.order_by("-award_date", "identifier")


class PublishedGrant(models.Model):
    """One grant that anybody may know of. Change ours through `grants.threesixty.publishing` only,
    others' through `grants.threesixty.loading` only.
    """

    # Made from `identifier`, so that a grant keeps its page whenever it is loaded again.
    id = models.UUIDField(primary_key=True, editable=False)
    identifier = models.CharField(
        _("identifier"),
        max_length=LONGEST_IDENTIFIER,
        unique=True,
        error_messages={"unique": _("Another grant has this identifier.")},
    )
    source = models.CharField(_("whose"), max_length=10, choices=GrantSource)
    file = models.ForeignKey(
        GrantFile,
        verbose_name=_("file"),
        on_delete=models.PROTECT,
        null=True,
        related_name="grants",
        help_text=_("Empty for ours."),
    )
    title = models.CharField(_("title"), max_length=1_000)
    description = models.TextField(_("description"), max_length=LONGEST_TEXT, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    amount_awarded = _amount(_("awarded"))
    amount_applied_for = _amount(_("applied for"), null=True)
    amount_disbursed = _amount(_("paid so far"), null=True)
    award_date = models.DateField(_("awarded on"))
    starts_on = models.DateField(_("starts"), null=True)
    ends_on = models.DateField(_("last day"), null=True)
    months = models.DecimalField(_("months"), max_digits=7, decimal_places=2, null=True)
    funder_id = models.CharField(_("funder’s identifier"), max_length=LONGEST_IDENTIFIER)
    funder_name = models.CharField(_("funder"), max_length=LONGEST_NAME)
    recipient_id = models.CharField(_("recipient’s identifier"), max_length=LONGEST_IDENTIFIER)
    # Empty for one person: who they are is nobody's business here.
    recipient_name = models.CharField(_("recipient"), max_length=LONGEST_NAME, blank=True)
    recipient_charity_number = models.CharField(
        _("charity number"), max_length=40, blank=True, help_text=_("Without letters and signs.")
    )
    recipient_company_number = models.CharField(_("company number"), max_length=40, blank=True)
    recipient_postcode = models.CharField(_("postcode"), max_length=40, blank=True)
    programme = models.CharField(_("programme"), max_length=LONGEST_NAME, blank=True)
    from_open_call = models.BooleanField(_("from an open call"), null=True)
    place_names = ArrayField(
        models.CharField(max_length=LONGEST_NAME), verbose_name=_("places"), default=list
    )
    # Addresses of our needs groups and themes, from the classifications that name them.
    needs = ArrayField(models.CharField(max_length=50), verbose_name=_("needs"), default=list)
    themes = ArrayField(models.CharField(max_length=50), verbose_name=_("themes"), default=list)
    said = models.JSONField(_("all that it says"))
    application = models.OneToOneField(
        Application,
        verbose_name=_("application"),
        on_delete=models.CASCADE,
        null=True,
        related_name="published",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("group"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="published_grants",
        help_text=_("Where we know that the recipient is in our directory."),
    )
    is_example = models.BooleanField(_("example"), default=False, editable=False)
    said_words = models.GeneratedField(
        expression=SearchVector(
            "title",
            "description",
            "recipient_name",
            "funder_name",
            "programme",
            config=WORDS,
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PublishedGrantQuerySet.as_manager()

    class Meta:
        ordering = ["-award_date", "identifier"]
        verbose_name = _("published grant")
        verbose_name_plural = _("published grants")
        indexes = [
            models.Index(F("award_date").desc(), "identifier", name="publishedgrant_newest"),
            models.Index("recipient_charity_number", name="publishedgrant_charity"),
            models.Index("recipient_company_number", name="publishedgrant_company"),
            models.Index(Upper("recipient_name"), name="publishedgrant_recipient"),
            GinIndex("said_words", name="publishedgrant_words"),
        ]
        constraints = [
            known("source", GrantSource.values, _("Say whose grant it is.")),
            models.CheckConstraint(
                name="publishedgrant_theirs_has_a_file",
                condition=Q(source=GrantSource.OURS, file=None)
                | Q(source=GrantSource.THEIRS, file__isnull=False, application=None),
                violation_error_message=_("Another funder’s grant came with a file, ours did not."),
            ),
            models.CheckConstraint(
                name="publishedgrant_identifier_on_one_line",
                condition=~Q(identifier="") & ~Q(identifier__regex=r"[\r\n]"),
                violation_error_message=_("An identifier stands on one line."),
            ),
            models.CheckConstraint(
                name="publishedgrant_has_names",
                condition=~Q(title="")
                & ~Q(funder_name="")
                & ~Q(funder_id="")
                # Only another funder gives to one person.
                & ~Q(recipient_id="")
                & (Q(source=GrantSource.THEIRS) | ~Q(recipient_name="")),
                violation_error_message=_("Say what it is for, who gave it and who got it."),
            ),
            models.CheckConstraint(
                name="publishedgrant_currency_is_one",
                condition=Q(currency__regex=r"^[A-Z]{3}$"),
                violation_error_message=_("A currency has three letters, like GBP."),
            ),
            models.CheckConstraint(
                name="publishedgrant_ours_is_above_nothing",
                condition=Q(source=GrantSource.THEIRS) | Q(amount_awarded__gt=0),
                violation_error_message=_("An award is above nothing."),
            ),
            models.CheckConstraint(
                name="publishedgrant_ours_starts_before_it_ends",
                condition=Q(source=GrantSource.THEIRS)
                | Q(starts_on=None)
                | Q(ends_on=None)
                | Q(starts_on__lte=F("ends_on")),
                violation_error_message=_("It starts before it ends."),
            ),
            models.CheckConstraint(
                name="publishedgrant_only_ours_is_an_example",
                condition=Q(is_example=False) | Q(source=GrantSource.OURS),
                violation_error_message=_("Only our own grants are made up."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def __repr__(self) -> str:
        return f"<PublishedGrant {self.identifier}: {self.source}>"

    @property
    def is_ours(self) -> bool:
        return self.source == GrantSource.OURS
