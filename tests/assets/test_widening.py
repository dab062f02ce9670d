"""Where little is found, what nobody asked for in so many words is let go of, and that is said."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assets import listings
from assets.models import Activity, Place
from assets.places.grid import GridPoint
from tests.assets.make import make_activity, make_place, make_schedule, make_venue, publish
from tests.assets.shown import search

pytestmark = pytest.mark.django_db
OTHER_TIMES = "Nothing was on then, so here is what is on at other times."
FURTHER = "There is little within 10 miles, so we looked within 20."
TOMORROW = timezone.localdate() + timedelta(days=1)


def club(title: str, place: str = "bakewell", **changes: Any) -> Activity:
    """In the middle of a village, and on no date unless the test gives it one."""
    village = Place.objects.get(slug=place)
    venue = make_venue(place=village, shown="masked", address="", postcode="")
    return publish(make_activity(title=title, venue=venue, **changes))


def on(activity: Activity, weekday: int, **changes: Any) -> Activity:
    make_schedule(activity, weekday=weekday, **changes)
    listings.refresh(listing=activity)
    return activity


@pytest.fixture
def _far_away() -> None:
    """A village some fourteen miles from Bakewell."""
    make_place(name="Far Testing", slug="far-testing", point=GridPoint(444000, 368500))


def test_a_day_that_was_read_is_let_go_of_before_the_words_are() -> None:
    on(club("Kite flying"), (TOMORROW.weekday() + 2) % 7)
    on(club("Stamp collecting"), TOMORROW.weekday())
    page = search("q=kite+flying+tomorrow")
    assert page.titles == ["Kite flying"]
    assert page.says == [OTHER_TIMES]
    assert page.sent == [("q", "kite flying")]
    assert list(page.chips) == ["“kite flying”"]


def test_what_else_was_read_is_still_said() -> None:
    on(club("Kite flying"), (TOMORROW.weekday() + 2) % 7)
    page = search("q=kite+flying+bakewell+tomorrow&within=3")
    assert page.titles == ["Kite flying"]
    assert page.says == [
        "We read “kite flying bakewell tomorrow” as: “kite flying”, near Bakewell. "
        "Look for just those words instead",
        OTHER_TIMES,
    ]


def test_a_day_of_somebodys_own_is_never_let_go_of() -> None:
    on(club("Kite flying"), (TOMORROW.weekday() + 2) % 7)
    for query in ("q=kite&when=tomorrow", f"q=kite&on={TOMORROW}"):
        page = search(query)
        assert page.titles == []
        assert OTHER_TIMES not in page.says


def test_a_day_of_somebodys_own_stays_though_a_time_of_day_was_read() -> None:
    """It is on that day, but in the morning; another one is in the evening of another day."""
    on(club("Kite flying"), TOMORROW.weekday())
    on(club("Kite mending"), (TOMORROW.weekday() + 2) % 7, starts_at="19:00", ends_at="20:00")
    page = search(f"q=kite+in+the+evening&on={TOMORROW}")
    assert page.titles == ["Kite flying"]
    assert page.says == [OTHER_TIMES]
    assert page.sent == [("q", "kite"), ("on", TOMORROW.isoformat())]


def test_text_alone_is_sent_again_without_the_day_that_was_let_go_of() -> None:
    on(club("Kite flying"), (TOMORROW.weekday() + 2) % 7)
    page = search("q=kite+flying+tomorrow&view=text")
    assert sorted(page.sent) == [("q", "kite flying"), ("view", "text")]


@pytest.mark.usefixtures("_far_away")
def test_where_little_is_near_we_look_further_and_say_so() -> None:
    club("Kite flying")
    club("Kite mending", place="far-testing")
    page = search("q=kite&near=Bakewell")
    assert page.titles == ["Kite flying", "Kite mending"]
    assert page.says == [FURTHER]
    assert ("within", "20") in page.sent


@pytest.mark.usefixtures("_far_away")
def test_we_look_further_where_nothing_at_all_was_typed() -> None:
    club("Kite mending", place="far-testing")
    page = search("near=Bakewell&age=3")
    assert page.titles == ["Kite mending"]
    assert page.says == [FURTHER]


@pytest.mark.usefixtures("_far_away")
def test_a_distance_that_somebody_chose_stays() -> None:
    club("Kite mending", place="far-testing")
    for miles in (5, 10):
        page = search(f"near=Bakewell&within={miles}")
        assert page.total == 0
        assert page.says == []


@pytest.mark.usefixtures("_far_away")
def test_where_there_is_enough_we_do_not_look_further() -> None:
    for number in range(3):
        club(f"Kite flying {number}")
    club("Kite mending", place="far-testing")
    page = search("q=kite&near=Bakewell")
    assert page.titles == [f"Kite flying {number}" for number in range(3)]
    assert page.says == []


def test_where_there_is_no_more_further_away_nothing_is_said() -> None:
    club("Kite flying")
    page = search("q=kite&near=Bakewell")
    assert page.titles == ["Kite flying"]
    assert page.says == []
    assert "within" not in dict(page.sent)


def test_an_age_that_was_read_is_let_go_of_where_it_hides_what_was_asked_for() -> None:
    club("Kite flying", age_from=96, age_before=132)
    club("Little ones", age_from=0, age_before=60, description="Nobody brings a kite.")
    page = search("q=kite+flying+for+my+4+year+old")
    assert page.titles[0] == "Kite flying"
    assert page.says == ["Little for that age fits, so here is what is for other ages, too."]
    assert page.sent == [("q", "kite flying")]


def test_an_age_in_its_own_place_stays() -> None:
    club("Kite flying", age_from=96, age_before=132)
    assert search("q=kite+flying&age=4").titles == []
