"""Where somebody lives stays in no proposal: not in its words, not in what was taken of it."""

import pytest
from django.core import serializers
from django.db.models import Model

from accounts.models import User
from assets import listings
from assets.models import Proposal, ProposalEdit, ProposalMove, Venue
from assets.proposals import deciding, sending, writing
from assets.proposals.parts import nothing

pytestmark = pytest.mark.django_db

HOUSE = {
    "name": "Rose Cottage",
    "address": "3 Testing Lane",
    "postcode": "de45 1dy",
    "place": "bakewell",
    "shown": "public",
}
TELLS = ("Rose Cottage", "Testing Lane", "de45 1dy", "DE45 1DY")


def everything() -> str:
    """All that the tables of proposals hold, as text."""

    models: list[type[Model]] = [Proposal, ProposalEdit, ProposalMove]
    rows = [row for model in models for row in model._default_manager.all()]
    return str(serializers.serialize("json", rows))


def told() -> set[str]:
    return {words for words in TELLS if words in everything()}


@pytest.fixture
def begun() -> Proposal:
    return writing.begin(name="Vera", email="vera@example.com", is_example=False)


def write(proposal: Proposal, part: str, **values: object) -> None:
    base = {name: nothing(name) for name in values}
    writing.write(proposal=proposal, part=part, values=values, base=base, by=None)


def test_of_a_home_only_the_village_is_ever_kept(begun: Proposal) -> None:
    write(begun, "new-1", new_venue=HOUSE | {"shown": "masked"})
    begun.refresh_from_db()
    assert begun.said["new-1"]["new_venue"] == {"shown": "masked", "place": "bakewell"}
    assert told() == set()


def test_a_place_that_becomes_a_home_while_it_is_written_is_forgotten(begun: Proposal) -> None:
    write(begun, "new-1", new_venue=HOUSE)
    assert told() == {"Rose Cottage", "Testing Lane", "de45 1dy"}
    writing.write(
        proposal=begun,
        part="new-1",
        values={"new_venue": HOUSE | {"shown": "told"}},
        base={"new_venue": HOUSE},
        by=None,
    )
    begun.refresh_from_db()
    assert begun.said["new-1"]["new_venue"] == {"shown": "told", "place": "bakewell"}
    assert told() == set()


def test_hiding_a_venue_clears_the_proposal_that_it_came_in(begun: Proposal, erin: User) -> None:
    phone = [{"kind": "phone", "value": "01632 960123", "label": ""}]
    write(begun, "group", name="Weir Field Wrens", summary="Play and tea.", kind="unincorporated")
    write(begun, "group", **{"contacts.phone": phone})
    write(
        begun,
        "new-1",
        title="Toddler group",
        kind="session",
        summary="Toys and songs.",
        ways_to_take_part=["in-person"],
        new_venue=HOUSE,
        level="universal",
        cost="free",
        how_to_come="just-come",
    )
    sent = sending.send(proposal=begun, by=None)
    deciding.accept(proposal=sent, version=sent.version, by=erin)
    assert "Rose Cottage" in told()
    venue = Venue.objects.get(name="Rose Cottage")
    venue.shown = Venue.Shown.MASKED
    listings.save(listing=venue, by=erin)
    assert told() == set()
