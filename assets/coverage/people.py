"""How many people live in each part, where figures are loaded that fit it and the ages."""

from collections import defaultdict
from collections.abc import Mapping

from assets.ages import BANDS
from assets.coverage.cells import ALL
from assets.models import Population
from assets.places.parts import By, parts

THOUSAND = 1000


def people(by: By) -> Mapping[tuple[str, str], int]:
    """By part and age band, ALL bands among them; what is not known exactly is not there.

    Of each area the newest year that has the band, by figures that fill it without rest.
    """
    if by == By.TOWN:
        return {}
    codes = [part.key for part in parts(by).parts]
    figures: dict[tuple[str, int], list[tuple[int, int, int]]] = defaultdict(list)
    rows = Population.objects.filter(area__code__in=codes).order_by("year", "age_from")
    for code, year, *figure in rows.values_list(
        "area__code", "year", "age_from", "age_before", "people"
    ):
        figures[code, year].append((figure[0], figure[1], figure[2]))
    found: dict[tuple[str, str], int] = {}
    for (code, _year), of_year in figures.items():
        for name, (first, before) in BANDS.items():
            # The years come in their order: a newer one takes the place of an older.
            if (number := _in_band(of_year, first // 12, before // 12)) is not None:
                found[code, name] = number
    for code in codes:
        if all((code, name) in found for name in BANDS):
            found[code, ALL] = sum(found[code, name] for name in BANDS)
    return found


def _in_band(figures: list[tuple[int, int, int]], first: int, before: int) -> int | None:
    reached, number = first, 0
    for age_from, age_before, count in figures:
        if age_from == reached and age_before <= before:
            reached, number = age_before, number + count
    return number if reached == before else None
