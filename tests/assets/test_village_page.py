"""A village's page has all that is on in it, then what is nearest; and the list of all of them."""

import pytest

from assets.models import Place, Venue
from tests.assets.make import make_activity, make_place, make_venue, publish
from tests.assets.shown import Shown, shown

pytestmark = pytest.mark.django_db
VILLAGE = "/villages/bakewell/"


def bakewell() -> Place:
    return Place.objects.get(slug="bakewell")


def under(page: Shown, heading: str) -> list[str]:
    """The titles of the cards below a heading."""
    found, here = [], ""
    for kind, text in page.parts.pieces:
        if kind == "h2":
            here = text
        elif kind == "h2.card__title" and here == heading:
            found.append(text)
    return found


def test_it_has_what_is_in_it_and_then_what_is_nearest() -> None:
    hall = publish(make_venue(name="Weir Field Hall", place=bakewell()))
    publish(make_activity(title="Bread and songs", venue=hall))
    ashford = Place.objects.get(slug="ashford-in-the-water")
    near = publish(make_venue(name="Mill Barn", place=ashford, postcode="DE45 1QB"))
    publish(make_activity(title="Paper boats", venue=near))
    publish(make_activity(title="By telephone", venue=None, ways_to_take_part=["phone"]))
    page = shown(VILLAGE)
    assert page.heading == "Bakewell"
    assert under(page, "In Bakewell") == ["Bread and songs"]
    assert under(page, "Not far off") == ["Paper boats"]
    assert ("Weir Field Hall", f"/places/{hall.slug}/") in page.links


def test_where_nothing_is_on_it_says_so_and_leads_on() -> None:
    page = shown("/villages/abney/")
    assert "Nothing on our board is in Abney itself." in page.all("p")
    assert ("Search near here", "/activities/?near=Abney") in page.links


def test_drafts_and_hidden_places_are_not_on_it() -> None:
    make_activity(title="Not yet", venue=publish(make_venue(place=bakewell())))
    home = publish(make_venue(shown=Venue.Shown.MASKED, place=bakewell()))
    publish(make_activity(title="Sums and soup", venue=home))
    page = shown(VILLAGE)
    # What happens in a home is in the village; whose home it is, nobody is told.
    assert under(page, "In Bakewell") == ["Sums and soup"]
    assert [url for _text, url in page.links if url == f"/places/{home.slug}/"] == []
    assert "Not yet" not in page.html


def test_every_village_of_the_district_is_listed_with_how_much_is_on() -> None:
    publish(make_activity(venue=publish(make_venue(place=bakewell()))))
    beyond = make_place(name="Overborder", district=Place.objects.get(slug="buxton").district)
    page = shown("/villages/")
    rows = [text for kind, text in page.parts.pieces if kind == "li"]
    assert [row for row in rows if "on" in row.split() and "thing" in row] == [
        "Bakewell 1 thing on"
    ]
    assert ("Abney", "/villages/abney/") in page.links
    assert [text for text, _url in page.links if text == beyond.name] == []


def test_a_village_nobody_knows_is_not_found() -> None:
    assert shown("/villages/atlantis/").status == 404


def test_a_place_leads_to_its_village() -> None:
    venue = publish(make_venue(place=bakewell()))
    assert ("Bakewell", VILLAGE) in shown(f"/places/{venue.slug}/").links
