"""The pot, the ranked list and the ways to share it out that the panel looks at side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from django.utils.translation import gettext as _

from assets.kept import kept
from grants import aiming, scenarios
from grants.models import ApplicationStatus, Scenario
from grants.models.application_status import GIVEN
from grants.panel.scored import Line, Scored
from grants.results.means import tenth
from grants.scenarios import Aim, Ranked
from thrive.models import Theme

PANEL = "panel"
COMPUTED = {
    Scenario.Kind.STRICT: scenarios.strict_line,
    Scenario.Kind.SKIP: scenarios.rank_and_skip,
    Scenario.Kind.COVER: scenarios.cover,
}
UNDECIDED = (ApplicationStatus.SUBMITTED, ApplicationStatus.IN_SCORING)
# What cannot move any more, or comes to nothing whatever is left.
NOT_IN_LINE = (ApplicationStatus.TO_DECLINE, ApplicationStatus.DECLINED)


@dataclass(frozen=True)
class Row:
    """One application in one way of sharing out. `fills`: gaps that it fills, or would fill."""

    line: Line
    award: Decimal | None
    fills: list[str]
    # Needs that it speaks of and this round may not fund.
    beyond: list[str]
    # Of the gaps that the round aims at, those that it would fill.
    aimed: list[str]
    is_after_the_cut: bool = False

    @property
    def is_part(self) -> bool:
        ideal = self.line.application.ideal
        return self.award is not None and ideal is not None and self.award < ideal


@dataclass(frozen=True)
class Covered:
    """Of one kind of aim: how many are reached, of how many."""

    covered: int
    wanted: int


class Board:
    """All of it for one round; every way of sharing out is worked out when it is asked for."""

    def __init__(self, scored: Scored) -> None:
        self.scored = scored
        self.round = scored.round
        self.lines = scored.lines
        self.may_fund = {one.slug: str(one) for one in self.round.needs_groups.all()}
        self.themes: dict[str, str] = kept(
            "theme-names", lambda: dict(Theme.objects.values_list("slug", "name"))
        )
        self.places = {
            one.slug: one.name for line in self.lines for one in line.application.places.all()
        }

    @cached_property
    def aims(self) -> frozenset[Aim]:
        """Every theme, each place that somebody applied for, and the needs that it may fund."""
        return frozenset(
            [
                *(Aim("theme", one) for one in self.themes),
                *(Aim("place", one) for one in self.places),
                *(Aim("needs", one) for one in self.may_fund),
            ]
        )

    @cached_property
    def ranked(self) -> dict[str, Ranked]:
        """By key. What nobody has scored counts for nothing, and no computed way takes it."""
        return {line.key: self._ranked(line) for line in self.lines}

    def _ranked(self, line: Line) -> Ranked:
        one = line.application
        if one.minimum is None or one.ideal is None:
            raise ValueError(f"{one!r} was sent without amounts.")
        return Ranked(
            line.key,
            line.points or Fraction(0),
            one.minimum,
            one.ideal,
            frozenset(theme.slug for theme in one.themes.all()),
            frozenset(place.slug for place in one.places.all()),
            frozenset(needs.slug for needs in one.needs_groups.all()),
        )

    @cached_property
    def gaps(self) -> aiming.Coverage:
        """What is on now, and the gaps that the round aims at."""
        return aiming.Coverage(self.round)

    def funded(self, way: scenarios.Scenario) -> list[aiming.Span]:
        """Where those stand who get something in this way."""
        return [aiming.span_of(one.application) for one in self.lines if one.key in way.awards]

    @cached_property
    def as_the_panel_has_it(self) -> scenarios.Scenario:
        awards = {
            line.key: line.application.award
            for line in self.lines
            if line.application.status in GIVEN and line.application.award is not None
        }
        return self.given(awards)

    def given(self, awards: Mapping[str, Decimal]) -> scenarios.Scenario:
        return scenarios.as_given([*self.ranked.values()], awards, self.round.pot, self.aims)

    def computed(self, kind: str) -> scenarios.Scenario:
        scored = tuple(self.ranked[line.key] for line in self.lines if line.points is not None)
        return _computed(kind, scored, self.round.pot, self.aims)

    def cost(self, one: scenarios.Scenario) -> Fraction | None:
        """Points behind the average pound, against rank and skip."""
        return scenarios.difference(one, self.computed(Scenario.Kind.SKIP)).points

    def rows(self, way: scenarios.Scenario, lines: Iterable[Line]) -> list[Row]:
        """In the order of `lines`; what stands below the last award is after the cut."""
        in_order = list(lines)
        last = max((at for at, one in enumerate(in_order) if one.key in way.awards), default=-1)
        times: dict[Aim, int] = {}
        for key in way.awards:
            for aim in self.ranked[key].aims:
                times[aim] = times.get(aim, 0) + 1
        return [
            Row(
                line,
                way.awards.get(line.key),
                self._fills(line, times, is_funded=line.key in way.awards),
                self._beyond(line),
                [str(gap) for gap in aiming.aimed(line.application, self.gaps.gaps)],
                at > last,
            )
            for at, line in enumerate(in_order)
        ]

    def _fills(self, line: Line, times: Mapping[Aim, int], *, is_funded: bool) -> list[str]:
        """What no other award of this way covers."""
        most = 1 if is_funded else 0
        own = self.ranked[line.key].aims & self.aims
        return [self.name_of(aim) for aim in sorted(own) if times.get(aim, 0) <= most]

    def _beyond(self, line: Line) -> list[str]:
        needs = line.application.needs_groups.all()
        return [str(one) for one in needs if one.slug not in self.may_fund]

    def name_of(self, aim: Aim) -> str:
        names = {"theme": self.themes, "place": self.places, "needs": self.may_fund}
        return names[aim.kind].get(aim.key, aim.key)

    def names(self, aims: Iterable[Aim]) -> list[str]:
        return [self.name_of(aim) for aim in sorted(aims)]

    def coverage(self, way: scenarios.Scenario, kind: str) -> Covered:
        return Covered(
            covered=sum(aim.kind == kind for aim in way.covered),
            wanted=sum(aim.kind == kind for aim in self.aims),
        )

    @cached_property
    def for_commissioners(self) -> list[tuple[str, int]]:
        """Needs that this round may not fund, and how many applications speak of each."""
        found: dict[str, int] = {}
        for line in self.lines:
            for name in self._beyond(line):
                found[name] = found.get(name, 0) + 1
        return sorted(found.items())

    def next_in_line(self, way: scenarios.Scenario) -> Line | None:
        """The best that gets nothing in this way, and has not been declined."""
        waiting = (
            line
            for line in self.lines
            if line.key not in way.awards and line.application.status not in NOT_IN_LINE
        )
        return next(waiting, None)

    @property
    def undecided(self) -> int:
        return sum(line.application.status in UNDECIDED for line in self.lines)


def cost_words(points: Fraction | None) -> str:
    """“costs 1.2 points”; empty where there is nothing to compare."""
    if points is None:
        return ""
    shown = tenth(points)
    if not shown:
        return _("costs no points")
    words = _("costs %s points") if shown > 0 else _("gains %s points")
    return words % abs(shown)


def moved_against_scores(lines: Iterable[Line]) -> tuple[list[Line], list[Line]]:
    """Awarded though others scored better, and passed over though others scored worse.

    As many as were awarded, from the top of the scorers' own list, is what scores alone would
    have done; equals of the last of these are within it as well.
    """
    in_order = sorted((one for one in lines if one.rank is not None), key=lambda one: one.rank or 0)
    awarded = [one for one in in_order if one.application.status in GIVEN]
    if not awarded:
        return [], []
    last = in_order[len(awarded) - 1].rank or 0
    up = [one for one in awarded if (one.rank or 0) > last]
    down = [
        one
        for one in in_order[: len(awarded)]
        if one.application.status not in (*GIVEN, *UNDECIDED)
    ]
    return up, down


@lru_cache(maxsize=32)
def _computed(
    kind: str, ranked: tuple[Ranked, ...], pot: Decimal, aims: frozenset[Aim]
) -> scenarios.Scenario:
    """The same question is asked on every page of a meeting; the answer hangs on nothing else."""
    return COMPUTED[Scenario.Kind(kind)](ranked, pot, aims)
