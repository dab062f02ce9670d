"""What is missing, what would be, what has changed, and what was looked for in vain."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from assets import listings
from assets.coverage import Asked, Dim, gaps, lost, not_found
from assets.coverage.change import Change, changes
from assets.models import Activity, NotFound, Place, Status
from tests.assets.make import make_activity, make_evidence, make_not_found, make_venue, publish, tag
from thrive.models import Theme

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def on_the_board(title: str, **changes: object) -> Activity:
    """About youth voice, for everybody from 11 to 15 unless the test says otherwise."""
    ages = {"age_from": 132, "age_before": 192}
    activity = publish(make_activity(title=title, **{**ages, **changes}))
    tag(activity, "themes", "youth-voice")
    return activity


def about_youth_voice(asked: Asked | None = None) -> list[str]:
    return [gap.words for gap in gaps(asked or Asked()) if "Youth voice" in gap.words]


@pytest.mark.django_db
def test_what_has_nothing_at_all_is_one_gap() -> None:
    found = gaps(Asked())
    assert [gap.words for gap in found] == [
        f"Nothing about “{name}” anywhere" for name in Theme.objects.values_list("name", flat=True)
    ]
    assert {gap.breadth for gap in found} == {2}


@pytest.mark.django_db
def test_gaps_are_told_as_widely_as_they_are_and_empty_before_thin() -> None:
    forum = on_the_board("Youth forum")
    assert about_youth_voice() == [
        *(
            f"Nothing about “Youth voice” in and around {town}"
            for town in ("Ashbourne", "Darley Dale", "Matlock", "Wirksworth")
        ),
        *(f"Nothing for {ages} about “Youth voice” anywhere" for ages in ("0–4", "5–10")),
        *(f"Nothing for {ages} about “Youth voice” anywhere" for ages in ("16–17", "18–25")),
        "Only 1 activity for 11–15 about “Youth voice” in and around Bakewell",
    ]
    # Three are enough.
    on_the_board("Second", organisation=forum.organisation)
    on_the_board("Third", organisation=forum.organisation)
    assert about_youth_voice()[-1] == "Nothing for 18–25 about “Youth voice” anywhere"


@pytest.mark.django_db
def test_what_was_looked_for_comes_first() -> None:
    on_the_board("Youth forum")
    matlock = Place.objects.get(slug="matlock")
    make_not_found(month=date(2026, 10, 1), place=matlock, theme_id="youth-voice", times=5)
    [first, *rest] = gaps(Asked())
    assert first.words == "Nothing about “Youth voice” in and around Matlock"
    assert (first.looked_for, {gap.looked_for for gap in rest}) == (5, {0})


@pytest.mark.django_db
def test_if_this_closed_says_what_would_be_left() -> None:
    one = on_the_board("Youth forum")
    on_the_board("Second", organisation=one.organisation)
    on_the_board("Third", organisation=one.organisation)
    [loss] = lost(Asked(), [one.pk])
    assert (loss.gap.words, loss.now) == (
        "Only 2 activities for 11–15 about “Youth voice” in and around Bakewell",
        3,
    )
    every = Activity.objects.values_list("pk", flat=True)
    assert [loss.gap.words for loss in lost(Asked(), list(every))] == [
        "Nothing about “Youth voice” anywhere"
    ]


@pytest.mark.django_db
def test_then_and_now_go_by_what_was_public_on_the_day() -> None:
    with time_machine.travel(NOW - timedelta(days=30), tick=False):
        gone = on_the_board("Gone since")
        never = make_activity(title="A draft", organisation=gone.organisation)
        tag(never, "themes", "youth-voice")
    with time_machine.travel(NOW - timedelta(days=9), tick=False):
        listings.move(listing=Activity.objects.get(pk=gone.pk), to=Status.ENDED, by=None)
        for title in ("New", "Newer"):
            venue = make_venue(postcode="DE4 3AB", place=Place.objects.get(slug="matlock"))
            on_the_board(title, organisation=gone.organisation, venue=venue)
    asked = Asked(dims=(Dim.THEME, Dim.PLACE))
    assert changes(asked, date(2026, 10, 20)) == [
        Change("Youth voice, Matlock", 0, 2),
        Change("Youth voice, Bakewell", 1, 0),
    ]
    assert changes(asked, date(2026, 10, 25)) == []


def counted() -> list[tuple[str | None, str | None, int]]:
    return list(NotFound.objects.order_by("pk").values_list("place__slug", "theme", "times"))


PERSON = {"User-Agent": "Mozilla/5.0 (a telephone)"}


@pytest.mark.django_db
def test_a_search_that_finds_nothing_is_counted_by_town_and_theme_alone(client: Client) -> None:
    for query in (
        "q=zebracrossing",
        "q=zebracrossing&near=DE45+1DY",
        "near=Bakewell&theme=youth-voice",
        "near=Bakewell&theme=youth-voice&within=5",
        "q=eating+disorders",
        "theme=youth-voice&theme=mobility",
    ):
        assert client.get(f"/activities/?{query}", headers=PERSON).status_code == 200
    assert counted() == [
        (None, None, 2),
        ("bakewell", None, 1),
        ("bakewell", "youth-voice", 2),
        (None, "eating-disorders", 1),
    ]
    assert {field.name for field in NotFound._meta.fields} == {
        "id", "month", "place", "theme", "times"
    }  # fmt: skip


@pytest.mark.django_db
def test_what_was_found_asked_by_a_program_or_from_a_cell_is_not_counted(client: Client) -> None:
    on_the_board("Youth forum")
    client.get("/activities/?near=Bakewell", headers=PERSON)
    client.get("/activities/?q=zebracrossing", headers={"User-Agent": "Googlebot/2.1"})
    client.head("/activities/?q=zebracrossing", headers=PERSON)
    client.get("/activities/?theme=mobility&part=matlock&unchecked=1", headers=PERSON)
    client.get("/activities/?q=i+want+to+die+zebra", headers=PERSON)
    client.get("/activities/?near=Atlantis", headers=PERSON)
    client.get("/activities/?age=banana", headers=PERSON)
    assert counted() == []


@pytest.mark.django_db
def test_nothing_under_five_is_told_and_nothing_of_this_month(client: Client) -> None:
    matlock, october = Place.objects.get(slug="matlock"), date(2026, 10, 1)
    make_not_found(month=october, place=matlock, theme_id="mobility", times=4)
    make_not_found(month=october, place=matlock, theme_id="youth-voice", times=9)
    make_not_found(month=date(2026, 11, 1), place=matlock, theme_id="inclusion", times=50)
    make_not_found(month=date(2025, 10, 1), place=matlock, theme_id="inclusion", times=50)
    for month in (october, date(2026, 1, 1)):
        make_not_found(month=month, theme_id="social-media", times=3)
    told = [(one.place, one.theme, one.times) for one in not_found.told(in_fives=True)]
    assert told == [(None, "Social media", 5), ("Matlock", "Youth voice", 5)]
    told = [(one.place, one.theme, one.times) for one in not_found.told(in_fives=False)]
    assert told == [("Matlock", "Youth voice", 9), (None, "Social media", 6)]
    page = client.get("/coverage/").content.decode()
    assert "Youth voice, near Matlock: 5 times or more" in page
    assert "Mobility, near" not in page


@pytest.mark.django_db
def test_staff_see_what_would_close_and_what_has_changed(
    client_of: Callable[[str], Client],
) -> None:
    activity = on_the_board("Youth forum")
    client = client_of("stefan")
    page = client.get(f"/admin/assets/notfound/?closing={activity.slug}&since=2026-10-01")
    assert page.status_code == 200
    words = page.content.decode()
    assert "Nothing about “Youth voice” anywhere" in words
    assert "Youth voice, Bakewell" in words
    group = client.get(f"/admin/assets/notfound/?closing=/groups/{activity.organisation.slug}/")
    assert [loss.now for loss in group.context["losses"]] == [1]
    wrong = client.get("/admin/assets/notfound/?closing=nothing&since=0001-01-01&rows=x")
    assert wrong.status_code == 400
    assert sorted(wrong.context["form"].errors) == ["closing", "rows", "since"]


@pytest.mark.django_db
def test_beside_a_cell_staff_read_what_people_said_of_it_and_of_no_other(
    client_of: Callable[[str], Client],
) -> None:
    bakewell = Place.objects.get(slug="bakewell")
    of_it: dict[str, Any] = {"age_from": 132, "age_before": 192, "place": bakewell}
    make_evidence("youth-voice", text="Nobody asks us.", **of_it)
    make_evidence("youth-voice", text="Of every age, everywhere.", place=None)
    make_evidence("mobility", text="Another theme.", **of_it)
    make_evidence("youth-voice", text="Another age.", **of_it | {"age_from": 0, "age_before": 48})
    make_evidence("youth-voice", text="Another town.", place=Place.objects.get(slug="matlock"))
    client = client_of("stefan")
    cell = "/admin/assets/notfound/cell/?theme=youth-voice&ages=11-15&place=bakewell&by=place"
    page = client.get(cell)
    assert page.context["title"] == ("Nothing for 11–15 about “Youth voice” in and around Bakewell")
    assert {one.text for one in page.context["said"]} == {
        "Nobody asks us.",
        "Of every age, everywhere.",
    }
    on_the_board("Youth forum")
    table = client.get("/admin/assets/notfound/").content.decode()
    assert "cell/?theme=youth-voice&amp;" in table
    assert client.get("/admin/assets/notfound/cell/?theme=nothing").status_code == 404
    # Of no cell at all there is nothing to say.
    assert client.get("/admin/assets/notfound/cell/").status_code == 404
