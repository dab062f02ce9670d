"""The meeting paper and the minutes: to print, and as a document to edit."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from grants.admin.panel_guard import show
from grants.models import Round
from grants.odt import MEDIA_TYPE
from grants.panel import scored
from grants.panel.before import meeting_paper
from grants.panel.board import Board
from grants.panel.minutes import minutes as its_minutes
from grants.panel.paper import Paper, as_document

Make = Callable[[Board], Paper]


def paper(model_admin: Any, request: HttpRequest, round: Round) -> HttpResponse:
    return _page(model_admin, request, round, meeting_paper, "paper")


def paper_document(model_admin: Any, request: HttpRequest, round: Round) -> HttpResponse:
    return _document(round, meeting_paper, "meeting-paper")


def minutes(model_admin: Any, request: HttpRequest, round: Round) -> HttpResponse:
    return _page(model_admin, request, round, its_minutes, "minutes")


def minutes_document(model_admin: Any, request: HttpRequest, round: Round) -> HttpResponse:
    return _document(round, its_minutes, "minutes")


def _page(
    model_admin: Any, request: HttpRequest, round: Round, make: Make, name: str
) -> HttpResponse:
    made = make(Board(scored.read(round)))
    document = f"admin:grants_round_{name}_document"
    return show(
        model_admin,
        request,
        round,
        "paper.html",
        title=made.title,
        here=name,
        paper=made,
        document=document,
    )


def _document(round: Round, make: Make, name: str) -> HttpResponse:
    made = as_document(make(Board(scored.read(round))))
    answer = HttpResponse(made, content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{round.slug}-{name}.odt"'
    return answer
