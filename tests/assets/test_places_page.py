"""Places: a list and pages of those that everybody may know of, and nothing of the others."""

import re
from typing import Any

import pytest
from django.test import Client

from assets import listings
from assets.models import Status, Venue
from assets.whereabouts import is_newly_hidden
from tests.assets.make import (
    again,
    make_activity,
    make_place,
    make_schedule,
    make_venue,
    publish,
    tag,
)

pytestmark = pytest.mark.django_db
HIDDEN = pytest.mark.parametrize("shown", [Venue.Shown.MASKED, Venue.Shown.TOLD])


def page_of(path: str = "/places/", **asked: Any) -> str:
    return Client().get(path, asked).content.decode()


def named(**asked: Any) -> list[str]:
    return re.findall(r'<h2 class="card__title"><a[^>]*><bdi>(.*?)</bdi>', page_of(**asked))


def counted(name: str, **asked: Any) -> dict[str, int]:
    pairs = re.findall(
        rf'for="{name}-([^"]*)">[^<]*<span class="options__count">(\d+)', page_of(**asked)
    )
    return {option: int(count) for option, count in pairs}


def known_then_hidden(shown: Venue.Shown) -> tuple[Venue, list[str]]:
    """A public home with a name, a page and an old address, hidden since. And all its addresses."""
    venue = publish(make_venue(name="Zanzibar House"))
    venue.name = "Zanzibar Cottage"
    listings.save(listing=venue, by=None)
    tag(venue, "access_features", "step-free")
    tag(venue, "ways_of_working", "coaching")
    publish(make_activity(title="Sums and soup", venue=venue))
    addresses = [venue.slug, "zanzibar-house"]
    for slug in addresses:
        assert Client().get(f"/places/{slug}/").status_code in (200, 301)
    assert named() == ["Zanzibar Cottage"]
    venue.shown = shown
    listings.save(listing=venue, by=None)
    return venue, [*addresses, venue.slug]


def test_those_that_can_be_hired_are_found_and_say_how() -> None:
    hall = publish(make_venue(name="Bell Hall", hire="£12 an hour.\nAsk Jo on 01632 960999."))
    publish(make_venue(name="Anvil Rooms"))
    assert named() == ["Anvil Rooms", "Bell Hall"]
    assert counted("hire") == {"yes": 1}
    assert named(hire="yes") == ["Bell Hall"]
    page = page_of(f"/places/{hall.slug}/")
    assert "<dt>To hire</dt>" in page
    assert "£12 an hour.<br>Ask Jo on 01632 960999." in page
    assert "<dt>To hire</dt>" not in page_of("/places/anvil-rooms/")


@HIDDEN
def test_a_hidden_place_has_no_entry_page_or_count(shown: Venue.Shown) -> None:
    venue, addresses = known_then_hidden(shown)
    assert is_newly_hidden(venue, again(venue)) is False
    assert named() == []
    assert named(near="Bakewell", within=20) == []
    assert named(name="Bakewell") == []
    assert named(access="step-free") == []
    assert (counted("access"), counted("working")) == ({}, {})
    for slug in addresses:
        assert Client().get(f"/places/{slug}/").status_code == 404
    assert "Zanzibar" not in page_of()


@HIDDEN
@pytest.mark.parametrize("status", [Status.PAUSED, Status.ENDED, Status.WITHDRAWN])
def test_nor_has_one_that_is_no_longer_on(shown: Venue.Shown, status: Status) -> None:
    venue = publish(make_venue(name="Zanzibar House", shown=shown))
    listings.move(listing=venue, to=status, by=None)
    assert Client().get(f"/places/{venue.slug}/").status_code == 404


@HIDDEN
def test_the_page_of_what_happens_there_leads_to_no_place(shown: Venue.Shown) -> None:
    known_then_hidden(shown)
    assert "/places/" not in re.sub(
        r"<header.*?</header>|<footer.*?</footer>",
        "",
        page_of("/activities/sums-and-soup/"),
        flags=re.S,
    )


def test_a_draft_has_no_page() -> None:
    venue = make_venue(name="Zanzibar House")
    assert Client().get(f"/places/{venue.slug}/").status_code == 404
    assert named() == []


