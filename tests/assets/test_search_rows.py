"""What a search reads is what the directory says now: as if every row had just been written."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from assets import listings, venues
from assets.dates import changes
from assets.dates.load import load
from assets.models import (
    AccessFeature,
    Activity,
    ActivityTheme,
    Area,
    Audience,
    BankHoliday,
    Language,
    Organisation,
    OrganisationTheme,
    SchoolTerm,
    SearchRow,
    Status,
    Venue,
)
from assets.models.lifecycle import CheckedBy
from assets.models.occurrences import PartOfDay
from assets.search import rows
from tests.assets.make import (
    again,
    make_activity,
    make_organisation,
    make_partner,
    make_schedule,
    make_venue,
    publish,
)
from thrive.models import NeedsGroup, Theme


def all_rows() -> Any:
    """Every column but the number and the version, which change with every writing."""
    columns = [field.column for field in SearchRow._meta.fields]
    said = [f"{name}::text" for name in columns if name not in ("id", "version")]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(said)} FROM assets_searchrow ORDER BY 1, 2")
        return cursor.fetchall()


def assert_as_if_rebuilt() -> None:
    before = all_rows()
    rows.rebuild()
    assert before == all_rows()


@pytest.fixture
def activity(db: None) -> Activity:
    """Public, beside a public group that lists nothing and a draft."""
    publish(make_organisation(name="Swifts of Winster"))
    make_activity(title="Draft class")
    return publish(make_activity())


def saved_with_new_words(activity: Activity) -> None:
    activity.title, activity.summary = "Parachute games", "Under a big sheet."
    activity.age_from, activity.age_before, activity.in_pregnancy = 6, 48, True
    listings.save(listing=activity, by=None)


def tagged(activity: Activity) -> None:
    activity.audiences.add(Audience.objects.all()[0])
    activity.languages.add(Language.objects.get(code="bfi"), Language.objects.get(code="en"))
    activity.access_features.add(AccessFeature.objects.filter(of_activity=True)[0])
    ActivityTheme.objects.create(activity=activity, theme=Theme.objects.all()[0])
    activity.needs_groups.add(NeedsGroup.objects.all()[0])
    listings.refresh(listing=activity)


def activity_moved(activity: Activity) -> None:
    listings.move(listing=activity, to=Status.PAUSED, by=None)


def activity_moved_and_back(activity: Activity) -> None:
    for to in (Status.ENDED, Status.PUBLIC):
        listings.move(listing=activity, to=to, by=None)


def group_moved(activity: Activity) -> None:
    listings.move(listing=activity.organisation, to=Status.PAUSED, by=None)


def group_moved_and_back(activity: Activity) -> None:
    for to in (Status.WITHDRAWN, Status.DRAFT, Status.PUBLIC):
        listings.move(listing=activity.organisation, to=to, by=None)


def group_renamed(activity: Activity) -> None:
    activity.organisation.name = "Kingfishers"
    listings.save(listing=activity.organisation, by=None)


def venue_renamed_and_moved_house(activity: Activity) -> None:
    venue = activity.venue
    assert venue is not None
    venue.name, venue.postcode = "Chandlers Loft", "DE45 1AA"
    listings.save(listing=venue, by=None)


def venue_hidden(activity: Activity) -> None:
    assert activity.venue is not None
    venues.hide(venue=activity.venue, shown=Venue.Shown.MASKED, by=None)


def venue_withdrawn(activity: Activity) -> None:
    assert activity.venue is not None
    listings.move(listing=activity, to=Status.PAUSED, by=None)
    listings.move(listing=activity.venue, to=Status.WITHDRAWN, by=None)


def held_elsewhere(activity: Activity) -> None:
    activity.venue = publish(make_venue(name="Orchard Pavilion", postcode="DE45 1AA"))
    listings.save(listing=activity, by=None)


def held_by_phone(activity: Activity) -> None:
    activity.venue, activity.ways_to_take_part = None, ["phone"]
    listings.save(listing=activity, by=None)


def given_to_another_group(activity: Activity) -> None:
    activity.organisation = Organisation.objects.get(name="Swifts of Winster")
    listings.save(listing=activity, by=None)


def partner_added(activity: Activity) -> None:
    make_partner(activity, Organisation.objects.get(name="Swifts of Winster"))
    listings.refresh(listing=activity)


def partner_renamed(activity: Activity) -> None:
    partner_added(activity)
    partner = Organisation.objects.get(name="Swifts of Winster")
    partner.name = "Dippers"
    listings.save(listing=partner, by=None)


def partner_ended(activity: Activity) -> None:
    partner_added(activity)
    partner = Organisation.objects.get(name="Swifts of Winster")
    listings.move(listing=partner, to=Status.ENDED, by=None)


def checked(activity: Activity) -> None:
    for listing in (activity, activity.organisation, activity.venue):
        assert listing is not None
        listings.check(listing=listing, checked_by=CheckedBy.TEAM, by=None, on=date(2026, 10, 1))


def second_activity_added(activity: Activity) -> None:
    publish(make_activity(title="Second", organisation=activity.organisation))


def draft_deleted(_activity: Activity) -> None:
    Activity.objects.get(title="Draft class").delete()


def venue_made_easy(activity: Activity) -> None:
    assert activity.venue is not None
    activity.venue.access_features.add(AccessFeature.objects.get(slug="step-free"))
    listings.refresh(listing=activity.venue)


def made_easy(activity: Activity) -> None:
    activity.access_features.set(AccessFeature.objects.filter(of_activity=True)[:2])
    listings.refresh(listing=activity)


def other_languages(activity: Activity) -> None:
    activity.languages.set(Language.objects.filter(code__in=["pl", "bfi"]))
    listings.refresh(listing=activity)


def other_audiences(activity: Activity) -> None:
    activity.audiences.set(Audience.objects.all()[:2])
    listings.refresh(listing=activity)


def serving_the_county(activity: Activity) -> None:
    activity.area_served = Area.objects.get(code="E10000007")
    listings.save(listing=activity, by=None)


def other_terms_of_coming(activity: Activity) -> None:
    activity.cost, activity.price, activity.help_with_cost = "paid", 3, True
    activity.how_to_come, activity.level = "book", "targeted"
    activity.newcomers, activity.newcomers_said_on = "waiting", date(2026, 6, 1)
    listings.save(listing=activity, by=None)


def on_in_the_evening(activity: Activity) -> None:
    make_schedule(activity, starts_at=time(18), ends_at=time(19))
    listings.refresh(listing=activity)


def only_date_called_off(activity: Activity) -> None:
    day = timezone.localdate() + timedelta(days=3)
    make_schedule(activity, frequency="dates", weekday=None, dates=[day])
    listings.refresh(listing=activity)
    assert SearchRow.objects.get(activity=activity).times == PartOfDay.MORNING
    changes.not_this_time(activity=activity, on=day, by=None)
    assert SearchRow.objects.get(activity=activity).times == 0


def group_with_a_theme(_activity: Activity) -> None:
    group = Organisation.objects.get(name="Swifts of Winster")
    OrganisationTheme.objects.create(organisation=group, theme=Theme.objects.all()[0])
    listings.refresh(listing=group)


CHANGES = [
    saved_with_new_words,
    tagged,
    activity_moved,
    activity_moved_and_back,
    group_moved,
    group_moved_and_back,
    group_renamed,
    venue_renamed_and_moved_house,
    venue_hidden,
    venue_withdrawn,
    held_elsewhere,
    held_by_phone,
    given_to_another_group,
    partner_added,
    partner_renamed,
    partner_ended,
    checked,
    second_activity_added,
    draft_deleted,
    venue_made_easy,
    made_easy,
    other_languages,
    other_audiences,
    serving_the_county,
    other_terms_of_coming,
    on_in_the_evening,
    only_date_called_off,
    group_with_a_theme,
]
# Seen in one column of the activity's row alone.
IN_ONE_COLUMN = [
    (venue_made_easy, "access"),
    (made_easy, "access"),
    (other_languages, "language"),
    (other_audiences, "who"),
    (serving_the_county, "area_served"),
    (other_terms_of_coming, "cost"),
    (on_in_the_evening, "times"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_rows_are_as_if_rebuilt(
    activity: Activity, change: Callable[[Activity], None]
) -> None:
    assert_as_if_rebuilt()
    change(again(activity))
    assert_as_if_rebuilt()


@pytest.mark.parametrize(("change", "column"), IN_ONE_COLUMN)
def test_a_change_is_seen_in_the_row(
    activity: Activity, change: Callable[[Activity], None], column: str
) -> None:
    def said() -> object:
        return SearchRow.objects.values_list(column, flat=True).get(activity=activity)

    before = said()
    change(again(activity))
    assert said() != before


def after_school_club(activity: Activity) -> int:
    """Only in the holidays that we know of: on one day. Says at what times of day it is on."""
    day = date(2026, 12, 22)
    times = {"starts_at": time(15), "ends_at": time(16)}
    make_schedule(activity, frequency="dates", weekday=None, dates=[day], **times)
    listings.refresh(listing=activity)
    return SearchRow.objects.get(activity=activity).times


def test_a_new_term_and_a_new_bank_holiday_are_seen_in_the_rows(activity: Activity) -> None:
    with time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=UTC), tick=False):
        assert after_school_club(activity) == PartOfDay.AFTERNOON
        term = SchoolTerm.objects.get(
            authority__code="E10000007", starts_on__lt="2026-12-01", ends_before__gt="2026-12-01"
        )
        term.ends_before = date(2026, 12, 24)
        changes.save_term(term=term)
        in_term = PartOfDay.AFTERNOON | PartOfDay.AFTER_SCHOOL
        assert SearchRow.objects.get(activity=activity).times == in_term
        activity.schedules.update(on_bank_holidays="not")
        holiday = BankHoliday(day=date(2026, 12, 22), name="Day of the Swifts")
        changes.save_bank_holiday(holiday=holiday)
        assert SearchRow.objects.get(activity=activity).times == 0
        assert_as_if_rebuilt()


def test_terms_that_come_with_the_reference_data_are_seen_in_the_rows(activity: Activity) -> None:
    with time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=UTC), tick=False):
        SchoolTerm.objects.all().delete()
        # Where terms are unknown, any weekday may well be a school day.
        assert after_school_club(activity) == PartOfDay.AFTERNOON | PartOfDay.AFTER_SCHOOL
        load()
        assert SearchRow.objects.get(activity=activity).times == PartOfDay.AFTERNOON
        assert_as_if_rebuilt()


def shown() -> set[str]:
    return {
        str(row.activity or row.organisation)
        for row in SearchRow.objects.select_related("activity", "organisation")
    }


def test_a_group_has_a_row_of_its_own_while_it_lists_nothing(activity: Activity) -> None:
    assert shown() == {"Toddler group", "Swifts of Winster"}
    given_to_another_group(activity)
    assert shown() == {"Toddler group", "Weir Field Wrens"}
    activity_moved(activity)
    assert shown() == {"Swifts of Winster", "Weir Field Wrens"}


def test_what_is_not_public_has_no_row(activity: Activity) -> None:
    group_moved(activity)
    assert shown() == {"Swifts of Winster"}


def test_a_row_gets_a_new_version_with_every_writing(activity: Activity) -> None:
    before = SearchRow.objects.get(activity=activity).version
    listings.refresh(listing=activity)
    assert SearchRow.objects.get(activity=activity).version > before


def test_a_change_leaves_the_rows_of_others_alone(activity: Activity) -> None:
    other = publish(make_activity(title="Another"))
    before = SearchRow.objects.get(activity=other).version
    saved_with_new_words(activity)
    assert SearchRow.objects.get(activity=other).version == before


def test_refreshing_nothing_does_nothing(activity: Activity) -> None:
    before = all_rows()
    rows.refresh(activities=Q(pk__in=[]), organisations=None)
    assert all_rows() == before


def test_the_example_district_is_as_if_rebuilt(example_district: None) -> None:
    assert SearchRow.objects.count() > 30
    assert_as_if_rebuilt()
