"""The answer is the same as a slow, plain look at every row would give."""

import random

import pytest

from assets.ages import Age
from assets.models import Activity, ActivityNeedsGroup, ActivityTheme, Place
from assets.places.grid import METRES_IN_A_MILE, GridPoint
from assets.search.query import PAGE_SIZE, Answer, Query, search
from bench.district import generate


@pytest.fixture
def district(db: None) -> list[Activity]:
    generate(400, seed=3)
    return list(Activity.objects.select_related("venue"))


def slow_search(activities: list[Activity], query: Query) -> set[object]:
    """Every activity looked at by itself, in plain Python. Words are left to the database."""
    needs = set(
        ActivityNeedsGroup.objects.filter(needs_group__in=query.needs_groups).values_list(
            "activity", flat=True
        )
    )
    themes = set(
        ActivityTheme.objects.filter(theme__in=query.themes).values_list("activity", flat=True)
    )

    def matches(one: Activity) -> bool:
        if query.near and one.venue:
            metres = query.near.metres_to(one.venue.point)
            if metres > query.within * METRES_IN_A_MILE:
                return False
        if query.age and query.age.in_pregnancy and not one.in_pregnancy:
            return False
        if query.age and not query.age.in_pregnancy:
            upper = one.age_before if one.age_before is not None else 10_000
            if not one.age_from <= query.age.months < upper:
                return False
        if query.needs_groups and one.pk not in needs:
            return False
        return not query.themes or one.pk in themes

    return {one.pk for one in activities if matches(one)}


def every_page(query: Query) -> list[Answer]:
    first = search(query)
    rest = [
        search(Query(**{**vars(query), "page": number})) for number in range(2, first.pages + 1)
    ]
    return [first, *rest]


def test_two_hundred_random_searches_equal_a_plain_slow_computation(
    district: list[Activity],
) -> None:
    chance = random.Random(11)
    places = list(Place.objects.filter(district__code="E07000035"))
    groups = {one.needs_group_id for one in ActivityNeedsGroup.objects.all()}
    themes = {one.theme_id for one in ActivityTheme.objects.all()}
    for _number in range(200):
        query = Query(
            near=chance.choice([None, chance.choice(places).point]),
            within=chance.choice([1, 3, 5, 10, 20]),
            age=chance.choice([None, Age(chance.randrange(0, 220)), Age(in_pregnancy=True)]),
            needs_groups=tuple(chance.sample(sorted(groups), chance.choice([0, 0, 1, 2]))),
            themes=tuple(chance.sample(sorted(themes), chance.choice([0, 0, 1, 2]))),
        )
        pages = every_page(query)
        found = [row for page in pages for row in page.found]
        expected = slow_search(district, query)
        groups_alone = [row for row in found if row.activity_id is None]
        assert {row.activity_id for row in found} - {None} == expected
        assert len(found) - len(groups_alone) == len(expected)
        assert {page.total for page in pages} == {len(found)}


def test_the_nearest_comes_first_and_what_needs_no_journey_last(district: list[Activity]) -> None:
    place = Place.objects.get(name="Bakewell")
    found = [row for page in every_page(Query(near=place.point, within=20)) for row in page.found]
    miles = [None if row.miles is None else round(row.miles, 2) for row in found]
    far = [one for one in miles if one is not None]
    assert miles == [*sorted(far), *[None] * (len(miles) - len(far))]
    assert far
    assert len(far) < len(miles)


def test_no_row_stands_on_two_pages(district: list[Activity]) -> None:
    found = [row.row_id for page in every_page(Query()) for row in page.found]
    assert len(found) == len(set(found))


def test_a_page_past_the_end_is_empty_and_still_knows_the_total(district: list[Activity]) -> None:
    first = search(Query())
    past = search(Query(page=first.pages + 1))
    assert (past.total, past.found) == (first.total, [])


def test_a_full_page_holds_twenty(district: list[Activity]) -> None:
    assert len(search(Query()).found) == PAGE_SIZE == 20


@pytest.mark.parametrize(
    ("words", "nothing_special"),
    [("the and of", True), ("   ", True), ("!!! ???", True), ("'", True), ("&|!()<->:*", True)],
)
def test_words_that_say_nothing_search_for_everything(
    district: list[Activity], words: str, nothing_special: bool
) -> None:
    assert search(Query(words=words)).total == search(Query()).total


def test_where_no_row_has_every_word_some_are_enough_and_it_says_so(
    district: list[Activity],
) -> None:
    answer = search(Query(words="football zebracrossing"))
    assert answer.some_words is True
    assert answer.total == search(Query(words="football")).total > 0


def test_a_place_far_away_finds_only_what_needs_no_journey(district: list[Activity]) -> None:
    answer = search(Query(near=GridPoint(0, 0), within=1))
    assert answer.total > 0
    assert {row.miles for row in answer.found} == {None}
