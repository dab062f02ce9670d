"""What scores come to: one case worked by hand, then what has to hold for any."""

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.results.means import effective_weights, ranked, results, sheet_total, tenth
from grants.results.sheets import Criterion, Sheet, SheetNotWhole
from tests.grants.results.sheets import ALL, CRITERIA, NEED, sheet, sheets

# need 0 to 4 for 40%, plan 1 to 5 for 40%, reach 0 to 10 for 20%. Each level out of 100:
ANN = sheet("A", "ann", 3, 4, 5)  #                        75,  75,  50
BOB = sheet("A", "bob", 4, 2, None)  #                    100,  25,   –
CAS = sheet("A", "cas", 2, 5, 8, weight=Decimal("0.5"))  # 50, 100,  80
ANN_TOO = sheet("B", "ann", 1, 3, 10)  #                   25,  50, 100
BOB_TOO = sheet("B", "bob", None, None, None)
BY_HAND = [ANN, BOB, CAS, ANN_TOO, BOB_TOO]


def test_a_sheet_is_the_weighted_mean_of_what_applies() -> None:
    # (40 × 75 + 40 × 75 + 20 × 50) / 100 = 7000 / 100
    assert sheet_total(ANN, CRITERIA) == 70
    # Reach is left out: (40 × 100 + 40 × 25) / 80 = 5000 / 80
    assert sheet_total(BOB, CRITERIA) == Fraction("62.5")
    # (40 × 50 + 40 × 100 + 20 × 80) / 100 = 7600 / 100
    assert sheet_total(CAS, CRITERIA) == 76
    # (40 × 25 + 40 × 50 + 20 × 100) / 100 = 5000 / 100
    assert sheet_total(ANN_TOO, CRITERIA) == 50
    assert sheet_total(BOB_TOO, CRITERIA) is None


def test_an_application_is_the_weighted_mean_of_its_sheets() -> None:
    found = results(BY_HAND, CRITERIA)
    # (1 × 70 + 1 × 62.5 + 0.5 × 76) / 2.5 = 170.5 / 2.5
    assert found["A"].total.mean == Fraction("68.2")
    # Bob's sheet says nothing about B, so it is Ann's alone.
    assert (found["B"].total.mean, found["B"].total.counted) == (Fraction(50), 1)


def test_scorers_apart_are_told() -> None:
    total = results(BY_HAND, CRITERIA)["A"].total
    assert [total.lowest, total.highest, total.range] == [Fraction("62.5"), 76, Fraction("13.5")]
    # 70, 62.5 and 76 lie 0.5, −7 and 6.5 from 69.5: √((0.25 + 49 + 42.25) / 2) = √45.75 = 6.76…
    assert total.deviation is not None
    assert tenth(total.deviation) == Decimal("6.8")
    assert results(BY_HAND, CRITERIA)["B"].total.deviation is None


def test_each_criterion_has_a_mean_of_its_own() -> None:
    found = results(BY_HAND, CRITERIA)["A"].by_criterion
    # need (75 + 100 + 25) / 2.5, plan (75 + 25 + 50) / 2.5, reach without Bob (50 + 40) / 1.5
    assert {key: one.mean for key, one in found.items()} == {"need": 80, "plan": 60, "reach": 60}
    assert [one.counted for one in found.values()] == [3, 3, 2]


def test_what_each_criterion_decided_is_told() -> None:
    # Of two applications the variance is in their differences. Where reach does not apply, Bob's
    # total stands for it: (50 + 62.5 + 40) / 2.5 = 61.
    # need 40% × (80 − 25) = 22; plan 40% × (60 − 50) = 4; reach 20% × (61 − 100) = −7.8: 18.2.
    shares = effective_weights(BY_HAND, CRITERIA)
    assert shares == {
        "need": 100 * Fraction("22") / Fraction("18.2"),
        "plan": 100 * Fraction("4") / Fraction("18.2"),
        "reach": 100 * Fraction("-7.8") / Fraction("18.2"),
    }


def test_a_criterion_on_which_all_do_alike_decides_nothing() -> None:
    alike = [sheet("A", "s", 4, 1, 0), sheet("B", "s", 2, 1, 5), sheet("C", "s", 0, 1, 9)]
    shares = effective_weights(alike, CRITERIA)
    assert shares is not None
    assert shares["plan"] == 0


@pytest.mark.parametrize(
    "nothing_to_share", [[], [ANN], [BOB_TOO], [ANN, replace(ANN, application="B")]]
)
def test_without_differences_nothing_is_shared_out(nothing_to_share: list[Sheet]) -> None:
    assert effective_weights(nothing_to_share, CRITERIA) is None


def test_equal_totals_share_a_rank_and_nothing_to_go_by_has_none() -> None:
    scored = [
        sheet("A", "s", 50), sheet("B", "s", 70), sheet("C", "s", 50),
        sheet("D", "s", 20), sheet("E", "s", None),
    ]  # fmt: skip
    in_order = [(rank, one.application) for rank, one in ranked(results(scored, ALL))]
    assert in_order == [(1, "B"), (2, "A"), (2, "C"), (4, "D"), (None, "E")]


