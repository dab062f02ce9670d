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


class Scored:
    """Sheets as numbers, and all that the widths do not change, summed up once.

    A sheet is an application and a scorer, by position, points, and weight (1 on average). What is
    common to sheets, the level and each scorer's kindness, has `size` parts: `rows` are the weights
    of each application's sheets on these, `points` their weighted points.
    """

    def __init__(
        self, applications: int, scorers: int, sheets: Sequence[tuple[int, int, float, float]]
    ) -> None:
        self.sheets, self.applications, self.size = len(sheets), applications, scorers + 1
        self.rows = [[0.0] * self.size for _one in range(applications)]
        self.points = [0.0] * applications
        self.matrix = _zeros(self.size)
        self.right = [0.0] * self.size
        self.squares = 0.0
        for application, scorer, points, weight in sheets:
            for at in (0, scorer + 1):
                self.rows[application][at] += weight
                self.right[at] += weight * points
                self.matrix[at][0] += weight
            self.matrix[scorer + 1][scorer + 1] += weight
            self.points[application] += weight * points
            self.squares += weight * points**2
        self.alike: dict[float, _Alike] = {}
        for row, said in zip(self.rows, self.points, strict=True):
            self.alike.setdefault(row[0], _Alike(self.size)).add(row, said)


class _Alike:
    """Sums over the applications on which as much weight lies: widths do the same to them all."""

    def __init__(self, size: int) -> None:
        self.count = 0
        self.matrix = _zeros(size)
        self.right = [0.0] * size
        self.squares = 0.0

    def add(self, row: Sequence[float], points: float) -> None:
        self.count += 1
        self.squares += points**2
        for i, one in enumerate(row):
            self.right[i] += one * points
            for j in range(i + 1):
                self.matrix[i][j] += one * row[j]


def log_likelihood(scored: Scored, widths: Widths) -> float:
    """Of the sheets, given the widths, but for a constant; the level of all is left open."""
    return _Solved(scored, widths).log_likelihood


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
    """What the sheets say of applications and scorers, given the widths."""
    solved = _Solved(scored, widths)
    quality, own, shared = [], [], []
    for row, points in zip(scored.rows, scored.points, strict=True):
        # How much of what its sheets say an application keeps, the rest being drawn to the middle.
        keeps = 1 / (row[0] + (widths.chance / widths.quality) ** 2)
        quality.append(keeps * (points - _product(row, solved.common)))
        own.append(keeps * widths.chance**2)
        shared.append(_forward(solved.lower, [keeps * one for one in row]))
    return Known(quality, own, shared, kindness=solved.common[1:])


class _Solved:
    """Henderson's mixed model equations, qualities eliminated: no two of these meet on a sheet.

    `common` are the level and the kindnesses, `lower` the Cholesky factor of their precision.
    """

    def __init__(self, scored: Scored, widths: Widths) -> None:
        precise = 1 / widths.chance**2
        matrix = [[precise * one for one in row] for row in scored.matrix]
        right = [precise * one for one in scored.right]
        squares = precise * scored.squares
        precisions = 0.0
        for at in range(1, scored.size):
            matrix[at][at] += 1 / KINDNESS**2
        for weight, alike in scored.alike.items():
            precision = precise * weight + 1 / widths.quality**2
            precisions += alike.count * math.log(precision)
            less = precise**2 / precision
            squares -= less * alike.squares
            for i in range(scored.size):
                right[i] -= less * alike.right[i]
                for j in range(i + 1):
                    matrix[i][j] -= less * alike.matrix[i][j]
        self.lower = _cholesky(matrix)
        halfway = _forward(self.lower, right)
        self.common = _backward(self.lower, halfway)
        self.log_likelihood = (
            -scored.sheets * math.log(widths.chance)
            - scored.applications * math.log(widths.quality)
            - precisions / 2
            - sum(math.log(self.lower[at][at]) for at in range(scored.size))
            - (squares - _product(halfway, halfway)) / 2
        )


def _zeros(size: int) -> list[list[float]]:
    return [[0.0] * size for _row in range(size)]


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
