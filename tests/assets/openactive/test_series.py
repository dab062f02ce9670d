"""What is told of one activity, which sport its words suggest, and what staff say."""

import json
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assets import listings
from assets.models import Activity, ActivityConcept, DateChange
from assets.openactive.concepts import concepts, scheme, suggested
from assets.openactive.verbs import choose
from assets.words import long_date
from tests.assets.admin.pages import messages, url
from tests.assets.make import (
    make_activity,
    make_organisation,
    make_schedule,
    make_venue,
    publish,
)
from tests.assets.openactive.following import KEYS, follow, make_sport

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], Client]
LIST = Path(__file__).parents[4] / "shared" / "standards" / "openactive" / "activity-list.jsonld"
PAGE = url(ActivityConcept, "changelist")


def told(activity: Activity) -> Any:
    return next(one["data"] for one in follow()[0] if one["id"] == str(activity.pk))


def test_each_concept_is_in_the_publishers_list() -> None:
    if not LIST.exists():
        pytest.skip("The publishers' list is not beside this clone.")
    said = {one["id"]: one["prefLabel"] for one in json.loads(LIST.read_text())["concept"]}
    ours = {one.said["@id"]: one.label for one in concepts().values()}
    assert ours == {key: said.get(key) for key in ours}
    assert 40 <= len(ours) <= 60


def test_a_series_has_all_that_the_standard_needs() -> None:
    activity = make_sport(age_from=18, age_before=60)
    said = told(activity)
    assert said["@type"] == "SessionSeries"
    assert said["@id"].endswith(f"/openactive/session-series#{activity.pk}")
    assert said["url"].endswith(f"/activities/{activity.slug}/")
    assert said["activity"] == [
        {
            "@type": "Concept",
            "@id": f"{scheme()}#{KEYS['Football']}",
            "prefLabel": "Football",
            "inScheme": "https://openactive.io/activity-list",
        }
    ]
    assert said["ageRange"] == {"@type": "QuantitativeValue", "minValue": 1, "maxValue": 4}
    free = {"@type": "Offer", "name": "Free", "price": 0.0, "priceCurrency": "GBP"}
    assert said["offers"] == [free]
    assert said["location"]["address"]["postalCode"] == "DE45 1DY"
    assert said["eventSchedule"] == [
        {
            "@type": "PartialSchedule",
            "scheduleTimezone": "Europe/London",
            "repeatFrequency": "P1W",
            "byDay": ["https://schema.org/Tuesday"],
            "startTime": "10:00",
            "endTime": "11:30",
        }
    ]


def test_ages_are_always_told() -> None:
    assert told(make_sport())["ageRange"] == {"@type": "QuantitativeValue", "minValue": 0}


def test_months_and_single_dates() -> None:
    activity = make_sport()
    make_schedule(activity, frequency="monthly", week_of_month=-1, time_of_year="term")
    days = [date(2026, 7, 4), date(2026, 12, 12)]
    make_schedule(activity, frequency="dates", weekday=None, dates=days, starts_at=time(9))
    said = told(activity)
    rules = [(one["repeatFrequency"], one["byDay"]) for one in said["eventSchedule"]]
    assert rules == [("P1W", ["https://schema.org/Tuesday"]), ("P1M", ["-1TU"])]
    starts = [one["startDate"] for one in said["subEvent"]]
    assert starts == ["2026-07-04T09:00:00+01:00", "2026-12-12T09:00:00+00:00"]
    assert [one["duration"] for one in said["subEvent"]] == ["P0DT02H30M00S"] * 2
    assert said["schedulingNote"] == "in term time"


@pytest.mark.parametrize("shown", ["masked", "told"])
def test_of_a_hidden_place_only_the_village_is_told(shown: str) -> None:
    hidden: dict[str, Any] = {"shown": shown, "name": "Mo’s home"}
    hidden |= {"postcode": ""} if shown == "masked" else {}
    venue = publish(make_venue(**hidden, address="7 Secret Row"))
    activity = make_sport(venue=venue)
    said = told(activity)
    assert {*said["location"]} == {"@type", "name", "geo"}
    assert said["location"]["name"] == "Bakewell"
    for secret in ("Mo’s", "Secret Row", "DE45", str(venue.pk)):
        assert secret not in json.dumps(said, ensure_ascii=False)


