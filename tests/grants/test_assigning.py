"""Who scores what: evenly, comparably, never in conflict, and nothing begun is taken away."""

from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.assigning import Assignment, CannotAssign, Pair, assign

THIRTY = [f"app-{number:02}" for number in range(30)]
SIX = ["ann", "bob", "cas", "dee", "eve", "fay"]


def shared(found: Assignment, scorers: list[str]) -> list[int]:
    """How many applications each two of them both have."""
    own = {who: {one for one, scorer in found.pairs if scorer == who} for who in scorers}
    return [len(own[one] & own[other]) for one, other in combinations(scorers, 2)]


def how_many_each(found: Assignment) -> dict[str, int]:
    return dict(Counter(application for application, _scorer in found.pairs))


def test_all_by_all_is_everybody_who_may() -> None:
    found = assign(applications="AB", scorers="stu", each=None, conflicts=[("A", "t")])
    assert found.pairs == (("A", "s"), ("A", "u"), ("B", "s"), ("B", "t"), ("B", "u"))


@pytest.mark.parametrize(("each", "load", "overlap"), [(2, 10, 2), (3, 15, 6), (4, 20, 12)])
def test_thirty_among_six_are_even_to_the_last(each: int, load: int, overlap: int) -> None:
    found = assign(applications=THIRTY, scorers=SIX, each=each)
    assert how_many_each(found) == dict.fromkeys(THIRTY, each)
    assert found.loads == dict.fromkeys(SIX, load)
    # Two of six share 30 × each × (each − 1) / 30: no assignment could share more.
    assert shared(found, SIX) == [overlap] * 15
    assert (found.circles, found.warning) == ([SIX], "")


def test_the_same_seed_gives_the_same_answer_whatever_the_order() -> None:
    once = assign(applications=THIRTY, scorers=SIX, each=2, seed=7)
    assert assign(applications=THIRTY[::-1], scorers=set(SIX), each=2, seed=7) == once
    assert assign(applications=THIRTY, scorers=SIX, each=2, seed=8) != once


def test_interests_take_away_only_what_they_have_to() -> None:
    # Ann has an interest in 25 of 30: she has the other five, and the rest share evenly.
    conflicts = [(application, "ann") for application in THIRTY[:25]]
    found = assign(applications=THIRTY, scorers=SIX, each=2, conflicts=conflicts)
    assert found.loads == {"ann": 5} | dict.fromkeys(SIX[1:], 11)
    assert not set(conflicts) & set(found.pairs)


def test_when_one_drops_out_what_was_begun_stays_and_what_is_in_counts() -> None:
    before = assign(applications=THIRTY, scorers=SIX, each=2)
    of_fay = [pair for pair in before.pairs if pair[1] == "fay"]
    begun = [pair for pair in before.pairs if pair[1] == "ann"][:4]
    found = assign(applications=THIRTY, scorers=SIX[:5], each=2, kept=[*of_fay[:3], *begun])
    assert {*of_fay[:3], *begun} <= set(found.pairs)
    assert not set(of_fay[3:]) & set(found.pairs)
    assert how_many_each(found) == dict.fromkeys(THIRTY, 2)
    assert sorted(found.loads.values()) == [3, 11, 11, 11, 12, 12]
    assert found.loads["fay"] == 3


def test_what_was_begun_in_conflict_does_not_count() -> None:
    found = assign(
        applications="ABC", scorers="st", each=1, conflicts=[("A", "s")], kept=[("A", "s")]
    )
    assert ("A", "t") in found.pairs
    assert ("A", "s") not in found.pairs


def test_what_was_begun_of_an_application_that_is_gone_does_not_count() -> None:
    found = assign(applications="AB", scorers="st", each=1, kept=[("gone", "s")])
    assert how_many_each(found) == {"A": 1, "B": 1}


