"""What somebody here speaks for is left alone, and how theirs differs is told."""

import pytest

from accounts.models import User
from assets import listings, venues
from assets.harvesting.origin import origins_of
from assets.models import Activity, Harvest, Membership, Status, Venue
from assets.saying import state_of
from tests.assets.harvesting.feeds import accept, bring, make_source, service, statuses, told
from tests.assets.make import tag

pytestmark = pytest.mark.django_db


def change_the_place(*, by: User) -> Venue:
    hall = Venue.objects.get()
    hall.summary = "By the weir."
    listings.save(listing=hall, by=by)
    return hall


def test_a_draft_that_staff_refused_does_not_come_back(erin: User) -> None:
    bring(service())
    listings.move(listing=Activity.objects.get(), to=Status.WITHDRAWN, by=erin, why="not here")
    bring(service(name="Wren Choir"))
    activity = Activity.objects.get()
    assert (activity.status, activity.title) == ("withdrawn", "Wren Club")


def test_what_a_group_says_of_itself_is_left_alone_and_the_difference_is_told(
    erin: User, vera: User
) -> None:
    bring(service())
    activity = accept()
    member = Membership(
        organisation=activity.organisation, user=vera, role="owner", confirmed_by=erin
    )
    member.confirmed_at = activity.changed_at
    member.save()
    other = service(name="Wren Choir")
    other["organization"]["description"] = "Sing by the river."
    harvest = bring(other)
    assert harvest.counts == {"left": 2}
    assert told(harvest) == [
        ("left", "Wren Club", "the group speaks for itself here; name: theirs is “Wren Choir”"),
        (
            "left",
            "Wren Field Club",
            "the group speaks for itself here; group, in one or two sentences: theirs is "
            "“Sing by the river.”",
        ),
    ]
    assert Activity.objects.get().title == "Wren Club"
    assert bring().counts == {"kept": 1}
    assert statuses() == [("Wren Club", "public")]


def test_what_staff_have_changed_is_left_alone_whatever_changes_there(erin: User) -> None:
    bring(service())
    activity = accept()
    activity.summary = "Songs, and a slice of cake."
    listings.save(listing=activity, by=erin)
    harvest = bring(service(name="Wren Choir"))
    assert told(harvest) == [
        ("left", "Wren Club", "somebody of ours has changed it; name: theirs is “Wren Choir”")
    ]
    assert bring().counts == {"kept": 1}
    here = Activity.objects.get()
    assert (here.title, here.summary, here.status) == (
        "Wren Club",
        "Songs, and a slice of cake.",
        "public",
    )


def test_a_place_that_staff_have_changed_is_left_alone_and_the_difference_is_told(
    erin: User,
) -> None:
    bring(service())
    change_the_place(by=erin)
    other = service()
    where = other["service_at_locations"][0]["location"]
    where["name"] = "The Field Hall"
    where["addresses"][0] |= {"address_1": "Mill Lane", "city": "Matlock"}
    harvest = bring(other)
    assert told(harvest) == [
        (
            "left",
            "Wren Field Hall, Bakewell",
            "somebody of ours has changed it; venue: theirs is “The Field Hall”; building and "
            "street: theirs is “Mill Lane”; village or town: theirs is “Matlock”",
        )
    ]


def test_a_postcode_that_differs_is_told(erin: User) -> None:
    bring(service())
    change_the_place(by=erin)
    other = service()
    where = other["service_at_locations"][0]["location"]["addresses"][0]
    where["postal_code"] = "DE4 3AB"
    ((_kind, _name, words),) = told(bring(other))
    assert "postcode: theirs is “DE4 3AB”" in words


def test_ages_that_differ_are_told_as_people_say_them(erin: User) -> None:
    bring(service())
    activity = accept()
    activity.summary = "Songs, and a slice of cake."
    listings.save(listing=activity, by=erin)
    harvest = bring(service(minimum_age=4, maximum_age=9))
    assert told(harvest) == [
        ("left", "Wren Club", "somebody of ours has changed it; ages: theirs is “4 to 9 years”")
    ]


def test_a_theme_that_staff_add_is_no_reason_to_leave_it_alone() -> None:
    bring(service())
    activity = accept()
    tag(activity, "themes", "emotional-education", "youth-voice")
    assert bring(service(name="Wren Choir")).counts == {"changed": 1}
    assert state_of(Activity.objects.get(), {"themes"}) == {
        "themes": ["emotional-education", "youth-voice"]
    }


def test_each_listing_says_whether_its_feed_still_changes_it(erin: User) -> None:
    source = make_source()
    bring(service(), source=source)

    def says() -> str:
        (origin,) = origins_of(Activity.objects.get())
        return origin.says.partition(".")[0]

    assert says() == "Its feed still changes this"
    bring(source=source, many_gone=True)
    assert says() == "Their directory has it no longer"
    bring(service(), source=source)
    assert says() == "Its feed still changes this"
    listings.move(listing=accept(), to=Status.ENDED, by=erin)
    assert says() == "No reading brings it back"
    venues.hide(venue=Venue.objects.get(), shown=Venue.Shown.MASKED, by=erin)
    (origin,) = origins_of(Venue.objects.get())
    assert origin.says.endswith("we keep nothing but the village.")


def test_what_a_reading_told_of_a_place_is_forgotten_once_it_is_hidden(erin: User) -> None:
    source = make_source()
    bring(service(), source=source)
    hall = change_the_place(by=erin)
    other = service()
    other["service_at_locations"][0]["location"]["addresses"][0]["address_1"] = "9 Mill Lane"
    elsewhere = bring(source=make_source(name="Moor Directory"))
    elsewhere.told = [["left", "Moor Hall", "Moor Lane"]]
    elsewhere.save()
    assert "9 Mill Lane" in str(bring(other, source=source).told)
    venues.hide(venue=hall, shown=Venue.Shown.MASKED, by=erin)
    assert [one.told for one in Harvest.objects.order_by("pk")] == [
        [],
        [["left", "Moor Hall", "Moor Lane"]],
        [],
    ]
