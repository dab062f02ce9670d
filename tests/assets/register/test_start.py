"""Search first: what we may already have is shown, and nothing that is hidden."""

import pytest
from django.test import Client

from assets.models import Organisation
from assets.register.found import maybe_yours
from tests.assets.make import make_activity, make_contact, make_organisation, make_venue, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def wrens(db: None) -> Organisation:
    """A group that meets in a hall and, another day, in somebody's home."""
    group = make_organisation(name="Weir Field Wrens", charity_number="1234567")
    make_contact(group, kind="web", value="https://www.wrens.example.org/groups")
    publish(make_activity(title="Stay and play", organisation=group))
    home = publish(make_venue(shown="masked"))
    publish(make_activity(title="Tea at home", organisation=group, venue=home))
    return group


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Weir Field Wrens", "has the same name"),
        ("weir field wrens!", "has the same name"),
        ("weir feild wrens", "has a name like this"),
        ("wrens", "has a name like this"),
        ("Stay & play", "runs something with a name like this"),
        ("de451dy", "meets at this postcode"),
        ("1234567", "has this charity number"),
        ("http://wrens.example.org/groups/", "has this website"),
        ("wrens.example.org", "has this website"),
    ],
)
def test_a_group_is_found(wrens: Organisation, typed: str, why: str) -> None:
    assert [(one.group, one.why) for one in maybe_yours(typed)] == [(wrens, why)]


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "zebracrossing", "SW1A 1AA", "7654321", "example.com", "\x00", "%", "x" * 500],
)
def test_nothing_is_found(wrens: Organisation, typed: str) -> None:
    assert maybe_yours(typed) == []


def test_what_is_hidden_or_not_public_is_never_found() -> None:
    draft = make_organisation(name="Secret Starlings", charity_number="7654321")
    make_contact(draft, kind="web", value="https://starlings.example.org")
    at_home = make_organisation(name="Owls")
    home = publish(make_venue(name="Starling Cottage", shown="masked"))
    publish(make_activity(title="Owl tea", organisation=at_home, venue=home))
    for typed in ("Secret Starlings", "7654321", "starlings.example.org", "DE45 1DY", "Cottage"):
        assert maybe_yours(typed) == [], typed


def test_the_page_offers_both_ways_on(wrens: Organisation) -> None:
    answer = Client().get("/list-your-group/", {"q": "wrens"})
    page = answer.content.decode()
    assert f'href="/list-your-group/this-is-us/{wrens.slug}/"' in page
    assert 'href="/list-your-group/begin/"' in page
    assert answer.cookies == {}
    assert Client().get("/list-your-group/", {"q": "x" * 121}).status_code == 400
