"""Rounds in which some read some, and one scorer is strict: who finds more of the true best?"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from statistics import mean, stdev

from grants.assigning import assign
from grants.results.calibration import Calibration, calibrate
from grants.results.sheets import Criterion, Sheet

APPLICATIONS, AWARDS, SCORERS, EACH = 30, 13, 6, 2
ROUNDS = 200
# Points out of 100: how far applications differ, how far plain scorers do, how far one errs, and
# what the strict one gives less.
QUALITY, PLAIN, CHANCE = 10.0, 4.0, 8.0
STRICT = [0.0, 10.0, 20.0]
CRITERIA = [Criterion("all", Decimal(100), 0, 100)]


@dataclass(frozen=True)
class Found:
    """Of the true best that could be funded, in per cent: by the mean, and adjusted."""

    strict: float
    raw: float
    adjusted: float
    gain: float
    error: float


def found(strict: float) -> Found:
    """Over all rounds; `error` is the standard error of the gain."""
    raw, adjusted = zip(*(_round(seed, strict) for seed in range(ROUNDS)), strict=True)
    gains = [one - other for one, other in zip(adjusted, raw, strict=True)]
    return Found(strict, mean(raw), mean(adjusted), mean(gains), stdev(gains) / ROUNDS**0.5)


def _round(seed: int, strict: float) -> tuple[float, float]:
    chance = random.Random(seed)
    worth = {f"application {number}": chance.gauss(55, QUALITY) for number in range(APPLICATIONS)}
    gives = {f"scorer {number}": chance.gauss(0, PLAIN) for number in range(SCORERS)}
    gives["scorer 0"] = -strict
    given = assign(applications=worth, scorers=gives, each=EACH, seed=seed)
    sheets = [
        _sheet(application, scorer, worth[application] + gives[scorer] + chance.gauss(0, CHANCE))
        for application, scorer in given.pairs
    ]
    calibrated = calibrate(sheets, CRITERIA)
    if not isinstance(calibrated, Calibration):
        raise RuntimeError(calibrated.why)
    ours = calibrated.applications
    best = _best(worth, lambda key: worth[key])
    shares = [
        100 * len(best & _best(worth, by)) / AWARDS
        for by in (lambda key: float(ours[key].raw), lambda key: ours[key].adjusted)
    ]
    return shares[0], shares[1]


def _best(worth: dict[str, float], by: Callable[[str], float]) -> set[str]:
    return set(sorted(worth, key=by, reverse=True)[:AWARDS])


def _sheet(application: str, scorer: str, points: float) -> Sheet:
    level = max(0, min(100, round(points)))
    return Sheet(application, scorer, Decimal(1), {"all": level})
