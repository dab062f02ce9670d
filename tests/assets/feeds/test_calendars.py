"""Calendars of an activity, a group and a search: our dates, each told, nobody's home."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from assets import listings
from assets.dates import changes
from assets.feeds import calendars
from assets.models import Activity, Occurrence, Status, Venue
from tests.assets.dates.conftest import activity as activity
from tests.assets.dates.conftest import on_that_sunday as on_that_sunday
from tests.assets.dates.made import TUESDAY
from tests.assets.feeds.expanded import as_written, expanded
from tests.assets.make import (
    make_activity,
    make_organisation,
    make_partner,
    make_schedule,
    make_venue,
    publish,
)
from tests.assets.shown import shown

SECRETS = ("Rosie Cottage", "Secret Lane", "DE45", "blue gate")


def calendar(path: str) -> bytes:
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.cookies == {}
    return answer.content


def events(path: str) -> list[dict[str, Any]]:
    """As they stand in the file, nothing expanded."""
    found = Calendar.from_ical(calendar(path)).walk("VEVENT")
    return [{name: event.decoded(name) for name in event} for event in found]


def titles(path: str) -> set[str]:
    return {event["SUMMARY"] for event in events(path)}


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def test_every_calendar_of_the_example_district_gives_just_our_dates(
    example_district: None,
) -> None:
    """From this week until after two clock changes, whatever day it is today."""
    now = timezone.now()
    of_all, in_all = 0, []
    for one in Activity.objects.to_tell_machines().prefetch_related("occurrences"):
        dates = as_written(one.title, one.occurrences.all())
        assert expanded(calendars.of_activity(one), now) == dates, one.title
        of_all += len(dates)
        in_all += dates
    assert of_all == Occurrence.objects.count() > 1000
    offsets = {timezone.localtime(starts).utcoffset() for _title, starts, _ends, _off in in_all}
    assert len(offsets) == 2
    assert {status for *_rest, status in in_all} == {"CONFIRMED", "CANCELLED", "TENTATIVE"}


def test_a_calendar_of_a_search_has_the_dates_of_all_that_it_finds(example_district: None) -> None:
    found = expanded(calendar("/activities.ics?near=Wirksworth&within=5"), timezone.now())
    names = {title for title, *_rest in found}
    assert 1 < len(names) < Activity.objects.public().count()
    dates = [
        one
        for activity in Activity.objects.filter(title__in=names).prefetch_related("occurrences")
        for one in as_written(activity.title, activity.occurrences.all())
    ]
    assert found == sorted(dates)


@pytest.mark.usefixtures("on_that_sunday")
def test_a_search_for_evenings_of_next_week_leaves_the_rest_out(activity: Activity) -> None:
    make_schedule(activity, starts_at="18:00", ends_at="19:00")
    listings.refresh(listing=activity)
    path = "/activities.ics?when=next-week&time=evening"
    assert expanded(calendar(path), timezone.now()) == [
        ("Toddler group", at(TUESDAY, 18), at(TUESDAY, 19), "CONFIRMED")
    ]


@pytest.mark.usefixtures("on_that_sunday")
def test_what_is_called_off_is_told_under_the_name_of_its_date(activity: Activity) -> None:
    before = {event["UID"] for event in events("/activities/toddler-group.ics")}
    changes.not_this_time(activity=activity, on=TUESDAY, by=None, note="Boiler broken")
    after = events("/activities/toddler-group.ics")
    assert {event["UID"] for event in after} == before
    off = [event for event in after if event["STATUS"] == "CANCELLED"]
    assert [event["RECURRENCE-ID"] for event in off] == [event["DTSTART"] for event in off]
    assert [event["DTSTART"].isoformat() for event in off] == [
        "2026-11-24T10:00:00+00:00",
        "2026-11-24T16:00:00+00:00",
    ]
    assert {event["SUMMARY"] for event in off} == {"Not on: Toddler group"}
    assert {event["DESCRIPTION"].split("\n")[0] for event in off} == {"Not on (Boiler broken)"}


@pytest.mark.usefixtures("on_that_sunday")
def test_times_are_those_of_the_clock_in_london_and_the_zone_is_told(activity: Activity) -> None:
    text = calendar("/activities/toddler-group.ics").decode()
    assert "DTSTART;TZID=Europe/London:20261117T100000\r\n" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in text
    # A bare Z stands only where the standard asks for it.
    with_z = {line.split(":")[0] for line in text.split("\r\n") if line.endswith("Z")}
    assert with_z <= {"DTSTAMP", "RRULE"}
    [zone] = Calendar.from_ical(text).timezones
    london = zone.to_tz()
    for day, hours in ((date(2027, 3, 27), 0), (date(2027, 3, 28), 1), (date(2027, 10, 31), 0)):
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=london)
        offset = moment.utcoffset()
        assert offset is not None
        assert offset.total_seconds() == hours * 3600


@pytest.mark.django_db
@pytest.mark.parametrize("shown_as", ["masked", "told"])
def test_a_hidden_venue_gives_its_village_and_no_point(shown_as: str) -> None:
    venue = make_venue(name="Rosie Cottage", address="1 Secret Lane", getting_there="A blue gate")
    made = make_activity(title="Sums at home", venue=venue)
    make_schedule(made)
    publish(made)
    paths = ["/activities/sums-at-home.ics", "/groups/weir-field-wrens.ics", "/activities.ics"]
    for path in paths:
        assert "GEO" in events(path)[0]
        assert events(path)[0]["LOCATION"] == "Rosie Cottage, 1 Secret Lane, Bakewell, DE45 1DY"
    venue.refresh_from_db()
    venue.shown, venue.getting_there = Venue.Shown(shown_as), ""
    listings.save(listing=venue, by=None)
    for path in paths:
        text = calendar(path).decode().replace("\r\n ", "")
        assert [secret for secret in SECRETS if secret in text] == []
        assert [event for event in events(path) if "GEO" in event] == []
        assert {event["LOCATION"] for event in events(path)} == {"Bakewell"}


@pytest.mark.django_db
def test_a_groups_calendar_has_what_it_helps_with_too() -> None:
    group, other = publish(make_organisation(name="Bells")), publish(make_organisation(name="Os"))
    for title, whose in (("Peals", group), ("Together", other), ("Not ours", other)):
        made = make_activity(title=title, organisation=whose)
        make_schedule(made)
        publish(made)
        if title == "Together":
            make_partner(made, group)
            listings.refresh(listing=made)
    make_schedule(make_activity(title="A draft", organisation=group))
    assert {title.split(" (")[0] for title in titles("/groups/bells.ics")} == {"Peals", "Together"}


@pytest.mark.django_db
def test_of_a_break_there_are_no_dates_and_what_is_over_is_gone() -> None:
    made = make_activity(title="Bells")
    make_schedule(made)
    publish(made)
    assert events("/activities/bells.ics") != []
    listings.move(listing=made, to=Status.PAUSED, by=None)
    assert events("/activities/bells.ics") == []
    listings.move(listing=made, to=Status.ENDED, by=None)
    over = Client().get("/activities/bells.ics")
    assert (over.status_code, over.content) == (410, b"This is no longer on.\n")
    assert Client().get("/activities/never-was.ics").status_code == 404
    make_activity(title="A draft")
    assert Client().get("/activities/a-draft.ics").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("to", [Status.WITHDRAWN, Status.ENDED])
def test_what_a_group_did_is_gone_with_it(to: Status) -> None:
    made = publish(make_activity(title="Bells"))
    assert Client().get("/activities/bells.ics").status_code == 200
    listings.move(listing=made.organisation, to=to, by=None, why="It is over.")
    gone = Client().get("/activities/bells.ics")
    assert (gone.status_code, gone.content) == (410, b"This is no longer on.\n")


@pytest.mark.django_db
def test_an_old_address_leads_to_the_new_one() -> None:
    made = publish(make_activity(title="Bells"))
    made.title = "Peals"
    listings.save(listing=made, by=None)
    answer = Client().get("/activities/bells.ics")
    assert (answer.status_code, answer["Location"]) == (301, "/activities/peals.ics")


@pytest.mark.django_db
def test_on_a_real_site_examples_are_in_no_calendar(settings: Any) -> None:
    for title in ("Made up", "Real"):
        made = make_activity(title=title, is_example=title == "Made up")
        make_schedule(made)
        publish(made)
    plain = {title.split(" (")[0] for title in titles("/activities.ics")}
    assert plain == {"Example: Made up", "Real"}
    assert "Add to my calendar" in dict(shown("/activities/made-up/").links)
    settings.PRIVATE_POSTGRES = False
    assert "Add to my calendar" not in dict(shown("/activities/made-up/").links)
    assert {title.split(" (")[0] for title in titles("/activities.ics")} == {"Real"}
    assert Client().get("/activities/made-up.ics").status_code == 404


@pytest.mark.django_db
def test_what_has_not_changed_is_not_sent_again() -> None:
    made = make_activity(title="Bells")
    make_schedule(made)
    publish(made)
    client = Client()
    first = client.get("/activities/bells.ics")
    again = client.get("/activities/bells.ics", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    day = made.occurrences.filter(starts_at__gt=timezone.now())[0].on
    changes.not_this_time(activity=made, on=day, by=None)
    changed = client.get("/activities/bells.ics", headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


def test_a_bad_value_is_told_in_plain_text(example_district: None) -> None:
    answer = Client().get("/activities.ics?age=banana")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content == b"Age: Write an age such as 7, 18 months or pregnant.\n"


@pytest.mark.django_db
def test_more_than_anybody_follows_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "MOST", 2)
    group, venue = make_organisation(), make_venue()
    for number in range(3):
        publish(make_activity(title=f"Bells {number}", organisation=group, venue=venue))
    text = calendar("/activities.ics").decode().replace("\r\n ", "")
    assert "DESCRIPTION:Only the first 2 of 3 are here. Narrow the search.\r\n" in text


@pytest.mark.django_db
def test_nothing_that_somebody_wrote_breaks_out_of_its_line() -> None:
    title = "Art; craft, \\n and BEGIN:VEVENT “é” ਪੰਜਾਬੀ"
    made = make_activity(title=title, summary="One\r\nEND:VCALENDAR\u2028two\x0b" + "é" * 200)
    make_schedule(made, on_bank_holidays="as-usual")
    publish(made)
    [event] = events("/activities.ics")
    assert event["SUMMARY"] == title
    assert event["DESCRIPTION"].startswith("One END:VCALENDAR two " + "é" * 200 + "\nBy ")
    lines = calendar("/activities.ics").split(b"\r\n")
    assert max(map(len, lines)) <= 75


def test_pages_lead_to_their_calendars_and_say_what_they_do(example_district: None) -> None:
    for path, file in (
        ("/activities/the-front-room/", "/activities/the-front-room.ics"),
        ("/groups/pebble-and-wren-families/", "/groups/pebble-and-wren-families.ics"),
        ("/activities/?near=Bakewell&view=list&page=1", "/activities.ics?near=Bakewell"),
    ):
        links = dict(shown(path).links)
        assert links["Add to my calendar"] == file
        assert links["Follow it"] == f"webcal://localhost:8000{file}"
        assert "your calendar follows our dates" in shown(path).html
