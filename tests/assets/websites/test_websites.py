"""Websites that do not open: looked at where asked to, never in our own network, and rung about."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.conf import LazySettings
from django.test import Client
from time_machine import travel

from assets.admin import ringing
from assets.daily import jobs
from assets.models import WebsiteLook
from assets.websites import looking
from assets.websites.opening import DoesNotOpen, is_public, open_address
from tests.assets.make import make_activity, make_contact, make_organisation, publish

NOW = datetime(2027, 2, 4, 4, tzinfo=UTC)
asked: list[tuple[str, str]] = []


class Site(BaseHTTPRequestHandler):
    """“/404” answers with 404; “/to/…” leads on to what follows."""

    def do_GET(self) -> None:
        asked.append((self.path, self.headers["User-Agent"]))
        word = self.path.strip("/").partition("/")
        self.send_response(302 if word[0] == "to" else int(word[0] or 200))
        if word[0] == "to":
            self.send_header("Location", word[2] if ":" in word[2] else f"/{word[2]}")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    asked.clear()
    server = HTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def here(number: str, _port: int) -> bool:
    """In a test, this machine is the world."""
    return number == "127.0.0.1"


@pytest.mark.parametrize("path", ["", "/200", "/403", "/429", "/to/200", "/to/to/to/200"])
def test_what_is_there_for_people_opens(site: str, path: str) -> None:
    open_address(site + path, may_open=here)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/404", "It answers with 404."),
        ("/410", "It answers with 410."),
        ("/503", "It answers with 503."),
        ("/to/404", "It answers with 404."),
        ("/to/to/to/to/to/to/200", "It leads on and on."),
        ("/to/ftp://example.org/", "It is no web address."),
        ("/to/http://169.254.169.254/latest/", "It leads to no public address."),
        ("/to/http://[::1]/", "It leads to no public address."),
    ],
)
def test_what_is_not_there_does_not(site: str, path: str, why: str) -> None:
    with pytest.raises(DoesNotOpen, match=why.replace(".", r"\.")):
        open_address(site + path, may_open=here)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/",
        "http://[::1]/",
        "http://[fe80::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://0.0.0.0/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "http://",
        "http://[banana/",
        "http://example.org:99999/",
    ],
)
def test_nothing_of_our_own_is_ever_asked(site: str, address: str) -> None:
    for one in (address, site):
        with pytest.raises(DoesNotOpen):
            open_address(one)
    assert asked == []


def test_only_the_ports_of_the_web_are_asked() -> None:
    assert [is_public("93.184.215.14", port) for port in (80, 443, 22, 8000)] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "number",
    "fec0::1 fd00::1 fe80::1 ::1 ::127.0.0.1 ::ffff:10.0.0.1 64:ff9b::a00:1 64:ff9b:1::a00:1 "
    "2002:a00:1:: 2001:0:a00:1::".split(),
)
def test_of_the_newer_numbers_only_those_given_out_are_asked(number: str) -> None:
    assert not is_public(number, 443)
    assert is_public("2a00:1450:4009:81f::200e", 443)


def test_we_say_who_asks(site: str) -> None:
    open_address(site, may_open=here)
    ((path, name),) = asked
    assert path == "/"
    assert "link check (+http" in name


@pytest.mark.django_db
def test_a_website_is_looked_at_once_in_a_fortnight_and_a_hidden_one_never(site: str) -> None:
    group = publish(make_organisation())
    for value in (f"{site}/404", f"{site}/200"):
        make_contact(group, kind="web", value=value)
    make_contact(make_organisation(name="Draft"), kind="web", value="http://127.0.0.2/draft")
    numbers = []
    for day in (0, 0, 13, 14, 28):
        with travel(NOW + timedelta(days=day), tick=False):
            numbers.append(looking.look(may_open=here).number)
    assert numbers == [1, 0, 0, 1, 1]
    assert [path for path, _name in asked] == ["/200", "/404", "/200"]


@pytest.mark.django_db
def test_dead_on_two_days_it_is_on_the_list_to_ring_and_off_it_when_it_opens(
    site: str, client_of: Callable[[str], Client]
) -> None:
    group = publish(make_organisation(name="Weir Field Wrens"))
    activity = publish(make_activity(organisation=group))
    contact = make_contact(activity, kind="web", value=f"{site}/404")
    shown = []
    for day in (0, 14):
        with travel(NOW + timedelta(days=day), tick=False):
            assert looking.look(may_open=here) == looking.Looked(1, 1)
            shown.append(ringing.counts()["websites"])
    assert shown == [0, 1]
    page = client_of("erin").get("/admin/assets/freshnessreminder/to-ring/").content.decode()
    assert "Their website does not open" in page
    assert f"{site}/404: It answers with 404. (18 February 2027)" in page
    WebsiteLook.objects.update(dead_days=0, why="")
    assert ringing.counts()["websites"] == 0
    WebsiteLook.objects.update(dead_days=2, why="It does not answer.")
    type(contact).objects.filter(pk=contact.pk).update(value="https://other.example.org")
    assert ringing.counts()["websites"] == 0


@pytest.mark.django_db
def test_it_is_done_only_where_the_setting_says_so(site: str, settings: LazySettings) -> None:
    make_contact(publish(make_organisation()), kind="web", value=site)
    assert jobs.look_at_websites() == "Turned off"
    assert not WebsiteLook.objects.exists()
    settings.CHECK_WEBSITES = True
    # A test's site is on this machine, so it is not opened.
    assert jobs.look_at_websites() == "1 website looked at, 1 does not open"
    assert asked == []
