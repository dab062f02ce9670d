"""What needs doing: drafts nobody has made public, and listings nobody has checked for long."""

from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import (
    Case,
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.harvesting import accepting
from assets.models import Activity, Listing, Organisation, Status, Venue

CHECK_AFTER = timedelta(days=180)

DRAFT = Q(status=Status.DRAFT)
# What an activity calls each of them.
OF_ACTIVITY: dict[type[Listing], str] = {
    Activity: "pk",
    Organisation: "organisation",
    Venue: "venue",
}


def to_publish(model: type[Listing]) -> Q:
    """Drafts, but for what another directory sent: that is sorted on a page of its own."""
    column = OF_ACTIVITY[model]
    waiting = accepting.waiting().filter(**{f"{column}__isnull": False})
    return DRAFT & ~Q(pk__in=waiting.values(column))


def last_good_check() -> date:
    """A check before this day is too old."""
    return timezone.localdate() - CHECK_AFTER


def unchecked() -> Q:
    """Shown to families, and not checked for 180 days or never."""
    shown = Q(status__in=[Status.PUBLIC, Status.PAUSED])
    old = Q(last_checked_on__isnull=True) | Q(last_checked_on__lt=last_good_check())
    return shown & old


def is_unchecked(listing: Listing) -> bool:
    return listing.status in (Status.PUBLIC, Status.PAUSED) and (
        listing.last_checked_on is None or listing.last_checked_on < last_good_check()
    )


def with_urgency(listings: QuerySet[Any]) -> QuerySet[Any]:
    """Drafts first, then what should be checked, then the rest: order by `urgency`."""
    found: QuerySet[Any] = listings.annotate(
        urgency=Case(
            When(DRAFT, then=Value(0)),
            When(unchecked(), then=Value(1)),
            When(status__in=[Status.PUBLIC, Status.PAUSED], then=Value(2)),
            default=Value(3),
            output_field=IntegerField(),
        )
    )
    return found


def public_activities(relation: str) -> Coalesce:
    """How many there are of each row: counted for the rows of one page only, after sorting."""
    theirs = Activity.objects.filter(**{relation: OuterRef("pk")}, status=Status.PUBLIC)
    counted = theirs.order_by().values(relation).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


class ToDoFilter(admin.SimpleListFilter):
    title = _("to do")
    parameter_name = "do"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("publish", _("drafts waiting")), ("check", _("not checked for 180 days"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "publish":
                return queryset.filter(to_publish(queryset.model))
            case "check":
                return queryset.filter(unchecked())
        return queryset
