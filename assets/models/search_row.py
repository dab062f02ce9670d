"""What a search reads: one row per public activity, and per public group that lists none."""

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assets.fields import PointField
from assets.models.activities import Activity
from assets.models.organisations import Organisation


class SearchRow(models.Model):
    """Written by `assets.search.rows` alone, in the transaction of the change it shows."""

    activity = models.OneToOneField(
        Activity, on_delete=models.CASCADE, null=True, related_name="search_row"
    )
    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, null=True, related_name="search_row"
    )
    # Changes with every writing: what is kept of a rendered card is kept under it.
    version = models.BigIntegerField()
    sort_key = models.TextField()
    document = SearchVectorField()
    # Null where nobody has to travel.
    point = PointField(null=True)
    age_from = models.PositiveSmallIntegerField()
    age_before = models.PositiveSmallIntegerField()
    in_pregnancy = models.BooleanField()
    # One number per filter: a bit for each option the row has. See `assets.search.options`.
    cost = models.BigIntegerField(default=0)
    needs = models.BigIntegerField(default=0)
    theme = models.BigIntegerField(default=0)
    who = models.BigIntegerField(default=0)
    access = models.BigIntegerField(default=0)
    language = models.BigIntegerField(default=0)
    way = models.BigIntegerField(default=0)
    come = models.BigIntegerField(default=0)
    room = models.BigIntegerField(default=0)
    level = models.BigIntegerField(default=0)
    # Parts of the day on which it is on at all, as in Occurrence.parts_of_day.
    times = models.SmallIntegerField(default=0)
    # The code of the one area it is for; empty where it is for everybody.
    area_served = models.CharField(max_length=9, null=True)  # noqa: DJ001  # compared in SQL
    checked_on = models.DateField(null=True)
    # As `Listing.known_since`.
    known_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="searchrow_of_one_listing",
                condition=Q(activity__isnull=False, organisation__isnull=True)
                | Q(activity__isnull=True, organisation__isnull=False),
                violation_error_message=_("A search row shows one activity or one group."),
            )
        ]
        indexes = [
            GinIndex(fields=["document"], name="searchrow_document"),
            GistIndex(fields=["point"], name="searchrow_point"),
            models.Index(fields=["sort_key", "id"], name="searchrow_sort_key"),
        ]

    def __str__(self) -> str:
        return self.sort_key


class OptionBit(models.Model):
    """Which bit stands for an option that staff edit. Given once; never to another option."""

    filter = models.CharField(max_length=20)
    option = models.CharField(max_length=50)
    bit = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["filter", "option"],
                name="optionbit_once",
                violation_error_message=_("That option has its bit already."),
            ),
            models.UniqueConstraint(
                fields=["filter", "bit"],
                name="optionbit_of_one_option",
                violation_error_message=_("That bit stands for another option."),
            ),
            models.CheckConstraint(
                name="optionbit_fits",
                condition=Q(bit__range=(0, 62)),
                violation_error_message=_("A filter has room for 63 options."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filter}: {self.option}"
