"""Sheets for tests: one person's scores of one application, in a line."""

from decimal import Decimal

from hypothesis import strategies as st

from grants.results.sheets import Criterion, Sheet

NEED = Criterion("need", Decimal(40), 0, 4)
PLAN = Criterion("plan", Decimal(40), 1, 5)
REACH = Criterion("reach", Decimal(20), 0, 10)
CRITERIA = [NEED, PLAN, REACH]
# A criterion whose levels are points out of 100 already.
ALL = [Criterion("all", Decimal(100), 0, 100)]


def sheet(application: str, scorer: str, *levels: int | None, weight: Decimal | int = 1) -> Sheet:
    """Levels in the order of CRITERIA; a single one is of ALL."""
    keys = ["all"] if len(levels) == 1 else [one.key for one in CRITERIA]
    return Sheet(application, scorer, Decimal(weight), dict(zip(keys, levels, strict=True)))


@st.composite
def sheets(draw: st.DrawFn, least: int = 1) -> list[Sheet]:
    """Some scorers, each with a weight, have scored some applications; not all has to apply."""
    pairs = draw(
        st.lists(st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("stuvw")), unique=True,
                 min_size=least, max_size=20)
    )  # fmt: skip
    weights = draw(st.fixed_dictionaries({who: st.integers(1, 4) for who in "stuvw"}))
    return [
        sheet(
            application,
            scorer,
            *[draw(st.none() | st.integers(one.lowest, one.highest)) for one in CRITERIA],
            weight=Decimal(weights[scorer]) / 2,
        )
        for application, scorer in pairs
    ]
