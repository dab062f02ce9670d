"""Another directory comes in as drafts, follows its feed, and never speaks for a group."""

from decimal import Decimal

import pytest

from accounts.models import User
from assets import listings
from assets.importing.undo import undo
from assets.models import (
    Activity,
    HarvestDuplicate,
    Organisation,
    SearchRow,
    Source,
    Status,
    Venue,
)
from tests.assets.harvesting.feeds import accept, another, bring, key, many, service, statuses, told
from tests.assets.make import again, make_activity, make_contact, make_organisation, publish

pytestmark = pytest.mark.django_db


def test_a_service_becomes_a_draft_with_its_group_and_its_place() -> None:
    harvest = bring(service())
    assert (harvest.outcome, harvest.why, harvest.told) == ("read", "", [])
    assert harvest.counts == {"made": 1}
    activity = Activity.objects.get()
    assert {activity.status, activity.organisation.status, activity.venue.status} == {"draft"}  # type: ignore[union-attr]
    assert (activity.title, activity.summary) == ("Wren Club", "Songs and a biscuit.")
    assert activity.description == "Each week we sing, and then we eat."
    assert (activity.age_from, activity.age_before) == (60, 144)
    assert (activity.cost, activity.price, activity.cost_note) == (
        "paid",
        Decimal("2.50"),
        "a session",
    )
    (rule,) = activity.schedules.all()
    assert (rule.frequency, rule.weekday, rule.time_of_year) == ("weekly", 1, "term")
    assert [(one.kind, one.value, one.label) for one in activity.contacts.order_by("kind")] == [
        ("email", "club@example.org", ""),
        ("phone", "01632 960123", "ask for Jo"),
        ("web", "https://wrens.example.org/club", ""),
    ]
    assert [one.slug for one in activity.themes.all()] == ["youth-voice"]
    assert (activity.organisation.name, activity.organisation.summary) == (
        "Wren Field Club",
        "Play by the river.",
    )
    venue = activity.venue
    assert venue is not None
    assert (venue.name, venue.address, venue.postcode, venue.place.name) == (
        "Wren Field Hall",
        "Wren Lane",
        "DE45 1DY",
        "Bakewell",
    )
    assert [one.slug for one in venue.access_features.all()] == ["step-free"]
    assert not SearchRow.objects.exists()


def test_the_same_feed_twice_changes_nothing() -> None:
    bring(service())
    before = again(Activity.objects.get()).version
    harvest = bring(service())
    assert (harvest.counts, harvest.batch) == ({"same": 1}, None)
    assert Activity.objects.get().version == before


def test_what_they_change_changes_here_also_once_it_is_public() -> None:
    bring(service())
    accept()
    harvest = bring(service(name="Wren Choir", maximum_age=12))
    assert harvest.counts == {"changed": 1}
    activity = Activity.objects.get()
    assert (activity.title, activity.age_before, activity.status) == ("Wren Choir", 156, "public")


def test_what_is_gone_is_withdrawn_with_the_group_and_the_place_that_have_nothing_more() -> None:
    bring(service(), another("Chess"))
    harvest = bring(another("Chess"))
    assert harvest.counts == {"same": 1, "gone": 1}
    assert told(harvest) == [("gone", "Wren Club", "no longer in Peak Directory")]
    assert statuses() == [("Chess", "draft"), ("Wren Club", "withdrawn")]
    assert Organisation.objects.get().status == "draft"
    bring()
    assert {one.status for one in Organisation.objects.all()} == {"withdrawn"}
    assert {one.status for one in Venue.objects.all()} == {"withdrawn"}


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
def test_what_they_say_is_not_on_is_withdrawn_too(status: str) -> None:
    bring(service())
    accept()
    assert bring(service(status=status)).counts == {"off": 1, "gone": 1}
    assert Activity.objects.get().status == "withdrawn"


def test_what_comes_back_is_a_draft_again() -> None:
    bring(service())
    accept()
    bring()
    assert bring(service()).counts == {"made": 1}
    assert Activity.objects.get().status == "draft"
    assert not Activity.objects.public().exists()


def test_what_may_be_here_already_waits_until_staff_say_what_it_is() -> None:
    group = publish(make_organisation(name="Wren Field Club"))
    harvest = bring(service())
    assert harvest.counts == {"waiting": 1}
    assert told(harvest) == [("waiting", "Wren Club", "like our “Wren Field Club”: the same name")]
    assert not Activity.objects.exists()
    (asked,) = HarvestDuplicate.objects.all()
    assert (asked.name, asked.why, asked.listing) == ("Wren Field Club", "the same name", group)
    assert bring(service()).counts == {"waiting": 1}
    assert HarvestDuplicate.objects.count() == 1


