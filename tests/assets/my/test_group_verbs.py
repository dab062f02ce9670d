"""What a group says of today is true at once, and dated."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from accounts.models import User
from assets import group_verbs, listings
from assets.models import Activity, Membership, Status
from assets.models.activities import Newcomers
from tests.assets.make import again

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@time_machine.travel(NOON)
@pytest.mark.parametrize(
    ("newcomers", "stored"),
    [
        (Newcomers.YES, ("yes", date(2026, 11, 3), None, "")),
        (Newcomers.WAITING, ("waiting", date(2026, 11, 3), 6, "Come to the fair.")),
        (Newcomers.FULL, ("full", date(2026, 11, 3), None, "Come to the fair.")),
        (Newcomers.NOT_SAID, ("not-said", None, None, "")),
    ],
)
def test_room_is_said_and_dated(
    hers: Activity, vera: User, newcomers: Newcomers, stored: tuple[object, ...]
) -> None:
    group_verbs.say_room(
        activity=hers, newcomers=newcomers, weeks=6, meanwhile="Come to the fair.", by=vera
    )
    now = again(hers)
    assert (now.newcomers, now.newcomers_said_on, now.waiting_weeks, now.meanwhile) == stored
    assert now.history.latest("version").history_user == vera


def test_what_the_group_closed_it_opens_again(hers: Activity, vera: User) -> None:
    group_verbs.close_for_now(listing=hers, by=vera, why="")
    assert again(hers).status == Status.PAUSED
    group_verbs.open_again(listing=again(hers), by=vera)
    assert again(hers).status == Status.PUBLIC
    assert list(hers.moves.values_list("to_status", "moved_by", "why"))[-2:] == [
        ("paused", vera.pk, "closed for now"),
        ("public", vera.pk, "open again"),
    ]


def test_what_we_closed_the_group_does_not_open(hers: Activity, vera: User, erin: User) -> None:
    listings.move(listing=hers, to=Status.PAUSED, by=erin)
    with pytest.raises(listings.MoveRefused) as refused:
        group_verbs.open_again(listing=hers, by=vera)
    assert refused.value.messages == [
        "We closed “Toddler group”, so please write to us before it opens again."
    ]
    assert again(hers).status == Status.PAUSED


def test_what_a_stranger_closed_the_group_does_not_open(hers: Activity, vera: User) -> None:
    group_verbs.close_for_now(listing=hers, by=vera, why="")
    Membership.objects.all().delete()
    assert not group_verbs.may_open_again(again(hers))


@time_machine.travel(NOON)
def test_still_right_is_a_check_by_the_group_once_a_day(hers: Activity, vera: User) -> None:
    group_verbs.still_right(listing=hers, by=vera)
    group_verbs.still_right(listing=again(hers), by=vera)
    now = again(hers)
    assert (now.last_checked_on, now.last_checked_by) == (date(2026, 11, 3), "group")
    assert list(hers.checks.values_list("person", flat=True)) == [vera.pk]
