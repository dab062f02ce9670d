"""How old what we know is: the same in Python and in the database, on every day of a year."""

from datetime import UTC, date, datetime, timedelta

import pytest
from time_machine import travel

from assets import listings
from assets.dates.rules import LONGEST_HOLIDAY
from assets.freshness.rules import BEGINS, NOTICE_AFTER, Stage
from assets.models import Organisation, Venue
from assets.models.lifecycle import CheckedBy
from tests.assets.make import again, make_organisation, publish

FIRST = datetime(2026, 11, 3, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def test_each_stage_begins_on_its_day_in_python_and_in_the_database(db: None) -> None:
    with travel(FIRST, tick=False):
        group = publish(make_organisation())
    began: dict[str, int] = {}
    for days in range(400):
        with travel(FIRST + days * DAY, tick=False):
            stage = group.freshness
            assert Organisation.objects.with_stage().get().stage == stage
            began.setdefault(stage, days)
    assert began == {"fresh": 0, "due": 90, "marked": 180, "stale": 365}


def test_a_check_makes_it_fresh_again(db: None) -> None:
    with travel(FIRST, tick=False):
        group = publish(make_organisation())
    with travel(FIRST + 200 * DAY, tick=False):
        assert group.freshness == Stage.MARKED
        day = date(2027, 5, 20)
        listings.check(listing=group, checked_by=CheckedBy.TEAM, by=None, on=day)
        assert (again(group).known_since, again(group).freshness) == (day, Stage.FRESH)


def test_the_first_day_on_the_board_is_a_day_of_this_country(db: None) -> None:
    with travel(datetime(2027, 6, 30, 23, 30, tzinfo=UTC), tick=False):
        group = publish(make_organisation())
    assert group.known_since == date(2027, 7, 1)
    assert Organisation.objects.with_stage().get().known_on == date(2027, 7, 1)


def test_what_is_as_old_as_that_comes_oldest_first(db: None) -> None:
    for number, days in enumerate((0, 10, 20)):
        with travel(FIRST + days * DAY, tick=False):
            publish(make_organisation(name=f"Group {number}"))
    with travel(FIRST + 100 * DAY, tick=False):
        due = Organisation.objects.as_old_as(BEGINS[Stage.DUE])
        assert [group.name for group in due] == ["Group 0", "Group 1"]


@pytest.mark.parametrize("listing", [Organisation(name="New"), Venue(name="New")])
def test_a_draft_is_still_being_written(listing: Organisation | Venue) -> None:
    assert (listing.known_since, listing.freshness) == (None, Stage.FRESH)


def test_between_the_notice_and_leaving_there_is_a_day_of_term() -> None:
    assert BEGINS[Stage.STALE] - NOTICE_AFTER > LONGEST_HOLIDAY
