"""Which listing came from which row of whose spreadsheet, and what each load changed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assets.models.activities import Activity
from assets.models.organisations import Organisation
from assets.models.venues import Venue
from thrive.choices import known


class ImportBatch(models.Model):
    """One load of one file."""

    source = models.CharField(
        _("source"), max_length=60, help_text=_("Under which the ids of its rows are known.")
    )
    file_name = models.CharField(_("file"), max_length=200, blank=True)
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
        verbose_name = _("load of a spreadsheet")
        verbose_name_plural = _("loads of spreadsheets")
        constraints = [
            models.CheckConstraint(
                name="importbatch_undone_by_goes_with_when",
                condition=Q(undone_by__isnull=True) | Q(undone_at__isnull=False),
                violation_error_message=_("Say when it was taken back."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.file_name or self.source}"


class ImportedRow(models.Model):
    """A row's identity, for good: the same row of the next file is the same listing.

    `key` is a keyed hash of the source, the kind of listing and the row's own id, because an id
    may be a name and a postcode, and a venue may be hidden later. `said` is what the row said
    last; empty where the load was taken back, or the venue hidden. `hanging` is what stands in no
    cell: see `assets.harvesting.hanging`.
    """

    key = models.CharField(max_length=64, unique=True)
    source = models.CharField(max_length=60)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="+"
    )
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, null=True, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, null=True, related_name="+")
    said = models.JSONField(default=dict)
    hanging = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("row of a spreadsheet")
        verbose_name_plural = _("rows of spreadsheets")
        constraints = [
            models.CheckConstraint(
                name="importedrow_of_one_listing",
                condition=Q(organisation__isnull=False, venue__isnull=True, activity__isnull=True)
                | Q(organisation__isnull=True, venue__isnull=False, activity__isnull=True)
                | Q(organisation__isnull=True, venue__isnull=True, activity__isnull=False),
                violation_error_message=_("A row stands for one group, one venue or one activity."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.listing)

    @property
    def listing(self) -> Organisation | Venue | Activity:
        found = self.organisation or self.venue or self.activity
        if found is None:
            raise ValueError("A row without a listing, against its constraint.")
        return found


class ImportChange(models.Model):
    """What one load did to one listing, and what was there before: enough to take it back."""

    class What(models.TextChoices):
        MADE = "made", _("made")
        CHANGED = "changed", _("changed")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="changes")
    row = models.ForeignKey(ImportedRow, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=10, choices=What)
    before = models.JSONField(default=dict)
    said_before = models.JSONField(default=dict)
    # Of the listing, once the load was done with it: another one means that it was changed since.
    version = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("change by a spreadsheet")
        verbose_name_plural = _("changes by spreadsheets")
        constraints = [
            known("what", ["made", "changed"], _("Say what the load did.")),
            models.UniqueConstraint(
                "batch",
                "row",
                name="importchange_once",
                violation_error_message=_("A load changes a listing once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row}: {self.get_what_display()}"


class ImportUpload(models.Model):
    """A file between its upload and its load, seen by nobody but who brought it. Then it goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    data = models.BinaryField()
    source = models.CharField(_("whose sheet it is"), max_length=60)
    # Head of a column → name of a field; empty for what is not read.
    columns = models.JSONField(default=dict)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("uploaded spreadsheet")
        verbose_name_plural = _("uploaded spreadsheets")

    def __str__(self) -> str:
        return self.file_name


class ImportColumns(models.Model):
    """What the columns of a sheet with this head were taken for last time."""

    heads = models.CharField(max_length=64, primary_key=True)
    columns = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")

    def __str__(self) -> str:
        return self.heads
