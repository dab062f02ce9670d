"""A harvester misses nothing: not what is committed late, nor what changes between two pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from assets import listings, venues
from assets.models import Activity, HarvestStamp, Status, Venue
from assets.models.lifecycle import CheckedBy
from tests.assets.make import again, make_activity, make_organisation, make_venue, publish
from tests.assets.openreferral.published import ask, told
from tests.assets.test_two_at_once import committed, in_a_thread

__all__ = ["committed"]


def keys(**asked: Any) -> set[str]:
    return {one["id"] for one in told("services", **asked)}


def in_another_connection(**asked: Any) -> set[str]:
    found: set[str] = set()
    failures: list[BaseException] = []
    in_a_thread(lambda: found.update(keys(**asked)), failures).join(30)
    assert failures == []
    return found


def fill(count: int) -> list[Activity]:
    hall = publish(make_venue())
    group = publish(make_organisation())
    return [
        publish(make_activity(title=f"Bells {number}", organisation=group, venue=hall))
        for number in range(count)
    ]


def test_what_is_committed_late_is_told_to_who_asked_meanwhile(committed: None) -> None:
    early, late = fill(2)
    with transaction.atomic():
        listings.move(listing=late, to=Status.ENDED, by=None)
        stamped = HarvestStamp.objects.get(activity=late).modified_at
        # A harvester comes while it is not yet to be seen, and keeps the moment.
        asked_at = timezone.now()
        assert stamped < asked_at
        in_another_connection()
    assert keys(modified_after=asked_at.isoformat()) == {str(late.pk)}
    # Once somebody else has changed something, it is known to be over, and not told again.
    listings.check(listing=early, checked_by=CheckedBy.TEAM, by=None, on=timezone.localdate())
    next_time = timezone.now()
    assert keys(modified_after=next_time.isoformat()) == {str(early.pk)}


def test_all_of_a_long_transaction_is_told(committed: None) -> None:
    """Not only the last stamp of it."""
    one, other, _third = fill(3)
    with transaction.atomic():
        listings.move(listing=one, to=Status.ENDED, by=None)
        listings.move(listing=other, to=Status.PAUSED, by=None)
        asked_at = timezone.now()
    assert keys(modified_after=asked_at.isoformat()) == {str(one.pk), str(other.pk)}


def test_who_goes_by_the_last_date_seen_misses_nothing_either(committed: None) -> None:
    first, second = fill(2)
    with transaction.atomic():
        listings.move(listing=first, to=Status.ENDED, by=None)
        seen: list[str] = []
        failures: list[BaseException] = []
        thread = in_a_thread(
            lambda: seen.extend(one["last_modified"] for one in told("services")), failures
        )
        thread.join(30)
    assert failures == []
    listings.move(listing=second, to=Status.PAUSED, by=None)
    assert keys(modified_after=max(seen)) == {str(first.pk), str(second.pk)}


def test_a_group_is_told_again_when_where_it_meets_is_hidden(committed: None) -> None:
    """In full it tells what it has on, and where: a home, once harvested, has to go there too."""
    (activity,) = fill(1)
    (asked,) = told("organizations", full="true")
    assert activity.venue is not None
    assert str(activity.venue.pk) in str(asked)
    # Whatever was changed last before a moment is told again.
    (last,) = fill(1)
    asked_at = timezone.now()
    venues.hide(venue=activity.venue, shown=Venue.Shown.MASKED, by=None)
    changed = told("organizations", full="true", modified_after=asked_at.isoformat())
    groups = {str(activity.organisation_id), str(last.organisation_id)}
    assert {one["id"] for one in changed} == groups
    assert str(activity.venue.pk) not in str(changed)


@pytest.mark.django_db
def test_stamps_go_up_whatever_the_clock_says() -> None:
    (activity,) = fill(1)
    ahead = timezone.now() + timedelta(hours=1)
    HarvestStamp.objects.filter(activity=activity).update(modified_at=ahead)
    listings.move(listing=activity, to=Status.PAUSED, by=None)
    assert HarvestStamp.objects.get(activity=activity).modified_at > ahead


@pytest.mark.django_db
def test_nothing_is_missed_while_rows_change_between_pages() -> None:
    """Each between two pages: one ends, one is withdrawn, one is new, one is changed."""
    there = fill(9)
    stamps = list(HarvestStamp.objects.of_activities().order_by("activity_id"))
    seen: set[str] = set()
    page = 1
    while True:
        answer = ask("services", page=page, per_page=2)
        seen |= {one["id"] for one in answer["contents"]}
        if answer["empty"] or answer["last_page"]:
            break
        _change(there[0].organisation, stamps, page)
        page += 1
    assert {str(one.pk) for one in there} <= seen


def _change(group: Any, stamps: list[HarvestStamp], page: int) -> None:
    behind = again(stamps[0].activity)
    match page:
        case 1:
            listings.move(listing=behind, to=Status.ENDED, by=None)
        case 2:
            listings.move(listing=behind, to=Status.WITHDRAWN, by=None)
        case 3:
            publish(make_activity(title="New", organisation=group))
        case 4:
            ahead = again(stamps[-1].activity)
            ahead.title = "Changed"
            listings.save(listing=ahead, by=None)


@pytest.mark.django_db
def test_a_place_that_is_renamed_or_a_theme_reaches_harvesters() -> None:
    """What a service tells of others is a change of it, too."""
    (activity,) = fill(1)
    before = HarvestStamp.objects.get(activity=activity).modified_at
    venue = again(activity.venue)
    venue.name = "The new hall"
    listings.save(listing=venue, by=None)
    now = HarvestStamp.objects.get(activity=activity).modified_at
    assert now > before
    group = again(activity.organisation)
    group.name = "New name"
    listings.save(listing=group, by=None)
    stamps = HarvestStamp.objects.values_list("modified_at", flat=True)
    assert min(stamps) > now
