"""What a feed may be but should not: refused in words, and nothing of it is half-loaded."""

import gzip
import json
import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest

from assets.harvesting import reading
from assets.harvesting.refused import Limits
from assets.models import Activity, Harvest, HarvestDuplicate, ImportedRow, Organisation, Venue
from tests.assets.harvesting.feeds import (
    JSON_HEADERS,
    Machine,
    another,
    bring,
    bring_bytes,
    key,
    make_source,
    page,
    service,
)

pytestmark = pytest.mark.django_db

SMALL = Limits(answer_seconds=1, seconds=3, answer_bytes=100_000, bytes=300_000, answers=20)


def read(address: str, limits: Limits = SMALL) -> Harvest:
    source = make_source(address=address)
    return reading.read(source=source, by=None, limits=limits)


def assert_refused(harvest: Harvest, why: str) -> None:
    """Told, kept, and nothing else has changed."""
    assert (harvest.outcome, harvest.why) == ("refused", why)
    assert Harvest.objects.get() == harvest
    assert (harvest.counts, harvest.told, harvest.batch) == ({}, [], None)
    for model in (Activity, Organisation, Venue, ImportedRow, HarvestDuplicate):
        assert not model.objects.exists()


BROKEN = "The feed is broken: it is no JSON that we can read."


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b'{"contents": [', BROKEN),
        (b"", BROKEN),
        (b"\xff\xfe\x00", BROKEN),
        (b'[{"id": NaN}]', BROKEN),
        (b"[" * 50_000, BROKEN),
        (b"[" + b"9" * 5_000 + b"]", BROKEN),
        (b"null", "There are no services in it."),
        (b'"services"', "There are no services in it."),
        (b"{}", "There are no services in it."),
        (b'{"contents": null}', "There are no services in it."),
        (b'{"contents": {"id": 1}}', "There are no services in it."),
        (b"[null]", "The feed has something in it that is no service."),
        (b"[[[]]]", "The feed has something in it that is no service."),
        (b'[{"id": null, "name": null}]', "A service has no id that we can use: “”."),
        (b'[{"id": ["x"]}]', "A service has no id that we can use: “”."),
        (b'[{"name": "<b>Chess</b>"}]', "A service has no id that we can use: “Chess”."),
        (
            json.dumps(page([], total_pages=3)).encode(),
            "It is one page of several: bring in all of them as one file.",
        ),
    ],
)
def test_a_file_that_is_no_feed_is_refused(body: bytes, why: str) -> None:
    assert_refused(bring_bytes(body), why)


def test_two_services_of_one_id_are_refused() -> None:
    why = f"Two services of the feed have the same id: {key('wren club')}."
    assert_refused(bring(service(), another("Chess"), service(name="Wren Choir")), why)


def test_one_service_that_comes_twice_is_one() -> None:
    assert bring(service(), service()).counts == {"made": 1}


def nowhere(**changes: Any) -> dict[str, Any]:
    """Its place changed, or a part of its address."""
    odd = another("Odd")
    location = odd["service_at_locations"][0]["location"]
    location |= {"id": key("odd")} | {n: v for n, v in changes.items() if n != "postal_code"}
    if "postal_code" in changes:
        location["addresses"][0]["postal_code"] = changes["postal_code"]
    return odd


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        (nowhere(latitude=100), "its latitude is “100”: it lies between -90 and 90"),
        (nowhere(longitude="east"), "its longitude is “east”: it lies between -180 and 180"),
        (nowhere(id=None), "its place has no id"),
        (another("Odd", organization=None), "it does not say which group runs it (organization)"),
        (
            another("Odd", organization={"id": "1"}),
            "it does not say which group runs it (organization)",
        ),
        (another("Odd", status=None), "it does not say whether it is on (status)"),
        (
            another("Odd", service_at_locations=None),
            "location.postal_code: “”. Say where it is, or that it is online, by phone or at home.",
        ),
        (
            nowhere(postal_code="ABC 1234"),
            "location.postal_code: “ABC 1234”. “ABC 1234” is no whole postcode. Write it like "
            "DE4 3AB.",
        ),
        (
            another("Odd", minimum_age=12, maximum_age=4),
            "service.ages: “144 months to 59 months”. The lower age comes first, as in “4 to 18”.",
        ),
        (
            another("Odd", minimum_age=-3),
            "service.ages: “-12 months to 143 months”. Write ages such as 11+, 4 to 18, 18 months "
            "to 3, under 5s, up to 18, pregnancy to 2 or all ages.",
        ),
        (
            another("Odd", minimum_age=1e9),
            "service.ages: “9600 months to 143 months”. Nobody is that old. Write ages such as "
            "11+, 4 to 18, 18 months to 3, under 5s, up to 18, pregnancy to 2 or all ages.",
        ),
    ],
)
def test_one_odd_service_is_refused_whole_and_the_others_come_in(
    odd: dict[str, Any], why: str
) -> None:
    harvest = bring(service(), odd)
    assert harvest.told == [["refused", "Odd", why]]
    assert harvest.counts == {"made": 1, "refused": 1}
    assert [one.title for one in Activity.objects.all()] == ["Wren Club"]


def test_a_service_of_nothing_but_null_is_refused() -> None:
    empty = dict.fromkeys(service()) | {"id": "x", "status": "active"}
    assert bring(empty, service()).told == [["refused", "x", "it has no name"]]


