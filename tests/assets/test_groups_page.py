"""The list of groups, and how one is found in it."""

import re
from html import unescape
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from assets import listings
from assets.dates import words as dates
from assets.dates.occurrences import upcoming
from assets.filters import OrganisationFilter
from assets.models import Activity, Organisation, Status, Venue
from assets.places.resolve import Resolved, resolve
from tests.assets.make import (
    make_activity,
    make_organisation,
    make_partner,
    make_place,
    make_schedule,
    make_venue,
    publish,
    tag,
)

pytestmark = pytest.mark.django_db


def page_of(**asked: Any) -> str:
    return Client().get("/groups/", asked).content.decode()


def names_on(page: str) -> list[str]:
    return re.findall(r'<h2 class="card__title"><a[^>]*><bdi>(.*?)</bdi>', page)


def named(**asked: Any) -> list[str]:
    return names_on(page_of(**asked))


def found(typed: str) -> list[str]:
    return named(name=typed)


def counted(name: str, **asked: Any) -> dict[str, int]:
    """What stands beside each option of one question."""
    pairs = re.findall(
        rf'for="{name}-([^"]*)">[^<]*<span class="options__count">(\d+)', page_of(**asked)
    )
    return {option: int(count) for option, count in pairs}


def running(title: str, **changes: Any) -> tuple[Organisation, Activity]:
    """A group of this name that runs one activity, at a venue in Bakewell unless said otherwise."""
    group = make_organisation(name=title)
    return group, publish(make_activity(title=f"{title}’s own", organisation=group, **changes))


def test_a_group_is_found_by_its_name_or_by_what_it_says_of_itself() -> None:
    publish(make_organisation(name="Café Zoë", summary="Soup and a chat."))
    publish(make_organisation(name="Bell ringers", summary="We ring, and have soup after."))
    make_organisation(name="Soup makers", summary="Still a draft.")
    assert found("zoe") == ["Café Zoë"]
    assert found("SOUP") == ["Bell ringers", "Café Zoë"]
    assert found("draft") == []
    assert found("%") == []


def test_every_word_counts_wherever_it_stands() -> None:
    publish(make_organisation(name="Café Zoë", summary="Soup and a chat."))
    publish(make_organisation(name="Bell ringers", summary="We ring, and have soup after."))
    assert found("soup cafe") == ["Café Zoë"]
    assert found("soup bread") == []


def test_the_label_says_what_is_searched() -> None:
    assert "Name, or what they do" in page_of()


def test_groups_stand_by_name_or_the_nearest_first() -> None:
    running("A far one", venue=make_venue(name="Mill", postcode="DE4 3AB"))
    running("B near one")
    assert named(within=20) == ["A far one", "B near one"]
    assert named(near="Bakewell", within=20) == ["B near one", "A far one"]
    assert named(near="Bakewell", within=20, sort="name") == ["A far one", "B near one"]
    assert named(near="Bakewell", within=1) == ["B near one"]


def test_a_group_is_as_near_as_the_nearest_of_its_public_activities() -> None:
    group, _far = running("Both ends", venue=make_venue(name="Mill", postcode="DE4 3AB"))
    make_activity(title="Still a draft", organisation=group)
    assert named(near="Bakewell", within=3) == []
    publish(make_activity(title="Near", organisation=group))
    assert named(near="Bakewell", within=3) == ["Both ends"]


def test_what_a_group_helps_to_run_counts_as_its_own() -> None:
    _lead, activity = running("Lead")
    helper = publish(make_organisation(name="Helper"))
    make_partner(activity, helper)
    listings.refresh(listing=activity)
    tag(activity, "needs_groups", "thriving")
    assert named(near="Bakewell", needs="thriving") == ["Helper", "Lead"]
    assert counted("needs", near="Bakewell")["thriving"] == 2


