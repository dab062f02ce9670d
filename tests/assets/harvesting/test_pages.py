"""Page by page, whatever pages say of themselves; over https, and never into our own network."""

import json
import socket
from datetime import UTC, datetime
from typing import Any

import pytest
from time_machine import travel

from assets.harvesting import asking, reading
from assets.harvesting.asking import Asker
from assets.harvesting.refused import FeedRefused, Limits
from assets.models import Activity, Harvest, Source
from assets.websites.opening import is_public
from tests.assets.harvesting.feeds import (
    JSON_HEADERS,
    Machine,
    another,
    bring,
    key,
    make_source,
    many,
    page,
    service,
)

pytestmark = pytest.mark.django_db

PRIVATE = "The address of the feed leads into a private network, or to no web port."
QUICK = Limits(answer_seconds=2, seconds=10, answers=50)


def read(source: Source, **how: Any) -> Harvest:
    return reading.read(source=source, by=None, limits=QUICK, **how)


def asked_pages(machine: Machine) -> list[str]:
    return [one for one in machine.asked if "page=" in one]


def test_every_page_is_read_and_asked_in_full(machine: Machine) -> None:
    machine.has(many(5))
    harvest = read(make_source(address=machine.address))
    assert (harvest.why, harvest.counts) == ("", {"made": 5})
    assert asked_pages(machine) == [f"/services?page={n}&per_page=100&full=true" for n in (1, 2, 3)]


def test_what_a_page_only_names_is_asked_for_by_itself(machine: Machine) -> None:
    whole = service()
    machine.has([whole])
    serve = machine.serve

    def names(path: str, asked: dict[str, str]) -> Any:
        if path == "/services":
            short = {"id": whole["id"], "name": whole["name"], "status": "active"}
            return 200, JSON_HEADERS, json.dumps(page([short])).encode()
        return serve(path, asked)

    machine.serve = names
    assert read(make_source(address=machine.address)).counts == {"made": 1}
    assert Activity.objects.get().venue is not None


@pytest.mark.parametrize("kind", ["application/json", "application/x-ndjson"])
def test_an_address_may_be_one_file(machine: Machine, kind: str) -> None:
    rows = [json.dumps(one) for one in many(2)]
    body = "\n".join(rows) if "nd" in kind else f"[{','.join(rows)}]"
    machine.says(body.encode(), {"Content-Type": kind})
    assert read(make_source(address=f"{machine.address}/feed")).counts == {"made": 2}


def lying(machine: Machine, **lies: Any) -> Harvest:
    """Two services on the only page, which says `lies` of itself."""
    machine.has(many(2))
    whole = machine.serve

    def serve(path: str, asked: dict[str, str]) -> Any:
        status, headers, body = whole(path, asked)
        if path == "/services":
            body = json.dumps(json.loads(body) | lies).encode()
        return status, headers, body

    machine.serve = serve
    return read(make_source(address=machine.address))


@pytest.mark.parametrize(
    "lies",
    [
        {"total_pages": 9_999},
        {"total_pages": 1},
        {"total_pages": None, "total_items": None},
        {"last_page": False, "first_page": False, "empty": True},
        {"page_number": None},
    ],
)
def test_what_a_page_says_of_itself_is_not_believed(machine: Machine, lies: dict[str, Any]) -> None:
    harvest = lying(machine, **lies)
    assert (harvest.why, harvest.counts) == ("", {"made": 2})


@pytest.mark.parametrize(
    ("lies", "why"),
    [
        ({"total_items": 5}, "The feed says it has 5 services, and gives 2."),
        ({"total_items": 1}, "The feed says it has 1 services, and gives 2."),
        ({"page_number": 7}, "We asked the feed for page 1, and it gave page 7."),
        ({"contents": None}, "Page 1 of the feed is no page of services."),
    ],
)
def test_a_page_that_cannot_be_right_is_refused(
    machine: Machine, lies: dict[str, Any], why: str
) -> None:
    assert lying(machine, **lies).why == why
    assert not Activity.objects.exists()


def test_the_same_page_again_and_again_is_refused(machine: Machine) -> None:
    said = page([service()], total_items=100, total_pages=100, page_number=None)
    machine.says(said)
    harvest = read(make_source(address=f"{machine.address}/services"))
    assert harvest.why == "The feed gives the same page again and again."


def test_pages_without_an_end_are_refused(machine: Machine) -> None:
    def serve(_path: str, asked: dict[str, str]) -> Any:
        number = int(asked["page"])
        said = page([another(f"Club {number}")], page_number=number, total_items=10**9)
        return 200, JSON_HEADERS, json.dumps(said).encode()

    machine.serve = serve
    harvest = read(make_source(address=f"{machine.address}/services"))
    assert harvest.why == "The feed has too many pages."


def test_what_slips_to_another_page_meanwhile_is_not_missed(machine: Machine) -> None:
    """The first of five is deleted while they are read: the third slips to a page that was read."""
    services = many(5)
    machine.has(services)
    serve = machine.serve

    def loses_one(path: str, asked: dict[str, str]) -> Any:
        answer = serve(path, asked)
        if asked.get("page") == "1" and len(services) == 5:
            del services[0]
        return answer

    machine.serve = loses_one
    assert read(make_source(address=machine.address)).counts == {"made": 4}
    assert Activity.objects.filter(title="Club 2").exists()


