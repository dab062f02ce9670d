"""What of a feed is made to cost much, or to harm what stands beside it."""

import gzip
import json
from datetime import date, timedelta
from typing import Any

import pytest

from assets.daily import jobs
from assets.harvesting import hanging, reading
from assets.harvesting.bent import MOST, taken_apart
from assets.harvesting.reach import web
from assets.harvesting.refused import Limits
from assets.harvesting.spool import spool
from assets.models import Activity, Harvest, Source, Venue
from tests.assets.harvesting.feeds import (
    JSON_HEADERS,
    Machine,
    another,
    bring,
    key,
    make_source,
    service,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_a_book_for_a_name_or_an_address_is_left_out_and_takes_no_time() -> None:
    """Each of these commas may part two: to look for the bracket of each would take for ever."""
    commas = "," * 80_000
    contact = {"id": key("c"), "title": "Phone", "name": commas, "phones": [{"number": "0163"}]}
    harvest = bring(service(contacts=[contact], email=f"a@example.org{commas}", phones=[]))
    assert [line[0] for line in harvest.told] == ["part", "part"]
    assert Activity.objects.get().contacts.count() == 1


def test_marks_without_an_end_are_left_out_and_the_service_comes_in() -> None:
    assert bring(service(), another("Odd", description="<a " * 400)).counts == {"made": 2}
    assert Activity.objects.get(title="Odd").summary == "Odd"


@pytest.mark.parametrize("value", [f"&#{'9' * 5_000};", "<!--a--!>" * 20_000])
@pytest.mark.parametrize("field", ["name", "description"])
def test_marks_that_are_a_trap_cost_their_own_service_at_most(field: str, value: str) -> None:
    harvest = bring(service(), another("Odd") | {field: value})
    assert harvest.outcome == "read"
    assert Activity.objects.filter(title="Wren Club").exists()


def test_an_answer_that_cannot_be_stored_is_refused_in_words(machine: Machine) -> None:
    machine.says(b"[]", {"Content-Type": "app\x00/x"})
    harvest = reading.read(source=make_source(address=machine.address), by=None)
    assert (harvest.outcome, "\x00" in harvest.why) == ("refused", False)


def test_what_it_unpacks_to_counts_towards_the_whole(machine: Machine) -> None:
    body = gzip.compress(json.dumps([service()]).encode() + b" " * 60_000, mtime=0)
    machine.says(body, {"Content-Encoding": "gzip"})
    limits = Limits(bytes=50_000)
    assert len(body) < limits.bytes
    source = make_source(address=machine.address)
    harvest = reading.read(source=source, by=None, limits=limits)
    assert harvest.why == "The feed is too large for us to read."


def test_large_services_are_looked_at_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.harvesting.spool.PART_BYTES", 500)
    with spool(Limits()) as kept:
        for number in range(5):
            kept.add({"id": str(number), "description": "x" * 200})
        parts = [[one["id"] for one in part] for part in kept.services(500)]
    assert parts == [["0", "1", "2"], ["3", "4"]]


@pytest.mark.parametrize("odd", ["a  b", "a\tb", "a\u00a0b"])
def test_what_has_just_come_in_is_not_gone(odd: str) -> None:
    for _twice in range(2):
        assert "gone" not in bring(service(id=odd), many_gone=True).counts
    assert [one.status for one in Activity.objects.all()] == ["draft"]


def test_where_letters_go_nobody_meets() -> None:
    sent = service(name="By post")
    sent["service_at_locations"][0]["location"]["location_type"] = "postal"
    harvest = bring(sent)
    assert (harvest.counts, Venue.objects.count()) == ({"refused": 1}, 0)


def test_a_place_that_is_named_twice_is_one() -> None:
    twice = service()
    twice["service_at_locations"].append(twice["service_at_locations"][0] | {"id": key("again")})
    for done in ("made", "same"):
        assert bring(twice).counts == {done: 1}


def test_each_of_several_places_has_its_own_times() -> None:
    two = service()
    at = two["service_at_locations"][0]
    mill = at["location"] | {"id": key("mill"), "name": "Mill"}
    two["service_at_locations"].append({"id": key("at mill"), "location": mill})
    rule = {"freq": "WEEKLY", "interval": 1, "opens_at": "10:00", "closes_at": "11:00"}
    two["schedules"] = [
        rule | {"id": key("a"), "byday": "MO", "service_at_location_id": at["id"]},
        rule | {"id": key("b"), "byday": "WE", "service_at_location_id": key("at mill")},
        rule | {"id": key("c"), "byday": "FR"},
        rule | {"id": key("d"), "byday": "SA", "service_at_location_id": "of no place here"},
    ]
    bring(two)
    on = {}
    for activity in Activity.objects.exclude(venue=None):
        days = activity.schedules.order_by("weekday").values_list("weekday", flat=True)
        on[str(activity.venue and activity.venue.name)] = [*days]
    assert on == {at["location"]["name"]: [0, 4, 5], "Mill": [2, 4, 5]}


def test_of_several_postcodes_the_first_is_where_it_is() -> None:
    two = service()
    two["service_at_locations"][0]["location"]["addresses"][0]["postal_code"] = "DE45 1DY, DE4 3AB"
    for _twice in range(2):
        assert "gone" not in bring(two, many_gone=True).counts
    assert [one.venue.postcode for one in Activity.objects.all() if one.venue] == ["DE45 1DY"]


def test_a_value_that_many_share_is_left_out_once_and_all_come_in() -> None:
    wrens = service()["organization"] | {"phones": [{"number": "0163"}, {"number": "0164"}]}
    harvest = bring(*(another(f"Club {n}", organization=wrens) for n in range(3)))
    assert harvest.counts == {"made": 3, "part": 1}


def somewhere(**location: Any) -> dict[str, Any]:
    """A service whose place has the key of the others' hall and says this of it."""
    return {"service_at_locations": [{"location": {"id": key("hall")} | location}]}


@pytest.mark.parametrize(
    "odd",
    [
        another("Odd", **somewhere(latitude=530)),
        another("Odd", status="inactive", **somewhere()),
    ],
)
def test_what_does_not_come_in_has_no_word_in_what_a_place_is(odd: dict[str, Any]) -> None:
    assert bring(odd, service()).counts["made"] == 1
    hall = Venue.objects.get()
    assert (hall.name, hall.postcode) == ("Wren Field Hall", "DE45 1DY")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "https://www.example.org/info/20,clubs.org",
            "https://www.example.org/info/20%2Cclubs.org",
        ),
        ("https://example.org/Wells_(Somerset)", "https://example.org/Wells_%28Somerset%29"),
        ("https://example.org/a;b c", "https://example.org/a%3Bb%20c"),
        ("javascript:alert(1)", ""),
    ],
)
def test_an_address_is_one_address_whatever_stands_in_it(said: str, kept: str) -> None:
    assert web(said) == kept


