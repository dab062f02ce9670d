"""One statement that counts every cell of a grid, its margins included.

Of each published activity the statement knows which needs groups, themes and age bands it has (as
bits of a number) and which part of the district it is in; activities that are alike are counted
once, and only then laid out over the cells. `ALL` is the margin: every activity, whatever it has.
Nothing is summed over cells, for an activity may stand in several.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from psycopg import sql

from assets.ages import BANDS
from assets.coverage.statement import (
    GRID,
    IN_PARTS,
    LASTING,
    MINUTES,
    ON_THE_DAY,
    PUBLISHED,
    REACHED,
)
from assets.places.grid import METRES_IN_A_MILE
from assets.places.parts import NO_JOURNEY, By, Parts, parts
from thrive.models import NeedsGroup, Theme

ALL = "all"
# A year of whole weeks: terms and holidays are both in it.
WEEKS = 52
MILES = 5


class Dim(StrEnum):
    """What a grid can be laid out by. The value is the parameter of the page."""

    NEEDS = "needs"
    THEME = "theme"
    AGES = "ages"
    PLACE = "place"


class Measure(StrEnum):
    NUMBER = "number"
    HOURS = "hours"
    REACH = "reach"


@dataclass(frozen=True)
class Asked:
    """`only` keeps to one key of a dimension. `within`, in miles, is of Measure.REACH alone.

    `on` counts what was public at the end of that day, with the tags of today; `closing` are
    activities to count as if they had closed.
    """

    dims: tuple[Dim, ...] = (Dim.NEEDS, Dim.THEME)
    only: Mapping[Dim, str] = field(default_factory=dict)
    by: By = By.TOWN
    measure: Measure = Measure.NUMBER
    within: float = MILES
    on: date | None = None
    closing: Collection[UUID] = ()


@dataclass(frozen=True)
class Cell:
    """`hours` a week; only counted where hours are the measure."""

    activities: int = 0
    hours: float = 0


@dataclass(frozen=True)
class Grid:
    """Every cell that is not empty, by one key (or ALL) for each of `asked.dims`."""

    asked: Asked
    keys: Mapping[Dim, Mapping[str, str]]
    found: Mapping[tuple[str, ...], Cell]

    def cell(self, *keys: str) -> Cell:
        return self.found.get(keys, Cell())


def keys_of(dim: Dim, by: By = By.TOWN) -> dict[str, str]:
    """What one dimension is cut into, each with its name, in reading order."""
    if dim == Dim.NEEDS:
        return dict(NeedsGroup.objects.values_list("slug", "plain_name"))
    if dim == Dim.THEME:
        return dict(Theme.objects.values_list("slug", "name"))
    if dim == Dim.AGES:
        return {name: name.replace("-", "–") for name in BANDS}
    return {part.key: part.name for part in parts(by).parts}


def cells(asked: Asked, keys: Mapping[Dim, Mapping[str, str]] | None = None) -> Grid:
    """Count. `keys`, if the caller has them already, save looking them up."""
    known = keys or {dim: keys_of(dim, asked.by) for dim in Dim}
    statement, values = _statement(asked, known)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    width = len(asked.dims)
    found = {
        tuple(row[:width]): Cell(int(row[width]), float(row[width + 1] or 0) / 60 / WEEKS)
        for row in rows
    }
    return Grid(asked, known, found)


def _statement(
    asked: Asked, known: Mapping[Dim, Mapping[str, str]]
) -> tuple[sql.Composed, dict[str, Any]]:
    here = parts(asked.by)
    values: dict[str, Any] = {
        "needs": list(known[Dim.NEEDS]),
        "themes": list(known[Dim.THEME]),
        "closing": list(asked.closing),
    }
    values |= _places(asked, here)
    if asked.on:
        values["after"] = asked.on + timedelta(days=1)
    by_hours = asked.measure == Measure.HOURS
    if by_hours:
        today = timezone.localdate()
        values |= {"first": today, "before": today + timedelta(weeks=WEEKS)}
    layout = [_axis(asked, dim, known[dim], here) for dim in asked.dims]
    fitting: list[sql.Composable] = [
        _fits(dim, key, known[dim], here) for dim, key in asked.only.items()
    ]
    if Dim.PLACE not in asked.only and asked.measure != Measure.REACH:
        # What lies over the border is not of this district.
        fitting.append(sql.SQL("part >= 0"))
    statement = GRID.format(
        minutes=MINUTES if by_hours else sql.SQL(""),
        lasting=LASTING if by_hours else sql.SQL(""),
        worth=sql.SQL("minutes.minutes" if by_hours else "0"),
        bands=_bands(),
        on_board=ON_THE_DAY if asked.on else PUBLISHED,
        where=_where(asked),
        fitting=_all_of(fitting),
        columns=sql.SQL(", ").join(sql.Identifier(COLUMNS[dim]) for dim in asked.dims),
        keys=sql.SQL(", ").join(sql.SQL("axis{}.key").format(n) for n in range(len(layout))),
        axes=sql.SQL("").join(layout),
    )
    return statement, values


def _where(asked: Asked) -> sql.Composable:
    """In which part each activity is: of what is within reach, it may be in several or in all."""
    if asked.measure != Measure.REACH:
        return IN_PARTS.format(column=sql.Identifier(f"{asked.by}_id"))
    is_placed = Dim.PLACE in asked.dims or Dim.PLACE in asked.only
    return REACHED if is_placed else sql.SQL("CROSS JOIN (SELECT 0 AS part) reach")


def _places(asked: Asked, here: Parts) -> dict[str, Any]:
    """The parts as arrays; what needs no journey is the last of them."""
    if asked.measure == Measure.REACH:
        only = asked.only.get(Dim.PLACE)
        spots = [
            (n, part.middle)
            for n, part in enumerate(here.parts)
            if part.middle and only in (None, part.key)
        ]
        return {
            "spot_parts": [n for n, _middle in spots],
            "spots": [f"({middle.easting},{middle.northing})" for _n, middle in spots],
            "metres": asked.within * METRES_IN_A_MILE,
            "around": list(here.around),
        }
    held = [(one, n) for n, part in enumerate(here.parts) for one in part.holds]
    return {
        "held": [one for one, _n in held],
        "held_by": [n for _one, n in held],
        "no_journey": len(here.parts),
    }


def _number(key: str, here: Parts) -> int:
    """-2, which no row has, for a part that is not there."""
    if key == NO_JOURNEY:
        return len(here.parts)
    return next((n for n, part in enumerate(here.parts) if part.key == key), -2)


def _bit(key: str, keys: Sequence[str]) -> int:
    return 1 << keys.index(key) if key in keys else 0


COLUMNS = {Dim.NEEDS: "needs", Dim.THEME: "themes", Dim.AGES: "bands", Dim.PLACE: "part"}


def _fits(dim: Dim, key: str, known: Mapping[str, str], here: Parts) -> sql.Composed:
    if dim == Dim.PLACE:
        return sql.SQL("part = {}").format(_number(key, here))
    column = sql.Identifier(COLUMNS[dim])
    return sql.SQL("{} & {} <> 0").format(column, _bit(key, list(known)))


def _axis(asked: Asked, dim: Dim, known: Mapping[str, str], here: Parts) -> sql.Composed:
    """Each row as often as it has keys of this dimension, and once more for the margin."""
    keys = list(known)
    rows, margin = [(key, _bit(key, keys)) for key in keys], 0
    test = "axis{0}.key = {2} OR axis{0}.mask & {3} <> 0"
    if dim == Dim.PLACE:
        rows = [(key, _number(key, here)) for key in [*keys, NO_JOURNEY]]
        test = "axis{0}.key = {2} OR axis{0}.mask = {3}"
        if asked.measure == Measure.REACH:
            margin, test = -1, "axis{0}.mask = {3}"
    listed = sql.SQL(", ").join(
        sql.SQL("({}, {}::bigint)").format(key, mask) for key, mask in [*rows, (ALL, margin)]
    )
    name = sql.Literal(asked.dims.index(dim))
    return sql.SQL(" JOIN (VALUES {1}) AS axis{0} (key, mask) ON " + test).format(
        name, listed, ALL, sql.Identifier(COLUMNS[dim])
    )


def _bands() -> sql.Composed:
    return sql.SQL(" | ").join(
        sql.SQL(
            "CASE WHEN a.age_from < {} AND (a.age_before IS NULL OR a.age_before > {})"
            " THEN {} ELSE 0 END"
        ).format(before, first, 1 << place)
        for place, (first, before) in enumerate(BANDS.values())
    )


def _all_of(conditions: Sequence[sql.Composable]) -> sql.Composable:
    return sql.SQL(" AND ").join(conditions) if conditions else sql.SQL("true")
