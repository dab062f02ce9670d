"""Coverage is exact: against a plain slow count, and against the search behind each cell."""

from datetime import date
from itertools import combinations, product
from random import Random

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from assets.coverage import Asked, Dim, Measure, cells
from assets.coverage.links import search_url
from assets.places.boundaries import load_boundaries
from assets.places.parts import By
from assets.search_page import search_page
from bench.district import generate
from tests.assets.coverage import slow
from tests.assets.places.invented import WARDS

PAIRS = list(combinations(Dim, 2))
ASKED = [
    *(Asked(dims=pair) for pair in PAIRS),
    *(Asked(dims=pair, measure=Measure.HOURS) for pair in PAIRS[:2]),
    *(Asked(dims=pair, measure=Measure.REACH) for pair in PAIRS),
    Asked(
        dims=(Dim.NEEDS, Dim.THEME), measure=Measure.REACH, only={Dim.PLACE: "matlock"}, within=3
    ),
    Asked(dims=(Dim.THEME, Dim.AGES, Dim.PLACE)),
    Asked(dims=(Dim.AGES, Dim.PLACE), only={Dim.NEEDS: "thriving", Dim.THEME: "youth-voice"}),
    Asked(dims=(Dim.NEEDS, Dim.AGES), only={Dim.PLACE: "bakewell"}),
    Asked(dims=(Dim.NEEDS, Dim.AGES), only={Dim.PLACE: "no-journey"}),
    Asked(dims=(Dim.THEME, Dim.PLACE), by=By.WARD),
    Asked(dims=(Dim.NEEDS, Dim.THEME), by=By.WARD, only={Dim.AGES: "11-15"}),
]


@pytest.fixture
def a_district(db: None) -> None:
    """Two wards, and sixty activities by chance."""
    load_boundaries(text=WARDS, valid_from=date(2025, 5, 1), source="made up", district="E07000035")
    generate(60, seed=7)
    wards = "UPDATE assets_venue v SET ward_id = w.ward_id FROM {} w WHERE {}"
    with connection.cursor() as cursor:
        # They were made without the verbs.
        cursor.execute(wards.format("assets_postcode", "w.code = replace(v.postcode, ' ', '')"))
        cursor.execute(wards.format("assets_place", "v.shown <> 'public' AND w.id = v.place_id"))


def test_each_grid_is_what_a_slow_count_says(a_district: None) -> None:
    known: dict[tuple[Measure, By, float], slow.Facts] = {}
    for asked in ASKED:
        of = (asked.measure, asked.by, asked.within)
        known[of] = known.get(of) or slow.facts(*of)
        found = {
            keys: (cell.activities, round(cell.hours, 6))
            for keys, cell in cells(asked).found.items()
        }
        assert found == slow.count(asked, known[of]), asked


def test_each_cell_opens_the_search_that_finds_as_many(a_district: None) -> None:
    chance = Random(4)
    wrong, opened = [], 0
    for asked in ASKED:
        grid = cells(asked)
        keys_of_all = list(product(*([*grid.keys[dim], "all"] for dim in asked.dims)))
        margin = tuple("all" for _dim in asked.dims)
        for keys in [margin, *chance.sample(keys_of_all, 3)]:
            if url := search_url(asked, dict(zip(asked.dims, keys, strict=True))):
                opened += 1
                page = search_page(QueryDict(f"{url.partition('?')[2]}&view=dates"))
                if page.context["answer"].total != grid.cell(*keys).activities:
                    wrong.append((url, grid.cell(*keys).activities))
    assert (wrong, opened > 60) == ([], True)


def test_a_grid_is_one_statement_however_many_cells(a_district: None) -> None:
    known = cells(Asked()).keys
    for dims in [(Dim.NEEDS, Dim.THEME), (Dim.THEME, Dim.AGES, Dim.PLACE)]:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            cells(Asked(dims=dims), known)
        assert len(queries) == 1
