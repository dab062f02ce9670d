"""What is on, day by day: a week from today, the days that were chosen, what is off or moved."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from assets import listings
from assets.dates.words import near_day_in_words
from assets.models import Activity, DateChange, Status
from assets.search.dated import MOST_DATES
from tests.assets.make import make_activity, make_schedule, publish
from tests.assets.shown import Shown, asked, search

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
IN_3_DAYS = TODAY + timedelta(days=3)
NO_DATES = "No dates on these days."


@pytest.fixture(autouse=True)
def _the_day_does_not_end() -> Iterator[None]:
    """A long run may pass midnight; here it stays the day on which it began."""
    with time_machine.travel(NOW, tick=False):
        yield


def club(title: str, *weekdays: int, **changes: Any) -> Activity:
    """Late in the evening, so that today's is not over when the test runs."""
    activity = publish(make_activity(title=title))
    for weekday in weekdays:
        make_schedule(
            activity,
            **{"weekday": weekday, "starts_at": time(0, 5), "ends_at": time(23, 55)} | changes,
        )
    listings.refresh(listing=activity)
    return activity


def changed(activity: Activity, kind: str, **changes: Any) -> None:
    fields = {"activity": activity, "kind": kind, "on": IN_3_DAYS}
    DateChange.objects.create(**fields | changes)
    listings.refresh(listing=activity)


def days(page: Shown) -> list[str]:
    return [one for one in page.all("h2") if not one.startswith(("Narrow", "Keep up", "Can’t"))]


def starting(page: Shown, words: str) -> date:
    return date.fromisoformat(dict(asked(dict(page.links)[words]))["starting"])


def test_a_week_from_today_each_day_once() -> None:
    club("Bells", *range(7))
    page = search("view=dates")
    week = [TODAY + timedelta(days=ahead) for ahead in range(7)]
    assert days(page) == [near_day_in_words(day) for day in week]


def test_chosen_days_alone() -> None:
    club("Bells", *range(7))
    assert days(search(f"view=dates&on={IN_3_DAYS}")) == [near_day_in_words(IN_3_DAYS)]
    page = search(f"view=dates&when=tomorrow&on={IN_3_DAYS}")
    assert days(page) == ["Tomorrow", near_day_in_words(IN_3_DAYS)]
    assert not {"The week before", "The week after"} & {*dict(page.links)}


def test_what_is_called_off_is_told() -> None:
    changed(club("Bells", IN_3_DAYS.weekday()), "cancelled", note="the roof leaks")
    page = search("view=dates")
    assert days(page) == [near_day_in_words(IN_3_DAYS)]
    assert "not on (the roof leaks) Bells Bakewell" in page.all("li.day__off")[0]


def test_what_is_moved_is_told_on_both_days() -> None:
    to = IN_3_DAYS + timedelta(days=1)
    changed(club("Bells", IN_3_DAYS.weekday()), "moved", to_on=to)
    page = search("view=dates")
    assert days(page) == [near_day_in_words(IN_3_DAYS), near_day_in_words(to)]
    assert page.all("li.day__off")[0].startswith(f"moved to {near_day_in_words(to)}")


def test_no_week_before_today_and_none_beyond_a_year() -> None:
    club("Bells", *range(7))
    page, seen = search("view=dates"), set[str]()
    assert "The week before" not in dict(page.links)
    assert starting(page, "The week after") == TODAY + timedelta(days=7)
    for _week in range(60):
        seen |= {*days(page)}
        if "The week after" not in dict(page.links):
            break
        page = page.follow("The week after")
    assert len(seen) >= 365
    assert starting(page, "The week before") == TODAY + timedelta(days=366 - 14)
    assert days(page)[-1] == near_day_in_words(TODAY + timedelta(days=365))


def test_a_week_that_begins_soon_leads_back_to_today_and_no_further() -> None:
    club("Bells", *range(7))
    page = search(f"view=dates&starting={IN_3_DAYS}")
    assert starting(page, "The week before") == TODAY
    for outside in (TODAY - timedelta(days=9), TODAY + timedelta(days=900)):
        assert len(days(search(f"view=dates&starting={outside}"))) == 7


def test_other_weeks_keep_the_search() -> None:
    club("Bells", *range(7))
    page = search("view=dates&q=bells&cost=free")
    assert [one for one in asked(dict(page.links)["The week after"]) if one[0] != "starting"] == [
        ("cost", "free"),
        ("q", "bells"),
        ("view", "dates"),
    ]


def test_a_day_without_dates_says_so() -> None:
    club("Bells")
    assert any(text.startswith(NO_DATES) for text in search("view=dates").says)


def test_more_than_a_page_holds_is_cut_short_and_said() -> None:
    activity = club("Bells", *range(7))
    cut = "There is more than fits here. Choose one day to see all of it."
    assert cut not in search("view=dates").says
    for minute in range(MOST_DATES // 7 + 1):
        for weekday in range(7):
            make_schedule(
                activity, weekday=weekday, starts_at=time(1, minute), ends_at=time(23, minute)
            )
    listings.refresh(listing=activity)
    assert cut in search("view=dates").says


def test_an_activity_that_is_hidden_has_no_day() -> None:
    activity = club("Bells", *range(7))
    listings.move(listing=activity, to=Status.WITHDRAWN, by=None)
    club("Drums")
    page = search("view=dates")
    assert "Bells" not in page.html
