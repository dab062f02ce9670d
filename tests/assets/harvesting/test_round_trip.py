"""Our own feed, brought into an empty site, gives the same pages."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from accounts.models import User
from assets.harvesting import accepting, reading
from assets.harvesting.asking import Answer
from assets.models import Activity, Organisation, Source
from tests.assets.make import (
    make_activity,
    make_contact,
    make_organisation,
    make_schedule,
    make_venue,
    publish,
    tag,
)

pytest.importorskip("assets.openreferral")
pytestmark = pytest.mark.django_db

FEED = settings.SITE_URL.geturl() + "/open-referral/"
HEAD = re.compile(r'<h1>(.*?)</h1>|<p class="lede"[^>]*>(.*?)</p>')
FACTS = re.compile(r'<dl class="facts">(.*?)</dl>', re.S)
PARTS = re.compile(r'<h2 id="(?:contact|about|way)-heading">(.*?)</section>', re.S)
# Who said so is not the same: it came from another directory.
WHO_SAID = re.compile(r"<details.*?</details>", re.S)


def fill() -> None:
    """Chess at the mill every other week of a term, help at home, and a talk in a home."""
    group = publish(
        make_organisation(name="Mill Games", summary="We play.", charity_number="1234567")
    )
    make_contact(group, kind="email", value="mill@example.org")
    way = {"summary": "A mill.", "getting_there": "By bus."}
    mill = publish(make_venue(name="The Mill", address="Mill Lane", **way))
    tag(mill, "access_features", "step-free")
    chess = make_activity(
        title="Chess",
        organisation=group,
        venue=mill,
        summary="Play chess.",
        description="Boards and biscuits.",
        age_from=18,
        age_before=144,
        cost="paid",
        price="2.50",
        cost_note="a family",
        level="targeted",
        how_to_come="just-come",
        newcomers="waiting",
        waiting_weeks=6,
        newcomers_said_on=date(2026, 11, 3),
        meanwhile="Come on Monday.",
    )
    make_contact(chess, kind="phone", value="01632 960123", label="ask for Jo")
    make_schedule(
        chess,
        frequency="fortnightly",
        weekday=1,
        starts_on=date(2026, 11, 3),
        ends_before=date(2027, 6, 1),
        time_of_year="term",
        on_bank_holidays="not",
    )
    make_schedule(chess, frequency="monthly", weekday=5, week_of_month=-1)
    tag(chess, "needs_groups", "thriving", "getting-advice")
    tag(chess, "themes", "youth-voice")
    publish(chess)
    home = publish(make_venue(shown="masked"))
    publish(make_activity(title="A talk", organisation=group, venue=home, summary="We talk."))


def facts(client: Client) -> dict[str, list[Any]]:
    """What the page of each activity says: head, lists, how to reach it, the way there.

    Of a group the head: its feed has no telephone of it.
    """
    of_activity = (HEAD, FACTS, PARTS)
    pages: list[tuple[str, tuple[re.Pattern[str], ...]]] = [
        (f"/activities/{one.slug}/", of_activity) for one in Activity.objects.public()
    ]
    pages += [(f"/groups/{one.slug}/", (HEAD,)) for one in Organisation.objects.public()]
    said = {}
    for path, patterns in pages:
        page = WHO_SAID.sub("", client.get(path).content.decode())
        said[path] = [pattern.findall(page) for pattern in patterns]
    return said


def feed_of(client: Client) -> dict[str, bytes]:
    """Each page of it, by its address."""
    return {
        address: client.get(address).content
        for address in ("/open-referral/", "/open-referral/services?page=1&per_page=100&full=true")
    }


def test_our_own_feed_gives_the_same_pages(client: Client, ada: User) -> None:
    with transaction.atomic():
        fill()
        before, pages = facts(client), feed_of(client)
        # An empty site again.
        transaction.set_rollback(True)
    assert facts(client) == {}

    def asks(address: str) -> Answer:
        parts = urlsplit(address)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        return Answer("application/json", pages[path])

    source = Source.objects.create(name="Ours", licence="CC BY 4.0", address=FEED)
    harvest = reading.read(source=source, by=ada, asks=asks)
    assert (harvest.why, harvest.counts) == ("", {"made": 2})
    keys = [one.pk for one in accepting.drafts(source)]
    assert accepting.accept(source=source, keys=keys, by=ada) == (2, [])
    assert facts(client) == before