def test_the_page_of_an_activity_leads_to_its_place() -> None:
    publish(make_activity(title="Toddler group", venue=make_venue(name="Bell tower")))
    assert 'href="/places/bell-tower/"' in page_of("/activities/toddler-group/")


def test_a_place_is_found_by_its_name_or_by_its_village() -> None:
    publish(make_venue(name="Bell tower", summary="High up."))
    publish(make_venue(name="Mill", place=make_place(name="Zürich Green", slug="zurich-green")))
    assert named() == ["Bell tower", "Mill"]
    assert named(name="BELL") == ["Bell tower"]
    assert named(name="bakewell tower") == ["Bell tower"]
    assert named(name="zurich") == ["Mill"]
    assert named(name="high") == ["Bell tower"]
    assert (named(name="%"), named(name="…")) == ([], [])


def test_the_nearest_comes_first() -> None:
    publish(make_venue(name="A far one", postcode="DE4 3AB"))
    publish(make_venue(name="B near one"))
    assert named(near="Bakewell", within=20) == ["B near one", "A far one"]
    assert named(near="Bakewell", within=20, sort="name") == ["A far one", "B near one"]
    assert named(near="Bakewell", within=3) == ["B near one"]


def test_a_place_has_all_that_is_asked_of_it() -> None:
    both, one = publish(make_venue(name="Both")), publish(make_venue(name="One"))
    tag(both, "access_features", "step-free", "parking")
    tag(one, "access_features", "step-free")
    tag(one, "ways_of_working", "coaching")
    assert named(access=["step-free", "parking"]) == ["Both"]
    assert counted("access", access="parking") == {"step-free": 1, "parking": 1}
    assert counted("access", working="coaching") == {"step-free": 1}
    assert named(working="coaching") == ["One"]


def test_only_what_can_be_said_of_places_is_asked() -> None:
    assert Client().get("/places/?access=bsl").status_code == 400
    assert Client().get("/places/?access=quiet-space").status_code == 200


def test_the_page_says_where_how_to_get_in_and_when_it_was_checked() -> None:
    venue = publish(
        make_venue(
            name="Bell tower", address="Church Lane", getting_there="Mind the step.\n\nThen ring."
        )
    )
    tag(venue, "access_features", "step-free")
    tag(venue, "ways_of_working", "coaching")
    page = page_of("/places/bell-tower/")
    for words in (
        "Church Lane",
        "DE45 1DY",
        "<p>Mind the step.</p>",
        "Step-free",
        "Coaching",
        "Not checked yet",
        "Nothing on the board is here today.",
        '<a class="tap" href="/activities/?near=DE45%201DY">',
    ):
        assert words in page


def test_the_page_lists_what_is_on_there_and_the_next_dates_by_day() -> None:
    venue = make_venue(name="Bell tower")
    activity = publish(make_activity(title="Toddler group", venue=venue))
    make_schedule(activity)
    listings.refresh(listing=activity)
    make_activity(title="Still a draft", venue=venue)
    publish(make_activity(title="Somewhere else", venue=make_venue(name="Mill")))
    page = page_of("/places/bell-tower/")
    titles = re.findall(r'<h2 class="card__title"><a[^>]*><bdi>(.*?)</bdi>', page)
    assert titles == ["Toddler group"]
    assert page.count('<div class="day">') == 2
    assert page.count('<span class="day__times">10 am to 11.30 am</span>') == 2
    assert "Still a draft" not in page


def test_an_old_address_leads_to_the_new_one() -> None:
    venue = publish(make_venue(name="Bell tower"))
    venue.name = "Clock tower"
    listings.save(listing=venue, by=None)
    answer = Client().get("/places/bell-tower/")
    assert (answer.status_code, answer["Location"]) == (301, "/places/clock-tower/")


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (Status.PAUSED, 200, "is shut for now"),
        (Status.ENDED, 410, "has closed"),
        (Status.WITHDRAWN, 410, "This is no longer on the board"),
    ],
)
def test_a_place_that_is_no_longer_on_says_so_kindly(status: Status, code: int, words: str) -> None:
    venue = publish(make_venue(name="Bell tower", address="Church Lane"))
    listings.move(listing=venue, to=status, by=None)
    answer = Client().get("/places/bell-tower/")
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (code, True)
    assert "Church Lane" not in page
    assert ("Bell tower" in page) is (status != Status.WITHDRAWN)
    assert named() == []
