"""Many changes at once: refreshed once, at the end, and not at all where one of them fails."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from assets import listings
from assets.models import Activity, Occurrence, Organisation, SearchRow, Status
from tests.assets.make import (
    make_activity,
    make_organisation,
    make_schedule,
    make_venue,
    publish,
)


def found() -> list[str]:
    rows = SearchRow.objects.order_by("activity__title")
    return list(rows.values_list("activity__title", flat=True))


@listings.all_at_once()
def make_a_good_one_and_a_bad_one() -> None:
    publish(make_activity(title="Art club"))
    make_activity(cost="paid")


def test_search_rows_and_dates_are_written_at_the_end(db: None) -> None:
    with listings.all_at_once():
        for title in ("Art club", "Bell ringing"):
            make_schedule(publish(make_activity(title=title)))
        assert found() == []
        assert not Occurrence.objects.exists()
    assert found() == ["Art club", "Bell ringing"]
    assert set(Occurrence.objects.values_list("activity__title", flat=True)) == {*found()}


def test_a_group_or_venue_that_changes_takes_its_activities_along(db: None) -> None:
    activity = publish(make_activity(title="Art club"))
    group = Organisation.objects.get(pk=activity.organisation_id)
    with listings.all_at_once():
        listings.move(listing=group, to=Status.PAUSED, by=None)
        assert found() == ["Art club"]
    assert found() == []


def test_where_one_fails_nothing_is_changed_and_the_next_is_as_ever(db: None) -> None:
    with pytest.raises(IntegrityError, match="activity_price_goes_with_cost"):
        make_a_good_one_and_a_bad_one()
    assert not Activity.objects.exists()
    publish(make_activity(title="Bell ringing"))
    assert found() == ["Bell ringing"]
    with pytest.raises(ValidationError):
        make_activity(cost="paid")


def test_of_several_those_that_may_be_stored_are_and_the_others_are_told(db: None) -> None:
    group, venue = make_organisation(), make_venue()
    both = {"organisation": group, "venue": venue, "level": "universal", "how_to_come": "book"}
    sound, unsound = (
        Activity(title=title, summary="Songs.", ways_to_take_part=["in-person"], cost=cost, **both)
        for title, cost in (("Art club", "free"), ("Bell ringing", "paid"))
    )
    with listings.all_at_once():
        ((refused, why),) = listings.save_each(listings=[sound, unsound], by=None)
    assert (refused, [one.title for one in Activity.objects.all()]) == (unsound, ["Art club"])
    assert "activity_price_goes_with_cost" in str(why)


def test_of_several_those_that_may_go_there_are_moved(db: None) -> None:
    reached, unreached = publish(make_organisation()), make_organisation(name="Unreached")
    waiting = make_organisation(name="Waiting")
    waiting.contacts.create(kind="phone", value="01632 960001")
    refused = listings.move_each(
        listings=[reached, unreached, waiting], to=Status.PUBLIC, by=None, why="all of them"
    )
    assert [(one, why.messages) for one, why in refused if isinstance(why, ValidationError)] == [
        (reached, [f"“{reached}” is Public: it cannot become Public."]),
        (unreached, ["Add a way to reach the group first."]),
    ]
    assert (waiting.status, waiting.version, waiting.moves.get().why) == (
        "public",
        2,
        "all of them",
    )
