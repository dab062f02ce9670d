"""Draft, public, paused, ended, withdrawn: what may follow what, and who did it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import User
from assets import listings
from assets.models import Activity, Listing, Organisation, Status, Venue
from assets.models.lifecycle import MOVES, CheckedBy
from tests.assets.make import (
    MAKERS,
    again,
    at,
    make_activity,
    make_organisation,
    make_ready,
    make_venue,
    publish,
)

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


def every_move(*, allowed: bool) -> list[Any]:
    return [
        pytest.param(model, before, to, id=f"{model.__name__}: {before.value} to {to.value}")
        for model in MAKERS
        for before in Status
        for to in Status
        if (to in MOVES[before]) == allowed
    ]


def test_the_table_of_moves_is_this_one() -> None:
    assert {before.value: sorted(after) for before, after in MOVES.items()} == {
        "draft": ["public", "withdrawn"],
        "public": ["ended", "paused", "withdrawn"],
        "paused": ["ended", "public", "withdrawn"],
        "ended": ["public", "withdrawn"],
        "withdrawn": ["draft"],
    }


@pytest.mark.parametrize(("model", "before", "to"), every_move(allowed=True))
def test_a_listing_goes_where_the_table_lets_it(
    db: None, model: type[Listing], before: Status, to: Status
) -> None:
    listing = at(model, before)
    listings.move(listing=listing, to=to, by=None)
    assert (listing.status, again(listing).status) == (to, to)


@pytest.mark.parametrize(("model", "before", "to"), every_move(allowed=False))
def test_a_listing_goes_nowhere_else(
    db: None, model: type[Listing], before: Status, to: Status
) -> None:
    listing = at(model, before)
    moves = listing.moves.count()
    with pytest.raises(listings.MoveRefused) as refused:
        listings.move(listing=listing, to=to, by=None)
    assert refused.value.messages == [
        f"“{listing}” is {before.label}: it cannot become {to.label}."
    ]
    assert (again(listing).status, listing.moves.count()) == (before, moves)


def test_a_second_click_changes_nothing_more(db: None, erin: User) -> None:
    first = at(Activity, Status.PUBLIC)
    second = again(first)
    listings.move(listing=first, to=Status.PAUSED, by=erin)
    with pytest.raises(listings.MoveRefused) as refused:
        listings.move(listing=second, to=Status.PAUSED, by=erin)
    assert refused.value.messages == [
        "Somebody else has just changed “Toddler group”. Look again first."
    ]
    assert [move.to_status for move in first.moves.all()] == ["public", "paused"]


def test_of_two_colleagues_the_faster_one_wins(db: None, ada: User, erin: User) -> None:
    group = at(Organisation, Status.PUBLIC)
    his = again(group)
    listings.move(listing=group, to=Status.ENDED, by=ada)
    with pytest.raises(listings.MoveRefused):
        listings.move(listing=his, to=Status.PAUSED, by=erin)
    assert again(group).status == Status.ENDED


def test_a_move_says_who_when_and_why(db: None, erin: User) -> None:
    group = at(Organisation, Status.PUBLIC)
    with time_machine.travel(NOON, tick=False):
        listings.move(listing=group, to=Status.ENDED, by=erin, why="They told us by phone")
    move = group.moves.get(to_status=Status.ENDED)
    assert (move.from_status, move.to_status) == ("public", "ended")
    assert (move.moved_by, move.moved_at, move.why) == (erin, NOON, "They told us by phone")


def test_a_move_is_in_the_history_too(db: None, erin: User) -> None:
    group = at(Organisation, Status.PUBLIC)
    before = group.history.count()
    listings.move(listing=group, to=Status.PAUSED, by=erin, why="Summer")
    latest = group.history.latest()
    assert group.history.count() == before + 1
    assert (latest.status, latest.version, latest.history_user) == (
        Status.PAUSED,
        group.version,
        erin,
    )
    assert (latest.history_type, latest.history_change_reason) == ("~", "Summer")


def test_the_history_names_who_moved_it_and_not_who_saved_it_before(
    db: None, ada: User, erin: User
) -> None:
    venue = make_venue()
    listings.save(listing=venue, by=ada)
    listings.move(listing=venue, to=Status.PUBLIC, by=erin)
    listings.check(listing=venue, checked_by=CheckedBy.TEAM, by=ada, on=date(2026, 1, 2))
    listings.move(listing=venue, to=Status.ENDED, by=None)
    users = [record.history_user for record in venue.history.order_by("history_id")]
    assert users == [None, ada, erin, ada, None]


def test_a_move_counts_as_a_change(db: None) -> None:
    venue = make_venue()
    version = venue.version
    with time_machine.travel(NOON, tick=False):
        listings.move(listing=venue, to=Status.WITHDRAWN, by=None)
    assert (venue.version, venue.changed_at) == (version + 1, NOON)


def test_first_public_stays_what_it_was(db: None) -> None:
    with time_machine.travel(NOON, tick=False):
        venue = at(Venue, Status.PUBLIC)
    for to in (Status.WITHDRAWN, Status.DRAFT, Status.PUBLIC):
        listings.move(listing=venue, to=to, by=None)
    assert venue.first_public_at == NOON


def test_what_was_withdrawn_starts_again_as_a_draft(db: None) -> None:
    group = at(Organisation, Status.WITHDRAWN)
    listings.move(listing=group, to=Status.DRAFT, by=None)
    listings.move(listing=group, to=Status.PUBLIC, by=None)
    assert [move.to_status for move in group.moves.all()] == [
        "public",
        "withdrawn",
        "draft",
        "public",
    ]


def refusal_to_publish(listing: Listing) -> list[str]:
    with pytest.raises(listings.MoveRefused) as refused:
        listings.move(listing=listing, to=Status.PUBLIC, by=None)
    assert again(listing).first_public_at is None
    messages: list[str] = refused.value.messages
    return messages


def test_a_group_is_not_public_without_a_way_to_reach_it(db: None) -> None:
    assert refusal_to_publish(make_organisation()) == ["Add a way to reach the group first."]


def test_an_activity_is_not_public_before_its_group(db: None) -> None:
    activity = make_activity(venue=publish(make_venue()))
    assert refusal_to_publish(activity) == ["Make the group public first: Weir Field Wrens."]


def test_an_activity_is_not_public_before_its_venue(db: None) -> None:
    activity = make_activity(organisation=publish(make_organisation()))
    assert refusal_to_publish(activity) == [
        "Make the venue public first: Weir Field Hall, Bakewell."
    ]


def test_an_activity_by_phone_is_public_without_a_venue(db: None) -> None:
    assert publish(make_activity(ways_to_take_part=["phone"])).is_public


def test_what_was_read_earlier_does_not_decide(db: None) -> None:
    """The activity still has before it a group that was public when it was read."""
    activity = make_activity()
    make_ready(activity)
    listings.move(listing=again(activity.organisation), to=Status.PAUSED, by=None)
    assert activity.organisation.status == Status.PUBLIC
    assert refusal_to_publish(activity) == ["Make the group public first: Weir Field Wrens."]


@pytest.mark.parametrize("to", [Status.PAUSED, Status.ENDED, Status.WITHDRAWN])
def test_a_venue_stays_public_while_something_public_meets_there(db: None, to: Status) -> None:
    activity = publish(make_activity())
    venue = again(activity.venue)
    with pytest.raises(listings.MoveRefused) as refused:
        listings.move(listing=venue, to=to, by=None)
    assert refused.value.messages == [
        "These still meet here. Move or end them first: Toddler group."
    ]
    assert list(refused.value.because_of) == [activity]
    assert again(venue).status == Status.PUBLIC
    listings.move(listing=activity, to=Status.PAUSED, by=None)
    listings.move(listing=again(venue), to=to, by=None)
    assert again(venue).status == to


def test_a_reason_that_is_too_long_is_told_and_nothing_moves(db: None) -> None:
    venue = make_venue()
    with pytest.raises(ValidationError) as refused:
        listings.move(listing=venue, to=Status.WITHDRAWN, by=None, why="x" * 251)
    assert list(refused.value.message_dict) == ["why"]
    assert again(venue).status == Status.DRAFT


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.PUBLIC, ""),
        (Status.PAUSED, "is having a break"),
        (Status.ENDED, "has ended"),
        (Status.WITHDRAWN, "is no longer listed"),
    ],
)
def test_what_is_not_on_says_so_kindly(db: None, status: Status, words: str) -> None:
    assert at(Organisation, status).public_words == words


def test_what_became_a_draft_again_is_no_longer_listed(db: None) -> None:
    group = at(Organisation, Status.WITHDRAWN)
    listings.move(listing=group, to=Status.DRAFT, by=None)
    assert group.public_words == "is no longer listed"


def test_an_activity_says_what_became_of_its_group(db: None) -> None:
    activity = publish(make_activity())
    listings.move(listing=activity.organisation, to=Status.ENDED, by=None)
    assert (activity.is_public, activity.public_words) == (False, "has ended")


def test_only_what_is_public_of_a_public_group_is_shown(db: None) -> None:
    shown = publish(make_activity(title="Shown"))
    make_activity(title="Draft", organisation=shown.organisation)
    hidden = publish(make_activity(title="Of a group that ended"))
    listings.move(listing=hidden.organisation, to=Status.ENDED, by=None)
    assert list(Activity.objects.public()) == [shown]
    assert list(Organisation.objects.public()) == [shown.organisation]


def test_only_what_was_ever_public_has_a_page(db: None) -> None:
    shown = publish(make_activity(title="Shown"))
    ended = publish(make_activity(title="Ended", organisation=shown.organisation))
    listings.move(listing=ended, to=Status.ENDED, by=None)
    make_activity(title="Draft", organisation=shown.organisation)
    assert set(Activity.objects.for_page()) == {shown, ended}
