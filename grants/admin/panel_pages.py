"""The addresses of the panel's pages, below that of a round. Each fetches it by `panel_guard`."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.urls import URLPattern, path

from grants.admin import (
    board_page,
    decide_page,
    meeting_page,
    paper_pages,
    results_page,
    scenario_pages,
)
from grants.admin.panel_guard import View, of_the_panel

PAGES: dict[str, tuple[str, View]] = {
    "board": ("board/", board_page.page),
    "decide": ("board/<uuid:application>/", decide_page.page),
    "meeting": ("meeting/", meeting_page.page),
    "scenarios": ("scenarios/", scenario_pages.compare),
    "scenario": ("scenarios/new/", scenario_pages.new),
    "results": ("results/", results_page.page),
    "results_csv": ("results.csv", results_page.csv),
    "paper": ("paper/", paper_pages.paper),
    "paper_document": ("paper.odt", paper_pages.paper_document),
    "minutes": ("minutes/", paper_pages.minutes),
    "minutes_document": ("minutes.odt", paper_pages.minutes_document),
}
# The others are only read.
WITH_A_FORM = {"decide", "meeting", "scenarios", "scenario"}


def addresses(model_admin: Any, of_staff: Callable[[Any], Any]) -> list[URLPattern]:
    """`of_staff` lets in who is signed in to the staff pages, and nobody else."""
    return [
        path(
            f"<uuid:round>/{address}",
            of_staff(partial(of_the_panel(view, takes_posts=name in WITH_A_FORM), model_admin)),
            name=f"grants_round_{name}",
        )
        for name, (address, view) in PAGES.items()
    ]