def test_days_off_without_an_end_are_bounded() -> None:
    days = (TODAY + timedelta(days=n) for n in range(3_000))
    notes = "; ".join(f"Not on {day:%-d %B %Y}" for day in days)
    schedule = {"freq": "WEEKLY", "byday": "TU", "opens_at": "18:00", "closes_at": "19:00"}
    _plain, bent = taken_apart([schedule | {"notes": notes}] * 2, TODAY)
    assert len(bent.off) == MOST


def test_the_same_day_off_many_times_is_one() -> None:
    day = {"rule": None, "kind": "cancelled", "on": "2026-12-24", "note": ""}
    change = hanging._change({"days": []}, {"days": [day, dict(day)]}, "days")
    assert change == ([], [day])


@pytest.mark.parametrize("declared", ["²", "9" * 5_000, "-1", "banana"])
def test_a_length_that_is_no_number_is_refused_or_passed_over(
    machine: Machine, declared: str
) -> None:
    body = json.dumps([service()]).encode()
    headers = JSON_HEADERS | {"Content-Length": declared}
    machine.serve = lambda _path, _asked: (200, headers, body)
    harvest = reading.read(source=make_source(address=machine.address), by=None)
    assert Harvest.objects.get() == harvest


def test_what_is_packed_in_two_parts_is_refused(machine: Machine) -> None:
    lines = [json.dumps(one).encode() + b"\n" for one in (service(), another("Chess"))]
    machine.says(
        b"".join(gzip.compress(one, mtime=0) for one in lines),
        {"Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"},
    )
    harvest = reading.read(source=make_source(address=machine.address), by=None)
    assert (harvest.outcome, harvest.why) == (
        "refused",
        "The feed is packed in a way that we do not read.",
    )


def test_one_directory_that_breaks_us_keeps_nobody_from_reading_the_others(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.has([service()])
    make_source(name="Broken", address=machine.address, every_night=True)
    make_source(name="Moor", address=machine.address, every_night=True)
    read = reading.read

    def breaks(*, source: Source, by: None) -> Harvest:
        if source.name == "Broken":
            raise ZeroDivisionError
        return read(source=source, by=by)

    monkeypatch.setattr(reading, "read", breaks)
    with pytest.raises(ExceptionGroup) as told:
        jobs.read_feeds()
    assert [error.__notes__ for error in told.value.exceptions] == [["Broken"]]
    assert [one.source.name for one in Harvest.objects.all()] == ["Moor"]
