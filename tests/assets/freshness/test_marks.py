"""What is old says so, everywhere alike; after a year it leaves the results, not the board."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from time_machine import travel

from assets import listings, words
from assets.models import Activity, Organisation, Venue
from assets.models.lifecycle import CheckedBy
from tests.assets.make import make_activity, make_organisation, make_schedule, publish

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 11, 3, 9, tzinfo=UTC)
SEVEN = "Nobody has told us for 7 months that this is right. Ring first."
YEAR = "Nobody has told us for more than a year that this is right. Ring first."
SEARCHES = ["", "?view=map", "?view=dates", "?view=text", "?view=print"]


def after(days: int) -> travel:
    return travel(BEGAN + timedelta(days=days), tick=False)


@pytest.fixture
def play() -> Activity:
    with after(0):
        play = make_activity(title="Play")
        make_schedule(play)
        return publish(play)


def pages(play: Activity, query: str = "") -> dict[str, str]:
    """Everywhere it stands, with the clock as it is."""
    addresses = [
        f"/activities/{view}{query.replace('?', '&') if view else query}" for view in SEARCHES
    ]
    addresses += ["/groups/", "/groups/weir-field-wrens/", "/places/weir-field-hall/"]
    addresses += ["/villages/bakewell/", "/activities/play/"]
    return {one: Client().get(one).content.decode() for one in addresses}


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, ""),
        (179, ""),
        (180, "Nobody has told us for 6 months that this is right. Ring first."),
        (215, SEVEN),
        (364, "Nobody has told us for 11 months that this is right. Ring first."),
        (365, YEAR),
        (2000, YEAR),
    ],
)
def test_the_words_for_what_is_old(play: Activity, days: int, said: str) -> None:
    with after(days):
        assert words.mark_in_words(play) == said


def test_of_a_place_no_number_is_known(play: Activity) -> None:
    with after(400):
        said = words.mark_in_words(Venue.objects.get())
    assert said == "Nobody has told us for more than a year that this is right."


def test_it_is_said_on_every_page_alike(play: Activity) -> None:
    with after(179):
        assert [one for one, html in pages(play).items() if "Nobody has told us" in html] == []
    with after(215):
        listings.refresh(listing=play)
        silent = [
            one
            for one, html in pages(play).items()
            if SEVEN not in html and SEVEN.removesuffix(" Ring first.") not in html
        ]
    assert silent == []


def test_after_a_year_it_leaves_the_results_and_is_offered_there(play: Activity) -> None:
    with after(365):
        found = Client().get("/activities/?q=play").content.decode()
        assert "/activities/play/" not in found
        assert "show what nobody has checked for a year, too" in found
        assert "/activities/play/" in Client().get("/activities/?unchecked=1").content.decode()
        page = Client().get("/activities/play/")
        assert page.status_code == 200
        assert YEAR in page.content.decode()
        assert "So it is not among the results of a search." in page.content.decode()
    with after(364):
        assert "/activities/play/" in Client().get("/activities/?q=play").content.decode()


def test_beside_what_is_found_it_says_how_many_more_there_are(play: Activity) -> None:
    with after(300):
        publish(make_activity(title="New play", organisation=play.organisation, venue=play.venue))
    with after(365):
        html = Client().get("/activities/").content.decode()
        assert "There is one more that nobody has checked for a year." in html
        assert 'href="?unchecked=1"' in html
        assert "/activities/new-play/" in html
        assert "/activities/play/" not in html
        both = Client().get("/activities/?unchecked=1").content.decode()
        assert "2 results" in both
        assert "There is one more" not in both


def test_no_view_and_no_file_has_it_unless_asked(play: Activity) -> None:
    with after(364):
        publish(make_activity(title="New", organisation=play.organisation, venue=play.venue))
    with after(366):
        for address in [*(f"/activities/{view}" for view in SEARCHES), "/activities.csv"]:
            assert "/activities/play/" not in Client().get(address).content.decode(), address
        csv = Client().get("/activities.csv?unchecked=1").content.decode()
        assert "/activities/play/" in csv


def test_a_check_brings_it_back_at_once(play: Activity) -> None:
    with after(400):
        listings.check(
            listing=Activity.objects.get(),
            checked_by=CheckedBy.GROUP,
            by=None,
            on=date(2027, 12, 8),
        )
        assert "/activities/play/" in Client().get("/activities/").content.decode()


def test_a_group_that_lists_nothing_leaves_the_results_too_but_not_the_groups() -> None:
    with after(0):
        publish(make_organisation(name="Larks"))
    with after(370):
        assert "/groups/larks/" not in Client().get("/activities/").content.decode()
        assert "/groups/larks/" in Client().get("/activities/?unchecked=1").content.decode()
        groups = Client().get("/groups/").content.decode()
        assert "/groups/larks/" in groups
        assert YEAR in groups
        assert Organisation.objects.get().is_public
