"""A page of the feed, as Realtime Paged Data Exchange 1.0 has it.

Ordered by when it was stamped, then by key. Stamps only go up in the order in which changes come
to be seen (docs/decisions/0028-openactive.md), so whoever goes on after the last they saw misses
nothing.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from assets.models import ActivityConcept, HarvestStamp
from assets.openactive.series import session_series, with_all
from assets.openreferral.bent import since

KIND = "SessionSeries"
PER_PAGE = 500
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# The last moment of the year 9998.
MOST = (datetime(9999, 1, 1, tzinfo=UTC) - EPOCH) // MICROSECOND
After = tuple[int, UUID]


class AfterForm(forms.Form):
    """Both or neither: where the page before ended."""

    afterTimestamp = forms.IntegerField(required=False, min_value=0, max_value=MOST)
    afterId = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and (said["afterTimestamp"] is None) != (said["afterId"] is None):
            missing = "afterId" if said["afterId"] is None else "afterTimestamp"
            self.add_error(missing, _("Say both, as the page before has them."))
        return said


def read(typed: QueryDict) -> After | None:
    """None: from the beginning. Raises ValidationError with what is wrong, by parameter."""
    if twice := [name for name in AfterForm.base_fields if len(typed.getlist(name)) > 1]:
        raise ValidationError({name: _("Say it once.") for name in twice})
    form = AfterForm(typed)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    said = form.cleaned_data
    return None if said["afterId"] is None else (said["afterTimestamp"], said["afterId"])


def feed_url() -> str:
    return settings.SITE_URL.geturl() + reverse("openactive_series")


def page(after: After | None) -> dict[str, Any]:
    """What comes after, oldest change first. The last page has no items, and leads to itself."""
    stamps = list(_stamps(after).order_by("modified_at", "activity_id")[:PER_PAGE])
    activities = with_all(stamp.activity_id for stamp in stamps)
    items = []
    for stamp in stamps:
        said: dict[str, Any] = {"state": "deleted", "kind": KIND, "id": str(stamp.activity_id)}
        said["modified"] = modified(stamp)
        activity = activities.get(stamp.activity_id) if stamp.activity_id else None
        if activity:
            activity.bent = since(activity.bent, localdate(stamp.modified_at))  # type: ignore
            said |= {"state": "updated", "data": session_series(activity, feed_url())}
        items.append(said)
    if stamps and (last := stamps[-1].activity_id):
        after = (modified(stamps[-1]), last)
    return {"next": _next(after), "items": items, "license": settings.OPEN_DATA_LICENCE}


def modified(stamp: HarvestStamp) -> int:
    """In microseconds since 1970, as exact as it is stored."""
    return (stamp.modified_at - EPOCH) // MICROSECOND


def _stamps(after: After | None) -> QuerySet[HarvestStamp]:
    """Of each activity that ever was a sport: else nobody would learn that it is none."""
    sports = ActivityConcept.objects.once_a_sport().values("activity")
    stamps: QuerySet[HarvestStamp] = HarvestStamp.objects.of_activities().filter(
        activity__in=sports
    )
    if after is None:
        return stamps
    moment = EPOCH + after[0] * MICROSECOND
    later = Q(modified_at__gt=moment) | Q(modified_at=moment, activity__gt=after[1])
    return stamps.filter(later)


def _next(after: After | None) -> str:
    if after is None:
        return feed_url()
    return f"{feed_url()}?{urlencode({'afterTimestamp': after[0], 'afterId': after[1]})}"
