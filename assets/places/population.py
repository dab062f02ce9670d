"""How many people live where: from a sheet with a row for each area and age."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.db import transaction

from assets.models.boundaries import Population
from assets.models.places import Area

COLUMNS = {
    "code": ("area code", "area", "code", "geography code", "lsoa21cd", "wd24cd"),
    "age": ("age", "age band", "age group", "ages"),
    "people": ("people", "population", "count", "persons", "observation"),
    "year": ("year", "mid year", "date"),
    "source": ("source",),
}
YEARS = (1981, 2100)
OLDEST = 130
BAND = re.compile(r"(?:aged? )?(\d{1,3})(?:(?: ?[-–] ?| to )(\d{1,3})|( ?\+| and over| or over))?")


class PopulationError(Exception):
    """What is wrong with the file, in words, with the number of its line."""


@dataclass(frozen=True)
class Line:
    """Ages are whole years, half-open."""

    number: int
    code: str
    age_from: int
    age_before: int
    people: int
    year: int
    source: str


@transaction.atomic
def load_population(*, text: str, source: str = "") -> int:
    """Take these numbers in the place of those of the same areas and years: how many there are.

    Raises PopulationError, and nothing is changed.
    """
    lines = list(_lines(text, source.strip()))
    if not lines:
        raise PopulationError("There is no number in the file.")
    areas = {one.code: one for one in Area.objects.filter(code__in={line.code for line in lines})}
    if unknown := sorted({line.code for line in lines} - areas.keys()):
        raise PopulationError(
            f"We do not know the area {', '.join(unknown[:5])}"
            f"{' and more' if len(unknown) > 5 else ''}: load the boundaries first."
        )
    by_area: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for line in lines:
        by_area[line.code, line.year].append(line)
    for (code, year), own in by_area.items():
        _one_number_for_each_age(own)
        Population.objects.filter(area=areas[code], year=year).delete()
        Population.objects.bulk_create(
            Population(
                area=areas[code],
                year=year,
                age_from=line.age_from,
                age_before=line.age_before,
                people=line.people,
                source=line.source,
            )
            for line in own
        )
    return len(lines)


def _lines(text: str, source: str) -> Iterator[Line]:
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    try:
        heads = [" ".join(one.lower().replace("_", " ").split()) for one in next(rows, [])]
        places = {
            name: next((heads.index(one) for one in known if one in heads), None)
            for name, known in COLUMNS.items()
        }
        missing = [name for name in ("code", "age", "people", "year") if places[name] is None]
        if missing:
            raise PopulationError(f"The first line names no column for: {', '.join(missing)}.")
        for number, row in enumerate(rows, start=2):
            if any(cell.strip() for cell in row):
                yield _line(number, row, places, source)
    except csv.Error as error:
        raise PopulationError("The file is not a CSV table.") from error


def _line(number: int, row: list[str], places: dict[str, int | None], source: str) -> Line:
    said = {
        name: row[place].strip() if place is not None and place < len(row) else ""
        for name, place in places.items()
    }
    ages = BAND.fullmatch(said["age"].lower())
    people = said["people"].replace(",", "")
    if not ages:
        raise PopulationError(f"Line {number}: “{said['age'][:20]}” is no age, like 7 or 5-9.")
    if not re.fullmatch(r"[0-9]{1,8}", people):
        raise PopulationError(f"Line {number}: “{people[:20]}” is no number of people.")
    year = int(said["year"]) if re.fullmatch(r"[0-9]{4}", said["year"]) else 0
    if not YEARS[0] <= year < YEARS[1]:
        raise PopulationError(f"Line {number}: “{said['year'][:20]}” is no year.")
    source = said["source"] or source
    if not source or len(source) > 250:
        raise PopulationError(f"Line {number}: say where the number comes from (--source).")
    first = int(ages[1])
    before = OLDEST if ages[3] else int(ages[2] or first) + 1
    if not first < before <= OLDEST:
        raise PopulationError(f"Line {number}: “{said['age'][:20]}” is no age, like 7 or 5-9.")
    return Line(number, said["code"], first, before, int(people), year, source)


def _one_number_for_each_age(lines: list[Line]) -> None:
    lines = sorted(lines, key=lambda line: line.age_from)
    for before, after in pairwise(lines):
        if after.age_from < before.age_before:
            raise PopulationError(
                f"Lines {before.number} and {after.number} count the same ages of {after.code} "
                f"in {after.year}."
            )