@pytest.mark.parametrize(
    ("title", "summary", "label"),
    [
        ("Saturday football", "", "Football"),
        ("Powerchair football", "", "Powerchair Football"),
        ("Table tennis and tennis", "", "Table Tennis"),
        ("Quick feet", "Judo for all.", "Judo"),
        ("Swim, then run", "", "Swimming"),
        ("Thistles", "Our newest team: girls’ football in Ashbourne.", "Football"),
        ("Soup", "Soup, homework help and table football.", None),
        ("Walkers crisps", "A sailor’s boxed tea", None),
    ],
)
def test_words_suggest_a_sport(title: str, summary: str, label: str | None) -> None:
    found = suggested(Activity(title=title, summary=summary))
    assert (found.label if found else None) == label


@pytest.mark.parametrize("kind", ["service", "helpline", "volunteering", "work-experience"])
def test_what_is_no_place_to_do_sport_suggests_none(kind: str) -> None:
    assert suggested(Activity(title="Boxing and talking", kind=kind)) is None


def test_only_concepts_of_the_list_are_taken() -> None:
    with pytest.raises(ValidationError):
        choose(activity=make_activity(), concept="5b0e4a5e-0d3c-4c8e-9d3a-6f1f0c1d2e3f", by=None)


def test_staff_say_what_it_is_with_a_suggestion_first(client_of: ClientOf, erin: User) -> None:
    for title in ("Band night", "Zoo football"):
        publish(make_activity(title=title))
    client = client_of("erin")
    lines = list(client.get(PAGE).context["page"])
    shown = [(line.activity.title, line.ticked) for line in lines]
    assert shown == [("Zoo football", KEYS["Football"]), ("Band night", "")]
    band, zoo = lines[1].activity, lines[0].activity
    client.post(PAGE, {"key": zoo.pk, "concept": KEYS["Football"]})
    answer = client.post(PAGE, {"key": band.pk, "concept": "none"}, follow=True)
    assert messages(answer) == ["Zoo football: Football", "Band night: not a sport"]
    said = ActivityConcept.objects.order_by("activity__title")
    assert [(one.concept, one.chosen_by) for one in said] == [("", erin), (KEYS["Football"], erin)]


def test_an_activity_is_found_by_its_name_or_its_groups(client_of: ClientOf) -> None:
    zebras = make_organisation(name="Zébra Club")
    for title, more in (("Band night", {}), ("Swimming", {"organisation": zebras})):
        publish(make_activity(title=title, **more))
    client = client_of("erin")

    def shown(q: str) -> list[str]:
        return [line.activity.title for line in client.get(PAGE, {"q": q}).context["page"]]

    assert (shown("night"), shown("zebra swim"), shown("")) == (
        ["Band night"],
        ["Swimming"],
        ["Swimming", "Band night"],
    )
    assert shown("zebra night\x00") == []
    page = client.get(PAGE, {"q": "zebra night"}).content.decode()
    assert "No activity or group is called “zebra night”." in page
    band = Activity.objects.get(title="Band night")
    answer = client.post(PAGE, {"key": band.pk, "concept": "none", "q": "night", "p": "1"})
    assert answer.headers["Location"] == f"{PAGE}?q=night&p=1"


@pytest.mark.parametrize("sent", [{}, {"concept": "x"}, {"key": "x", "concept": "none"}])
def test_what_does_not_fit_stores_nothing(client_of: ClientOf, sent: dict[str, Any]) -> None:
    key = publish(make_activity()).pk
    answer = client_of("erin").post(PAGE, {"key": key} | sent, follow=True)
    assert messages(answer) == ["Choose a sport, or “not a sport”."]
    assert not ActivityConcept.objects.exists()


def test_a_day_off_is_told_and_an_extra_one_and_nothing_hangs_on_the_day_of_asking() -> None:
    activity = make_sport()
    # It is on Tuesdays.
    tuesday = timezone.localdate() + timedelta(days=8 - timezone.localdate().weekday())
    wednesday = tuesday + timedelta(days=1)
    DateChange.objects.create(activity=activity, on=tuesday, kind="cancelled", note="no hall")
    late = {"starts_at": time(20), "ends_at": time(21)}
    DateChange.objects.create(activity=activity, on=wednesday, kind="extra", **late)
    listings.refresh(listing=activity)
    said = told(activity)
    assert said["schedulingNote"] == f"Not on {long_date(tuesday)} (no hall)"
    assert [one["startDate"][:16] for one in said["subEvent"]] == [f"{wednesday}T20:00"]
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert told(activity) == said
