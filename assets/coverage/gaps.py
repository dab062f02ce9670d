"""What is missing, in words: “Nothing for 11–15 about eating disorders in and around Wirksworth”.

Where a theme has nothing at all, that is one gap and not forty.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets.coverage import not_found
from assets.coverage.cells import ALL, Asked, Dim, Grid, Measure, cells
from assets.coverage.links import search_url
from assets.places.parts import By

# Fewer than this are thin: one that closes, or is full, leaves almost nothing.
ENOUGH = 3


@dataclass(frozen=True)
class Gap:
    """`keys` say where: a key or ALL of each dimension. `looked_for` is hidden under five: 0."""

    keys: Mapping[Dim, str]
    activities: int
    words: str
    url: str
    looked_for: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.activities

    @property
    def breadth(self) -> int:
        return sum(key == ALL for key in self.keys.values())


def gaps(asked: Asked, *, about: Dim = Dim.THEME) -> list[Gap]:
    """Empty before thin, then what was looked for most, then what is missing most widely.

    `about` is THEME or NEEDS. Of `asked` all counts but its own dimensions; hours do not.
    """
    grid = cells(finest(asked, about))
    looked_for = not_found.by_place_and_theme() if about == Dim.THEME else {}
    found = [
        gap_of(grid, keys, looked_for.get((keys[Dim.PLACE], keys[about]), 0))
        for keys in _missing(grid, about)
    ]
    return sorted(
        found, key=lambda gap: (not gap.is_empty, -gap.looked_for, gap.activities, -gap.breadth)
    )


def finest(asked: Asked, about: Dim) -> Asked:
    """Laid out by all three that a gap speaks of."""
    measure = Measure.NUMBER if asked.measure == Measure.HOURS else asked.measure
    return replace(asked, dims=(about, Dim.AGES, Dim.PLACE), measure=measure)


def gap_of(grid: Grid, keys: Mapping[Dim, str], looked_for: int = 0) -> Gap:
    number = grid.cell(*(keys[dim] for dim in grid.asked.dims)).activities
    url = search_url(grid.asked, keys)
    return Gap(keys, number, _in_words(grid, keys, number), url, looked_for)


def _missing(grid: Grid, about: Dim) -> Iterator[dict[Dim, str]]:
    only = grid.asked.only
    things, ages, places = (
        [only[dim]] if dim in only else list(grid.keys[dim]) for dim in grid.asked.dims
    )
    for thing in things:
        if not grid.cell(thing, ALL, ALL).activities:
            yield {about: thing, Dim.AGES: ALL, Dim.PLACE: ALL}
            continue
        bare = {place for place in places if not grid.cell(thing, ALL, place).activities}
        yield from ({about: thing, Dim.AGES: ALL, Dim.PLACE: place} for place in sorted(bare))
        for band in ages:
            if not grid.cell(thing, band, ALL).activities:
                yield {about: thing, Dim.AGES: band, Dim.PLACE: ALL}
                continue
            for place in places:
                if place not in bare and grid.cell(thing, band, place).activities < ENOUGH:
                    yield {about: thing, Dim.AGES: band, Dim.PLACE: place}


def _in_words(grid: Grid, keys: Mapping[Dim, str], number: int) -> str:
    names = grid.keys
    count = ngettext("Only %d activity", "Only %d activities", number) % number
    words = {"count": count if number else _("Nothing")}
    if Dim.THEME in keys:
        words["what"] = _("about “%s”") % names[Dim.THEME].get(keys[Dim.THEME], "")
    else:
        words["what"] = _("for “%s”") % names[Dim.NEEDS].get(keys[Dim.NEEDS], "")
    words["where"] = _where(grid.asked, names[Dim.PLACE], keys[Dim.PLACE])
    if keys[Dim.AGES] == ALL:
        return _("%(count)s %(what)s %(where)s") % words
    words["ages"] = names[Dim.AGES][keys[Dim.AGES]]
    return _("%(count)s for %(ages)s %(what)s %(where)s") % words


def _where(asked: Asked, names: Mapping[str, str], key: str) -> str:
    if key == ALL:
        return _("anywhere")
    if asked.measure == Measure.REACH:
        miles = ngettext("%g mile", "%g miles", round(asked.within)) % asked.within
        return _("within %(miles)s of %(place)s") % {"miles": miles, "place": names.get(key, key)}
    if asked.by == By.TOWN:
        return _("in and around %s") % names.get(key, key)
    return _("in %s") % names.get(key, key)
