"""How a reader follows the feed."""

from typing import Any

from django.test import Client

from assets.models import Activity
from assets.openactive.concepts import concepts
from assets.openactive.rpde import feed_url
from assets.openactive.verbs import choose
from tests.assets.make import make_activity, make_schedule, publish

KEYS = {concept.label: key for key, concept in concepts().items()}
FEED = "/openactive/session-series"


def make_sport(sport: str = "Football", **changes: Any) -> Activity:
    activity = make_activity(**changes)
    make_schedule(activity)
    publish(activity)
    choose(activity=activity, concept=KEYS[sport], by=None)
    return activity


def ask(url: str = "") -> Any:
    answer = Client().get(FEED + url.removeprefix(feed_url()))
    assert answer.status_code == 200, answer.content
    return answer.json()


def follow(url: str = "") -> tuple[list[Any], str]:
    """All items from there on, and where the last page is."""
    items: list[Any] = []
    said = ask(url)
    while said["items"]:
        items += said["items"]
        said = ask(said["next"])
    return items, said["next"]


def states(items: list[Any]) -> dict[str, str]:
    """By key; the last that was said of it."""
    return {one["id"]: one["state"] for one in items}
