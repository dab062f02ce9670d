"""When what a harvester reads of a listing last changed."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assets.models.activities import Activity
from assets.models.organisations import Organisation


class HarvestStampQuerySet(models.QuerySet["HarvestStamp"]):
    def of_activities(self) -> Self:
        """Of each activity that was ever public. What is made up stays at home on a real site."""
        ours = self.filter(activity__isnull=False)
        return ours if settings.PRIVATE_POSTGRES else ours.filter(activity__is_example=False)

    def of_groups(self) -> Self:
        """Of each group that was ever public. What is made up stays at home on a real site."""
        ours = self.filter(organisation__isnull=False)
        return ours if settings.PRIVATE_POSTGRES else ours.filter(organisation__is_example=False)

    def changed_since(self, moment: datetime) -> Self:
        """What may have been seen for the first time at `moment` or later: never less.

        A change is stamped before it can be seen. Writers take turns, so that of all who stamped
        before `moment` only the last can have been seen after it: its rows are in it, too.
        """
        before = HarvestStamp.objects.filter(modified_at__lt=moment).order_by("-modified_at")
        last_one = models.Subquery(before.values("written_in")[:1])
        return self.filter(Q(modified_at__gte=moment) | Q(written_in=last_one))


class HarvestStamp(models.Model):
    """Of a listing that was ever public. Written by `assets.stamps` alone.

    Its own key is that of “this service, where it is given”.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.OneToOneField(
        Activity, on_delete=models.CASCADE, null=True, related_name="harvest_stamp"
    )
    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, null=True, related_name="harvest_stamp"
    )
    modified_at = models.DateTimeField()
    # The transaction, as PostgreSQL counts them.
    written_in = models.BigIntegerField()

    objects: ClassVar = HarvestStampQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="harveststamp_of_one_listing",
                condition=Q(activity__isnull=False, organisation__isnull=True)
                | Q(activity__isnull=True, organisation__isnull=False),
                violation_error_message=_("A stamp is about one activity or one group."),
            )
        ]
        indexes = [
            models.Index(fields=["modified_at"], name="harveststamp_modified_at"),
            models.Index(fields=["written_in"], name="harveststamp_written_in"),
        ]

    def __str__(self) -> str:
        return f"{self.modified_at:%Y-%m-%d %H:%M}"