def test_why_it_cannot_be_is_said_in_words() -> None:
    with pytest.raises(CannotAssign) as refused:
        assign(
            applications="ABCD",
            scorers="stu",
            each=3,
            conflicts=[("A", "s"), ("B", "s"), ("B", "t"), ("C", "s"), ("C", "t"), ("C", "u")],
            names={"A": "Choir", "B": "Boats"},
        )
    assert refused.value.messages == [
        "Only 2 people may score Choir.",
        "Only 1 person may score Boats.",
        "Nobody may score C.",
    ]


def test_more_scorers_than_there_are_cannot_be() -> None:
    with pytest.raises(CannotAssign) as refused:
        assign(applications="A", scorers="st", each=3)
    assert refused.value.messages == ["Only 2 people may score A."]


def test_all_by_all_needs_somebody_for_each() -> None:
    with pytest.raises(CannotAssign) as refused:
        assign(applications="AB", scorers="s", each=None, conflicts=[("A", "s")])
    assert refused.value.messages == ["Nobody may score A."]


def test_scorers_who_cannot_be_compared_are_told_of() -> None:
    found = assign(applications="ABCDEF", scorers="stu", each=1)
    assert found.circles == [["s"], ["t"], ["u"]]
    assert "3 circles that have no application in common" in found.warning


def test_a_chain_through_everybody_is_found_where_there_is_just_enough_for_one() -> None:
    # Five applications by two each link six scorers only as a chain.
    for seed in range(10):
        found = assign(applications="ABCDE", scorers=SIX, each=2, seed=seed)
        assert (len(found.circles), sorted(found.loads.values())) == (1, [1, 1, 2, 2, 2, 2])


@st.composite
def tasks(draw: st.DrawFn) -> tuple[list[str], list[str], int, set[Pair], set[Pair]]:
    applications = list("ABCD")[: draw(st.integers(1, 4))]
    scorers = list("stuv")[: draw(st.integers(1, 4))]
    pairs = st.sampled_from(list(product(applications, scorers)))
    conflicts = draw(st.sets(pairs, max_size=6))
    return (
        applications,
        scorers,
        draw(st.integers(1, 3)),
        conflicts,
        draw(st.sets(pairs)) - conflicts,
    )


@settings(deadline=None)
@given(tasks(), st.integers(0, 9))
def test_no_assignment_is_more_even_and_none_is_missed(
    task: tuple[list[str], list[str], int, set[Pair], set[Pair]], seed: int
) -> None:
    applications, scorers, each, conflicts, kept = task

    def ways(application: str) -> list[tuple[str, ...]]:
        """Every set of scorers that it could have."""
        begun = {who for one, who in kept if one == application}
        able = [who for who in scorers if (application, who) not in conflicts]
        sets = combinations(able, max(each, len(begun)))
        return [one for one in sets if begun <= set(one)]

    def squares(choice: tuple[tuple[str, ...], ...]) -> int:
        return sum(load**2 for load in Counter(who for own in choice for who in own).values())

    possible = list(product(*map(ways, applications)))
    if not possible:
        with pytest.raises(CannotAssign, match="may score"):
            assign(applications=applications, scorers=scorers, each=each, conflicts=conflicts,
                   kept=kept, seed=seed)  # fmt: skip
        return
    found = assign(applications=applications, scorers=scorers, each=each, conflicts=conflicts,
                   kept=kept, seed=seed)  # fmt: skip
    own = [tuple(who for one, who in found.pairs if one == each_one) for each_one in applications]
    assert tuple(own) in possible
    assert squares(tuple(own)) == min(map(squares, possible))


@settings(deadline=None, max_examples=30)
@given(st.integers(6, 20), st.integers(3, 6), st.integers(0, 99))
def test_without_interests_loads_differ_by_one_at_most_and_all_can_be_compared(
    many: int, scorers: int, seed: int
) -> None:
    found = assign(applications=THIRTY[:many], scorers=SIX[:scorers], each=2, seed=seed)
    assert max(found.loads.values()) - min(found.loads.values()) <= 1
    assert len(found.circles) == 1
    overlap = shared(found, SIX[:scorers])
    assert max(overlap) - min(overlap) <= 2
