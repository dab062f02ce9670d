"""What another directory has checked counts as checked on that day, until somebody looks later."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from assets import listings
from assets.models import Activity, Listing, Organisation, Source, Venue
from assets.models.lifecycle import CheckedBy
from tests.assets.harvesting.feeds import accept, another, bring, service
from tests.assets.make import again, make_venue, publish
from tests.assets.openreferral.published import told

pytestmark = pytest.mark.django_db
MODELS: tuple[type[Listing], ...] = (Organisation, Venue, Activity)


def checks() -> list[tuple[date | None, str]]:
    """Of the group, the place and the activity."""
    found = [model._base_manager.get() for model in MODELS]
    return [(one.last_checked_on, one.last_checked_by) for one in found]


def test_a_draft_was_checked_when_they_say_with_its_group_and_its_place(erin: User) -> None:
    bring(service(assured_date="2026-10-01"), by=erin)
    assert checks() == [(date(2026, 10, 1), "directory")] * 3
    record = Activity.objects.get().checks.get()
    assert (record.checked_on, record.person, record.note) == (
        date(2026, 10, 1),
        erin,
        "Peak Directory",
    )


def test_where_they_say_no_day_nobody_has_checked_it() -> None:
    bring(service(assured_date=None))
    assert checks() == [(None, "")] * 3


def test_a_day_to_come_is_no_check() -> None:
    bring(service(assured_date=str(timezone.localdate() + timedelta(days=1))))
    assert checks() == [(None, "")] * 3


def test_of_several_the_newest_is_that_of_their_group_and_place() -> None:
    days = {"Chess": "2026-10-01", "Bells": "2026-09-01"}
    bring(*(another(name, assured_date=day) for name, day in days.items()))
    by_title = dict(Activity.objects.values_list("title", "last_checked_on"))
    assert by_title == {"Chess": date(2026, 10, 1), "Bells": date(2026, 9, 1)}
    for model in (Organisation, Venue):
        assert model.objects.get().last_checked_on == date(2026, 10, 1)
        assert model.objects.get().checks.count() == 1


def test_a_place_of_ours_was_not_checked_by_them() -> None:
    hall = publish(make_venue(name="Wren Field Hall", postcode="DE45 1DY"))
    bring(service(assured_date="2026-10-01"))
    activity = Activity.objects.get()
    assert (activity.venue, again(hall).last_checked_on) == (hall, None)
    assert activity.last_checked_on == date(2026, 10, 1)


def test_what_they_check_again_is_as_fresh_as_that_and_saves_beside_an_open_form() -> None:
    bring(service(assured_date="2026-10-01"))
    version = accept().version
    assert bring(service(assured_date="2026-11-02")).counts == {"same": 1}
    assert checks() == [(date(2026, 11, 2), "directory")] * 3
    assert Activity.objects.get().version == version
    bring(service(assured_date="2026-10-05"))
    assert checks() == [(date(2026, 11, 2), "directory")] * 3
    assert Activity.objects.get().checks.count() == 2


def test_who_had_it_open_while_it_was_read_does_not_put_the_older_check_back(erin: User) -> None:
    bring(service(assured_date="2026-10-01"))
    opened = accept()
    bring(service(assured_date="2026-11-02"))
    opened.summary = "All are welcome."
    listings.save(listing=opened, by=erin)
    assert checks() == [(date(2026, 11, 2), "directory")] * 3
    assert opened.last_checked_on == date(2026, 11, 2)


def test_what_our_team_has_seen_since_holds(erin: User) -> None:
    bring(service(assured_date="2026-10-01"))
    for one in (accept(), Organisation.objects.get()):
        listings.check(listing=one, checked_by=CheckedBy.TEAM, by=erin, on=date(2026, 10, 9))
    bring(service(assured_date="2026-10-08"))
    assert checks() == [
        (date(2026, 10, 9), "team"),
        (date(2026, 10, 1), "directory"),
        (date(2026, 10, 9), "team"),
    ]


def test_a_place_that_our_team_has_changed_was_not_checked_by_them(erin: User) -> None:
    bring(service())
    accept()
    hall = Venue.objects.get()
    hall.summary = "By the weir."
    listings.save(listing=hall, by=erin)
    bring(service(assured_date="2026-10-01"))
    assert checks() == [
        (date(2026, 10, 1), "directory"),
        (None, ""),
        (date(2026, 10, 1), "directory"),
    ]


def test_we_answer_for_no_check_but_our_own(erin: User, settings: Any) -> None:
    settings.CONTACT_EMAIL = "team@example.org"
    bring(service(assured_date="2026-10-01"))
    activity = accept()
    (said,) = told("services", full="true")
    assert (said["assured_date"], said.get("assurer_email")) == ("2026-10-01", None)
    listings.check(listing=activity, checked_by=CheckedBy.TEAM, by=erin, on=date(2026, 10, 9))
    (said,) = told("services", full="true")
    assert (said["assured_date"], said["assurer_email"]) == ("2026-10-09", "team@example.org")


def test_their_name_stays_with_each_check() -> None:
    bring(service(assured_date="2026-10-01"))
    Source.objects.update(name="Moor Directory")
    bring(service(assured_date="2026-11-02"))
    notes = Activity.objects.get().checks.order_by("checked_on").values_list("note", flat=True)
    assert [*notes] == ["Peak Directory", "Moor Directory"]
