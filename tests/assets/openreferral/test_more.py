"""What our pages say and the standard has no field for is told beside it, as core HSDS has it."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from assets import listings
from assets.models import Activity, Area, DateChange, Status
from assets.words import long_date
from tests.assets.make import (
    make_activity,
    make_contact,
    make_organisation,
    make_partner,
    make_schedule,
    make_venue,
    publish,
    tag,
)
from tests.assets.openreferral.published import ask, told
from tests.assets.openreferral.test_services import shown

pytestmark = pytest.mark.django_db
MONDAY = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())


def terms(owner: dict[str, Any], taxonomy: str) -> list[tuple[str, str]]:
    """Each with its value."""
    return [
        (one["taxonomy_term"]["term"], one.get("value", ""))
        for one in owner["attributes"]
        if one["taxonomy_term"]["taxonomy"] == taxonomy
    ]


def changed(activity: Activity, **changes: Any) -> DateChange:
    return DateChange.objects.create(activity=activity, **changes)


def test_a_group_tells_its_kind_its_district_and_each_way_to_reach_it() -> None:
    district = Area.objects.get(code="E07000035")
    group = make_organisation(summary="We ring.", description="Since 1970.", kind="charity")
    group.district = district
    listings.save(listing=group, by=None)
    make_contact(group, kind="text", value="07700 900123", label="Jo")
    publish(group)
    said = ask(f"organizations/{group.pk}")
    assert said["description"] == "We ring.\n\nSince 1970."
    assert terms(said, "Kind of group") == [("charity", "")]
    assert terms(said, "More of a group") == [("district", "E07000035")]
    (contact,) = said["contacts"]
    assert contact["organization_id"] == str(group.pk)
    assert (contact["name"], contact["phones"][0]["number"]) == ("Jo", "07700 900123")


def test_a_service_tells_its_first_visit_and_what_is_good_to_know() -> None:
    activity = publish(make_activity(first_visit="Ask for Jo.", in_pregnancy=True))
    wanted = [("first-visit", "Ask for Jo."), ("in-pregnancy", "")]
    assert terms(shown(activity), "Good to know") == wanted
    plain = publish(make_activity())
    assert terms(shown(plain), "Good to know") == []
    (key,) = {
        one["taxonomy_term_id"]
        for one in shown(activity)["attributes"]
        if one["taxonomy_term"]["term"] == "in-pregnancy"
    }
    assert [one["id"] for one in told("services", taxonomy_term_id=key)] == [str(activity.pk)]


def test_what_is_made_up_says_so() -> None:
    activity = publish(make_activity(is_example=True))
    assert terms(shown(activity), "Good to know") == [("example", "")]


def test_a_place_to_hire_says_so_and_a_hidden_one_says_what_makes_it_easy() -> None:
    hall = publish(make_venue(hire="£10 an hour."))
    place = shown(publish(make_activity(venue=hall)))["service_at_locations"][0]
    assert terms(place["location"], "More of a place") == [("hire", "£10 an hour.")]
    assert "attributes" not in place
    home = publish(make_venue(shown="masked"))
    tag(home, "access_features", "step-free")
    place = shown(publish(make_activity(venue=home)))["service_at_locations"][0]
    assert terms(place, "What makes it easy") == [("step-free", "")]
    assert (place["attributes"][0]["link_id"], "attributes" in place["location"]) == (
        place["id"],
        False,
    )


def test_who_runs_it_too_is_told_unless_they_are_not_listed() -> None:
    activity = publish(make_activity())
    friend, draft = publish(make_organisation(name="Friends")), make_organisation(name="A draft")
    gone = publish(make_organisation(name="Gone"))
    for one in (friend, draft, gone):
        make_partner(activity, one)
    listings.move(listing=gone, to=Status.WITHDRAWN, by=None)
    found = [one for one in shown(activity)["contacts"] if one["title"] == "Together with"]
    assert [(one["name"], one["organization_id"]) for one in found] == [("Friends", str(friend.pk))]


def test_a_day_off_stands_in_the_notes_of_its_rule_alone() -> None:
    activity = publish(make_activity())
    morning = make_schedule(activity, weekday=0, starts_at=time(9), note="by appointment")
    make_schedule(activity, weekday=0, starts_at=time(18), ends_at=time(19))
    make_schedule(activity, weekday=1)
    changed(activity, schedule=morning, on=MONDAY, kind="cancelled", note="no hall")
    week = timedelta(days=7)
    changed(activity, on=MONDAY + week, kind="cancelled")
    changed(activity, on=date(2026, 1, 5), kind="cancelled", note="long ago")
    said = [one.get("notes", "") for one in shown(activity)["schedules"]]
    off, all_off = f"Not on {long_date(MONDAY)} (no hall)", f"Not on {long_date(MONDAY + week)}"
    assert said == [f"{off}; {all_off}; by appointment", all_off, ""]


def test_a_day_more_and_a_day_that_moved_are_days_of_their_own() -> None:
    activity = publish(make_activity())
    rule = make_schedule(activity, weekday=0)
    to = MONDAY + timedelta(days=1)
    changed(activity, schedule=rule, on=MONDAY, kind="moved", to_on=to)
    hours = {"starts_at": time(20), "ends_at": time(21)}
    changed(activity, on=MONDAY + timedelta(days=3), kind="extra", note="a late one", **hours)
    weekly, moved, more = shown(activity)["schedules"]
    assert weekly["notes"] == f"Not on {long_date(MONDAY)}: moved to {long_date(to)}"
    assert (moved["dtstart"], moved["opens_at"], moved["description"]) == (
        to.isoformat(),
        weekly["opens_at"],
        f"Moved from {long_date(MONDAY)}",
    )
    assert (more["opens_at"], more["closes_at"], more["notes"]) == ("20:00", "21:00", "a late one")
    assert more["description"] == "An extra date"
