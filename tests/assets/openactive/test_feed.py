"""The feed follows RPDE: in order, to the last page, with what is over, and nothing missed."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assets import listings
from assets.models import Activity, HarvestStamp, Status
from assets.openactive import rpde
from assets.openactive.verbs import choose
from tests.assets.make import again, make_activity, make_schedule, publish
from tests.assets.openactive.following import FEED, KEYS, ask, follow, make_sport, states
from tests.assets.test_two_at_once import committed, in_a_thread

__all__ = ["committed"]
JUDO = KEYS["Judo"]
MOST_QUERIES = 8


def sports(count: int) -> list[Activity]:
    return [make_sport(title=f"Football {number}") for number in range(count)]


@pytest.mark.django_db
def test_an_empty_feed_is_its_own_last_page() -> None:
    said = ask()
    assert (said["next"], said["items"]) == (rpde.feed_url(), [])
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.django_db
def test_pages_are_in_order_and_the_last_leads_to_itself(monkeypatch: Any) -> None:
    monkeypatch.setattr(rpde, "PER_PAGE", 2)
    there = sports(5)
    # As if stamped at once: then they go by key.
    at = datetime(2026, 11, 3, 12, 0, 0, 123457, tzinfo=UTC)
    HarvestStamp.objects.of_activities().update(modified_at=at)
    items, last = follow()
    in_order = [(one["modified"], one["id"]) for one in items]
    assert in_order == [(1793707200123457, str(key)) for key in sorted(one.pk for one in there)]
    assert last == f"{rpde.feed_url()}?afterTimestamp=1793707200123457&afterId={in_order[-1][1]}"
    said = ask(last)
    assert (said["next"], said["items"]) == (last, [])


@pytest.mark.django_db
def test_headers_are_as_the_standard_has_them() -> None:
    make_sport()
    first = Client().get(FEED)
    last = Client().get(FEED, {"afterTimestamp": str(9 * 10**15), "afterId": JUDO})
    kept = (first["Cache-Control"], last["Cache-Control"])
    assert kept == ("public, max-age=3600", "public, max-age=8")
    for answer in (first, last):
        assert answer["Content-Type"] == "application/vnd.openactive.rpde+json; version=1"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert not answer.cookies


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        "afterTimestamp=1",
        f"afterId={JUDO}",
        "afterTimestamp=x&afterId=y",
        f"afterTimestamp=-1&afterId={JUDO}",
        f"afterTimestamp={10**30}&afterId={JUDO}",
        f"afterTimestamp=1&afterTimestamp=2&afterId={JUDO}",
        "afterTimestamp=%00&afterId=%ff",
    ],
)
def test_garbage_is_refused_in_words(asked: str) -> None:
    answer = Client().get(f"{FEED}?{asked}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["errors"]


MOVES: dict[str, Callable[[Activity], Any]] = {
    "has a break": lambda one: listings.move(listing=one, to=Status.PAUSED, by=None),
    "ended": lambda one: listings.move(listing=one, to=Status.ENDED, by=None),
    "was taken down": lambda one: listings.move(listing=one, to=Status.WITHDRAWN, by=None),
    "is no sport": lambda one: choose(activity=one, concept="", by=None),
    "group has a break": lambda one: listings.move(
        listing=one.organisation, to=Status.PAUSED, by=None
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", MOVES)
def test_what_is_over_is_deleted_and_says_nothing_else(what: str) -> None:
    activity = make_sport()
    _items, last = follow()
    MOVES[what](again(activity))
    modified = rpde.modified(HarvestStamp.objects.get(activity=activity))
    gone = {"state": "deleted", "kind": "SessionSeries", "id": str(activity.pk)}
    assert follow(last)[0] == [gone | {"modified": modified}]


@pytest.mark.django_db
def test_what_never_was_a_sport_or_never_was_public_is_not_there() -> None:
    plain = publish(make_activity(title="Football talk"))
    make_schedule(plain)
    choose(activity=plain, concept="", by=None)
    draft = make_activity(title="Secret football")
    make_schedule(draft)
    choose(activity=draft, concept=KEYS["Football"], by=None)
    assert follow()[0] == []


@pytest.mark.django_db
def test_what_has_no_price_in_pounds_is_not_told() -> None:
    activity = make_sport(cost="paid", price=None, cost_note="a small charge")
    assert states(follow()[0]) == {str(activity.pk): "deleted"}


@pytest.mark.django_db
def test_what_is_made_up_is_left_out_on_a_real_site(settings: Any) -> None:
    real = make_sport(title="Real")
    made_up = make_sport(title="Made up", is_example=True)
    assert states(follow()[0]) == {str(real.pk): "updated", str(made_up.pk): "updated"}
    settings.PRIVATE_POSTGRES = False
    assert states(follow()[0]) == {str(real.pk): "updated"}


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_rows() -> None:
    counts = []
    for more in (1, 2):
        sports(more)
        with CaptureQueriesContext(connection) as queries:
            ask()
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_who_goes_on_after_the_last_they_saw_misses_nothing(committed: None) -> None:
    """One change is not yet to be seen when a reader comes; another waits for its turn."""
    late, early = sports(2)
    found: list[Any] = []
    failures: list[BaseException] = []
    with transaction.atomic():
        choose(activity=late, concept=JUDO, by=None)
        stamped = rpde.modified(HarvestStamp.objects.get(activity=late))
        other = in_a_thread(lambda: choose(activity=early, concept=JUDO, by=None), failures)
        in_a_thread(lambda: found.append(follow()), failures).join(30)
        assert other.is_alive()
    other.join(30)
    assert failures == []
    ((seen, last),) = found
    # Nothing that they saw was stamped after what they could not see.
    assert max(one["modified"] for one in seen) < stamped
    assert [one["id"] for one in follow(last)[0]] == [str(late.pk), str(early.pk)]


@pytest.mark.django_db
def test_stamps_stay_in_order_when_the_clock_is_set_back() -> None:
    first, second = sports(2)
    ahead = HarvestStamp.objects.get(activity=first).modified_at + timedelta(hours=1)
    HarvestStamp.objects.filter(activity=first).update(modified_at=ahead)
    _items, last = follow()
    choose(activity=second, concept=JUDO, by=None)
    assert states(follow(last)[0]) == {str(second.pk): "updated"}


@pytest.mark.django_db
def test_the_dataset_names_the_feed() -> None:
    answer = Client().get(reverse("openactive"))
    said = json.loads(answer.content)
    assert answer["Content-Type"] == "application/ld+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert said["@type"] == "Dataset"
    assert [one["contentUrl"] for one in said["distribution"]] == [rpde.feed_url()]
