"""Nobody learns of fewer than five children, however they add and subtract what is told."""

from hypothesis import given, settings
from hypothesis import strategies as st

from grants.small_numbers import Told, is_small, may_tell, total


def test_one_to_four_are_small_and_nought_tells_of_nobody() -> None:
    assert [one for one in range(8) if is_small(one)] == [1, 2, 3, 4]


def test_a_total_leaves_out_small_numbers_and_says_so() -> None:
    assert total([12, 8, None]) == Told(20)
    assert total([12, 4, 8]) == Told(20, at_least=True)
    assert total([3]) == Told(0, at_least=True)
    assert total([12, 4, 8], hides=False) == Told(24)
    assert total([]) == Told(0)


def test_counts_side_by_side_are_not_told_where_their_difference_is_small() -> None:
    assert may_tell(20, 6, 14)
    assert not may_tell(20, 4, 14)
    # Two of twenty: 18 before.
    assert not may_tell(20, 18)
    assert not may_tell(20, 8, 11)
    assert may_tell(12, 0, 12)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 12), min_size=2, max_size=6),
    st.lists(st.sets(st.integers(0, 5)), min_size=1, max_size=8),
)
def test_no_sum_of_what_is_told_times_anything_gives_a_small_number_away(
    counts: list[int], groups: list[set[int]]
) -> None:
    """Whoever subtracts: totals of overlapping groups, the whole, and what each award tells itself.

    In another world every hidden number is another. All that is told is the same in both, so
    nobody can work out in which of the two they are.
    """
    other = [(one % 4) + 1 if is_small(one) else one for one in counts]
    asked = [{at for at in group if at < len(counts)} for group in groups]
    asked += [{at} for at in range(len(counts))] + [set(range(len(counts)))]

    def told(world: list[int]) -> list[Told]:
        return [total(world[at] for at in sorted(group)) for group in asked]

    assert told(counts) == told(other)
    assert all(is_small(a) == is_small(b) for a, b in zip(counts, other, strict=True))
    differ = [at for at, one in enumerate(counts) if is_small(one)]
    assert all(counts[at] != other[at] for at in differ)
