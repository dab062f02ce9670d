"""The paper for a meeting: what there is to give, the list, what is contested, each application."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets.words import long_date
from grants.models import Scenario
from grants.panel.board import COMPUTED, Board, cost_words
from grants.panel.paper import Paper
from grants.panel.records import interests
from grants.panel.scored import Line
from grants.panel.words import (
    NOTHING,
    about,
    adjusted_words,
    plus_minus,
    points,
    pounds,
)
from grants.results.calibration import NotEnough

MOST_CONTESTED = 6


def meeting_paper(board: Board) -> Paper:
    """Of the round as it stands now."""
    paper = Paper(_("Meeting paper: %s") % board.round)
    paper.text(_("As it stood on %s.") % long_date(timezone.localdate()))
    _money(paper, board)
    _list(paper, board)
    _contested(paper, board)
    _ways(paper, board)
    _gaps(paper, board)
    paper.heading(_("Interests that were declared"))
    interests(paper, board.round)
    paper.heading(_("The applications"))
    for line in board.lines:
        _application(paper, board, line)
    return paper


def _money(paper: Paper, board: Board) -> None:
    asked = sum(one.application.ideal or 0 for one in board.lines)
    paper.heading(_("What there is to give"))
    words = {"pot": pounds(board.round.pot), "left": pounds(board.round.left)}
    paper.text(_("The pot is %(pot)s. Of it %(left)s is left.") % words)
    count = len(board.lines)
    said = ngettext(
        "%(count)d application asks for %(asked)s.",
        "%(count)d applications ask for %(asked)s together.",
        count,
    )
    paper.text(said % {"count": count, "asked": pounds(asked) if asked else pounds(None)})
    paper.text(
        _("It takes %d people who may decide. Whoever has an interest leaves.") % board.round.quorum
    )


def _list(paper: Paper, board: Board) -> None:
    scored = board.scored
    paper.heading(_("In the order of their scores"))
    if isinstance(scored.calibration, NotEnough):
        paper.text(scored.calibration.why)
    heads = [_("Place"), _("Application"), _("Asked"), _("Least"), _("Raw")]
    heads += [_("Adjusted")] if scored.calibration else []
    heads += [_("Scorers differ")]
    paper.table(
        _("In the order of their scores"),
        heads,
        [tuple(_cells(line, is_adjusted=bool(scored.calibration))) for line in board.lines],
    )


def _cells(line: Line, *, is_adjusted: bool) -> Iterator[str]:
    one = line.application
    yield NOTHING if line.place is None else str(line.place)
    yield f"{one.reference}: {one.title} ({one.group_name})"
    yield from (pounds(one.ideal), pounds(one.minimum), points(line.raw))
    if is_adjusted:
        yield adjusted_words(line.adjusted)
    yield plus_minus(line.spread)


def _contested(paper: Paper, board: Board) -> None:
    most = [line for line in board.scored.contested if line.spread][:MOST_CONTESTED]
    if most:
        paper.heading(_("What to talk about first"))
        paper.text(_("On these the scorers differ most."))
        paper.points(
            f"{line.application.reference}: {line.application.title} ({plus_minus(line.spread)})"
            for line in most
        )


def _ways(paper: Paper, board: Board) -> None:
    paper.heading(_("Ways to share out the pot"))
    ways = {str(Scenario.Kind(kind).label): board.computed(kind) for kind in COMPUTED}
    heads = [_("Way"), _("Awards"), _("Left"), _("Points"), _("Covers"), _("Does not cover")]
    paper.table(
        _("Ways to share out the pot"),
        heads,
        [
            (
                name,
                str(len(way.awards)),
                pounds(way.left),
                " · ".join(filter(None, [points(way.points), cost_words(board.cost(way))])),
                ", ".join(board.names(way.covered)),
                ", ".join(board.names(way.not_covered)),
            )
            for name, way in ways.items()
        ],
    )


def _gaps(paper: Paper, board: Board) -> None:
    nobody = board.names(board.as_the_panel_has_it.not_applied_for)
    if nobody:
        paper.heading(_("Nobody has applied for"))
        paper.points(nobody)
    for_commissioners(paper, board)


def for_commissioners(paper: Paper, board: Board) -> None:
    """Needs beyond the round: told on, and no reason to fund volunteers for clinical work."""
    if not board.for_commissioners:
        return
    paper.heading(_("For commissioners"))
    paper.text(
        _("This round may not fund these needs. Groups speak of them, so we tell those who can.")
    )
    paper.points(
        ngettext("%(need)s: in %(count)d application", "%(need)s: in %(count)d applications", count)
        % {"need": need, "count": count}
        for need, count in board.for_commissioners
    )


def _application(paper: Paper, board: Board, line: Line) -> None:
    one, scored = line.application, board.scored
    paper.heading(f"{one.reference}: {one.title}", 2)
    words = {
        "group": one.group_name,
        "asked": pounds(one.ideal),
        "least": pounds(one.minimum),
        "people": one.people or 0,
    }
    said = _("%(group)s asks for %(asked)s, at least %(least)s, for %(people)d young people.")
    paper.text(said % words, one.summary, about(one))
    if line.result:
        paper.table(
            _("Scores of %s") % one.reference,
            [_("Criterion"), _("Mean"), _("Scorers differ")],
            [
                (
                    scored.names[each.key],
                    points(line.result.by_criterion[each.key].mean),
                    plus_minus(line.result.by_criterion[each.key].deviation),
                )
                for each in scored.criteria
            ],
        )
