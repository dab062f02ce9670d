"""What scorers said: a sheet for each application that somebody scored, by a round's criteria."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


class SheetNotWhole(ValueError):
    """A sheet leaves a criterion out, scores one that is not asked, or goes beyond its levels."""


@dataclass(frozen=True)
class Criterion:
    """What is scored, with its weight in per cent and the points of its lowest and highest level.

    Raises ValueError for a weight of nothing, or for levels that leave nothing to choose.
    """

    key: str
    weight: Decimal
    lowest: int
    highest: int

    def __post_init__(self) -> None:
        if self.weight <= 0:
            raise ValueError(f"The weight of {self.key!r} is above 0.")
        if self.lowest >= self.highest:
            raise ValueError(f"The highest level of {self.key!r} is above its lowest.")

    def out_of_100(self, level: int) -> Fraction:
        """Where a level stands between this criterion's lowest, 0, and its highest, 100."""
        return Fraction(100 * (level - self.lowest), self.highest - self.lowest)


@dataclass(frozen=True)
class Sheet:
    """One person's scores of one application. A level of None is "not applicable": left out.

    `weight` is how much this scorer counts; 1 is as much as anybody else.
    """

    application: str
    scorer: str
    weight: Decimal
    levels: Mapping[str, int | None]

    def __post_init__(self) -> None:
        if self.weight <= 0:
            raise ValueError("The weight of a scorer is above 0.")


def must_be_whole(sheets: Sequence[Sheet], criteria: Sequence[Criterion]) -> None:
    """Raises SheetNotWhole unless every sheet scores just these criteria, within their levels, and
    no two are by the same person about the same application."""
    asked = {one.key: one for one in criteria}
    for sheet in sheets:
        whose = f"The sheet of {sheet.scorer!r} about {sheet.application!r}"
        if missing := sorted(asked.keys() - sheet.levels.keys()):
            raise SheetNotWhole(f"{whose} does not score {', '.join(missing)}.")
        if unknown := sorted(sheet.levels.keys() - asked.keys()):
            raise SheetNotWhole(f"{whose} scores {', '.join(unknown)}, which is not asked.")
        for key, level in sheet.levels.items():
            if level is not None and not asked[key].lowest <= level <= asked[key].highest:
                raise SheetNotWhole(f"{whose} gives {key} {level}, which is no level of it.")
    for (application, scorer), how_many in Counter(
        (sheet.application, sheet.scorer) for sheet in sheets
    ).items():
        if how_many > 1:
            raise SheetNotWhole(f"There are {how_many} sheets of {scorer!r} about {application!r}.")
