"""Adjusted results, how sure they are, and when there are none."""

import itertools
import math
import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.results.calibration import Calibration, NotEnough, calibrate
from grants.results.means import results
from grants.results.severity import KINDNESS, Scored, Widths, log_likelihood
from grants.results.sheets import Sheet
from tests.grants.results import published
from tests.grants.results.sheets import ALL, sheet


def calibrated(sheets: list[Sheet]) -> Calibration:
    found = calibrate(sheets, ALL)
    assert isinstance(found, Calibration)
    return found


def all_by_all(points: dict[str, list[int]], scorers: str = "stuvwxyz") -> list[Sheet]:
    return [
        sheet(key, scorer, level)
        for key, levels in points.items()
        for scorer, level in zip(scorers, levels, strict=False)
    ]


def partly(seed: int, strict: float) -> tuple[dict[str, float], list[Sheet]]:
    """What 24 applications are worth, and sheets by 3 of 6 scorers each, one of them strict."""
    chance = random.Random(seed)
    worth = {f"{number:02}": chance.gauss(55, 10) for number in range(24)}
    threes = itertools.cycle(chance.sample(list(itertools.combinations("stuvwx", 3)), 20))
    sheets = []
    for key, its in worth.items():
        for scorer in next(threes):
            points = its - (strict if scorer == "s" else 0) + chance.gauss(0, 5)
            sheets.append(sheet(key, scorer, max(0, min(100, round(points)))))
    return worth, sheets


def test_the_published_expected_ranks_come_out_to_a_tenth() -> None:
    found = calibrate(published.SHEETS, published.CRITERIA)
    assert isinstance(found, Calibration)
    ranks = {key: one.rank for key, one in found.applications.items()}
    assert ranks == {
        key: pytest.approx(rank, abs=0.1) for key, rank in published.EXPECTED_RANKS.items()
    }
    percentiles = {key: 100 * (rank - 0.5) / 15 for key, rank in ranks.items()}
    assert percentiles == pytest.approx(published.PERCENTILES, abs=0.5)
    grades = {key: one.raw / 20 + 1 for key, one in found.applications.items()}
    assert grades == {key: Decimal(its) for key, its in published.AVERAGE_GRADES.items()}


def test_the_likelihood_is_that_of_an_analysis_of_variance() -> None:
    # Where all have scored all, the squares fall into three heaps that have nothing to do with each
    # other: between applications, between scorers, and the rest, each with its own variance.
    table = [[3.0, 9.0, 1.0], [14.0, 11.0, 20.0], [-6.0, -2.0, 5.0], [0.0, 8.0, -9.0]]
    n, m = len(table), len(table[0])
    scored = Scored(n, m, [(i, j, table[i][j], 1.0) for i in range(n) for j in range(m)])
    mean = sum(map(sum, table)) / (n * m)
    of_rows = m * sum((sum(row) / m - mean) ** 2 for row in table)
    of_columns = n * sum((sum(column) / n - mean) ** 2 for column in zip(*table, strict=True))
    rest = sum((one - mean) ** 2 for row in table for one in row) - of_rows - of_columns

    def by_hand(widths: Widths) -> float:
        chance = widths.chance**2
        heaps: list[tuple[int, float, float]] = [
            ((n - 1) * (m - 1), chance, rest),
            (n - 1, chance + m * widths.quality**2, of_rows),
            (m - 1, chance + n * KINDNESS**2, of_columns),
        ]
        return -sum(free * math.log(its) + squares / its for free, its, squares in heaps) / 2

    some = [Widths(4.0, 6.0), Widths(12.0, 3.0), Widths(0.5, 20.0)]
    ours = [log_likelihood(scored, widths) for widths in some]
    theirs = [by_hand(widths) for widths in some]
    assert [one - ours[0] for one in ours] == pytest.approx([one - theirs[0] for one in theirs])


def test_a_strict_scorer_is_told_and_what_they_took_is_given_back() -> None:
    worth, sheets = partly(seed=4, strict=25)
    found = calibrated(sheets)
    assert max(found.strictness, key=lambda who: found.strictness[who]) == "s"
    assert 15 < found.strictness["s"] < 30
    assert sum(found.strictness.values()) == pytest.approx(0)
    read_by_s = {one.application for one in sheets if one.scorer == "s"}
    for key, one in found.applications.items():
        assert (one.adjusted > one.raw) == (key in read_by_s), key
    ranked = sorted(worth, key=lambda key: -found.applications[key].adjusted)
    raw = sorted(worth, key=lambda key: -found.applications[key].raw)
    best = set(sorted(worth, key=lambda key: -worth[key])[:8])
    assert len(best & set(ranked[:8])) > len(best & set(raw[:8]))


