"""What the page of a theme or of a needs group says to each of its readers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from assets.asked import understood
from assets.forms import ActivitySearchForm
from assets.kept import kept
from assets.models import HelpLine, LearningNote, Reader
from assets.search.answer import search

# What each of them looks for beside the theme itself.
NEAR = {
    Reader.FAMILIES: "who=parents-and-carers",
    Reader.YOUNG_PEOPLE: "age=14",
    Reader.WORKERS: "who=work-with-children",
}
KINDS = tuple(kind for kind in LearningNote.Kind if kind != LearningNote.Kind.CALL)


@dataclass(frozen=True)
class Part:
    """For one kind of reader: a search with how much it finds, and lines by their heading."""

    reader: str
    title: str
    near: str
    search: str
    count: int
    lines: list[tuple[str, list[LearningNote]]]


@dataclass(frozen=True)
class Learning:
    """`calls` stand first, before all else on the page."""

    calls: list[HelpLine]
    parts: list[Part]


def of(**page: Any) -> Learning:
    """`of(theme=theme)` or `of(needs_group=group)`: in a fixed number of queries."""
    notes = list(
        LearningNote.objects.public().filter(**page).select_related("help_line", "resource")
    )
    key = next(iter(page.values())).pk
    asked = f"theme={key}" if "theme" in page else f"needs={key}"
    return Learning(
        calls=[note.help_line for note in notes if note.help_line],
        parts=[_part(Reader(one), asked, notes) for one in Reader],
    )


def _part(reader: Reader, asked: str, notes: Iterable[LearningNote]) -> Part:
    own = [note for note in notes if note.reader == reader]
    narrowed = f"{asked}&{NEAR[reader]}"
    words = {
        Reader.FAMILIES: _("For parents and carers"),
        Reader.YOUNG_PEOPLE: _("For a 14 year old"),
        Reader.WORKERS: _("For people who work with children"),
    }
    lines = [(str(kind.label), [one for one in own if one.kind == kind]) for kind in KINDS]
    return Part(
        reader=reader.value,
        title=str(reader.label),
        near=words[reader],
        search=narrowed,
        count=kept(f"finds:{narrowed}", lambda: finds(narrowed)),
        lines=[(heading, found) for heading, found in lines if found],
    )


def finds(narrowed: str) -> int:
    """How many listings the search page finds for these parameters."""
    form = ActivitySearchForm(QueryDict(narrowed))
    if not form.is_valid():
        return 0
    asked = understood(form.cleaned_data, today=timezone.localdate())
    return search(replace(asked.query, counted=False, size=1)).total
