"""What the scores come to: by criterion, how far scorers differ, and what is adjusted beside it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.models import User
from assets.admin.base import who
from grants.admin import panel_rows
from grants.admin.panel_guard import show
from grants.models import Round
from grants.panel import scored
from grants.panel.figures import as_csv
from grants.panel.scored import Line, Scored
from grants.panel.words import NOTHING, adjusted_note, adjusted_words, plus_minus, points
from grants.results.calibration import Calibration


def page(model_admin: Any, request: HttpRequest, round: Round) -> HttpResponse:
    found = scored.read(round)
    return show(
        model_admin,
        request,
        round,
        "results.html",
        title=_("What the scores come to"),
        here="results",
        heads=[found.names[one.key] for one in found.criteria],
        rows=[_row(found, line) for line in found.by_rank],
        weights=_weights(found),
        has_adjusted=found.calibration is not None,
        has_agreed=any(line.agreed for line in found.lines),
        note=adjusted_note(found.calibration),
        # Of people who score: for who runs the round and who chairs it.
        strict=_strict(found) if may_name(who(request), found) else [],
    )


def csv(model_admin: Any, request: HttpRequest, round: Round) -> HttpResponse:
    """The same, for a spreadsheet."""
    answer = HttpResponse(as_csv(scored.read(round)), content_type="text/csv; charset=utf-8")
    name = f"{round.slug}-scores.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _row(found: Scored, line: Line) -> dict[str, Any]:
    result, agreed = line.result, line.agreed
    return {
        "line": line,
        "url": panel_rows.decide_url(line.application),
        "rank": NOTHING if line.rank is None else str(line.rank),
        "counted": result.total.counted if result else 0,
        "raw": points(line.raw),
        "spread": plus_minus(line.spread),
        "lowest": points(result.total.lowest if result else None),
        "highest": points(result.total.highest if result else None),
        "adjusted": adjusted_words(line.adjusted),
        "expected": NOTHING if line.adjusted is None else points(line.adjusted.rank),
        "agreed": points(agreed.points) if agreed else NOTHING,
        "criteria": [
            (points(result.by_criterion[one.key].mean), _spread(result.by_criterion[one.key]))
            if result
            else (NOTHING, "")
            for one in found.criteria
        ],
    }


def _spread(figure: Any) -> str:
    return "" if figure.deviation is None else plus_minus(figure.deviation)


def _weights(found: Scored) -> list[tuple[str, str, str]]:
    """Name, published weight, and what share of the differences it really made."""
    effective = found.effective or {}
    return [
        (
            found.names[one.key],
            f"{one.weight.normalize():f} %",
            f"{points(effective[one.key])} %" if one.key in effective else NOTHING,
        )
        for one in found.criteria
    ]


def may_name(person: User, found: Scored) -> bool:
    return person.has_perm("grants.run_round") or found.is_chair(person)


def _strict(found: Scored) -> list[tuple[str, str]]:
    """How many points each scorer gives below the average one, the strictest first."""
    if not isinstance(found.calibration, Calibration):
        return []
    names = {str(seat.person_id): str(seat) for seat in found.seats}
    by_how_much = sorted(found.calibration.strictness.items(), key=lambda one: -one[1])
    return [(names.get(scorer, NOTHING), points(much)) for scorer, much in by_how_much]
