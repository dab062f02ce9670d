"""The answer is the same as a slow, plain look at every listing would give."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from assets.ages import Age
from assets.dates.calendars import next_holidays
from assets.models import Area, Place
from assets.places.grid import GridPoint
from assets.search.answer import search
from assets.search.query import PAGE_SIZE, Answer, Query, Sort
from assets.search.when import Window, windows
from assets.understanding.meaning import Meaning, Term
from bench.district import HOW, WHAT, generate
from tests.assets.search.slow import (
    PARTS,
    Judged,
    Listing,
    every_option,
    listings,
    slow_search,
)

# In term, the day half over; a Sunday evening in the holidays; the week before the clocks change.
MOMENTS = ["2026-12-02 14:10+00:00", "2026-12-27 20:05+00:00", "2027-03-22 09:45+00:00"]
# In each of these districts, and how many of them with words.
SEARCHES, WITH_WORDS = 340, 70
EVERYTHING = 5_000


@dataclass(frozen=True)
class District:
    listings: list[Listing]
    options: dict[str, list[str]]
    places: list[tuple[GridPoint, tuple[str, ...]]]


@pytest.fixture(scope="module", params=MOMENTS)
def district(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[District]:
    """Four hundred activities, made once for all tests: none of them changes anything."""
    with (
        time_machine.travel(request.param, tick=False),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        generate(400, seed=MOMENTS.index(request.param))
        yield District(listings(), every_option(), places())
        transaction.set_rollback(True)


def places() -> list[tuple[GridPoint, tuple[str, ...]]]:
    """Places in several counties, with the codes of the areas that each lies in."""
    names = ["bakewell", "matlock", "ashbourne", "wirksworth", "hathersage", "tideswell"]
    found = list(Place.objects.filter(slug__in=names))
    found += list(Place.objects.exclude(district__code="E07000035").order_by("slug"))[::20][:6]
    told = []
    for place in found:
        areas, area = [], Area.objects.filter(pk=place.district_id).first()
        while area:
            areas.append(area.code)
            area = area.parent
        told.append((place.point, tuple(areas)))
    return told


def random_query(chance: random.Random, district: District) -> Query:
    near, areas = chance.choice([(None, ()), *district.places])
    offered = _windows(chance)
    names = [window.name for window in offered]
    ages = [None, None, Age(chance.randrange(0, 240)), Age(in_pregnancy=True)]
    chosen = {
        name: tuple(chance.sample(options, chance.choice([1, 1, 2, 3][: len(options) + 1])))
        for name, options in district.options.items()
        if chance.random() < 0.15 and len(options) > 2
    }
    if chance.random() < 0.2:
        chosen["cost"] = (chance.choice(["free", "help"]),)
    return Query(
        near=near,
        # Nobody may know in which council's area a place lies.
        areas=areas if chance.random() < 0.8 else (),
        within=chance.choice([1, 3, 5, 10, 20]),
        age=chance.choice(ages),
        options=chosen,
        windows=offered,
        when=tuple(chance.sample(names, chance.choice([0, 0, 1, 2]))),
        times=tuple(chance.sample([*PARTS], chance.choice([0, 0, 0, 1, 2]))),
        serves=chance.random() < 0.2,
        unchecked=chance.random() < 0.3,
        sort=chance.choice([Sort.BEST, *Sort]),
        size=EVERYTHING,
    )


def _windows(chance: random.Random) -> tuple[Window, ...]:
    today = timezone.localdate()
    days = [None, today, today + timedelta(days=chance.randrange(366))]
    return tuple(windows(today, next_holidays(today), chance.choice(days)))


def every_page(query: Query) -> list[Answer]:
    first = search(replace(query, size=PAGE_SIZE))
    rest = range(2, first.pages + 1)
    return [first, *(search(replace(query, size=PAGE_SIZE, page=number)) for number in rest)]


def row_ids(*answers: Answer) -> list[int]:
    return [found.row_id for answer in answers for found in answer.found]


def judge(words: list[str]) -> dict[int, Judged]:
    """Which rows have all these words, and how well they fit: as the database says of one word."""
    fits: list[dict[int, float]] = []
    for word in words:
        with connection.cursor() as cursor:
            # The database's own numbers, to the last bit: names decide between equals.
            cursor.execute(
                "SELECT id, ts_rank('{0.5, 0.8, 0.9, 1}', document, asked)::float8"
                " * ln(1 + (SELECT count(*) FROM assets_searchrow)::float8 / count(*) OVER ()) "
                "FROM assets_searchrow, plainto_tsquery('directory', %s) asked "
                "WHERE document @@ asked",
                [word],
            )
            fits.append(dict(cursor.fetchall()))
    rows = set.intersection(*map(set, fits))
    return {row: Judged(sum(fit[row] for fit in fits)) for row in rows}


def assert_as_slowly(
    district: District, query: Query, judged: dict[int, Judged] | None = None
) -> Answer:
    answer = search(query, some_words=False)
    expected = slow_search(district.listings, district.options, query, judged)
    assert row_ids(answer) == expected.row_ids, query
    assert answer.total == expected.total, query
    assert [one.next and one.next.starts_at for one in answer.found] == expected.next, query
    assert answer.counts == expected.counts, query
    assert answer.without == expected.without, query
    return answer


def test_random_searches_equal_a_plain_slow_computation(district: District) -> None:
    chance = random.Random(len(district.listings))
    totals = []
    for number in range(SEARCHES - WITH_WORDS):
        query = random_query(chance, district)
        totals.append(assert_as_slowly(district, query).total)
        if number % 10 == 0:
            assert row_ids(*every_page(query)) == row_ids(search(query))
    # The searches are worth making: broad ones, narrow ones, and some that find nothing.
    assert {0 < total < 20 for total in totals} == {True, False}
    assert max(totals) > 100
    assert min(totals) == 0


def test_random_searches_with_words_equal_a_plain_slow_computation(district: District) -> None:
    chance = random.Random(len(district.listings))
    for _number in range(WITH_WORDS):
        words = chance.sample([*WHAT, *HOW[:5], "tea", "coat", "valley"], chance.choice([1, 1, 2]))
        query = replace(
            random_query(chance, district),
            words=" ".join(words),
            meaning=Meaning(tuple(Term(word) for word in words)),
        )
        assert_as_slowly(district, query, judge(words))


def test_the_nearest_comes_first_and_what_needs_no_journey_last(district: District) -> None:
    place = Place.objects.get(slug="bakewell")
    found = [row for page in every_page(Query(near=place.point, within=20)) for row in page.found]
    miles = [None if row.miles is None else round(row.miles, 1) for row in found]
    far = [one for one in miles if one is not None]
    assert miles == [*sorted(far), *[None] * (len(miles) - len(far))]
    assert 0 < len(far) < len(miles)


def test_pages_of_twenty_hold_every_row_once(district: District) -> None:
    pages = every_page(Query(unchecked=True))
    assert {len(page.found) for page in pages[:-1]} == {PAGE_SIZE} == {20}
    assert sorted(row_ids(*pages)) == sorted(one.row_id for one in district.listings)
    assert {page.total for page in pages} == {len(district.listings)}


def test_a_page_past_the_end_is_empty_and_still_knows_the_total(district: District) -> None:
    first = search(Query())
    past = search(Query(page=first.pages + 1))
    assert (past.total, past.found, past.counts) == (first.total, [], first.counts)


@pytest.mark.parametrize("words", ["the and of", "   ", "!!! ???", "'", "&|!()<->:*"])
def test_words_that_say_nothing_search_for_everything(district: District, words: str) -> None:
    assert search(Query(words=words, unchecked=True)).total == len(district.listings)


def test_where_no_row_has_every_word_some_are_enough_and_it_says_so(district: District) -> None:
    answer = search(Query(words="football zebracrossing", size=EVERYTHING))
    assert answer.some_words is True
    # Without those that say it by the way, deep in a description.
    assert 0 < answer.total == len(answer.found)
    assert {*row_ids(answer)} <= {*row_ids(search(Query(words="football", size=EVERYTHING)))}


def test_a_place_far_away_finds_only_what_needs_no_journey(district: District) -> None:
    answer = search(Query(near=GridPoint(0, 0), within=1, unchecked=True, size=EVERYTHING))
    assert {row.miles for row in answer.found} == {None}
    assert answer.total == sum(one.point is None for one in district.listings) > 0


def test_the_days_of_an_answer_are_those_of_its_windows(district: District) -> None:
    offered = tuple(windows(timezone.localdate(), None, None))
    answer = search(Query(windows=offered, when=("saturday", "next-week"), size=EVERYTHING))
    days = {window.name: window for window in offered}
    asked = [days["saturday"], days["next-week"]]
    on = {one.next.on for one in answer.found if one.next}
    assert {any(one.first <= day < one.before for one in asked) for day in on} == {True}
    assert len(on) > 3


def test_days_that_nobody_can_tell_are_no_days(district: District) -> None:
    """School holidays, where no terms are known."""
    offered = tuple(windows(timezone.localdate(), None, None))
    answer = search(Query(windows=offered, when=("holidays",)))
    assert (answer.total, answer.without) == (0, {"when": answer.without["when"]})