def test_only_changes_are_asked_for_where_the_publisher_tells_them(machine: Machine) -> None:
    machine.has(many(2))
    source = make_source(address=machine.address, takes_modified_after=True)
    with travel(datetime(2026, 11, 3, 4, tzinfo=UTC), tick=False):
        assert read(source).is_whole
    chess = service(id=key("Club 0"), name="Chess")
    machine.has([chess, another("Club 1", status="inactive")])
    machine.asked.clear()
    with travel(datetime(2026, 11, 5, 4, tzinfo=UTC), tick=False):
        harvest = read(source)
    assert asked_pages(machine) == [
        "/services?page=1&per_page=100&full=true&modified_after=2026-11-02T04%3A00%3A00%2B00%3A00"
    ]
    assert (harvest.is_whole, harvest.counts) == (False, {"changed": 1, "gone": 1, "off": 1})
    with travel(datetime(2026, 11, 11, 4, tzinfo=UTC), tick=False):
        assert read(source).is_whole


def test_after_a_file_all_of_it_is_asked_for(machine: Machine) -> None:
    """The file may be older than what they tell by now."""
    machine.has(many(2))
    source = make_source(address=machine.address, takes_modified_after=True)
    read(source)
    old = service(id=key("Club 0"), name="Its old name")
    assert bring(old, another("Club 1"), source=source).file_name == "feed.json"
    assert Activity.objects.filter(title="Its old name").exists()
    assert read(source).is_whole
    assert not Activity.objects.filter(title="Its old name").exists()
    assert not read(source).is_whole


def test_what_has_not_changed_is_not_gone(machine: Machine) -> None:
    machine.has(many(2))
    source = make_source(address=machine.address, takes_modified_after=True)
    read(source)
    machine.has([])
    assert read(source).counts == {}
    assert Activity.objects.filter(status="draft").count() == 2


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/",
        "https://10.0.0.8/",
        "https://192.168.1.1/",
        "https://172.16.0.1/",
        "https://169.254.169.254/latest",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://localhost/",
        "https://93.184.215.14:22/",
    ],
)
def test_our_own_network_is_never_asked(address: str) -> None:
    harvest = read(make_source(address=address))
    assert (harvest.outcome, harvest.why) == ("refused", PRIVATE)


def answers_of(*numbers: str) -> Any:
    return lambda _host, port, **_how: [(0, 0, 0, "", (number, port)) for number in numbers]


def test_a_name_that_leads_to_both_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answers_of("93.184.215.14", "10.0.0.8"))
    assert read(make_source(address="https://feed.example/")).why == PRIVATE


def test_the_number_that_was_looked_at_is_the_one_that_is_asked(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name leads elsewhere a moment later: nobody asks a second time."""
    port = int(machine.address.rpartition(":")[2])
    asked: list[str] = []

    def looked_up(host: str, to: int, *_how: Any, **_more: Any) -> Any:
        asked.append(host)
        number = "10.0.0.8" if asked.count("feed.example") > 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, to))]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    machine.says([])
    ask = asking.asker(QUICK).ask
    assert ask(f"http://feed.example:{port}/").data == b"[]"
    assert asked == ["feed.example", "127.0.0.1"]
    assert machine.hosts == [f"feed.example:{port}"]


def test_a_redirect_into_our_own_network_is_not_followed(machine: Machine) -> None:
    machine.serve = lambda _path, _asked: (302, {"Location": "http://10.0.0.8:80/"}, b"")
    port = int(machine.address.rpartition(":")[2])

    def may_open(number: str, to: int) -> bool:
        return (number, to) == ("127.0.0.1", port) or is_public(number, to)

    asker = Asker(QUICK, may_open=may_open, secure=False)
    with pytest.raises(FeedRefused, match="leads into a private network"):
        asker.ask(machine.address)


@pytest.mark.parametrize("to", ["/again", "ftp://example.org/", "http://user@example.org/", "//["])
def test_a_redirect_to_nowhere_ends(machine: Machine, to: str) -> None:
    machine.serve = lambda _path, _asked: (302, {"Location": to}, b"")
    assert read(make_source(address=machine.address)).why in (
        "The feed leads on and on, from one address to the next.",
        "The feed has no web address.",
    )
    assert len(machine.asked) <= QUICK.redirects + 1


def test_without_the_setting_only_https_is_asked(machine: Machine, settings: Any) -> None:
    settings.HARVEST_PRIVATE_NETWORKS = False
    assert read(make_source(address=machine.address)).why == "A feed is read over https only."
    assert machine.asked == []


def test_lines_that_may_be_broken_off_are_refused(machine: Machine) -> None:
    headers = {"Content-Type": "application/x-ndjson"}
    machine.serve = lambda _path, _asked: (200, headers, json.dumps(service()).encode())
    assert read(make_source(address=machine.address)).why == "The feed does not say where it ends."


def test_a_redirect_is_followed(machine: Machine) -> None:
    def serve(path: str, _asked: dict[str, str]) -> Any:
        if path == "/old":
            return 301, {"Location": "/new"}, b""
        return 200, JSON_HEADERS, json.dumps([service()]).encode()

    machine.serve = serve
    assert read(make_source(address=f"{machine.address}/old")).counts == {"made": 1}