def test_the_same_group_stays_as_ours_and_gets_the_draft() -> None:
    group = publish(make_organisation(name="Wren Field Club", summary="We say it so."))
    bring(service())
    HarvestDuplicate.objects.update(answer="same")
    assert bring(service()).counts == {"made": 1}
    assert Activity.objects.get().organisation == group
    other = service()
    other["organization"]["description"] = "Sing by the river."
    bring(other)
    assert again(group).summary == "We say it so."


def test_the_same_activity_stays_as_ours_for_good() -> None:
    ours = publish(make_activity(title="Wren Club"))
    make_contact(ours.organisation, kind="email", value="wrens@example.org")
    bring(service())
    assert {one.listing for one in HarvestDuplicate.objects.all()} == {ours.organisation, ours}
    HarvestDuplicate.objects.update(answer="same")
    assert bring(service(name="Wren Club")).counts == {"skipped": 1}
    assert Activity.objects.get() == ours


def test_the_same_stays_the_same_whatever_ours_is_called_by_now() -> None:
    ours = publish(make_activity(title="Wren Club"))
    make_contact(ours.organisation, kind="email", value="wrens@example.org")
    bring(service())
    HarvestDuplicate.objects.update(answer="same")
    ours.organisation.contacts.filter(kind="email").update(value="river@example.org")
    ours.organisation.name, ours.title = "River Field Club", "River Club"
    for one in (ours.organisation, ours):
        listings.save(listing=one, by=None)
    assert bring(service()).counts == {"skipped": 1}
    assert Activity.objects.get() == ours
    # Ours is over, and theirs is not: somebody has to look at it.
    listings.move(listing=ours, to=Status.ENDED, by=None)
    assert bring(service()).counts == {"made": 1}


def test_another_one_comes_in_beside_ours() -> None:
    publish(make_organisation(name="Wren Field Club"))
    bring(service())
    HarvestDuplicate.objects.update(answer="other")
    assert bring(service()).counts == {"made": 1}
    assert Organisation.objects.count() == 2


def test_most_of_a_directory_does_not_go_at_once_unless_somebody_says_so() -> None:
    bring(*many(12))
    harvest = bring(another("Club 0"))
    assert (harvest.outcome, harvest.counts) == ("refused", {})
    assert harvest.why == (
        "11 of the 12 activities that we have from it are missing. If that is right, read it "
        "again and say that they are gone."
    )
    assert not Activity.objects.filter(status="withdrawn").exists()
    assert bring(another("Club 0"), many_gone=True).counts == {"same": 1, "gone": 11}


def test_more_than_half_of_a_few_is_most_of_it_too() -> None:
    bring(*many(5))
    harvest = bring(*many(2))
    assert harvest.why.startswith("3 of the 5 activities that we have from it are missing.")
    assert bring(*many(3)).counts == {"same": 3, "gone": 2}


def test_a_small_directory_is_not_emptied_by_a_file_of_which_nothing_came_in() -> None:
    bring(*many(3))
    harvest = bring(another("No place", status="?"), another("No group", organization={}))
    assert harvest.why.startswith("3 of the 3 activities that we have from it are missing.")
    assert bring(another("Club 0")).counts == {"same": 1, "gone": 2}


def test_at_several_places_it_is_several_activities() -> None:
    two = service()
    place = two["service_at_locations"][0]["location"]
    other = place | {"id": key("mill"), "name": "Mill", "addresses": [dict(place["addresses"][0])]}
    other["addresses"][0] |= {"postal_code": "DE4 3LY", "city": "Matlock"}
    two["service_at_locations"].append({"id": key("at mill"), "location": other})
    bring(two)
    assert [one.venue.name for one in Activity.objects.order_by("venue__name")] == [  # type: ignore[union-attr]
        "Mill",
        "Wren Field Hall",
    ]


def test_two_directories_know_nothing_of_one_another() -> None:
    bring(service())
    other = Source.objects.create(name="Moor Directory", licence="CC BY 4.0")
    assert bring(service(), source=other).counts == {"waiting": 1}
    assert bring(source=other).counts == {}
    assert statuses() == [("Wren Club", "draft")]


def test_a_reading_can_be_taken_back(erin: User) -> None:
    harvest = bring(service(), by=erin)
    assert harvest.batch is not None
    undone = undo(batch=harvest.batch, by=erin)
    assert (undone.withdrawn, undone.left) == (3, [])
    assert statuses() == [("Wren Club", "withdrawn")]
