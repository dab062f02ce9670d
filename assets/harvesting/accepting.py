"""What staff say of what came from another directory: public, or the same as ours."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from assets import listings
from assets.harvesting.credit import assured_on
from assets.importing.fields import ACTIVITY
from assets.importing.refused import refused
from assets.models import Activity, HarvestDuplicate, ImportedRow, Listing, Source, Status
from assets.turns import take_turn


def drafts(source: Source) -> QuerySet[Activity, Activity]:
    """What came from it and waits for staff, with its group and place, and `assured_on`: a date."""
    rows = ImportedRow.objects.filter(source=source.key, activity__isnull=False)
    found = Activity.objects.filter(pk__in=rows.values("activity_id"), status=Status.DRAFT)
    assured = rows.filter(activity=OuterRef("pk")).values(day=assured_on("hanging"))[:1]
    found = found.annotate(assured_on=Subquery(assured))
    return found.select_related("organisation", "venue__place").order_by("title", "pk")


def waiting() -> QuerySet[Activity, Activity]:
    """Drafts from any directory."""
    rows = ImportedRow.objects.filter(
        source__startswith=Source.PREFIX, activity__status=Status.DRAFT
    )
    return Activity.objects.filter(pk__in=rows.values("activity_id"))


@transaction.atomic
def accept(*, source: Source, keys: Sequence[Any], by: User) -> tuple[int, list[str]]:
    """Make these drafts public, with their groups and places: how many are, and why others not."""
    take_turn()
    activities = list(drafts(source).filter(pk__in=keys))
    groups = {one.organisation_id: one.organisation for one in activities}
    venues = {one.venue_id: one.venue for one in activities if one.venue}
    why: list[str] = []
    with listings.all_at_once():
        for several in (list(groups.values()), list(venues.values()), activities):
            waiting = [one for one in several if one.status == Status.DRAFT]
            why += _moved(waiting, by)
    done = Activity.objects.filter(pk__in=[one.pk for one in activities], status=Status.PUBLIC)
    return done.count(), why


def _moved(waiting: Sequence[Listing], by: User) -> list[str]:
    if not waiting:
        return []
    stay = listings.move_each(listings=waiting, to=Status.PUBLIC, by=by)
    said = _("“%(listing)s” stays a draft: %(why)s")
    return [said % {"listing": one, "why": _words(error)} for one, error in stay]


def _words(error: Any) -> str:
    told = refused(ACTIVITY, error) if isinstance(error, IntegrityError) else error
    return " ".join(told.messages)


@transaction.atomic
def answer(*, source: Source, answers: Mapping[int, str], by: User) -> int:
    """What the duplicates of these keys are; how many were told.

    The next reading of all of it acts on it.
    """
    known = {str(one) for one in HarvestDuplicate.Answer}
    number = 0
    for key, said in answers.items():
        if said in known:
            found = source.duplicates.filter(pk=key, answer="")
            number += found.update(answer=said, answered_by=by)
    return number
