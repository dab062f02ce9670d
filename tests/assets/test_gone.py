"""The page of an activity that is over: whose it was, and what is like it nearby."""

import pytest
from django.test import Client

from assets import listings
from assets.models import Activity, Status
from tests.assets.make import make_activity, make_organisation, make_venue, publish, tag
from tests.assets.register.writer import words
from thrive.models import Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def over() -> Activity:
    """Of a group that is on the board, beside another activity on the same theme."""
    theme = Theme.objects.all()[0]
    hall = publish(make_venue(name="Weir Field Hall"))
    other = publish(make_organisation(name="Owls"))
    alike = publish(make_activity(title="Owl tea", organisation=other, venue=hall))
    group = publish(make_organisation(name="Weir Field Wrens"))
    activity = publish(make_activity(title="Stay and play", organisation=group, venue=hall))
    for one in (alike, activity):
        tag(one, "themes", theme.pk)
        listings.refresh(listing=one)
    listings.move(listing=activity, to=Status.ENDED, by=None)
    return activity


def page(activity: Activity) -> str:
    return words(Client().get(f"/activities/{activity.slug}/"))


def test_it_names_its_group_and_what_is_like_it_nearby(over: Activity) -> None:
    said = page(over)
    assert "It was run by this group. See what else they do: Weir Field Wrens" in said
    assert "Like this, nearby Owl tea" in said


def test_a_group_that_is_not_public_is_not_named(over: Activity) -> None:
    listings.move(listing=over.organisation, to=Status.PAUSED, by=None)
    assert "Weir Field Wrens" not in page(over)


def test_of_what_was_taken_down_nothing_is_told(over: Activity) -> None:
    listings.move(listing=over, to=Status.WITHDRAWN, by=None, why="A complaint")
    said = page(over)
    assert ("Wrens" in said, "Owl" in said, "Stay and play" in said) == (False, False, False)
