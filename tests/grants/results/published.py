"""The example of 15 proposals and 5 assessors that Heyard and others publish with their method.

Rachel Heyard, ERforResearch 4.0.0, https://github.com/snsf-data/ERforResearch (MIT): the grades are
the first panel of `get_mock_data()`, the figures those of the article "Demo ERforResearch", which
goes with "Rethinking the Funding Line at the Swiss National Science Foundation: Bayesian Ranking
and Lottery", Statistics and Public Policy 9 (2022). Theirs are from 4 × 20,000 random draws, so
equals differ by a twentieth of a rank or so: 2, 3 and 4 have the same average, so do 7 and 8.
"""

from decimal import Decimal

from grants.results.sheets import Criterion, Sheet

# A line for each proposal: the grades of five assessors, 1 the best and 6 the worst.
_GRADES = """
    1 1 1 2 5   1 1 2 2 6   1 2 1 3 5   1 3 2 1 5   1 2 2 3 5
    1 3 1 4 5   1 2 3 4 5   1 5 2 2 5   1 3 4 3 5   1 4 2 5 5
    2 3 4 4 5   2 4 3 5 5   2 5 4 4 6   2 3 4 6 6   2 5 5 4 6
"""
# They turn them round: 6 is the best.
_TURNED = [7 - int(grade) for grade in _GRADES.split()]
CRITERIA = [Criterion("grade", Decimal(100), 1, 6)]
SHEETS = [
    Sheet(f"#{at // 5 + 1}", f"v_{at % 5 + 1}", Decimal(1), {"grade": grade})
    for at, grade in enumerate(_TURNED)
]
AVERAGE_GRADES = dict(
    zip(
        [f"#{number}" for number in range(1, 16)],
        "5 4.6 4.6 4.6 4.4 4.2 4 4 3.8 3.6 3.4 3.2 2.8 2.8 2.6".split(),
        strict=True,
    )
)
EXPECTED_RANKS = {
    "#1": 2.44, "#2": 4.06, "#3": 4.09, "#4": 4.12, "#5": 5.08,
    "#6": 6.19, "#7": 7.34, "#8": 7.26, "#9": 8.43, "#10": 9.42,
    "#11": 10.4, "#12": 11.4, "#13": 13.0, "#14": 13.0, "#15": 13.7,
}  # fmt: skip
# The same in per cent of the way down the list, 100 × (rank − 0.5) / 15: a digit more for the last.
PERCENTILES = {
    "#1": 12.9, "#2": 23.7, "#3": 24.0, "#4": 24.2, "#5": 30.6,
    "#6": 37.9, "#7": 45.6, "#8": 45.1, "#9": 52.9, "#10": 59.4,
    "#11": 66.3, "#12": 73.0, "#13": 83.1, "#14": 83.6, "#15": 87.9,
}  # fmt: skip
