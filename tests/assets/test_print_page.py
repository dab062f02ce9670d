"""On paper: all that somebody without internet needs, and nothing that is hidden."""

from typing import Any

import pytest

from assets import listings
from assets.models import Place, Venue
from assets.shortlist import Shortlist
from tests.assets.make import (
    make_activity,
    make_contact,
    make_organisation,
    make_schedule,
    make_venue,
    publish,
)
from tests.assets.shown import search, shown

SECRETS = ("Rosie Cottage", "1 Secret Lane", "DE45 1DY", "blue gate")


def test_all_that_somebody_needs(example_district: None) -> None:
    page = search("q=kettle%27s+on+saturdays&view=print")
    entry = " ".join(page.all("dd"))
    for words in (
        "Next: Sat ",
        "The first Saturday of the month, 10.30 am to 3.30 pm",
        "Long Siding Hall, Long Siding, Darley Dale, DE4 2EQ",
        "The bus stops across the road, at the shelter.",
        "Somebody refers you. Who can refer: you yourself;",
        "8 to 17 years",
        "Free",
        "Step-free, Accessible toilet",
        "01632 960140 (Ask for Mo)",
        "Checked by our team on ",
    ):
        assert words in entry
    assert page.all("h2")[0] == "1. Kettle’s On Saturdays Example"


def test_phone_numbers_are_text_and_there_are_no_filters(example_district: None) -> None:
    page = search("near=Bakewell&view=print")
    main = page.html[page.html.index("<main") : page.html.index("</main>")]
    assert "01632 960" in main
    assert "tel:" not in main
    assert page.counts == {}
    assert page.parts.sent == []
    assert [text for text, _url in page.links if text == "Back to the list"] == ["Back to the list"]


def test_back_leads_to_the_same_search(example_district: None) -> None:
    page = search("near=Bakewell&view=print&cost=free")
    assert dict(page.links)["Back to the list"] == "?near=Bakewell&cost=free"


@pytest.mark.django_db
@pytest.mark.parametrize("shown_as", ["masked", "told"])
def test_a_hidden_venue_shows_its_village_and_nothing_else(shown_as: str) -> None:
    """It was public until yesterday, with all that could now give it away."""
    venue = make_venue(name="Rosie Cottage", address="1 Secret Lane", getting_there="A blue gate")
    activity = publish(make_activity(title="Sums at home", venue=venue))
    path = f"/activities/{activity.slug}/"
    views = ["view=print", "view=text", "view=dates", "near=Bakewell", "near=Bakewell&view=print"]
    assert "1 Secret Lane" in search("view=print").html
    assert "Rosie Cottage" in shown(path).html
    _hide(venue, shown_as)
    for page in [*map(search, views), shown(path)]:
        assert "Sums at home" in page.html or "view=dates" in page.path
        assert [secret for secret in SECRETS if secret in page.html] == []
    assert "Bakewell" in search("view=print").all("dd")[0]
    assert "we show only the village" in search("view=print").all("dd")[0]


def _hide(venue: Venue, shown_as: str) -> None:
    venue.refresh_from_db()
    venue.shown, venue.getting_there = shown_as, ""
    listings.save(listing=venue, by=None)


@pytest.mark.django_db
def test_a_group_that_lists_nothing_comes_with_its_contacts() -> None:
    group = publish(make_organisation(name="Bell ringers", summary="We ring."))
    make_contact(group, kind="email", value="bells@example.org")
    page = search("q=bell+ringers&view=print")
    assert page.all("h2") == ["1. Bell ringers"]
    assert page.all("dd") == ["01632 960123bells@example.org", "Not checked yet"]


@pytest.mark.django_db
def test_more_than_somebody_would_carry_is_said() -> None:
    group, venue = publish(make_organisation()), make_venue()
    for number in range(61):
        club(f"Bells {number}", organisation=group, venue=venue)
    page = search("view=print")
    assert len(page.all("h2")) == 60
    assert page.says == [
        "Only the first 60 are here. Narrow the search to have all of them on paper."
    ]
    assert search("view=print&q=%2260%22").says == []


def club(title: str, **changes: Any) -> None:
    activity = make_activity(title=title, **changes)
    make_schedule(activity)
    publish(activity)


@pytest.mark.django_db
def test_a_list_of_ones_own_is_printed_in_its_order_with_a_way_back() -> None:
    venue = make_venue(place=Place.objects.get(slug="matlock"))
    kept = [publish(make_activity(title=title, venue=venue)) for title in ("Zither", "Accordion")]
    ids = Shortlist(tuple(one.pk for one in kept)).text
    page = shown(f"/shortlist/?ids={ids}&view=print")
    assert page.all("h2") == ["1. Zither", "2. Accordion"]
    assert dict(page.links)["Back to the list"] == f"/shortlist/?ids={ids}"
    assert page.all("p.quiet")[0].endswith("2026. Ring before you travel: clubs change.")