def test_a_hidden_venue_is_as_far_as_the_middle_of_its_village() -> None:
    """Two homes of one village, wherever they stand in it: the same distance to the metre."""
    village = make_place(name="Nether Testing")
    for number, postcode in enumerate(("DE45 1DY", "DE4 3AB")):
        venue = make_venue(name=f"Zanzibar {number}", postcode=postcode)
        venue.place, venue.shown = village, Venue.Shown.MASKED
        listings.save(listing=venue, by=None)
        running(f"Home {number}", venue=venue)
    near = QueryDict("near=Bakewell&within=20")
    asked = OrganisationFilter(near, Organisation.objects.public())
    assert asked.is_valid()
    place = resolve("Bakewell")
    assert isinstance(place, Resolved)
    middle = place.point.metres_to(village.point)
    assert [round(group.metres, 6) for group in asked.in_order()] == [round(middle, 6)] * 2
    assert "Zanzibar" not in page_of(near="Bakewell", within=20)


def test_what_needs_no_journey_is_near_whom_it_serves_and_comes_last() -> None:
    running("Online for all", ways_to_take_part=["online"])
    running("Here")
    publish(make_organisation(name="Lists nothing"))
    page = page_of(near="Bakewell", within=1)
    assert names_on(page) == ["Here", "Online for all"]
    assert page.count("No journey: online, by phone or at home") == 1


def test_a_group_says_how_much_is_on_and_when_next() -> None:
    group, first = running("Bell ringers")
    second = publish(make_activity(title="Tea", organisation=group))
    make_activity(title="Still a draft", organisation=group)
    for activity in (first, second):
        make_schedule(activity)
        listings.refresh(listing=activity)
    soonest = upcoming(first, 1)[0]
    page = unescape(page_of())
    assert "2 things on" in page
    assert f'<strong class="card__next">{dates.in_words(soonest)}</strong>' in page


def test_a_group_that_is_not_public_is_nowhere_in_list_or_counts() -> None:
    group, activity = running("Gone")
    tag(activity, "needs_groups", "thriving")
    tag(group, "ways_of_working", "coaching")
    group.refresh_from_db()
    assert counted("working") == {"coaching": 1}
    listings.move(listing=group, to=Status.PAUSED, by=None)
    assert (named(), counted("needs")["thriving"], counted("working")) == ([], 0, {})


def test_a_draft_activity_tags_no_group() -> None:
    group, activity = running("Bell ringers")
    draft = make_activity(title="Still a draft", organisation=group)
    tag(draft, "needs_groups", "getting-help")
    tag(draft, "audiences", "girls")
    tag(activity, "needs_groups", "thriving")
    assert counted("needs")["getting-help"] == 0
    assert named(needs="getting-help") == []
    assert counted("who") == {}


def test_a_count_is_what_one_more_tick_would_give() -> None:
    for title, need in (("A", "thriving"), ("B", "thriving"), ("C", "getting-help")):
        _group, activity = running(title)
        tag(activity, "needs_groups", need)
    tag(running("D")[1], "audiences", "girls")
    counts = counted("needs", needs="getting-help")
    assert (counts["thriving"], counts["getting-help"]) == (2, 1)
    assert counted("who", needs="getting-help") == {}
    assert named(needs=["thriving", "getting-help"]) == ["A", "B", "C"]


@pytest.mark.parametrize(
    "asked",
    ["needs=dragons", "within=7", "sort=banana", "who=%00", "name=%00", f"name={'a' * 101}"],
)
def test_what_cannot_be_asked_is_told(asked: str) -> None:
    publish(make_organisation())
    answer = Client().get(f"/groups/?{asked}")
    assert answer.status_code == 400
    assert 'class="problems"' in answer.content.decode()
    assert names_on(answer.content.decode()) == []


def test_a_page_past_the_end_is_none() -> None:
    for number in range(21):
        publish(make_organisation(name=f"Group {number:02}"))
    assert named() == [f"Group {number:02}" for number in range(20)]
    assert named(page=2) == ["Group 20"]
    for page in ("3", "0", "x"):
        assert Client().get("/groups/", {"page": page}).status_code == 404
