"""The panel's board: the pot, the ranked list with its cut line, and other ways beside it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets.admin.base import who
from grants.admin import panel_rows
from grants.admin.panel_guard import show
from grants.models import Round, RoundStatus, Scenario
from grants.panel import scored
from grants.panel.board import COMPUTED, PANEL, Board, cost_words
from grants.panel.words import adjusted_note, pounds
from grants.scenarios import Scenario as Way

CONTESTED = "contested"


@dataclass(frozen=True)
class Tab:
    words: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Tile:
    """One figure above the table. `bar`: how full the pot is, of 100."""

    name: str
    figure: str
    note: str
    bar: int | None = None


def page(model_admin: Any, request: HttpRequest, round: Round) -> HttpResponse:
    board = Board(scored.read(round))
    saved = list(round.scenarios.all())
    asked = request.GET.get("as", PANEL)
    way = way_of(board, saved, asked)
    is_contested = request.GET.get("order") == CONTESTED
    lines = board.scored.contested if is_contested else board.lines
    rows = panel_rows.shown_rows(board.rows(way, lines), lines=lines)
    is_open = round.status == RoundStatus.PANEL
    return show(
        model_admin,
        request,
        round,
        "board.html",
        title=_("Panel board"),
        here="board",
        tiles=_tiles(board, way),
        tabs=_tabs(board, saved, asked, is_contested=is_contested),
        rows=rows,
        order_url=_url(asked, is_contested=not is_contested),
        is_contested=is_contested,
        cut=_cut_words(board, way),
        cut_before=_cut_before(rows),
        has_agreed=any(row.agreed for row in rows),
        has_adjusted=board.scored.calibration is not None,
        note=adjusted_note(board.scored.calibration),
        not_covered=board.names(way.not_covered),
        not_applied_for=board.names(way.not_applied_for),
        for_commissioners=board.for_commissioners,
        undecided=board.undecided if is_open else 0,
        may_decide=is_open and board.scored.is_chair(who(request)),
    )


def way_of(board: Board, saved: list[Scenario], asked: str) -> Way:
    """By its name in the address: the panel's own, a computed one, or the key of a saved one."""
    if asked == PANEL:
        return board.as_the_panel_has_it
    if asked in COMPUTED:
        return board.computed(asked)
    found = next((one for one in saved if str(one.pk) == asked), None)
    if found is None:
        raise Http404
    return saved_way(board, found)


def saved_way(board: Board, one: Scenario) -> Way:
    """Without what has been taken back since it was saved."""
    awards = {str(row.application_id): row.amount for row in one.awards.all()}
    return board.given({key: amount for key, amount in awards.items() if key in board.ranked})


def _tiles(board: Board, way: Way) -> list[Tile]:
    round = board.round
    given = round.pot - way.left
    in_part = sum(row.is_part for row in board.rows(way, board.lines))
    awards = ngettext("%d award", "%d awards", len(way.awards)) % len(way.awards)
    waiting = board.next_in_line(way)
    themes, places = (board.coverage(way, kind) for kind in ("theme", "place"))
    of = _("%(some)d of %(all)d themes") % {"some": themes.covered, "all": themes.wanted}
    of_places = _("%(some)d of %(all)d places") % {"some": places.covered, "all": places.wanted}
    full = int(100 * given / round.pot) if round.pot else 0
    return [
        Tile(_("Pot"), pounds(round.pot), "", bar=max(0, min(100, full))),
        Tile(
            _("Committed"),
            pounds(given),
            _("%(awards)s, %(part)d in part") % {"awards": awards, "part": in_part},
        ),
        Tile(
            _("Left"),
            pounds(way.left),
            _("next in line needs %s") % pounds(waiting.application.minimum) if waiting else "",
        ),
        Tile(_("Coverage"), of, of_places),
    ]


def _tabs(board: Board, saved: list[Scenario], asked: str, *, is_contested: bool) -> list[Tab]:
    cover = _("Cover every theme, place and need")
    cost = cost_words(board.cost(board.computed(Scenario.Kind.COVER)))
    names = {
        PANEL: _("As the panel has it"),
        Scenario.Kind.STRICT.value: _("Strict cut line"),
        Scenario.Kind.SKIP.value: _("Rank and skip"),
        Scenario.Kind.COVER.value: f"{cover}: {cost}" if cost else cover,
        **{str(one.pk): one.name for one in saved},
    }
    return [
        Tab(words, _url(key, is_contested=is_contested), key == asked)
        for key, words in names.items()
    ]


def _url(asked: str | UUID, *, is_contested: bool) -> str:
    words = {"as": str(asked)} | ({"order": CONTESTED} if is_contested else {})
    return f"?{urlencode(words)}"


def _cut_words(board: Board, way: Way) -> str:
    given, waiting = board.round.pot - way.left, board.next_in_line(way)
    said = _("Cut line: %(given)s committed, %(left)s left.") % {
        "given": pounds(given),
        "left": pounds(way.left),
    }
    if waiting is None:
        return said
    needs = _("The next in line needs at least %s.") % pounds(waiting.application.minimum)
    return f"{said} {needs}"


def _cut_before(rows: list[panel_rows.Shown]) -> int:
    """The first row after the last award; as many as there are rows where the last one has one."""
    return next((at for at, one in enumerate(rows) if one.row.is_after_the_cut), len(rows))
