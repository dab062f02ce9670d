"""A page's number of queries does not grow with its rows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assets import listings
from assets.models import Activity, Organisation, Venue
from assets.shortlist import Shortlist
from grants.models import PublishedGrant
from tests.assets.make import (
    make_activity,
    make_organisation,
    make_partner,
    make_schedule,
    make_venue,
    publish,
    tag,
)
from tests.grants.awarded import make_ours, make_theirs
from tests.grants.make import make_round
from thrive.models import Theme

Fill = Callable[[int], None]


def fill_activities(count: int) -> None:
    for number in range(count):
        publish(make_activity(title=f"Art club {number}"))


def fill_groups(count: int) -> None:
    """Groups near Bakewell, each with two activities, one of them together with another group."""
    helper = Organisation.objects.filter(name="Helpers").first()
    helper = helper or publish(make_organisation(name="Helpers"))
    for number in range(count):
        group = publish(make_organisation(name=f"Bells {number}"))
        for title in ("Peals", "Tea"):
            activity = publish(make_activity(title=f"{title} {number}", organisation=group))
            make_schedule(activity)
            tag(activity, "needs_groups", "thriving")
        make_partner(activity, helper)
        listings.refresh(listing=activity)


def fill_one_venue(count: int) -> None:
    """One venue with `count` activities, each with dates."""
    venue = Venue.objects.filter(name="Bell tower").first()
    venue = venue or publish(make_venue(name="Bell tower"))
    tag(venue, "access_features", *["step-free", "parking"][:count])
    for number in range(count):
        activity = publish(make_activity(title=f"Bells {number}", venue=venue))
        make_schedule(activity)
        listings.refresh(listing=activity)


def fill_dated(count: int) -> None:
    """What is on tomorrow, on a theme: in every view there is something of each."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    for number in range(count):
        activity = publish(make_activity(title=f"Dated {number}"))
        make_schedule(activity, weekday=tomorrow.weekday())
        activity.themes.set(Theme.objects.filter(slug="youth-voice"))
        listings.refresh(listing=activity)


def fill_dated_beside_one(count: int) -> None:
    """So that the first always has another after it, and something like it."""
    fill_dated(count + 1)


def fill_awards(count: int) -> None:
    """Of each one of ours and one of another funder's."""
    at = PublishedGrant.objects.count()
    for number in range(at, at + count):
        make_ours(number)
        make_theirs(number)


def fill_rounds(count: int) -> None:
    for _number in range(count):
        make_round()


def fill_one_group(count: int) -> None:
    """One group that runs `count` activities."""
    group = Organisation.objects.filter(name="Bell ringers").first()
    group = group or publish(make_organisation(name="Bell ringers"))
    for number in range(count):
        publish(make_activity(title=f"Bells {number}", organisation=group))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "fill"),
    [
        ("/", fill_activities),
        ("/activities/", fill_activities),
        ("/activities/?q=art&near=Matlock&within=20", fill_activities),
        ("/activities/?view=dates", fill_dated_beside_one),
        ("/activities/?view=print", fill_dated),
        ("/activities.csv", fill_dated),
        ("/activities.xlsx?near=Bakewell", fill_groups),
        ("/activities.ics", fill_dated),
        ("/activities.rss", fill_groups),
        ("/activities.json?near=Bakewell", fill_groups),
        ("/activities/dated-0.ics", fill_dated_beside_one),
        ("/groups/bell-ringers.ics", fill_one_group),
        ("/activities/poster.svg", fill_dated),
        ("/groups/bell-ringers/poster.svg", fill_one_group),
        ("/sitemap.xml", fill_groups),
        ("/sitemap-villages.xml", fill_groups),
        ("/activities/?view=text", fill_dated),
        ("/alerts/?near=Bakewell&cost=free", fill_dated),
        ("/embed/activities/?view=map", fill_dated),
        ("/embed/?view=map", fill_dated),
        ("/activities/dated-0/", fill_dated_beside_one),
        ("/report/activity/dated-0/", fill_dated_beside_one),
        ("/report/activity/dated-0/worry/", fill_dated_beside_one),
        ("/groups/", fill_activities),
        ("/groups/", fill_groups),
        ("/groups/?name=bells&near=Bakewell&needs=thriving&sort=name", fill_groups),
        ("/groups/bell-ringers/", fill_one_group),
        ("/places/", fill_activities),
        ("/places/?name=hall&near=Bakewell", fill_activities),
        ("/places/bell-tower/", fill_one_venue),
        ("/villages/", fill_activities),
        ("/villages/bakewell/", fill_activities),
        ("/villages/bakewell/", fill_one_venue),
        ("/thrive/", fill_activities),
        ("/thrive/thriving/", fill_activities),
        ("/themes/youth-voice/", fill_activities),
        ("/coverage/", fill_dated),
        ("/coverage/?measure=hours&rows=needs&columns=ages", fill_groups),
        ("/help-now/", fill_activities),
        ("/grants/awards/", fill_awards),
        ("/grants/awards/?whose=theirs&place=matlock&place=bakewell&q=club+or+garden", fill_awards),
        ("/grants/360giving.json", fill_awards),
        ("/grants/360giving.csv", fill_awards),
        ("/grants/", fill_rounds),
        ("/open-data/", fill_activities),
        ("/open-data/api/", fill_activities),
        ("/open-referral/services", fill_groups),
        ("/open-referral/services?full=true&search=peals&day=TU&minimum_age=3", fill_groups),
        ("/open-referral/service_at_locations?full=true", fill_groups),
        ("/open-referral/organizations?full=true", fill_groups),
        ("/open-referral/organizations?full=true", fill_one_group),
        ("/open-referral/taxonomy_terms", fill_activities),
    ],
)
def test_one_row_and_three_rows_take_as_many_queries(path: str, fill: Fill) -> None:
    counted = []
    for more in (1, 2):
        fill(more)
        caches["pieces"].clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = Client().get(path)
        assert answer.status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["", "&view=print"])
def test_a_list_of_one_and_of_three_take_as_many_queries(view: str) -> None:
    fill_dated(3)
    keys = tuple(Activity.objects.public().values_list("pk", flat=True))
    counted = []
    for kept in (keys[:1], keys):
        caches["pieces"].clear()
        with CaptureQueriesContext(connection) as queries:
            Client().get(f"/shortlist/?ids={Shortlist(kept).text}{view}")
        counted.append(len(queries))
    assert counted[0] == counted[1]


@pytest.mark.django_db
def test_cards_that_are_kept_cost_no_query() -> None:
    fill_activities(3)
    Client().get("/activities/")
    with CaptureQueriesContext(connection) as queries:
        Client().get("/activities/")
    assert len(queries) == 1, [one["sql"][:100] for one in queries]
