"""How good applications are and how strict scorers, when each sheet tells of both.

A sheet's total is the level of all, plus what this application is above it, plus what this scorer
gives more than others, plus chance:

    total = level + quality(application) + kindness(scorer) + chance

Quality, kindness and chance are normal around 0, so what sheets say of them can be worked out and
need not be drawn at random: conditionally on how wide quality and chance are spread, here; over all
widths, in `calibration`. The model is that of Heyard, Ott, Salanti and Egger, "Rethinking the
Funding Line at the Swiss National Science Foundation: Bayesian Ranking and Lottery", Statistics and
Public Policy 9 (2022); widths are theirs, on their grades 1 to 6 of which one is 20 points of ours.
Their two parts of chance (this scorer about this application, and the rest) cannot be told apart
where nobody scores twice, so here they are one. How many times one scorer counts more than another
divides the variance of chance.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

# Points of 100 for one of the grades from 1 to 6.
GRADE = 20.0
# Scorers: half a grade either way is nothing unusual.
KINDNESS = 0.5 * GRADE
# Quality and each part of chance: anything up to two grades is as likely.
WIDEST = 2 * GRADE
WIDEST_CHANCE = math.sqrt(2) * WIDEST
# Were all sheets to agree to the last point, ever smaller chance would be ever more likely.
LEAST_CHANCE = 0.5


@dataclass(frozen=True)
class Scored:
    """Sheets as numbers: application and scorer by position, points, and weight (1 on average)."""

    applications: int
    scorers: int
    sheets: Sequence[tuple[int, int, float, float]]


@dataclass(frozen=True)
class Widths:
    """Standard deviations, in points, of quality and of chance."""

    quality: float
    chance: float


@dataclass(frozen=True)
class Known:
    """What the sheets say, given the widths.

    `quality` and `kindness` are means. The covariance of two qualities is the scalar product of
    their `shared`, and for one with itself its `own` variance more.
    """

    quality: list[float]
    own: list[float]
    shared: list[list[float]]
    kindness: list[float]


def log_likelihood(scored: Scored, widths: Widths) -> float:
    """Of the sheets, given the widths, but for a constant; the level of all is left open."""
    solved = _Solved(scored, widths)
    return solved.log_likelihood


def log_prior(widths: Widths) -> float:
    """Of the widths, but for a constant.

    Two parts of chance, each anywhere from 0 to WIDEST, come to `chance` together along an arc of
    that radius within a square.
    """
    arc = math.pi / 2
    if widths.chance > WIDEST:
        arc -= 2 * math.acos(WIDEST / widths.chance)
    return math.log(widths.chance * arc)


def known(scored: Scored, widths: Widths) -> Known:
    solved = _Solved(scored, widths)
    quality, shared = [], []
    for row, precision, said in zip(solved.rows, solved.precisions, solved.said, strict=True):
        quality.append((said - _product(row, solved.common)) / precision)
        shared.append([one / precision for one in _forward(solved.lower, row)])
    own = [1 / precision for precision in solved.precisions]
    return Known(quality, own, shared, kindness=solved.common[1:])


class _Solved:
    """Henderson's mixed model equations, qualities eliminated: they meet in no sheet.

    `rows`, `precisions` and `said` are theirs, one each; `common` the level and the kindnesses, and
    `lower` the Cholesky factor of the precision matrix of these.
    """

    def __init__(self, scored: Scored, widths: Widths) -> None:
        size = scored.scorers + 1
        precise = 1 / widths.chance**2
        self.rows = [[0.0] * size for _one in range(scored.applications)]
        self.said = [0.0] * scored.applications
        matrix = [[0.0] * size for _one in range(size)]
        right = [0.0] * size
        squares = 0.0
        for application, scorer, points, weight in scored.sheets:
            much = weight * precise
            for at in (0, scorer + 1):
                self.rows[application][at] += much
                right[at] += much * points
            matrix[scorer + 1][scorer + 1] += much
            matrix[scorer + 1][0] += much
            matrix[0][0] += much
            self.said[application] += much * points
            squares += much * points**2
        for at in range(1, size):
            matrix[at][at] += 1 / KINDNESS**2
        self.precisions = [row[0] + 1 / widths.quality**2 for row in self.rows]
        for row, precision, said in zip(self.rows, self.precisions, self.said, strict=True):
            for i, one in enumerate(row):
                right[i] -= one * said / precision
                for j in range(i + 1):
                    matrix[i][j] -= one * row[j] / precision
            squares -= said**2 / precision
        self.lower = _cholesky(matrix)
        halfway = _forward(self.lower, right)
        self.common = _backward(self.lower, halfway)
        self.log_likelihood = (
            -len(scored.sheets) * math.log(widths.chance)
            - scored.applications * math.log(widths.quality)
            - sum(map(math.log, self.precisions)) / 2
            - sum(math.log(self.lower[at][at]) for at in range(size))
            - (squares - _product(halfway, halfway)) / 2
        )


def _product(these: Sequence[float], those: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(these, those, strict=True))


def _cholesky(matrix: list[list[float]]) -> list[list[float]]:
    """The lower triangular L with L Lᵀ = `matrix`, of which only the lower half is read."""
    lower: list[list[float]] = []
    for i, row in enumerate(matrix):
        made: list[float] = []
        for j in range(i):
            made.append((row[j] - _product(made, lower[j][:j])) / lower[j][j])
        made.append(math.sqrt(row[i] - _product(made, made)))
        lower.append(made)
    return lower


def _forward(lower: list[list[float]], right: Sequence[float]) -> list[float]:
    """x, where L x = `right`."""
    found: list[float] = []
    for row, value in zip(lower, right, strict=True):
        found.append((value - _product(found, row[:-1])) / row[-1])
    return found


def _backward(lower: list[list[float]], right: Sequence[float]) -> list[float]:
    """x, where Lᵀ x = `right`."""
    size = len(lower)
    found = [0.0] * size
    for i in reversed(range(size)):
        later = sum(lower[j][i] * found[j] for j in range(i + 1, size))
        found[i] = (right[i] - later) / lower[i][i]
    return found
