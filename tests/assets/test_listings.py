"""The verbs that every change of a group, venue or activity goes through: saving and checking."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import User
from assets import listings
from assets.models import Activity, Listing, Status
from assets.models.lifecycle import CheckedBy
from tests.assets.make import (
    MAKERS,
    again,
    make_activity,
    make_organisation,
    make_venue,
    publish,
)

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


def test_saving_writes_history_with_a_name(db: None, erin: User) -> None:
    group = make_organisation()
    group.summary = "Now on Fridays, too."
    listings.save(listing=group, by=erin)
    assert [
        (record.version, record.history_type, record.history_user)
        for record in group.history.order_by("version")
    ] == [(1, "+", None), (2, "~", erin)]


@pytest.mark.parametrize("model", list(MAKERS))
def test_saving_never_overwrites_a_colleague(db: None, model: type[Listing]) -> None:
    hers = MAKERS[model]()
    his: Any = again(hers)
    listings.save(listing=hers, by=None)
    with pytest.raises(listings.ChangedMeanwhile) as refused:
        listings.save(listing=his, by=None)
    assert refused.value.messages == [f"Somebody else has just changed “{hers}”. Look again first."]
    assert again(hers).version == hers.version


def test_saving_does_not_undo_a_move(db: None) -> None:
    group = publish(make_organisation())
    opened = again(group)
    listings.move(listing=group, to=Status.WITHDRAWN, by=None)
    opened.summary = "A new summary."
    with pytest.raises(listings.ChangedMeanwhile):
        listings.save(listing=opened, by=None)
    assert again(group).status == Status.WITHDRAWN


def test_saving_does_not_change_a_status(db: None) -> None:
    group = publish(make_organisation())
    group.status = Status.ENDED
    with pytest.raises(ValueError, match="A status is changed by move"):
        listings.save(listing=group, by=None)


def test_nothing_is_stored_of_what_breaks_a_rule(db: None) -> None:
    with pytest.raises(ValidationError) as refused:
        make_activity(cost="paid")
    assert refused.value.messages == ["Say how much it costs, or that it is free."]
    assert not Activity.objects.exists()


def test_an_example_has_only_examples(db: None) -> None:
    with pytest.raises(ValidationError) as refused:
        make_activity(is_example=True, organisation=make_organisation(), venue=make_venue())
    assert refused.value.messages == ["An activity is an example exactly when its group is one."]


def test_a_check_says_who_looked_and_when(db: None, erin: User) -> None:
    venue = make_venue()
    day = date(2026, 10, 1)
    listings.check(listing=venue, checked_by=CheckedBy.TEAM, by=erin, on=day, note="Went there")
    assert [
        (check.checked_on, check.checked_by, check.person, check.note)
        for check in venue.checks.all()
    ] == [(day, "team", erin, "Went there")]
    assert (venue.last_checked_on, venue.last_checked_by) == (day, "team")
    latest = venue.history.latest()
    assert (latest.last_checked_on, latest.history_user, latest.version) == (
        day,
        erin,
        venue.version,
    )


def test_an_older_check_is_kept_and_the_newest_one_shown(db: None) -> None:
    venue = make_venue()
    for day in (date(2026, 10, 1), date(2026, 9, 1)):
        listings.check(listing=venue, checked_by=CheckedBy.GROUP, by=None, on=day)
    assert venue.checks.count() == 2
    assert again(venue).last_checked_on == date(2026, 10, 1)


def test_a_check_cannot_lie_in_the_future(db: None) -> None:
    venue = make_venue()
    with time_machine.travel(NOON, tick=False), pytest.raises(ValidationError) as refused:
        listings.check(listing=venue, checked_by=CheckedBy.TEAM, by=None, on=date(2026, 11, 4))
    assert refused.value.messages == ["A check cannot lie in the future."]
    assert not venue.checks.exists()


def test_a_check_is_by_us_or_by_the_group(db: None) -> None:
    venue = make_venue()
    with pytest.raises(ValidationError) as refused:
        listings.check(
            listing=venue,
            checked_by="a friend",  # type: ignore[arg-type]
            by=None,
            on=date(2026, 10, 1),
        )
    assert list(refused.value.message_dict) == ["checked_by"]


def test_a_public_activity_does_not_go_to_a_venue_that_is_not(db: None) -> None:
    activity = publish(make_activity())
    activity.venue = make_venue(name="Draft Hall")
    with pytest.raises(listings.MoveRefused) as refused:
        listings.save(listing=activity, by=None)
    assert refused.value.messages == ["Make the venue public first: Draft Hall, Bakewell."]


def test_a_public_activity_does_not_go_to_a_group_that_is_not(db: None) -> None:
    activity = publish(make_activity())
    activity.organisation = make_organisation(name="Draft Friends")
    with pytest.raises(listings.MoveRefused) as refused:
        listings.save(listing=activity, by=None)
    assert refused.value.messages == ["Make the group public first: Draft Friends."]


def test_an_activity_of_a_group_that_has_a_break_can_be_edited(db: None) -> None:
    activity = publish(make_activity())
    listings.move(listing=activity.organisation, to=Status.PAUSED, by=None)
    activity.summary = "Toys, songs and cake."
    listings.save(listing=activity, by=None)
    assert again(activity).summary == "Toys, songs and cake."
