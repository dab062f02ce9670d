"""One application before the panel: what it asks, what scorers gave, what the panel decides."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from assets.admin.base import who
from grants import deciding, sight
from grants.admin import panel_rows, score_words
from grants.admin.decide_form import AgreeForm, DecideForm
from grants.admin.panel_guard import show
from grants.applying.reading import sections
from grants.models import Decision, Interest, PanelScore, Round, RoundStatus
from grants.panel import scored, words
from grants.panel.board import Board
from grants.panel.scored import Line, Scored
from grants.results.means import tenth


@dataclass
class Pressed:
    """The two forms of the page: the one that was sent has its errors. `wrong` was refused."""

    decide: DecideForm
    agree: AgreeForm
    wrong: list[str] = field(default_factory=list)

    @property
    def has_problem(self) -> bool:
        return bool(self.wrong or self.decide.errors or self.agree.errors)


def page(model_admin: Any, request: HttpRequest, round: Round, application: UUID) -> HttpResponse:
    person = who(request)
    board = Board(scored.read(round))
    line = board.scored.by_key.get(str(application))
    if line is None:
        raise Http404
    is_open = round.status == RoundStatus.PANEL
    may_decide = is_open and board.scored.is_chair(person)
    pressed = Pressed(_fresh(line), AgreeForm(initial={"seen": _key(line.agreed)}))
    if request.method == "POST":
        if not may_decide:
            raise PermissionDenied
        if _do(request, person, line, pressed):
            return HttpResponseRedirect(request.path)
        # What somebody else did meanwhile is shown beside what was typed.
        board = Board(scored.read(round))
        line = board.scored.by_key.get(str(application))
        if line is None:
            messages.error(request, _("It was taken back meanwhile."))
            return HttpResponseRedirect(reverse("admin:grants_round_board", args=[round.pk]))
        round.refresh_from_db()
    return show(
        model_admin,
        request,
        round,
        "decide.html",
        title=line.application.title,
        here="board",
        may_decide=may_decide,
        pressed=pressed,
        left=words.pounds(round.left),
        **_about(person, board, line),
    )


def _do(request: HttpRequest, person: User, line: Line, pressed: Pressed) -> bool:
    """Whether it was done; what was refused stands in `pressed`, with all that was typed."""
    verbs = {"decide": _decide, "agree": _agree}
    verb = verbs.get(request.POST.get("do", ""))
    try:
        if verb is None:
            raise ValidationError(_("Choose one of the buttons."))
        said = verb(request, person, line, pressed)
    except ValidationError as refused:
        pressed.wrong = list(refused.messages)
        _show_what_stands(refused, pressed)
        return False
    if said:
        messages.success(request, said)
    return bool(said)


def _decide(request: HttpRequest, person: User, line: Line, pressed: Pressed) -> str:
    pressed.decide = form = DecideForm(request.POST)
    if not form.is_valid():
        return ""
    made = deciding.decide(
        application=line.application,
        outcome=Decision.Outcome(form.cleaned_data["outcome"]),
        amount=form.cleaned_data["amount"],
        reason=form.cleaned_data["reason"],
        by=person,
        seen=_seen(line.application.decisions, form.cleaned_data["seen"]),
        rank=line.place,
    )
    said = {"reference": line.application.reference, "what": made.get_outcome_display()}
    return _("%(reference)s: %(what)s.") % said


def _agree(request: HttpRequest, person: User, line: Line, pressed: Pressed) -> str:
    pressed.agree = form = AgreeForm(request.POST)
    if not form.is_valid():
        return ""
    raw = line.raw
    made = deciding.agree_on_score(
        application=line.application,
        points=form.cleaned_data["points"],
        scored=None if raw is None else tenth(raw),
        reason=form.cleaned_data["reason"],
        by=person,
        seen=_seen(line.application.panel_scores, form.cleaned_data["seen"]),
    )
    if made.points is None:
        return _("The scorers' mean counts again.")
    return _("The panel's score is %s now.") % words.points(made.points)


def _seen(rows: Any, key: int | None) -> Any:
    return rows.filter(pk=key).first() if key else None


def _show_what_stands(refused: ValidationError, pressed: Pressed) -> None:
    """Pressed again, it goes through: they have seen it now."""
    if isinstance(refused, deciding.DecidedMeanwhile):
        pressed.decide.put(seen=_key(refused.last))
    if isinstance(refused, deciding.AgreedMeanwhile):
        pressed.agree.put(seen=_key(refused.last))


def _key(row: Decision | PanelScore | None) -> str:
    return str(row.pk) if row else ""


def _fresh(line: Line) -> DecideForm:
    """With what stands; of what is not decided the amount that was asked for."""
    one, last = line.application, line.decision
    amount = one.award or one.ideal
    outcome = last.outcome if last and last.outcome != Decision.Outcome.OPEN else ""
    return DecideForm(
        initial={
            "outcome": outcome,
            "amount": f"{amount:.2f}" if amount else "",
            "seen": _key(last),
        }
    )


def _about(person: User, board: Board, line: Line) -> dict[str, Any]:
    one, found = line.application, board.scored
    way = board.as_the_panel_has_it
    row = next(each for each in board.rows(way, board.lines) if each.line is line)
    its_seat = next((seat for seat in found.seats if seat.person_id == person.pk), None)
    is_young = its_seat is not None and its_seat.is_young
    at = board.lines.index(line)
    return {
        "application": one,
        "line": line,
        "row": panel_rows.shown_rows([row], lines=board.lines)[0],
        "total_cost": words.pounds(one.total_cost),
        "criteria": criteria_of(found, line),
        "sections": sections(one, for_young=is_young),
        "columns": score_words.columns(sight.sheets(person, one)),
        "interests": Interest.objects.filter(application=one).select_related("person"),
        "decisions": [
            (each, words.pounds(each.amount) if each.amount else "")
            for each in one.decisions.select_related("decided_by").order_by("-decided_at", "-pk")
        ],
        "agreed": one.panel_scores.select_related("agreed_by").order_by("-agreed_at", "-pk"),
        "has_adjusted": found.calibration is not None,
        "note": words.adjusted_note(found.calibration),
        "before": board.lines[at - 1] if at else None,
        "after": board.lines[at + 1] if at + 1 < len(board.lines) else None,
    }


def criteria_of(found: Scored, line: Line) -> list[tuple[str, str, str, str]]:
    """Name, weight, mean, and lowest to highest of each criterion."""
    if line.result is None:
        return []
    rows = []
    for one in found.criteria:
        figure = line.result.by_criterion[one.key]
        span = f"{words.points(figure.lowest)}–{words.points(figure.highest)}"
        shown = words.NOTHING if figure.mean is None else span
        weight = f"{one.weight.normalize():f}"
        rows.append((found.names[one.key], weight, words.points(figure.mean), shown))
    return rows
