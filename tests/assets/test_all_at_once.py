"""Many changes at once: refreshed once, at the end, and not at all where one of them fails."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from assets import listings
from assets.models import Activity, Occurrence, Organisation, SearchRow, Status
from tests.assets.make import make_activity, make_schedule, publish


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
