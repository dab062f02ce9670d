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