def test_thirds_that_look_the_same_rounded_are_still_in_order() -> None:
    scored = [sheet("A", "s", 50), sheet("A", "t", 50), sheet("A", "u", 51), sheet("B", "s", 50)]
    scored += [sheet("B", "t", 51), sheet("B", "u", 50), sheet("C", "s", 50)]
    in_order = [(rank, one.application) for rank, one in ranked(results(scored, ALL))]
    assert in_order == [(1, "A"), (1, "B"), (3, "C")]


@pytest.mark.parametrize(
    ("exact", "shown"),
    [("62.25", "62.2"), ("62.35", "62.4"), ("0", "0.0"), ("100", "100.0"), ("-0.04", "0.0")],
)
def test_halves_go_to_the_even_tenth(exact: str, shown: str) -> None:
    assert str(tenth(Fraction(exact))) == shown


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ([replace(ANN, levels={"need": 3, "plan": 4})], "does not score reach"),
        ([replace(ANN, levels={**ANN.levels, "luck": 3})], "scores luck, which is not asked"),
        ([sheet("A", "ann", 5, 4, 5)], "gives need 5, which is no level of it"),
        ([sheet("A", "ann", 3, 0, 5)], "gives plan 0, which is no level of it"),
        ([ANN, ANN], "2 sheets of 'ann' about 'A'"),
    ],
)
def test_a_sheet_that_is_not_whole_is_refused(wrong: list[Sheet], why: str) -> None:
    with pytest.raises(SheetNotWhole, match=why):
        results(wrong, CRITERIA)
    with pytest.raises(SheetNotWhole, match=why):
        effective_weights(wrong, CRITERIA)


def test_weights_and_levels_that_say_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        replace(NEED, weight=Decimal(0))
    with pytest.raises(ValueError, match="above its lowest"):
        replace(NEED, lowest=4)
    with pytest.raises(ValueError, match="above 0"):
        replace(ANN, weight=Decimal(0))


@given(sheets(), st.randoms())
def test_the_order_of_sheets_and_criteria_changes_nothing(
    some: list[Sheet], chance: random.Random
) -> None:
    shuffled = chance.sample(some, len(some))
    assert results(shuffled, CRITERIA[::-1]) == results(some, CRITERIA)
    assert effective_weights(shuffled, CRITERIA[::-1]) == effective_weights(some, CRITERIA)


@given(sheets(), st.integers(1, 50), st.integers(1, 50))
def test_only_the_proportions_of_weights_count(some: list[Sheet], much: int, more: int) -> None:
    criteria = [replace(one, weight=one.weight * much / 10) for one in CRITERIA]
    scaled = [replace(one, weight=one.weight * more / 10) for one in some]
    assert results(scaled, criteria) == results(some, CRITERIA)
    assert effective_weights(scaled, criteria) == effective_weights(some, CRITERIA)


@given(sheets(), st.data())
def test_not_applicable_is_never_worse_than_the_lowest_level_and_never_better_than_the_highest(
    some: list[Sheet], data: st.DataObject
) -> None:
    which = data.draw(st.integers(0, len(some) - 1))
    about = data.draw(st.sampled_from(CRITERIA))

    def with_level(level: int | None) -> Fraction | None:
        return sheet_total(replace(some[which], levels={**some[which].levels, about.key: level}),
                           CRITERIA)  # fmt: skip

    left_out, worst, best = (with_level(one) for one in (None, about.lowest, about.highest))
    assert worst is not None
    assert best is not None
    assert left_out is None or worst <= left_out <= best


@given(sheets())
def test_every_mean_lies_between_the_lowest_and_the_highest(some: list[Sheet]) -> None:
    for one in results(some, CRITERIA).values():
        for figure in (one.total, *one.by_criterion.values()):
            if figure.mean is None or figure.lowest is None or figure.highest is None:
                assert (figure.counted, figure.mean) == (0, None)
            else:
                assert 0 <= figure.lowest <= figure.mean <= figure.highest <= 100


@given(sheets())
def test_effective_weights_are_100_together(some: list[Sheet]) -> None:
    shares = effective_weights(some, CRITERIA)
    assert shares is None or sum(shares.values()) == 100


@given(st.integers(-3, 5), st.integers(1, 9), st.integers(0, 9))
def test_a_criterion_counts_the_same_whatever_points_its_levels_have(
    lowest: int, step: int, level: int
) -> None:
    plain = Criterion("all", Decimal(100), 0, 9)
    other = Criterion("all", Decimal(100), lowest, lowest + 9 * step)
    shifted = sheet("A", "s", lowest + level * step)
    assert sheet_total(shifted, [other]) == sheet_total(sheet("A", "s", level), [plain])
