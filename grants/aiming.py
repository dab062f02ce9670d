"""The map of the gaps, and the money: what a round aims at, what each application would fill.

A cell of the coverage is a theme or a needs group, ages and a town with its villages. An
application stands in every cell that its own themes, needs, ages and places cross in; given a
grant, it counts there as one more. Whether that is something new or more of what is there already,
the cell cannot know: nor can it when something is listed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from assets.ages import BANDS
from assets.coverage import Asked, Dim, Gap, Grid, cells, gaps
from assets.coverage.cells import ALL
from assets.coverage.gaps import ENOUGH, finest
from assets.places.parts import By, parts
from grants.models import Application, Award, AwardStatus, Report, ReportStatus, Round, RoundGap

# No longer given to anybody.
NOT_GIVEN = (AwardStatus.DECLINED, AwardStatus.LAPSED, AwardStatus.REPAID)
Keys = Mapping[Dim, str]
ABOUT = (Dim.THEME, Dim.NEEDS)


@dataclass(frozen=True)
class Span:
    """Where an application stands: keys of each dimension. Over the border there is no town."""

    of: Mapping[Dim, frozenset[str]]

    def meets(self, keys: Keys) -> bool:
        """Whether it stands in this cell; of a margin, in any cell that the margin sums up."""
        return all(key in self.of[dim] if key != ALL else self.of[dim] for dim, key in keys.items())


def span_of(application: Application) -> Span:
    """Of one that was sent; its themes, needs groups and places are best fetched beforehand."""
    first, before = application.age_from or 0, application.age_before
    places = {one.pk for one in application.places.all()}
    return Span(
        {
            Dim.THEME: frozenset(one.pk for one in application.themes.all()),
            Dim.NEEDS: frozenset(one.pk for one in application.needs_groups.all()),
            Dim.AGES: frozenset(
                name
                for name, (youngest, oldest) in BANDS.items()
                if first < oldest and (before is None or before > youngest)
            ),
            Dim.PLACE: frozenset(part.key for part in parts(By.TOWN).parts if part.holds & places),
        }
    )


def keys_of(gap: RoundGap) -> dict[Dim, str]:
    about = Dim.THEME if gap.theme_id else Dim.NEEDS
    return {
        about: gap.theme_id or gap.needs_group_id or ALL,
        Dim.AGES: gap.ages or ALL,
        Dim.PLACE: gap.place.slug if gap.place else ALL,
    }


def gaps_of(round: Round) -> list[RoundGap]:
    """Those that it aims at, in reading order."""
    return list(round.gaps.select_related("theme", "needs_group", "place"))


# --- What one application would fill ---


def aimed(application: Application, its_gaps: Iterable[RoundGap]) -> list[RoundGap]:
    """Of the gaps that its round aims at, those that it would fill."""
    span = span_of(application)
    return [gap for gap in its_gaps if span.meets(keys_of(gap))]


def would_fill(application: Application) -> list[Gap]:
    """What is empty or thin now, and would be less so; what matters most first."""
    span = span_of(application)
    found = [gap for about in ABOUT for gap in gaps(Asked(), about=about)]
    return [gap for gap in found if span.meets(gap.keys)]


# --- Before and after, for ways to share out a pot ---


@dataclass(frozen=True)
class Tally:
    """Of all cells of themes, ages and towns: how many have nothing, and how many have little."""

    empty: int
    thin: int


@dataclass(frozen=True)
class Aimed:
    """A gap that the round aims at: how many activities there are now, and would be."""

    gap: RoundGap
    now: int
    after: int


class Coverage:
    """What is on now, and would be once some applications were funded. Counted once."""

    def __init__(self, round: Round) -> None:
        self.gaps = gaps_of(round)

    @cached_property
    def grids(self) -> dict[Dim, Grid]:
        first = cells(finest(Asked(), Dim.THEME))
        return {Dim.THEME: first, Dim.NEEDS: cells(finest(Asked(), Dim.NEEDS), first.keys)}

    @cached_property
    def _now(self) -> dict[tuple[str, ...], int]:
        grid = self.grids[Dim.THEME]
        every = product(*(grid.keys[dim] for dim in grid.asked.dims))
        return {keys: grid.cell(*keys).activities for keys in every}

    def tally(self, funded: Iterable[Span] = ()) -> Tally:
        more: dict[tuple[str, ...], int] = {}
        dims = self.grids[Dim.THEME].asked.dims
        for span in funded:
            for keys in product(*(span.of[dim] for dim in dims)):
                more[keys] = more.get(keys, 0) + 1
        counts = [number + more.get(keys, 0) for keys, number in self._now.items()]
        return Tally(sum(one == 0 for one in counts), sum(0 < one < ENOUGH for one in counts))

    def aimed(self, funded: Iterable[Span] = ()) -> list[Aimed]:
        spans = list(funded)
        return [
            Aimed(gap, now := self.now(gap), now + sum(span.meets(keys_of(gap)) for span in spans))
            for gap in self.gaps
        ]

    def now(self, gap: RoundGap) -> int:
        keys = keys_of(gap)
        grid = self.grids[next(dim for dim in ABOUT if dim in keys)]
        return grid.cell(*(keys[dim] for dim in grid.asked.dims)).activities


# --- What was filled ---


@dataclass(frozen=True)
class Filled:
    """A gap that a round aimed at: grants given for it, how many of them have reported, and how
    many activities there are now.
    """

    gap: RoundGap
    awards: int
    reported: int
    now: int


def filled(round: Round) -> list[Filled]:
    """From what was released to the groups alone: no word of what a panel may still change."""
    coverage = Coverage(round)
    if not coverage.gaps:
        return []
    awards = Award.objects.filter(application__round=round).exclude(status__in=NOT_GIVEN)
    given = {
        award.pk: span_of(award.application)
        for award in awards.select_related("application").prefetch_related(
            "application__themes", "application__needs_groups", "application__places"
        )
    }
    reports = Report.objects.filter(award__in=given, status=ReportStatus.ACCEPTED)
    reported = set(reports.values_list("award", flat=True))
    found = []
    for gap in coverage.gaps:
        its = {key for key, span in given.items() if span.meets(keys_of(gap))}
        found.append(Filled(gap, len(its), len(its & reported), coverage.now(gap)))
    return found


# --- Beyond ---


def beyond(round: Round) -> list[Gap]:
    """Gaps of needs groups that this round may not fund: for those who can."""
    may_fund = set(round.needs_groups.values_list("pk", flat=True))
    found = gaps(Asked(), about=Dim.NEEDS)
    return [gap for gap in found if gap.keys[Dim.NEEDS] not in may_fund]
