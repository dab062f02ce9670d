"""What the page of gaps shows: a table, the same as a map, and what is missing in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets.basemap import picture
from assets.basemap.window import Window, spot_of
from assets.coverage import not_found
from assets.coverage.cells import ALL, Asked, Cell, Dim, Grid, Measure, cells
from assets.coverage.forms import LABELS, CoverageForm
from assets.coverage.gaps import ENOUGH, Gap, gaps
from assets.coverage.links import search_url
from assets.coverage.people import THOUSAND, people
from assets.map_pins import Pin, Placed, groups, pins, taken
from assets.places.parts import NO_JOURNEY, WORDS, parts

# From so many on, a cell is this full; a sign and a shade for each, so that neither speaks alone.
LEVELS = ((11, "full", "●"), (6, "much", "◕"), (ENOUGH, "some", "◑"), (1, "thin", "◔"))
EMPTY = ("empty", "○")
# Of what is missing, so much stands on the public page.
GAPS_SHOWN = 12


@dataclass(frozen=True)
class Shown:
    """One cell of the table. `level` is a word for its shade, `sign` the same as a picture."""

    words: str
    level: str
    sign: str
    url: str
    about: str
    per_thousand: str = ""


@dataclass(frozen=True)
class Line:
    name: str
    cells: list[Shown]
    is_margin: bool


@dataclass(frozen=True)
class Table:
    caption: str
    corner: str
    heads: list[str]
    lines: list[Line]
    has_people: bool


@dataclass(frozen=True, slots=True)
class PartPin(Placed):
    """The number of a part of the district, where it lies."""

    url: str = ""

    @property
    def label(self) -> str:
        return f"{self.name}: {self.number}"

    @property
    def href(self) -> str:
        return self.url


@dataclass(frozen=True)
class PartsMap:
    land: picture.Land
    small_pins: list[Pin]
    wide_pins: list[Pin]


@dataclass(frozen=True)
class CoveragePage:
    table: Table
    map: PartsMap
    gaps: list[Gap]
    not_found: list[not_found.Told]


def coverage_page(form: CoverageForm) -> CoveragePage:
    """Of a form that is valid. A fixed number of queries."""
    asked = form.asked()
    grid = cells(asked, form.keys)
    plain = replace(asked, only={})
    return CoveragePage(
        table=table(grid),
        map=_map(asked, form.keys),
        gaps=gaps(plain)[:GAPS_SHOWN],
        not_found=not_found.told(in_fives=True),
    )


def table(grid: Grid) -> Table:
    rows, columns = grid.asked.dims
    known = people(grid.asked.by)
    across, down = _keys(grid, columns), _keys(grid, rows)
    lines = [
        Line(
            name,
            [_shown(grid, (row, column), (name, head), known) for column, head in across],
            row == ALL,
        )
        for row, name in down
    ]
    return Table(
        caption=_caption(grid),
        corner=str(LABELS[rows]),
        heads=[head for _key, head in across],
        lines=lines,
        has_people=any(one.per_thousand for line in lines for one in line.cells),
    )


def _keys(grid: Grid, dim: Dim) -> list[tuple[str, str]]:
    """Every key with its name, the margin last."""
    found = list(grid.keys[dim].items())
    if dim == Dim.PLACE and grid.asked.measure != Measure.REACH:
        found.append((NO_JOURNEY, str(WORDS[NO_JOURNEY])))
    if dim == Dim.PLACE and grid.asked.measure == Measure.REACH:
        return [*found, (ALL, _("Everywhere"))]
    return [*found, (ALL, _("All"))]


def _shown(
    grid: Grid,
    keys: tuple[str, str],
    names: tuple[str, str],
    known: Mapping[tuple[str, str], int],
) -> Shown:
    cell = grid.cell(*keys)
    chosen = dict(zip(grid.asked.dims, keys, strict=True))
    # Totals are no fuller or emptier than others: each counts another number of cells.
    level, sign = ("margin", "") if ALL in keys else _level(grid.asked, cell)
    return Shown(
        words=in_figures(grid.asked, cell),
        level=level,
        sign=sign,
        url=search_url(grid.asked, chosen),
        about=", ".join(names),
        per_thousand=_per_thousand(grid.asked, cell, chosen, known),
    )


def in_figures(asked: Asked, cell: Cell) -> str:
    if asked.measure == Measure.HOURS:
        return number_format(cell.hours, 1 if 0 < cell.hours < 10 else 0, force_grouping=True)
    return str(cell.activities)


def _level(asked: Asked, cell: Cell) -> tuple[str, str]:
    much = cell.hours if asked.measure == Measure.HOURS else cell.activities
    if not cell.activities:
        return EMPTY
    found = (one[1:] for one in LEVELS if much >= one[0])
    return next(found, LEVELS[-1][1:])


def _per_thousand(
    asked: Asked, cell: Cell, chosen: Mapping[Dim, str], known: Mapping[tuple[str, str], int]
) -> str:
    keys = {**asked.only, **chosen}
    number = known.get((keys.get(Dim.PLACE, ALL), keys.get(Dim.AGES, ALL)))
    if not number or asked.measure == Measure.REACH:
        return ""
    much = cell.hours if asked.measure == Measure.HOURS else cell.activities
    return number_format(much * THOUSAND / number, 1, force_grouping=True)


def _caption(grid: Grid) -> str:
    rows, columns = (str(LABELS[dim]) for dim in grid.asked.dims)
    what = {
        Measure.NUMBER: _("Activities"),
        Measure.HOURS: _("Hours a week, over the coming year"),
        Measure.REACH: ngettext(
            "Activities within %g mile, or with no need to travel",
            "Activities within %g miles, or with no need to travel",
            round(grid.asked.within),
        )
        % grid.asked.within,
    }[grid.asked.measure]
    words = _("%(what)s by %(rows)s and %(columns)s") % {
        "what": what,
        "rows": rows.lower().rstrip("?"),
        "columns": columns.lower().rstrip("?"),
    }
    only = [
        str(WORDS[NO_JOURNEY]) if key == NO_JOURNEY else grid.keys[dim].get(key, key)
        for dim, key in grid.asked.only.items()
    ]
    return f"{words}: {', '.join(only)}" if only else words


def _map(asked: Asked, keys: Mapping[Dim, Mapping[str, str]]) -> PartsMap:
    """Of every part the number that the filters leave, where its middle is."""
    only: dict[Dim, str] = {dim: key for dim, key in asked.only.items() if dim != Dim.PLACE}
    asked = replace(asked, dims=(Dim.PLACE,), only=only)
    grid = cells(asked, keys)
    placed = []
    for part in parts(asked.by).parts:
        if part.middle:
            cell = grid.cell(part.key)
            number = round(cell.hours) if asked.measure == Measure.HOURS else cell.activities
            url = search_url(asked, {Dim.PLACE: part.key})
            placed.append(PartPin(number, part.name, spot_of(part.middle), url=url))
    window = Window.around([one.spot for one in placed], closest=1)
    small, wide = (groups(placed, window, width) for width in (picture.NARROW, picture.WIDE))
    land = picture.land(window, taken(small), taken(wide))
    return PartsMap(land, pins(small), pins(wide))


def context_of(form: CoverageForm) -> dict[str, Any]:
    """What both pages, the public's and the staff's, show alike."""
    context: dict[str, Any] = {"form": form, "levels": legend()}
    if form.is_valid():
        context["page"] = coverage_page(form)
        context["measure"] = form.cleaned_data["measure"]
    return context


def legend() -> list[tuple[str, str, str]]:
    """Level, sign, what it means."""
    return [
        (*EMPTY, _("nothing")),
        ("thin", "◔", _("1 or 2")),
        ("some", "◑", _("3 to 5")),
        ("much", "◕", _("6 to 10")),
        ("full", "●", _("11 or more")),
    ]
