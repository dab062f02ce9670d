"""What staff say of what came from another directory: public, or the same as ours."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from assets import listings
from assets.harvesting.careful import Theirs
from assets.harvesting.credit import assured_on
from assets.importing.fields import ACTIVITY, GROUP, VENUE
from assets.importing.known import COLUMNS
from assets.importing.refused import refused
from assets.importing.taking_away import withdraw
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


@transaction.atomic
def refuse(*, source: Source, keys: Sequence[Any], by: User) -> int:
    """Take these drafts away for good; how many. Whoever wants one back makes it a draft again.

    With them go drafts of groups and places that were here for them alone: these may come back
    with something else.
    """
    take_turn()
    why = _("not for us")
    activities = list(drafts(source).filter(pk__in=keys))
    with listings.all_at_once():
        stay = withdraw(ACTIVITY, activities, by, why)
        _take_away(source, VENUE, {one.venue_id for one in activities}, by, why)
        _take_away(source, GROUP, {one.organisation_id for one in activities}, by, why)
    return len(activities) - len(stay)


def _take_away(source: Source, of: str, ids: set[UUID | None], by: User, why: str) -> None:
    column = COLUMNS[of]
    theirs = ImportedRow.objects.filter(
        **{"source": source.key, f"{column}__in": ids, f"{column}__status": Status.DRAFT}
    )
    rows = [row for row in theirs.select_related(column) if not Theirs().why_left(row)]
    stay = {listing.pk for listing, _why in withdraw(of, [row.listing for row in rows], by, why)}
    gone = [row.pk for row in rows if row.listing.pk not in stay]
    ImportedRow.objects.filter(pk__in=gone).update(said={})


def _moved(waiting: Sequence[Listing], by: User) -> list[str]:
    if not waiting:
        return []
    stay = listings.move_each(listings=waiting, to=Status.PUBLIC, by=by)
    said = _("“%(listing)s” stays a draft: %(why)s")
    return [said % {"listing": one, "why": _words(error)} for one, error in stay]


def _words(error: Any) -> str:
    told = refused(ACTIVITY, error) if isinstance(error, IntegrityError) else error
    return " ".join(told.messages)


def asked(source: Source) -> QuerySet[HarvestDuplicate, HarvestDuplicate]:
    """What may be here already, and nobody has said what it is."""
    found = source.duplicates.filter(answer="")
    return found.select_related(
        "organisation", "activity__organisation", "activity__venue__place"
    ).prefetch_related("organisation__contacts", "activity__contacts", "activity__schedules")


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
