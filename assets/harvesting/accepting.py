"""What staff say of what came from another directory: public, or the same as ours."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
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
    found = found.select_related("organisation", "venue__place").prefetch_related(
        "schedules", "contacts", "organisation__contacts"
    )
    return found.order_by("title", "pk")


def waits_in(activity: Activity) -> Source | None:
    """The directory among whose drafts it waits."""
    if activity.status != Status.DRAFT:
        return None
    return Source.objects.of_rows(ImportedRow.objects.filter(activity=activity)).first()


def waiting() -> QuerySet[Activity, Activity]:
    """Drafts from any directory."""
    rows = ImportedRow.objects.filter(
        source__startswith=Source.PREFIX, activity__status=Status.DRAFT
    )
    return Activity.objects.filter(pk__in=rows.values("activity_id"))


class Decided(NamedTuple):
    """Which activities it was done to, and why not to others, or to a group or place of theirs.
    `drafts` is how many of them were drafts.
    """

    done: list[Activity]
    why_not: list[str]
    drafts: int


@transaction.atomic
def accept(*, source: Source, keys: Sequence[Any], by: User) -> Decided:
    """Make these drafts public, with their groups and places."""
    take_turn()
    activities = list(drafts(source).filter(pk__in=keys))
    groups = {one.organisation_id: one.organisation for one in activities}
    venues = {one.venue_id: one.venue for one in activities if one.venue}
    why: list[str] = []
    with listings.all_at_once():
        for several in (list(groups.values()), list(venues.values()), activities):
            waiting = [one for one in several if one.status == Status.DRAFT]
            why += _moved(waiting, by)
    return Decided([one for one in activities if one.status == Status.PUBLIC], why, len(activities))


@transaction.atomic
def refuse(*, source: Source, keys: Sequence[Any], by: User) -> Decided:
    """Take these drafts away for good.

    Whoever wants one back makes it a draft again. With them go drafts of groups and places that
    were here for them alone: these may come back with something else.
    """
    take_turn()
    why = _("not for us")
    activities = list(drafts(source).filter(pk__in=keys))
    with listings.all_at_once():
        stay = withdraw(ACTIVITY, activities, by, why)
        _take_away(source, VENUE, {one.venue_id for one in activities}, by, why)
        _take_away(source, GROUP, {one.organisation_id for one in activities}, by, why)
    kept = {listing.pk for listing, _error in stay}
    why_not = [_stays(listing, error) for listing, error in stay]
    done = [one for one in activities if one.pk not in kept]
    return Decided(done, why_not, len(activities))


def _take_away(source: Source, of: str, ids: set[UUID | None], by: User, why: str) -> None:
    column = COLUMNS[of]
    theirs = ImportedRow.objects.filter(
        **{"source": source.key, f"{column}__in": ids, f"{column}__status": Status.DRAFT}
    )
    whose = Theirs()
    rows = [row for row in theirs.select_related(column) if not whose.why_left(row)]
    stay = {listing.pk for listing, _why in withdraw(of, [row.listing for row in rows], by, why)}
    gone = [row.pk for row in rows if row.listing.pk not in stay]
    ImportedRow.objects.filter(pk__in=gone).update(said={})


def _moved(waiting: Sequence[Listing], by: User) -> list[str]:
    if not waiting:
        return []
    stay = listings.move_each(listings=waiting, to=Status.PUBLIC, by=by)
    return [_stays(one, error) for one, error in stay]


def _stays(listing: Any, error: Any) -> str:
    told = refused(ACTIVITY, error) if isinstance(error, IntegrityError) else error
    why = " ".join(told.messages)
    return _("“%(listing)s” stays a draft: %(why)s") % {"listing": listing, "why": why}


def asked(source: Source) -> QuerySet[HarvestDuplicate, HarvestDuplicate]:
    """What may be here already, and nobody has said what it is."""
    found = source.duplicates.filter(answer="").select_related(
        "organisation", "activity__organisation", "activity__venue__place"
    )
    return found.prefetch_related(
        "activity__contacts",
        "activity__schedules",
        "organisation__contacts",
        "organisation__activities__contacts",
        "organisation__activities__schedules",
    )


def answered(source: Source) -> QuerySet[HarvestDuplicate, HarvestDuplicate]:
    """What somebody has said, of what is still in its feed or was."""
    found = source.duplicates.exclude(answer="").order_by("name", "pk")
    return found.select_related("organisation", "activity", "answered_by")


@transaction.atomic
def ask_again(*, source: Source, key: int) -> bool:
    """Only of what is the same. What came in as another one stays: whoever does not want it takes
    it away.
    """
    # A reading writes these rows: whoever answers waits for it.
    take_turn()
    same = source.duplicates.filter(pk=key, answer=HarvestDuplicate.Answer.SAME)
    return bool(same.update(answer="", answered_by=None))


@transaction.atomic
def answer(*, source: Source, answers: Mapping[int, str], by: User) -> int:
    """What the duplicates of these keys are; how many were told.

    The next reading of all of it acts on it.
    """
    # A reading writes these rows: whoever answers waits for it.
    take_turn()
    known = {str(one) for one in HarvestDuplicate.Answer}
    number = 0
    for key, said in answers.items():
        if said in known:
            found = source.duplicates.filter(pk=key, answer="")
            # What they say is no longer needed: it may name a person.
            number += found.update(answer=said, answered_by=by, theirs=[])
    return number
