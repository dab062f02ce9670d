"""The minutes of a round's meetings: who was there, what was decided and why, what moved."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets.words import long_date
from grants.models import Attendance, Decision, Meeting, PanelScore
from grants.panel.before import for_commissioners
from grants.panel.board import Board, moved_against_scores
from grants.panel.paper import Paper
from grants.panel.records import interests
from grants.panel.scored import Line
from grants.panel.words import points, pounds, status_words


def minutes(board: Board) -> Paper:
    """All meetings of the round, in their order."""
    paper = Paper(_("Minutes: %s") % board.round)
    meetings = _meetings(board)
    if not meetings:
        paper.text(_("The panel has not met yet."))
    for number, meeting in enumerate(meetings, start=1):
        _meeting(paper, board, number, meeting)
    paper.heading(_("Interests that were declared"))
    interests(paper, board.round)
    _outcome(paper, board)
    _moved(paper, board)
    for_commissioners(paper, board)
    return paper


def _meetings(board: Board) -> list[Meeting]:
    about = "application__round"
    return list(
        board.round.meetings.select_related("began_by")
        .prefetch_related(
            Prefetch(
                "attendances",
                Attendance.objects.select_related("seat__person", "left_for__round"),
            ),
            Prefetch("decisions", Decision.objects.select_related(about, "decided_by")),
            Prefetch("panel_scores", PanelScore.objects.select_related(about, "agreed_by")),
        )
        .order_by("began_at")
    )


def _meeting(paper: Paper, board: Board, number: int, meeting: Meeting) -> None:
    began = timezone.localtime(meeting.began_at)
    words = {"number": number, "day": long_date(began.date())}
    paper.heading(_("Meeting %(number)d, %(day)s") % words)
    times = {"began": clock(meeting.began_at), "ended": clock(meeting.ended_at)}
    over, under_way = _("From %(began)s to %(ended)s."), _("From %(began)s; it is not over yet.")
    said = (over if meeting.ended_at else under_way) % times
    where = _("At: %s.") % meeting.place if meeting.place else ""
    chair = _("In the chair: %s.") % meeting.began_by
    quorum = _("Quorum: %d.") % board.round.quorum
    paper.text(" ".join(filter(None, [said, where, chair, quorum])))
    paper.heading(_("Who was there"), 2)
    paper.table(
        _("Who was there, meeting %d") % number,
        [_("Who"), _("For whom"), _("From"), _("To"), _("Why they left")],
        [_there(one) for one in meeting.attendances.all()],
    )
    _scores(paper, number, meeting.panel_scores.all())
    paper.heading(_("What was decided"), 2)
    decided = [_decision(one) for one in meeting.decisions.all()]
    heads = [_("When"), _("Application"), _("Decision"), _("Amount"), _("Place"), _("Why")]
    paper.table(_("What was decided, meeting %d") % number, heads, decided)
    if not decided:
        paper.text(_("Nothing was decided."))
    if meeting.note:
        paper.heading(_("Note"), 2)
        paper.text(meeting.note)


def clock(at: datetime | None) -> str:
    """“14:05”, in London."""
    return f"{timezone.localtime(at):%H:%M}" if at else ""


def _there(one: Attendance) -> tuple[str, ...]:
    why = ""
    if one.left_for:
        why = _("while %s was talked about") % one.left_for.reference
    until = clock(one.left_at) or _("still there")
    return str(one.seat), one.seat.partner, clock(one.came_at), until, why


def _decision(one: Decision) -> tuple[str, ...]:
    about = f"{one.application.reference}: {one.application.title}"
    rank = "" if one.rank is None else str(one.rank)
    amount = pounds(one.amount) if one.amount else ""
    return clock(one.decided_at), about, str(one.get_outcome_display()), amount, rank, one.reason


def _scores(paper: Paper, number: int, agreed: Iterable[PanelScore]) -> None:
    rows = [
        (
            clock(one.agreed_at),
            f"{one.application.reference}: {one.application.title}",
            points(one.scored),
            points(one.points) if one.points is not None else _("as scored"),
            one.reason,
        )
        for one in agreed
    ]
    if rows:
        paper.heading(_("Scores that the panel changed"), 2)
        heads = [_("When"), _("Application"), _("Scorers"), _("Panel"), _("Why")]
        paper.table(_("Scores that the panel changed, meeting %d") % number, heads, rows)


def _outcome(paper: Paper, board: Board) -> None:
    way = board.as_the_panel_has_it
    paper.heading(_("How it stands"))
    words = {
        "pot": pounds(board.round.pot),
        "given": pounds(board.round.committed),
        "left": pounds(board.round.left),
        "count": len(way.awards),
    }
    said = ngettext(
        "Of the pot of %(pot)s, %(given)s is committed in %(count)d award. %(left)s is left.",
        "Of the pot of %(pot)s, %(given)s is committed in %(count)d awards. %(left)s is left.",
        len(way.awards),
    )
    paper.text(said % words)
    paper.table(
        _("How it stands"),
        [_("Application"), _("Group"), _("Asked"), _("Award"), _("Status")],
        [
            (
                f"{line.application.reference}: {line.application.title}",
                line.application.group_name,
                pounds(line.application.ideal),
                pounds(line.application.award),
                status_words(line.application),
            )
            for line in board.lines
        ],
    )


def _moved(paper: Paper, board: Board) -> None:
    up, down = moved_against_scores(board.lines)
    paper.heading(_("What moved against the scores"))
    if not up and not down:
        paper.text(_("Nothing: the awards are the best by the scorers' own means."))
    for said, lines in (
        (_("Awarded, though others scored better:"), up),
        (_("Passed over, though others scored worse:"), down),
    ):
        if lines:
            paper.text(said)
            paper.points(_why(line) for line in lines)


def _why(line: Line) -> str:
    one = line.application
    words = {
        "reference": one.reference,
        "title": one.title,
        "rank": line.rank or 0,
        "why": line.decision.reason if line.decision else "",
    }
    return _("%(reference)s, %(title)s (number %(rank)d by the scorers): %(why)s") % words
