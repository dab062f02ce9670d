"""How fresh the directory is, for everybody to see."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from time_machine import travel

from assets.freshness.counted import how_fresh
from assets.models import Place, Status
from tests.assets.make import at, make_activity, make_organisation, make_venue, publish
from tests.assets.register.writer import words

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 12, 1, 9, tzinfo=UTC)


def test_all_that_is_public_is_counted_by_age_and_place() -> None:
    matlock = Place.objects.get(slug="matlock")
    group = make_organisation()
    bakewell_hall = make_venue()
    matlock_hall = make_venue(name="Another", place=matlock, postcode="DE4 3AB")
    home = make_venue(shown="masked", postcode="", place=matlock)
    for days, venue in [(1, bakewell_hall), (100, bakewell_hall), (200, matlock_hall), (400, home)]:
        with travel(NOW - timedelta(days=days), tick=False):
            publish(make_activity(title=f"Play {days}", organisation=group, venue=venue))
    with travel(NOW, tick=False):
        publish(make_activity(title="Line", organisation=group, ways_to_take_part=["phone"]))
        at(type(group), Status.DRAFT)
        found = how_fresh()
    assert found.everything.counts == [2, 1, 1, 1]
    assert [(row.name, row.slug, row.counts) for row in found.places] == [
        ("Bakewell", "bakewell", [1, 1, 0, 0]),
        ("Matlock", "matlock", [0, 0, 1, 1]),
        ("Online, by phone or at home", "", [1, 0, 0, 0]),
    ]
    assert [(number, share) for _words, number, share in found.stages] == [
        (2, 40),
        (1, 20),
        (1, 20),
        (1, 20),
    ]


def test_the_page_tells_no_zeros_and_needs_no_wide_table() -> None:
    hall = make_venue()
    publish(make_activity(venue=hall))
    page = words(Client().get("/how-fresh/"))
    assert "Bakewell In the last three months: 1 Counted on" in page
    assert "Three to six months ago" not in page
    assert "Nothing is on the board yet." not in page


def test_the_page_stands_where_nothing_is_listed_yet() -> None:
    answer = Client().get("/how-fresh/")
    assert answer.status_code == 200
    assert "How fresh this board is" in answer.content.decode()


def test_about_and_the_foot_of_every_page_lead_there() -> None:
    assert 'href="/how-fresh/"' in Client().get("/privacy/").content.decode()
    assert Client().get("/about/").content.decode().count('href="/how-fresh/"') == 2
