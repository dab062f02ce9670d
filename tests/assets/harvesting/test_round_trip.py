"""Our own feed, brought into an empty site, gives the same pages."""

import html
import re
from datetime import date, datetime, time, timedelta
from difflib import ndiff
from urllib.parse import urlsplit

import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from assets import listings
from assets.harvesting import accepting, reading
from assets.harvesting.asking import Answer
from assets.models import Activity, DateChange, Harvest, Organisation, Source, Venue
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
from tests.conftest import site
from tests.people import person

Feed = dict[str, bytes]
Pages = dict[str, list[str]]
BASE = "/open-referral/"
# Who says that it is right, and since when, is not the same: it came from another directory. So
# did the reason of a tag. What is made up is not told on a real site.
WHO_SAID = re.compile(
    r'<section[^>]* aria-labelledby="(?:trust|near|stories)-heading".*?</section>'
    r'|<p class="(?:say|card__checked|card__checked card__checked--not)">.*?</p>'
    r"|<div><dt>Is it right\?</dt><dd>.*?</dd></div>|<details.*?</details>|<svg.*?</svg>"
    r"|Nobody has told us for[^<]*",
    re.S,
)
TAG = re.compile(r"<[^>]+>")
# A group that lists nothing is in no service, and a reading asks for services.
LISTS_NOTHING = {"duckpond-stories", "the-borrowed-tent", "the-hall-keys-circle", "the-spare-piano"}
NEXT_WEEK = timezone.localdate() + timedelta(days=7)


def words_of(page: str) -> list[str]:
    """What a person reads in the main part, line by line."""
    main = page.partition("<main")[2].partition("</main>")[0]
    bare = TAG.sub("\n", WHO_SAID.sub("", re.sub("</?bdi>", "", main)))
    return [words for line in bare.split("\n") if (words := " ".join(html.unescape(line).split()))]


def public_pages(client: Client, at: datetime) -> Pages:
    """As they are at that moment: “today” must not end between the one site and the other."""
    paths = [f"/activities/{one.slug}/" for one in Activity.objects.public()]
    paths += [f"/groups/{one.slug}/" for one in Organisation.objects.public()]
    paths += [f"/places/{one.slug}/" for one in Venue.objects.to_find()]
    with time_machine.travel(at, tick=False):
        return {path: words_of(client.get(path).content.decode()) for path in paths}


def feed_of(client: Client) -> Feed:
    """Each page of it, by its address."""
    feed = {BASE: client.get(BASE).content}
    number, is_last = 0, False
    while not is_last:
        number += 1
        address = f"{BASE}services?page={number}&per_page=100&full=true"
        answer = client.get(address)
        feed[address], is_last = answer.content, answer.json()["last_page"]
    return feed


def read(feed: Feed) -> tuple[Source, Harvest]:
    def asks(address: str) -> Answer:
        parts = urlsplit(address)
        return Answer("application/json", feed[f"{parts.path}?{parts.query}".rstrip("?")])

    address = settings.SITE_URL.geturl() + BASE
    source, _new = Source.objects.get_or_create(
        name="Ours", defaults={"licence": "CC BY 4.0", "address": address}
    )
    return source, reading.read(source=source, by=person("ada"), asks=asks, whole=True)


def accept_all(source: Source) -> None:
    keys = [one.pk for one in accepting.drafts(source)]
    decided = accepting.accept(source=source, keys=keys, by=person("ada"))
    assert (len(decided.done), decided.why_not) == (len(keys), [])


def there_and_back(
    databases: tuple[str, str, str], blocker: DjangoDbBlocker, which: int
) -> tuple[Pages, Pages]:
    """The pages of one site, and of an empty one that has read its feed."""
    at = timezone.now()
    with blocker.unblock():
        with site(databases[which], back_to=databases[0]):
            if which == 0:
                fill()
            for model in (Activity, Organisation, Venue):
                model.objects.update(is_example=False)
            before, feed = public_pages(Client(), at), feed_of(Client())
        with site(databases[0], back_to=databases[0]):
            assert public_pages(Client(), at) == {}
            source, harvest = read(feed)
            assert (harvest.why, harvest.told) == ("", [])
            accept_all(source)
            return before, public_pages(Client(), at)


