"""The page of one update: for the screen, for paper and for a PDF, from one template."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.text import slugify

from grants.models import BoardUpdate
from grants.money import in_pounds
from grants.update.figures import Figures

WRITTEN = ("issues", "asks", "goals")


def context_of(update: BoardUpdate) -> dict[str, Any]:
    figures = Figures(update)
    return {
        "update": update,
        "figures": figures,
        "given": in_pounds(figures.given),
        "awards": [(one, in_pounds(one.amount_awarded)) for one in figures.awards],
        **{name: _lines(getattr(update, name)) for name in WRITTEN},
    }


def as_html(update: BoardUpdate, request: HttpRequest) -> str:
    """A whole page of its own, without the staff pages around it."""
    return render_to_string("grants/update.html", context_of(update), request)


def file_name(update: BoardUpdate) -> str:
    """“update-childrens-board-2026-09-01”, in letters that every system takes."""
    return f"update-{slugify(update.board) or update.pk}-{update.first_on:%Y-%m-%d}"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
