"""What scores came to, in the words of the levels themselves. Nobody's own words are in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from grants.models import Application, Criterion, Level, Round, Score, ScoreSheet, Seat

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Reached:
    """The level of one criterion that all the scores came to, and the one above it, if any.

    Levels are said with their name and what it means. `share` is where the mean stands between the
    lowest level, 0, and the highest, 1.
    """

    criterion: str
    level: str
    above: str
    share: Fraction


@dataclass(frozen=True)
class Feedback:
    """What was good, the best first; what was missing, the most missed first."""

    good: list[Reached]
    missing: list[Reached]


def feedback_on(round: Round, applications: Iterable[Application]) -> dict[Any, Feedback]:
    """Application → what to say of it, in the same few queries for any number of them."""
    criteria = list(round.criteria.prefetch_related("levels"))
    scores = _scores(round, applications)
    return {
        key: _sorted(
            [
                found
                for one in criteria
                if (found := _reached(one, given.get(one.pk, []))) is not None
            ]
        )
        for key, given in scores.items()
    }


def _scores(
    round: Round, applications: Iterable[Application]
) -> dict[Any, dict[Any, list[tuple[Score, Decimal]]]]:
    """Application → criterion → each scorer's last word, with how much they count."""
    seats = Seat.objects.filter(round=round, is_young=True)
    young = set(seats.values_list("person", flat=True))
    sheets = ScoreSheet.objects.counted().filter(application__in=[one.pk for one in applications])
    # “after” the panel has talked stands over “before”.
    last: dict[Any, ScoreSheet] = {}
    for sheet in sheets.order_by("-stage").prefetch_related("scores__level"):
        last[sheet.application_id, sheet.scorer_id] = sheet
    found: dict[Any, dict[Any, list[tuple[Score, Decimal]]]] = {one.pk: {} for one in applications}
    for sheet in last.values():
        weight = round.young_weight if sheet.scorer_id in young else Decimal(1)
        for score in sheet.scores.all():
            if score.level:
                by_criterion = found[sheet.application_id]
                by_criterion.setdefault(score.criterion_id, []).append((score, weight))
    return found


def _reached(criterion: Criterion, given: list[tuple[Score, Decimal]]) -> Reached | None:
    levels: list[Level] = sorted(criterion.levels.all(), key=lambda one: one.points)
    points = [
        (Fraction(score.level.points), Fraction(weight)) for score, weight in given if score.level
    ]
    if not points or len(levels) < 2:
        return None
    weights = sum((weight for _its, weight in points), Fraction(0))
    mean = sum((its * weight for its, weight in points), Fraction(0)) / weights
    # Between two levels it is the upper one.
    at = min(range(len(levels)), key=lambda place: (abs(levels[place].points - mean), -place))
    lowest, highest = levels[0].points, levels[-1].points
    return Reached(
        criterion=criterion.name,
        level=_said(levels[at]),
        above=_said(levels[at + 1]) if at + 1 < len(levels) else "",
        share=(mean - lowest) / (highest - lowest),
    )


def _said(level: Level) -> str:
    """“Clear. Figures and waiting lists show it.”"""
    is_more = level.description.strip() not in ("", level.name)
    return f"{level.name}. {level.description.strip()}" if is_more else level.name


def _sorted(reached: list[Reached]) -> Feedback:
    """The upper half is good, the strongest always; the weakest is missing, unless it is whole."""
    strongest_first = sorted(reached, key=lambda one: -one.share)
    good = [at for at, one in enumerate(strongest_first) if one.share >= HALF or at == 0]
    if len(good) > 1 and len(good) == len(reached) and strongest_first[-1].above:
        good.pop()
    return Feedback(
        good=[strongest_first[at] for at in good],
        missing=[one for one in reversed(strongest_first[len(good) :]) if one.above],
    )