def differences(before: Pages, after: Pages) -> Pages:
    """Of each page that is there both times, the lines that are not alike."""
    both = {path: [*ndiff(before[path], after[path])] for path in before if path in after}
    apart = {path: [one for one in lines if one[0] != " "] for path, lines in both.items()}
    return {path: lines for path, lines in apart.items() if lines}


def test_the_example_district_comes_back_whole(
    databases: tuple[str, str, str], django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    before, after = there_and_back(databases, django_db_blocker, 1)
    nothing = {f"/groups/{slug}/" for slug in LISTS_NOTHING}
    assert {path for path in before if path not in after} == nothing
    assert differences(before, after) == {}
    assert len(after) > 300


def fill() -> None:
    """Chess at the mill, which two friends run too; and talks in two homes of one village."""
    group = publish(
        make_organisation(
            name="Mill Games",
            summary="We play.",
            description="Since 1970; with tea.",
            kind="charity",
            charity_number="1234567",
        )
    )
    make_contact(group, kind="text", value="07700 900123", label="ask for Jo (or Al), weekdays")
    hire = "£10; ring Jo.\n\nNo dogs."
    mill = publish(make_venue(name="The Mill", address="Mill Lane", hire=hire))
    tag(mill, "access_features", "step-free")
    tag(mill, "ways_of_working", "facilitation")
    chess = make_chess(group, mill)
    for name in ("Dale Knights", "Moor Pawns"):
        friend = publish(make_organisation(name=name))
        publish(make_activity(title=f"With {name}", organisation=friend, venue=mill))
        make_partner(chess, friend)
    publish(chess)
    for feature in ("step-free", "parking"):
        home = publish(make_venue(shown="masked"))
        tag(home, "access_features", feature)
        publish(make_activity(title=f"A talk, {feature}", organisation=group, venue=home))


def make_chess(group: Organisation, mill: Venue) -> Activity:
    """Every other week of the holidays, each week, and once a month; not all days are as usual."""
    chess = make_activity(
        title="Chess",
        organisation=group,
        venue=mill,
        summary="Play chess.",
        description="",
        first_visit="Ask for Jo.\n\nBring a pen.",
        age_from=18,
        age_before=144,
        in_pregnancy=True,
        cost="paid",
        price="0.45",
        cost_note="a family",
        help_with_cost=True,
        level="targeted",
        newcomers="waiting",
        waiting_weeks=6,
        newcomers_said_on=date(2026, 11, 3),
        meanwhile="Come on Monday.",
    )
    make_contact(chess, kind="phone", value="01632 960123", label="Jo, or Al")
    tag(chess, "needs_groups", "thriving", "getting-advice")
    every_other = {"frequency": "fortnightly", "weekday": 1, "starts_on": date(2026, 11, 3)}
    note = "in term time, ring; by appointment"
    seasonal = {"time_of_year": "holidays", "on_bank_holidays": "not", "note": note}
    make_schedule(chess, **every_other, **seasonal)
    weekly = make_schedule(chess, weekday=NEXT_WEEK.weekday(), note="six weeks, then a new group")
    make_schedule(chess, frequency="monthly", weekday=5, week_of_month=-1)
    change_days(chess, weekly.pk)
    return chess


def change_days(activity: Activity, schedule: int) -> None:
    """One is off, one has moved to another hour of the day after, and one more is at night."""
    week = timedelta(days=7)
    days: list[dict[str, object]] = [
        {"on": NEXT_WEEK, "kind": "cancelled", "note": "the boiler (again); sorry"},
        {
            "on": NEXT_WEEK + week,
            "kind": "moved",
            "to_on": NEXT_WEEK + week + timedelta(days=1),
            "starts_at": time(19),
            "ends_at": time(20),
        },
    ]
    for day in days:
        DateChange.objects.create(activity=activity, schedule_id=schedule, **day)
    DateChange.objects.create(
        activity=activity,
        on=NEXT_WEEK + timedelta(days=2),
        kind="extra",
        starts_at=time(20),
        ends_at=time(21),
        note="a late one",
    )
    listings.refresh(listing=activity)


def test_what_the_standard_has_no_field_for_comes_back_too(
    databases: tuple[str, str, str], django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    before, after = there_and_back(databases, django_db_blocker, 0)
    assert (after.keys(), differences(before, after)) == (before.keys(), {})
    said = " ".join(before["/activities/chess/"])
    by_hand = ("six weeks, then a new group", "not on (the boiler (again); sorry)", "a late one")
    assert [words for words in by_hand if words not in said] == []
