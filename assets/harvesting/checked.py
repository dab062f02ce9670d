"""When another directory last checked what came from it counts as a check, until there is a later.

Otherwise what nobody has looked at for years would be as good as new on the day we take it.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import User
from assets.harvesting.careful import Theirs
from assets.in_bulk import insert
from assets.models import Activity, ImportedRow, Listing, Source
from assets.models.lifecycle import CheckedBy

Checked = tuple[Activity, date]


def check_each(
    *, source: Source, checked: Iterable[Checked], by: User | None, theirs: Theirs
) -> list[Listing]:
    """These activities, with groups and places of theirs that nobody here has looked at: those of
    them that are newer now.

    It is no change of a listing, so its version stays: what somebody has open may be saved.
    """
    days: dict[Listing, date] = {}
    for listing, on in _with_parts(source, [*checked], theirs):
        if _is_newer(listing, max(on, days.get(listing, on))):
            days[listing] = max(on, days.get(listing, on))
    of_a_day: dict[tuple[type[Listing], date], list[Listing]] = defaultdict(list)
    for listing, on in days.items():
        of_a_day[type(listing), on].append(listing)
    for (model, on), several in of_a_day.items():
        _check(model, several, on, by, str(source))
    return [*days]


def newer(activity: Activity, assured_on: str) -> list[Checked]:
    """What a reading says of it, if that is news. `assured_on` is an ISO date, or nothing."""
    if not assured_on or not _is_newer(activity, date.fromisoformat(assured_on)):
        return []
    return [(activity, date.fromisoformat(assured_on))]


def _with_parts(
    source: Source, checked: list[Checked], theirs: Theirs
) -> list[tuple[Listing, date]]:
    rows = ImportedRow.objects.filter(source=source.key)
    groups = {one.organisation_id for one, _on in checked}
    places = {one.venue_id for one, _on in checked if one.venue_id}
    of_groups = rows.filter(organisation__in=groups).select_related("organisation")
    of_places = rows.filter(venue__in=places).select_related("venue")
    from_there = {row.listing.pk for row in [*of_groups, *of_places] if not theirs.why_left(row)}
    found: list[tuple[Listing, date]] = []
    for activity, on in checked:
        parts = (activity.organisation, activity.venue)
        not_ours = (CheckedBy.DIRECTORY, "")
        found += [
            (one, on)
            for one in parts
            if one and one.pk in from_there and one.last_checked_by in not_ours
        ]
        found.append((activity, on))
    return found


def _is_newer(listing: Listing, on: date) -> bool:
    """Nobody has looked tomorrow."""
    last = listing.last_checked_on
    return on <= timezone.localdate() and (last is None or last < on)


def _check(model: Any, several: list[Listing], on: date, by: User | None, note: str) -> None:
    said = {"last_checked_on": on, "last_checked_by": CheckedBy.DIRECTORY}
    model._base_manager.filter(pk__in=[one.pk for one in several]).update(**said)
    records = model._meta.get_field("checks").related_model
    insert(
        [
            records(
                listing=one, checked_on=on, checked_by=CheckedBy.DIRECTORY, person=by, note=note
            )
            for one in several
        ],
        by=by,
    )
