"""What a search means, in cases small enough to work out in one's head."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine

from assets import listings, venues
from assets.models import (
    Activity,
    Area,
    DateChange,
    Organisation,
    OrganisationTheme,
    Place,
    Postcode,
    Venue,
)
from assets.places.grid import GridPoint
from assets.search.answer import search
from assets.search.options import FILTERS
from assets.search.query import Answer, Query, Sort
from assets.search.when import PARTS_OF_DAY, Window, windows
from tests.assets.make import (
    make_activity,
    make_organisation,
    make_schedule,
    make_venue,
    publish,
)
from thrive.models import Theme

# A Tuesday in term, at noon.
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
TUESDAY, SATURDAY, SUNDAY = 1, 5, 6
WINDOWS = tuple(windows(NOON.date(), (date(2026, 12, 19), date(2027, 1, 4)), None))


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def on(activity: Activity, weekday: int, begins: int) -> Activity:
    """On every week, from this hour for one."""
    make_schedule(activity, weekday=weekday, starts_at=time(begins), ends_at=time(begins + 1))
    listings.refresh(listing=activity)
    return activity


def public(title: str, **changes: Any) -> Activity:
    return publish(make_activity(title=title, **changes))


def ask(**asked: Any) -> Answer:
    return search(Query(windows=WINDOWS, size=1_000, **asked))


def names(answer: Answer) -> list[str]:
    """By name: activities, and groups that list nothing."""
    keys = [key for one in answer.found if (key := one.activity_id or one.organisation_id)]
    found = [*Activity.objects.filter(pk__in=keys), *Organisation.objects.filter(pk__in=keys)]
    assert len(found) == len(keys)
    return sorted(map(str, found))


def found(**asked: Any) -> list[str]:
    return names(ask(**asked))


# --- Ticking ---


@pytest.fixture
def four(db: None) -> None:
    public("Free for all")
    public("Free to book", how_to_come="book")
    public("Paid, with help", cost="paid", price=3, help_with_cost=True)
    public("Paid to book", cost="paid", price=3, how_to_come="book")


def test_a_second_option_of_one_filter_widens(four: None) -> None:
    assert found(options={"cost": ("free",)}) == ["Free for all", "Free to book"]
    both = ["Free for all", "Free to book", "Paid, with help"]
    assert found(options={"cost": ("free", "help")}) == both


def test_a_second_filter_narrows(four: None) -> None:
    assert found(options={"cost": ("free",), "come": ("book",)}) == ["Free to book"]


def test_a_donation_is_free(four: None) -> None:
    public("For a donation", cost="donation")
    assert "For a donation" in found(options={"cost": ("free",)})


def test_what_one_filter_keeps_out_is_told(four: None) -> None:
    answer = ask(options={"cost": ("help",), "come": ("book",)})
    assert (answer.total, answer.without) == (0, {"cost": 2, "come": 1})


def test_an_option_without_its_own_filter_counts_what_ticking_it_would_add(four: None) -> None:
    answer = ask(options={"cost": ("free",), "come": ("book",)})
    assert answer.counts["cost"] == {"free": 1, "help": 0}
    assert (answer.counts["come"]["just-come"], answer.counts["come"]["book"]) == (1, 1)


def test_an_option_that_nothing_has_finds_nothing_and_breaks_nothing(four: None) -> None:
    answer = ask(options={"who": ("nobody-has-this",)})
    assert (answer.total, answer.without) == (0, {"who": 4})
    assert found(options={"access": ("nobody-has-this",)}) == []


def base(filters: list[str]) -> Query:
    """One search with and without other filters, to count under."""
    chosen = {"cost": ("free",), "way": ("in-person",)} if filters else {}
    return Query(options=chosen, windows=WINDOWS, times=tuple(filters))


@pytest.mark.parametrize("beside", [[], ["morning", "afternoon", "after-school"]])
def test_the_count_of_an_option_is_the_total_that_ticking_it_gives(
    example_district: None, beside: list[str]
) -> None:
    query = base(beside)
    counts = search(query).counts
    told, ticked = {}, {}
    for one in FILTERS:
        for option, count in counts[one.name].items():
            told[one.name, option] = count
            options = {**query.options, one.name: (option,)}
            ticked[one.name, option] = search(replace(query, options=options)).total
    for window in WINDOWS:
        told["when", window.name] = counts["when"][window.name]
        ticked["when", window.name] = search(replace(query, when=(window.name,))).total
    for part in PARTS_OF_DAY:
        told["time", part] = counts["time"][part]
        ticked["time", part] = search(replace(query, times=(part,))).total
    assert told == ticked
    assert sum(count > 0 for count in told.values()) > 30


def test_needs_that_add_up_count_what_has_them_all(example_district: None) -> None:
    first = max(ask().counts["access"].items(), key=lambda one: one[1])[0]
    query = Query(windows=WINDOWS, options={"access": (first,)})
    answer = search(query)
    for option, count in answer.counts["access"].items():
        both = replace(query, options={"access": (first, option)})
        assert search(both).total == count <= answer.total
    assert answer.counts["access"][first] == answer.total > 0


# --- When ---


def test_a_saturday_morning_and_a_tuesday_evening_are_no_saturday_evening(db: None) -> None:
    club = on(on(public("Club"), SATURDAY, 10), TUESDAY, 18)
    assert found(when=("saturday",)) == found(times=("evening",)) == [str(club)]
    assert found(when=("saturday",), times=("evening",)) == []
    answer = ask(when=("saturday",), times=("evening",))
    assert answer.without == {"when": 1}
    assert answer.counts["time"] == {
        "morning": 1, "afternoon": 0, "after-school": 0, "evening": 0
    }  # fmt: skip
    on_evenings = {name for name, count in answer.counts["when"].items() if count}
    assert on_evenings == {"today", "week", "next-week", "holidays"}


def test_what_is_over_is_not_today(db: None) -> None:
    on(public("This morning"), TUESDAY, 10)
    on(public("At noon, an hour long"), TUESDAY, 12)
    on(public("This evening"), TUESDAY, 18)
    assert found(when=("today",)) == ["At noon, an hour long", "This evening"]
    assert found(when=("today",), times=("morning",)) == []
    assert found(times=("morning",)) == ["This morning"]
    with time_machine.travel(NOON.replace(hour=13), tick=False):
        assert found(when=("today",)) == ["This evening"]
        assert ask().counts["when"]["today"] == 1


def test_a_search_by_date_starts_with_what_is_not_over(db: None) -> None:
    on(public("This morning"), TUESDAY, 10)
    on(public("This evening"), TUESDAY, 18)
    answer = ask(sort=Sort.NEXT)
    assert [one.next and one.next.on for one in answer.found] == [
        date(2026, 12, 1),
        date(2026, 12, 8),
    ]


def test_a_time_of_day_does_not_find_what_was_on_for_the_last_time(db: None) -> None:
    for title, day in [("Over", 1), ("To come", 2)]:
        once = public(title)
        make_schedule(once, frequency="dates", weekday=None, dates=[date(2026, 12, day)])
        listings.refresh(listing=once)
    assert found(times=("morning",)) == ["To come"]


def changed(activity: Activity, **change: Any) -> None:
    DateChange.objects.create(activity=activity, **change)
    listings.refresh(listing=activity)


def test_what_is_called_off_is_not_on(db: None) -> None:
    club = on(public("Club"), SATURDAY, 10)
    assert found(when=("saturday",)) == ["Club"]
    changed(club, on=date(2026, 12, 5), kind="cancelled")
    answer = ask(when=("saturday",))
    assert (answer.total, answer.counts["when"]["saturday"]) == (0, 0)
    nearest = ask(sort=Sort.NEXT).found[0].next
    assert nearest
    assert nearest.on == date(2026, 12, 12)


def test_what_has_moved_is_on_its_new_day(db: None) -> None:
    club = on(public("Club"), SATURDAY, 10)
    changed(club, on=date(2026, 12, 5), kind="moved", to_on=date(2026, 12, 6))
    assert (found(when=("saturday",)), found(when=("sunday",))) == ([], ["Club"])


def test_a_day_of_ones_own_finds_what_is_on_then(db: None) -> None:
    on(public("Club"), SATURDAY, 10)
    far = Window("on", date(2027, 5, 1), date(2027, 5, 2))
    query = Query(windows=(*WINDOWS, far), when=("on",))
    answer = search(query)
    assert (names(answer), answer.counts["when"]["on"]) == (["Club"], 1)
    assert answer.found[0].next
    assert answer.found[0].next.on == far.first


def test_a_time_of_day_finds_what_is_on_later_in_the_year(db: None) -> None:
    club = public("Summer club")
    dates = [date(2027, 7, 3)]
    make_schedule(club, frequency="dates", weekday=None, dates=dates)
    listings.refresh(listing=club)
    answer = ask(times=("morning",))
    assert names(answer) == ["Summer club"]
    assert answer.found[0].next
    assert answer.found[0].next.on == dates[0]
    assert not any(answer.counts["when"].values())


# --- Groups that list nothing ---


def test_a_group_that_lists_nothing_is_found_by_its_name_and_counted_nowhere(db: None) -> None:
    publish(make_organisation(name="Kingfishers"))
    assert found(words="kingfishers") == ["Kingfishers"]
    counts = ask().counts
    assert counts["serves"] == {"yes": 1}
    assert {name for name, options in counts.items() if any(options.values())} == {"serves"}


def test_a_group_that_lists_nothing_is_counted_under_its_own_theme(db: None) -> None:
    group = make_organisation(name="Kingfishers")
    theme = Theme.objects.all()[0]
    OrganisationTheme.objects.create(organisation=group, theme=theme)
    publish(group)
    assert found(options={"theme": (theme.slug,)}) == ["Kingfishers"]
    assert ask().counts["theme"][theme.slug] == 1
    # What it lists says for itself what it is about.
    public("Class", organisation=group)
    assert found(options={"theme": (theme.slug,)}) == []


# --- Where ---


def point_of(postcode: str) -> GridPoint:
    outward, inward = postcode.split()
    found = Postcode.objects.get(pk=f"{outward}{inward}")
    return found.point


@pytest.mark.parametrize("shown", [Venue.Shown.MASKED, Venue.Shown.TOLD])
def test_a_hidden_venue_counts_only_from_the_middle_of_the_village(
    db: None, shown: Venue.Shown
) -> None:
    club = public("Club", venue=make_venue(postcode="DE45 1AA"))
    house, village = point_of("DE45 1AA"), Place.objects.get(slug="bakewell").point
    assert club.venue
    assert club.venue.point == house != village
    venues.hide(venue=club.venue, shown=shown, by=None)
    close = house.metres_to(village) / 1609.344 / 2
    assert found(near=house, within=close) == []
    answer = ask(near=village, within=0.01)
    assert (names(answer), answer.found[0].miles) == (["Club"], 0)


@pytest.fixture
def online(db: None) -> None:
    """In Bakewell, and online: for everybody, for the county, for another county."""
    public("In Bakewell")
    far = {"ways_to_take_part": ["online"]}
    public("For everybody", **far)
    for code, county in [("E10000007", "Derbyshire"), ("E10000028", "Staffordshire")]:
        public(f"For {county}", area_served=Area.objects.get(code=code), **far)


MATLOCK = GridPoint(430000, 360000)
AREAS = ("E07000035", "E10000007")


def test_what_is_online_for_another_county_is_not_offered_near_a_place(online: None) -> None:
    here = ["For Derbyshire", "For everybody", "In Bakewell"]
    assert found(near=MATLOCK, areas=AREAS, within=20) == here
    assert found(near=MATLOCK, areas=AREAS, within=1) == here[:2]
    assert found() == [*here[:1], "For Staffordshire", *here[1:]]


def test_nobody_is_left_out_where_it_is_unknown_whose_place_it_is(online: None) -> None:
    assert found(near=MATLOCK, within=1) == [
        "For Derbyshire", "For Staffordshire", "For everybody"
    ]  # fmt: skip
    assert len(found(serves=True)) == 4


def test_what_meets_nearby_for_another_area_is_left_out_only_if_asked(online: None) -> None:
    public("Over the border", area_served=Area.objects.get(code="E10000028"))
    asked = {"near": MATLOCK, "areas": AREAS, "within": 20}
    assert "Over the border" in found(**asked)
    assert "Over the border" not in found(**asked, serves=True)
    answer = ask(**asked, serves=True)
    assert (answer.counts["serves"]["yes"], answer.without) == (3, {"serves": 4})


def test_a_club_that_can_be_joined_online_too_is_where_it_meets(db: None) -> None:
    public("Both", ways_to_take_part=["in-person", "online"])
    assert found(options={"way": ("online",)}) == ["Both"]
    assert found(near=GridPoint(500000, 200000), within=20) == []
