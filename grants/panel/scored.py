"""What the scorers made of a round's applications, and what the panel made of that.

In a fixed number of queries, however many applications and scorers there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from django.db.models import Max, Min, Prefetch, QuerySet
from django.utils.translation import get_language

from accounts.models import User
from assets.models import Place
from grants.models import (
    Application,
    ApplicationStatus,
    Decision,
    PanelScore,
    Round,
    Score,
    ScoreSheet,
    Seat,
    SheetStatus,
)
from grants.results.calibration import Adjusted, Calibration, NotEnough, calibrate
from grants.results.means import Result, effective_weights, ranked, results
from grants.results.sheets import Criterion, Sheet

# What came in and was not taken back or found to be outside the rules.
BEFORE_THE_PANEL = [
    one
    for one in ApplicationStatus
    if one
    not in (ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN, ApplicationStatus.INELIGIBLE)
]
# Application, scorer, how much they count, and the level by criterion: what can be kept by value.
Given = tuple[str, str, Decimal, tuple[tuple[str, int | None], ...]]
Row = TypeVar("Row", Decision, PanelScore)


@dataclass(frozen=True)
class Line:
    """One application. `rank` is by the scorers; `place` by the panel's points where it has any.

    `points` are what counts, out of 100: the panel's, or else the scorers' mean, as in `raw`.
    """

    application: Application
    result: Result | None
    rank: int | None
    place: int | None
    adjusted: Adjusted | None
    agreed: PanelScore | None
    decision: Decision | None

    @property
    def key(self) -> str:
        return str(self.application.pk)

    @property
    def raw(self) -> Fraction | None:
        return self.result.total.mean if self.result else None

    @property
    def points(self) -> Fraction | None:
        return _counts(self.raw, self.agreed)

    @property
    def spread(self) -> Decimal | None:
        return self.result.total.deviation if self.result else None


@dataclass(frozen=True)
class Scored:
    """`lines` in the order of `place`, the rest last. `calibration` is None where everybody has
    scored everything: adjusted figures tell nothing more there."""

    round: Round
    lines: list[Line]
    criteria: list[Criterion]
    names: Mapping[str, str]
    seats: list[Seat]
    calibration: Calibration | NotEnough | None
    effective: Mapping[str, Fraction] | None

    @property
    def by_key(self) -> dict[str, Line]:
        return {one.key: one for one in self.lines}

    def is_chair(self, person: User) -> bool:
        """Has the chair of it. Of who reads this that is enough: they have no interest in it."""
        return any(
            seat.is_chair and seat.left_at is None and seat.person_id == person.pk
            for seat in self.seats
        ) and person.has_perm("grants.chair_round")

    @property
    def by_rank(self) -> list[Line]:
        """As the scorers had it, whatever the panel made of it."""
        return sorted(self.lines, key=lambda one: one.rank or len(self.lines) + 1)

    @property
    def contested(self) -> list[Line]:
        """Those on which scorers differ most come first."""
        return sorted(self.lines, key=lambda one: -(one.spread or Decimal(-1)))


def read(round: Round) -> Scored:
    criteria, names = _criteria(round)
    seats = list(round.seats.select_related("person"))
    given = _given(round, seats)
    sheets = _sheets(given)
    found = results(sheets, criteria)
    calibration = _calibrated(given, tuple(criteria), get_language() or "")
    return Scored(
        round=round,
        lines=_lines(round, found, calibration),
        criteria=criteria,
        names=names,
        seats=seats,
        calibration=calibration,
        effective=effective_weights(sheets, criteria),
    )


def _lines(
    round: Round, found: Mapping[str, Result], calibration: Calibration | NotEnough | None
) -> list[Line]:
    applications = {str(one.pk): one for one in _applications(round)}
    agreed = last_of(PanelScore.objects.filter(application__round=round), "agreed_at", "agreed_by")
    decided = last_of(Decision.objects.filter(application__round=round), "decided_at", "decided_by")
    known = {key: one for key, one in found.items() if key in applications}
    rank = {one.application: rank for rank, one in ranked(known)}
    points = {
        key: _counts(known[key].total.mean if key in known else None, agreed.get(key))
        for key in applications
    }
    place = in_places(points)
    adjusted = calibration.applications if isinstance(calibration, Calibration) else {}
    lines = [
        Line(
            one,
            known.get(key),
            rank.get(key),
            place.get(key),
            adjusted.get(key),
            agreed.get(key),
            decided.get(key),
        )
        for key, one in applications.items()
    ]
    return sorted(lines, key=lambda one: one.place or len(lines) + 1)


def in_places(points: Mapping[str, Fraction | None]) -> dict[str, int]:
    """Best first. Equals share a place, the next is as many further on; no points, no place."""
    known = sorted((one for one in points.values() if one is not None), reverse=True)
    first: dict[Fraction, int] = {}
    for place, one in enumerate(known, start=1):
        first.setdefault(one, place)
    return {key: first[one] for key, one in points.items() if one is not None}


def last_of(rows: "QuerySet[Row]", when: str, who: str) -> dict[str, Row]:
    """The last of each application."""
    newest = rows.order_by("application_id", f"-{when}", "-pk").distinct("application_id")
    return {str(one.application_id): one for one in newest.select_related(who)}


def _counts(raw: Fraction | None, agreed: PanelScore | None) -> Fraction | None:
    return raw if agreed is None or agreed.points is None else Fraction(agreed.points)


def _applications(round: Round) -> Iterable[Application]:
    found = round.applications.sent().filter(status__in=BEFORE_THE_PANEL)
    places = Prefetch("places", Place.objects.only("slug", "name").order_by("name"))
    return found.prefetch_related("themes", "needs_groups", places).order_by("number")


def _criteria(round: Round) -> tuple[list[Criterion], dict[str, str]]:
    rows = list(
        round.criteria.annotate(
            lowest=Min("levels__points"), highest=Max("levels__points")
        ).order_by("number")
    )
    plain = [Criterion(str(one.pk), one.weight, one.lowest, one.highest) for one in rows]
    return plain, {str(one.pk): one.name for one in rows}


def _given(round: Round, seats: list[Seat]) -> tuple[Given, ...]:
    young = {seat.person_id for seat in seats if seat.is_young}
    rows = Score.objects.filter(
        sheet__application__round=round,
        sheet__application__status__in=BEFORE_THE_PANEL,
        sheet__status=SheetStatus.SUBMITTED,
        sheet__stage=ScoreSheet.Stage.BEFORE,
    ).order_by("sheet__application", "sheet__scorer", "criterion__number")
    levels: dict[tuple[str, int], list[tuple[str, int | None]]] = {}
    for application, scorer, criterion, points in rows.values_list(
        "sheet__application", "sheet__scorer", "criterion", "level__points"
    ):
        levels.setdefault((str(application), scorer), []).append((str(criterion), points))
    return tuple(
        (key, str(scorer), round.young_weight if scorer in young else Decimal(1), tuple(said))
        for (key, scorer), said in levels.items()
    )


def _sheets(given: Iterable[Given]) -> list[Sheet]:
    return [Sheet(key, scorer, weight, dict(levels)) for key, scorer, weight, levels in given]


@lru_cache(maxsize=8)
def _calibrated(
    given: tuple[Given, ...], criteria: tuple[Criterion, ...], _language: str
) -> Calibration | NotEnough | None:
    """Takes a third of a second, and sheets that are in do not change: worked out once."""
    applications, scorers = {one[0] for one in given}, {one[1] for one in given}
    if len(given) == len(applications) * len(scorers):
        return None
    return calibrate(_sheets(given), criteria)
