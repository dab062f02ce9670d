"""Weighted means out of 100, how far scorers are apart, and what each criterion really decided.

All of it is exact: fractions all the way. Only `tenth` rounds, on the way to a page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from grants.results.sheets import Criterion, Sheet, must_be_whole


@dataclass(frozen=True)
class Figure:
    """What several scorers' points out of 100 come to.

    `mean` and the rest are None where there is nothing to go by: nobody scored it, or it applied
    for nobody. `deviation` is the standard deviation between scorers (n − 1), each counted once
    whatever their weight; it takes two of them.
    """

    counted: int
    mean: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    deviation: Decimal | None

    @property
    def range(self) -> Fraction | None:
        if self.lowest is None or self.highest is None:
            return None
        return self.highest - self.lowest


@dataclass(frozen=True)
class Result:
    """One application's total, and the same of each criterion."""

    application: str
    total: Figure
    by_criterion: Mapping[str, Figure]


def tenth(number: Fraction | Decimal) -> Decimal:
    """A tenth of a point, as shown. Halves go to the even tenth: 62.25 is 62.2, 62.35 is 62.4."""
    return Decimal(round(Fraction(number) * 10)).scaleb(-1)


def sheet_total(sheet: Sheet, criteria: Sequence[Criterion]) -> Fraction | None:
    """One sheet out of 100: the weighted mean over what applies. None where nothing does."""
    applying = [
        (one.out_of_100(level), one.weight)
        for one in criteria
        if (level := sheet.levels[one.key]) is not None
    ]
    return _mean(applying) if applying else None


def results(sheets: Sequence[Sheet], criteria: Sequence[Criterion]) -> dict[str, Result]:
    """Each application that has a sheet, in order of its key. Raises SheetNotWhole."""
    must_be_whole(sheets, criteria)
    return {
        application: Result(
            application=application,
            total=_figure([(sheet_total(one, criteria), one.weight) for one in own]),
            by_criterion={
                criterion.key: _figure([(_points(one, criterion), one.weight) for one in own])
                for criterion in criteria
            },
        )
        for application, own in _by_application(sheets).items()
    }


def ranked(results: Mapping[str, Result]) -> list[tuple[int | None, Result]]:
    """Best first. Equal totals share a rank, and the next rank is as many further on.

    What has no total comes last, without a rank.
    """
    with_total = [one for one in results.values() if one.total.mean is not None]
    without = [one for one in results.values() if one.total.mean is None]
    in_order = sorted(with_total, key=lambda one: (-(one.total.mean or 0), one.application))
    first: dict[Fraction | None, int] = {}
    for place, one in enumerate(in_order, start=1):
        first.setdefault(one.total.mean, place)
    return [(first[one.total.mean], one) for one in in_order] + [(None, one) for one in without]


def effective_weights(
    sheets: Sequence[Sheet], criteria: Sequence[Criterion]
) -> dict[str, Fraction] | None:
    """What share of the differences between applications each criterion made, in per cent.

    A criterion on which all do alike decides nothing, whatever its weight. The variance of the
    totals is the sum over criteria of weight × covariance(criterion, total), so each one's part of
    that sum is its share: "effective weights" in Brennan, Generalizability Theory (2001), after
    Wang and Stanley, Review of Educational Research 40 (1970). They are 100 together; one that goes
    against the rest is below 0. None where there are no differences to share out.

    A criterion that does not apply on a sheet takes that sheet's total: the same thing as leaving
    it out of the mean, and it keeps the sum exact. Raises SheetNotWhole.
    """
    must_be_whole(sheets, criteria)
    whole = sum((Fraction(one.weight) for one in criteria), Fraction(0))
    totals: list[Fraction] = []
    points: dict[str, list[Fraction]] = {one.key: [] for one in criteria}
    for own in _by_application(sheets).values():
        scored = [(one, total) for one in own if (total := sheet_total(one, criteria)) is not None]
        if not scored:
            continue
        totals.append(_mean([(total, one.weight) for one, total in scored]))
        for criterion in criteria:
            filled = [(_points(one, criterion), total, one.weight) for one, total in scored]
            points[criterion.key].append(
                _mean([(total if its is None else its, weight) for its, total, weight in filled])
            )
    variance = _covariance(totals, totals)
    if not variance:
        return None
    share = 100 / (whole * variance)
    return {
        one.key: share * Fraction(one.weight) * _covariance(points[one.key], totals)
        for one in criteria
    }


def _by_application(sheets: Sequence[Sheet]) -> dict[str, list[Sheet]]:
    found: dict[str, list[Sheet]] = {}
    for sheet in sorted(sheets, key=lambda one: (one.application, one.scorer)):
        found.setdefault(sheet.application, []).append(sheet)
    return found


def _points(sheet: Sheet, criterion: Criterion) -> Fraction | None:
    level = sheet.levels[criterion.key]
    return None if level is None else criterion.out_of_100(level)


def _figure(given: Sequence[tuple[Fraction | None, Decimal]]) -> Figure:
    counted = [(points, weight) for points, weight in given if points is not None]
    points = [one for one, _weight in counted]
    return Figure(
        counted=len(counted),
        mean=_mean(counted) if counted else None,
        lowest=min(points, default=None),
        highest=max(points, default=None),
        deviation=_deviation(points),
    )


def _mean(given: Sequence[tuple[Fraction, Decimal]]) -> Fraction:
    weights = sum((Fraction(weight) for _points, weight in given), Fraction(0))
    return sum((points * Fraction(weight) for points, weight in given), Fraction(0)) / weights


def _deviation(points: Sequence[Fraction]) -> Decimal | None:
    if len(points) < 2:
        return None
    variance = _covariance(points, points) / (len(points) - 1)
    return (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()


def _covariance(these: Sequence[Fraction], those: Sequence[Fraction]) -> Fraction:
    """Times their number: what it is compared with is, too."""
    if not these:
        return Fraction(0)
    this_mean = sum(these, Fraction(0)) / len(these)
    that_mean = sum(those, Fraction(0)) / len(those)
    pairs = zip(these, those, strict=True)
    return sum(((a - this_mean) * (b - that_mean) for a, b in pairs), Fraction(0))