def test_the_error_is_as_large_as_what_is_really_missed() -> None:
    distances = []
    for seed in range(12):
        worth, sheets = partly(seed, strict=15)
        middle = sum(worth.values()) / len(worth)
        found = calibrated(sheets).applications
        average = sum(one.adjusted for one in found.values()) / len(found)
        distances += [
            (one.adjusted - average - (worth[key] - middle)) / one.error
            for key, one in found.items()
        ]
    assert 0.85 < math.sqrt(sum(one**2 for one in distances) / len(distances)) < 1.15


def test_the_raw_result_stands_beside_it_as_it_is() -> None:
    _worth, sheets = partly(seed=2, strict=20)
    found = calibrated(sheets).applications
    assert {key: one.raw for key, one in found.items()} == {
        key: one.total.mean for key, one in results(sheets, ALL).items()
    }
    assert sum(one.adjusted for one in found.values()) == pytest.approx(
        float(sum(one.raw for one in found.values()))
    )


def test_what_fewer_have_read_is_less_sure() -> None:
    _worth, sheets = partly(seed=3, strict=0)
    fewer = [one for one in sheets if one.application != "05" or one.scorer == sheets[15].scorer]
    assert len(fewer) == len(sheets) - 2
    found = calibrated(fewer).applications
    assert max(found, key=lambda key: found[key].error) == "05"


def test_a_scorer_of_more_weight_pulls_further() -> None:
    points = {"A": [90, 50, 50], "B": [40, 60, 50], "C": [50, 40, 60], "D": [20, 30, 25]}
    plain = all_by_all(points)
    heavy = [
        Sheet(one.application, one.scorer, Decimal(3 if one.scorer == "s" else 1), one.levels)
        for one in plain
    ]
    assert calibrated(heavy).applications["A"].rank < calibrated(plain).applications["A"].rank


def test_where_everybody_scored_everything_the_order_stays() -> None:
    found = calibrated(all_by_all({"A": [60, 20], "B": [70, 40], "C": [52, 30], "D": [90, 45],
                                   "E": [55, 20], "F": [30, 10]}))  # fmt: skip
    assert found.is_complete
    by_raw = sorted(found.applications.values(), key=lambda one: one.raw)
    assert by_raw == sorted(by_raw, key=lambda one: one.adjusted)
    assert by_raw == sorted(by_raw, key=lambda one: -one.rank)


def test_sheets_that_agree_to_the_point_are_borne() -> None:
    found = calibrated(all_by_all({key: [at * 10, at * 10 + 5, at * 10 + 1]
                                   for at, key in enumerate("ABCDEF")}))  # fmt: skip
    ranks = [one.rank for one in found.applications.values()]
    assert ranks == pytest.approx([6, 5, 4, 3, 2, 1], abs=0.01)


@pytest.mark.parametrize(
    ("sheets", "why"),
    [
        ([], "fewer than three applications"),
        (all_by_all({"A": [1, 2, 3, 4], "B": [5, 6, 7, 8]}), "fewer than three applications"),
        (all_by_all({key: [20 + at] for at, key in enumerate("ABCDEFGHIJ")}), "only one person"),
        ([sheet(key, key.lower(), 50 + at) for at, key in enumerate("ABCDEFGHIJ")],
         "no application has been scored by two people"),
        (all_by_all({"A": [1, 2], "B": [3, 4], "C": [5, 6]})
         + all_by_all({"D": [1, 2], "E": [3, 4], "F": [5, 6]}, "xy"),
         "fall into 2 circles that have no application in common"),
        (all_by_all({"A": [1, 2], "B": [3, 4], "C": [5, 6], "D": [7, 8]}),
         "there are 8 score sheets, and it takes 10"),
        (all_by_all({key: [50, 50] for key in "ABCDEFGH"}), "comes to the same total"),
        ([sheet(one.application, one.scorer, None) for one in published.SHEETS],
         "fewer than three applications"),
    ],
)  # fmt: skip
def test_too_little_is_said_in_words(sheets: list[Sheet], why: str) -> None:
    found = calibrate(sheets, ALL)
    assert isinstance(found, NotEnough)
    assert found.why.startswith("Not enough data: ")
    assert why in found.why


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.randoms())
def test_the_order_of_sheets_changes_nothing(seed: int, chance: random.Random) -> None:
    _worth, sheets = partly(seed, strict=10)
    assert calibrate(chance.sample(sheets, len(sheets)), ALL) == calibrate(sheets, ALL)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000))
def test_expected_ranks_are_a_whole_ranking(seed: int) -> None:
    _worth, sheets = partly(seed, strict=10)
    ranks = [one.rank for one in calibrated(sheets).applications.values()]
    assert all(1 <= rank <= 24 for rank in ranks)
    assert sum(ranks) == pytest.approx(24 * 25 / 2)
