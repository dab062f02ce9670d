"""What is on is what the rules, changes, terms and bank holidays say now: as if just written."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from assets import listings, venues
from assets.dates import changes, occurrences
from assets.models import (
    Activity,
    Area,
    BankHoliday,
    Occurrence,
    Place,
    SchoolTerm,
    Status,
)
from tests.assets.dates.made import NEXT_TUESDAY, TODAY, TUESDAY, all_dates, of
from tests.assets.make import (
    again,
    make_activity,
    make_organisation,
    make_place,
    make_schedule,
    make_venue,
    publish,
)

pytestmark = pytest.mark.usefixtures("on_that_sunday")


def make_term(area: Area, starts_on: date, ends_before: date) -> SchoolTerm:
    term = SchoolTerm(
        authority=area.education_authority,
        name=f"From {starts_on}",
        starts_on=starts_on,
        ends_before=ends_before,
        source_url="https://example.org/",
        checked_on=TODAY,
    )
    changes.save_term(term=term)
    return term


def assert_as_if_written_anew() -> None:
    before = all_dates()
    occurrences.write(Q())
    assert before == all_dates()


def test_a_public_activity_has_dates_from_a_week_ago_to_a_year_ahead(activity: Activity) -> None:
    mornings = activity.occurrences.filter(parts_of_day=1).order_by("on")
    first, last = mornings[0], mornings.reverse()[0]
    assert (first.on, last.on) == (date(2026, 11, 17), date(2027, 11, 23))
    assert Occurrence.objects.exclude(activity=activity).count() == 0


def schedule_added(activity: Activity) -> None:
    make_schedule(activity, weekday=5)
    listings.refresh(listing=activity)


def schedule_gone(activity: Activity) -> None:
    activity.schedules.all()[0].delete()
    listings.refresh(listing=activity)


def paused(activity: Activity) -> None:
    listings.move(listing=activity, to=Status.PAUSED, by=None)


def paused_and_back(activity: Activity) -> None:
    for to in (Status.PAUSED, Status.PUBLIC):
        listings.move(listing=activity, to=to, by=None)


def group_paused(activity: Activity) -> None:
    listings.move(listing=activity.organisation, to=Status.PAUSED, by=None)


def sheffield() -> Place:
    return make_place(
        slug="testing-sheffield", district=Area.objects.get(name="Sheffield", kind="district")
    )


def held_in_sheffield(activity: Activity) -> None:
    activity.venue = publish(make_venue(place=sheffield()))
    listings.save(listing=activity, by=None)


def venue_now_in_sheffield(activity: Activity) -> None:
    assert activity.venue is not None
    activity.venue.place = sheffield()
    listings.save(listing=activity.venue, by=None)


def held_by_phone_from_sheffield(activity: Activity) -> None:
    activity.venue, activity.ways_to_take_part = None, ["phone"]
    listings.save(listing=activity, by=None)
    activity.organisation.district = Area.objects.get(name="Sheffield", kind="district")
    listings.save(listing=activity.organisation, by=None)


def places_loaded_anew(activity: Activity) -> None:
    assert activity.venue is not None
    Place.objects.filter(pk=activity.venue.place_id).update(
        district=Area.objects.get(name="Sheffield", kind="district")
    )
    venues.follow_places()


def term_changed(activity: Activity) -> None:
    term = SchoolTerm.objects.order_by("starts_on")[0]
    term.ends_before = date(2027, 4, 1)
    changes.save_term(term=term)


def term_given_to_another_authority(activity: Activity) -> None:
    term = SchoolTerm.objects.filter(authority__name="Derbyshire").order_by("-starts_on")[0]
    term.authority = Area.objects.get(name="Staffordshire")
    changes.save_term(term=term)


def bank_holiday_added(activity: Activity) -> None:
    changes.save_bank_holiday(holiday=BankHoliday(day=TUESDAY, name="A royal wedding"))


def not_on(activity: Activity) -> None:
    changes.not_this_time(activity=activity, on=TUESDAY, by=None)


def given_to_another_group(activity: Activity) -> None:
    other = publish(make_organisation(name="Swifts of Winster"))
    activity.organisation = other
    listings.save(listing=activity, by=None)


CHANGES: list[Callable[[Activity], None]] = [
    schedule_added,
    schedule_gone,
    paused,
    paused_and_back,
    group_paused,
    held_in_sheffield,
    venue_now_in_sheffield,
    held_by_phone_from_sheffield,
    places_loaded_anew,
    term_changed,
    term_given_to_another_authority,
    bank_holiday_added,
    not_on,
    given_to_another_group,
]


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_all_dates_are_as_if_written_anew(
    activity: Activity, change: Callable[[Activity], None]
) -> None:
    SchoolTerm.objects.all().delete()
    make_term(Area.objects.get(name="Derbyshire"), date(2026, 9, 1), date(2027, 2, 13))
    make_term(Area.objects.get(name="Sheffield", kind="district"), TODAY, date(2027, 2, 20))
    change(again(activity))
    assert_as_if_written_anew()


@pytest.mark.parametrize(
    "change",
    [
        held_in_sheffield,
        venue_now_in_sheffield,
        held_by_phone_from_sheffield,
        places_loaded_anew,
    ],
)
def test_what_moves_to_another_authority_keeps_its_terms(
    activity: Activity, change: Callable[[Activity], None]
) -> None:
    SchoolTerm.objects.all().delete()
    make_term(Area.objects.get(name="Derbyshire"), date(2026, 9, 1), date(2026, 11, 28))
    make_term(Area.objects.get(name="Sheffield", kind="district"), NEXT_TUESDAY, date(2027, 1, 1))
    in_term = activity.occurrences.filter(starts_at__hour=16).order_by("on")
    assert [one.on for one in in_term] == [date(2026, 11, 17), TUESDAY]
    change(again(activity))
    assert [one.on for one in in_term.all()][:2] == [NEXT_TUESDAY, date(2026, 12, 8)]


def test_the_example_district_is_as_if_written_anew(example_district: None) -> None:
    occurrences.write_all()
    assert Occurrence.objects.count() > 500
    assert_as_if_written_anew()


def test_writing_takes_as_many_queries_for_three_as_for_one(activity: Activity) -> None:
    counted = []
    for more in range(2):
        for number in range(2 * more):
            another = make_activity(title=f"Art {number}")
            make_schedule(another)
            publish(another)
        with CaptureQueriesContext(connection) as queries:
            occurrences.write(Q())
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_written_in_parts_they_are_the_same(
    activity: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = make_activity(title="Art")
    make_schedule(another)
    publish(another)
    before = all_dates()
    monkeypatch.setattr(occurrences, "AT_ONCE", 1)
    assert occurrences.write_all() == len(before)
    assert all_dates() == before


# --- What is read of them ---


def test_the_next_date_is_on_and_not_over(activity: Activity) -> None:
    other = publish(make_activity(title="Without dates"))
    changes.not_this_time(activity=activity, on=TUESDAY, by=None)
    half_past_ten = datetime(2026, 12, 1, 10, 30, tzinfo=UTC)
    for now, expected in [
        (datetime(2026, 11, 22, 9, tzinfo=UTC), NEXT_TUESDAY),
        (half_past_ten, NEXT_TUESDAY),
    ]:
        found = occurrences.next_of([activity.pk, other.pk], now)
        assert {key: one.on for key, one in found.items()} == {activity.pk: expected}
    over = datetime(2026, 12, 1, 18, tzinfo=UTC)
    assert occurrences.next_of([activity.pk], over)[activity.pk].on == date(2026, 12, 8)


def test_the_next_dates_of_many_take_one_query(
    activity: Activity, django_assert_num_queries: Any
) -> None:
    another = make_activity(title="Art")
    make_schedule(another)
    publish(another)
    with django_assert_num_queries(1):
        found = occurrences.next_of([activity.pk, another.pk], datetime.now(UTC))
    assert set(found) == {activity.pk, another.pk}


def test_upcoming_tells_what_is_off(activity: Activity) -> None:
    activity.schedules.filter(time_of_year="term").delete()
    changes.not_this_time(activity=activity, on=TUESDAY, by=None)
    assert of(activity) == [
        ("24 Nov 10:00", True),
        ("01 Dec 10:00", False),
        ("08 Dec 10:00", False),
    ]
