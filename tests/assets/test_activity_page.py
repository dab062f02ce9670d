"""One activity in full: when it is on and off, what is like it, and how to keep it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from assets import listings
from assets.dates.words import near_day_in_words
from assets.models import Activity, DateChange, Place, SchoolTerm, Status
from assets.shortlist import Shortlist
from assets.tagging.verbs import set_tags
from tests.assets.make import make_activity, make_schedule, make_venue, publish
from tests.assets.shown import Shown, shown
from thrive.models import TagSource, Theme

pytestmark = pytest.mark.django_db
IN_3_DAYS = timezone.localdate() + timedelta(days=3)
CONFIRM = "School terms are still to be confirmed here: ask the group near a holiday."


def club(title: str, theme: str = "youth-voice", **changes: Any) -> Activity:
    activity = publish(make_activity(title=title, **changes))
    activity.themes.set(Theme.objects.filter(slug=theme))
    listings.refresh(listing=activity)
    return activity


def page_of(activity: Activity) -> Shown:
    return shown(f"/activities/{activity.slug}/")


def test_the_next_dates_with_those_that_are_off() -> None:
    activity = club("Bells")
    make_schedule(activity, weekday=IN_3_DAYS.weekday())
    DateChange.objects.create(activity=activity, kind="cancelled", on=IN_3_DAYS, note="snow")
    listings.refresh(listing=activity)
    page = page_of(activity)
    dates = [near_day_in_words(IN_3_DAYS + timedelta(weeks=n)) for n in range(6)]
    assert page.all("li.dates__off") == [f"{dates[0]}: not on (snow)"]
    on = [text for text in page.all("li") if text.endswith(", 10 am to 11.30 am")]
    assert on[:5] == [f"{day}, 10 am to 11.30 am" for day in dates[1:]]


def test_terms_that_nobody_has_confirmed_are_said_only_where_they_matter() -> None:
    in_term, all_year = club("Bells"), club("Drums")
    make_schedule(in_term, time_of_year="term")
    make_schedule(all_year, time_of_year="all-year")
    for listing in (in_term, all_year):
        listings.refresh(listing=listing)
    told = []
    for note in ("", "Not confirmed yet"):
        SchoolTerm.objects.update(staff_note=note)
        told += [CONFIRM in page_of(one).html for one in (in_term, all_year)]
    assert told == [False, False, True, False]


def test_what_is_like_it_is_never_itself_and_at_most_three() -> None:
    first, *_others = [club(f"Bells {number}") for number in range(6)]
    titles = page_of(first).titles
    assert len(titles) == 3
    assert first.title not in titles


def test_what_is_like_it_is_on_the_same_theme_and_for_the_same_age() -> None:
    asked_about = club("Bells", age_from=12 * 12, age_before=17 * 12)
    club("Drums", age_from=12 * 12, age_before=17 * 12)
    club("For toddlers", age_from=0, age_before=4 * 12)
    club("Other theme", theme="eating-disorders", age_from=12 * 12, age_before=17 * 12)
    assert page_of(asked_about).titles == ["Drums"]


def test_what_is_hidden_or_far_is_never_like_it() -> None:
    asked_about = club("Bells")
    withdrawn, paused = club("Withdrawn"), club("Paused")
    listings.move(listing=withdrawn, to=Status.WITHDRAWN, by=None)
    listings.move(listing=paused, to=Status.PAUSED, by=None)
    buxton = Place.objects.get(slug="buxton")
    club("Far", venue=make_venue(place=buxton, shown="masked", address="", postcode=""))
    make_activity(title="A draft").themes.set(Theme.objects.filter(slug="youth-voice"))
    assert page_of(asked_about).titles == []


def test_it_can_be_kept_and_printed() -> None:
    activity = club("Bells")
    alone = Shortlist((activity.pk,)).text
    page = page_of(activity)
    assert dict(page.links)["Keep on a list"] == f"?ids={alone}"
    assert dict(page.links)["Print or share"] == f"/shortlist/?ids={alone}"
    assert page.follow("Keep on a list").follow("Take off your list").path.endswith("/?")
    assert page.follow("Print or share").titles == ["Bells"]


def test_why_a_needs_group_is_here_tells_who_said_so_and_neither_name_nor_note(
    erin: User,
) -> None:
    activity = club("Bells")
    note = {"thriving": "Rang Jo, who was cross."}
    set_tags(listing=activity, of="needs_groups", wanted=note, by=erin, source=TagSource.STAFF)
    page = page_of(activity).html
    month = date_format(timezone.localdate(), "F Y")
    assert f"Why is it here?</summary>Staying well: our team, {month}</details>" in page
    assert ("Erin" in page, "cross" in page) == (False, False)