def test_null_everywhere_below_is_as_if_nothing_stood_there() -> None:
    bare = service(
        description=None,
        url=None,
        email=None,
        minimum_age=None,
        maximum_age=None,
        phones=None,
        cost_options=[None],
        schedules=[None, {"freq": None, "byday": None, "opens_at": None}],
        attributes=[{"taxonomy_term": None}, None],
        languages=[{"name": None}],
        contacts={"name": None},
    )
    harvest = bring(bare)
    assert harvest.counts == {"made": 1, "part": 1}
    activity = Activity.objects.get()
    assert (activity.summary, activity.age_from, activity.age_before) == ("Wren Club", 0, None)
    assert (activity.cost, activity.cost_note) == ("paid", "Ask what it costs.")
    assert not activity.schedules.exists()


@pytest.mark.parametrize("value", [7, "x", True, [], {}, [["x"]], {"x": {"x": None}}])
@pytest.mark.parametrize("name", [one for one in service() if one not in ("id", "status")])
def test_a_value_of_another_kind_breaks_nothing(name: str, value: Any) -> None:
    harvest = bring(service(**{name: value}), another("Chess"))
    assert harvest.outcome == "read"
    assert Activity.objects.filter(title="Chess").exists()


def test_nothing_of_html_or_of_other_addresses_comes_in() -> None:
    bring(
        service(
            name="<b>Wren</b> &amp; Co<script>alert(1)</script>",
            description="<p>One.</p><p onclick='x'>Two.</p>\x00\u202e",
            url="javascript:alert(1)",
        )
    )
    activity = Activity.objects.get()
    assert (activity.title, activity.summary) == ("Wren & Co", "One. Two.")
    assert not activity.contacts.filter(kind="web").exists()


def test_what_may_be_missing_is_left_out_and_told() -> None:
    harvest = bring(service(email="no address", url="http://"))
    assert harvest.counts == {"made": 1, "part": 2}
    assert harvest.told == [
        [
            "part",
            "Wren Club",
            "service.email: “no address”. Write an e-mail address such as jo@example.org.",
        ],
        [
            "part",
            "Wren Club",
            "service.url: “http://”. Write a web address such as https://example.org.",
        ],
    ]


def test_what_a_table_refuses_refuses_that_service_and_no_other() -> None:
    odd = another("Odd", organization={"id": key("odd"), "name": "Odd", "description": "x"})
    odd["organization"]["organization_identifiers"] = [
        {"identifier_scheme": "GB-CHC", "identifier": "12"}
    ]
    harvest = bring(service(), odd)
    assert harvest.counts == {"made": 2, "part": 1}
    assert harvest.told[0][:2] == ["part", "Odd"]


def drip() -> Iterator[bytes]:
    """A letter at a time, and never an end."""
    yield b"["
    while True:
        time.sleep(0.2)
        yield b" "


TOO_LARGE = "The feed is too large for us to read."
HALF_WAY = "The feed stops half-way."
PACKED = JSON_HEADERS | {"Content-Encoding": "gzip"}
SLOW = "The feed does not answer, stops half-way or is too slow."


@pytest.mark.parametrize(
    ("headers", "body", "why"),
    [
        (JSON_HEADERS | {"Content-Length": str(2 * 1024**3)}, b"[", TOO_LARGE),
        (JSON_HEADERS, b"[" + b" " * 200_000, TOO_LARGE),
        (PACKED, gzip.compress(b" " * 10**7, mtime=0), TOO_LARGE),
        (
            JSON_HEADERS | {"Content-Encoding": "gzip"},
            gzip.compress(b"[]", mtime=0)[:-4],
            "The feed stops half-way.",
        ),
        (PACKED, b"no gzip", SLOW),
        (
            JSON_HEADERS | {"Content-Encoding": "br"},
            b"x",
            "The feed is packed in a way that we do not read.",
        ),
        (JSON_HEADERS | {"Content-Length": "100"}, b"[]", HALF_WAY),
        ({"Content-Type": "text/html"}, b"<html>", "The feed is no data (JSON) but “text/html”."),
        (JSON_HEADERS, drip, SLOW),
    ],
)
def test_what_a_machine_sends_has_its_limits(
    machine: Machine, headers: dict[str, str], body: Any, why: str
) -> None:
    machine.serve = lambda _path, _asked: (200, headers, body() if callable(body) else body)
    # What drips would never end by itself.
    assert_refused(read(machine.address), why)


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (500, "The feed answers with the error 500."),
        (403, "The feed answers with the error 403."),
        (404, "There is nothing at the address of the feed (404)."),
    ],
)
def test_an_error_is_told(machine: Machine, status: int, why: str) -> None:
    machine.serve = lambda _path, _asked: (status, {}, b"")
    assert_refused(read(machine.address), why)


def test_a_page_that_breaks_half_way_loads_nothing(machine: Machine) -> None:
    machine.has([service(), another("Chess"), another("Draughts")])
    whole = machine.serve

    def serve(path: str, asked: dict[str, str]) -> Any:
        if asked.get("page") == "2":
            return 200, JSON_HEADERS, b'{"contents": [{"id":'
        return whole(path, asked)

    machine.serve = serve
    assert_refused(read(machine.address), BROKEN)


def test_a_broken_line_of_a_file_loads_nothing() -> None:
    lines = json.dumps(service()).encode() + b"\n{\n"
    assert_refused(bring_bytes(lines, name="feed.ndjson"), BROKEN)


def test_a_file_has_its_limits_too() -> None:
    source = make_source()
    limits = Limits(answer_bytes=100, service_bytes=50)
    for name, why in (
        ("feed.json", "The file is too large. Make it one of lines (.ndjson)."),
        ("feed.ndjson", "The file, or a line of it, is too large."),
    ):
        Harvest.objects.all().delete()
        file = BytesIO(b" " * 200)
        harvest = reading.read_from(source=source, by=None, name=name, file=file, limits=limits)
        assert_refused(harvest, why)
