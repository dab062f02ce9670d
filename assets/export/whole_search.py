"""All results of a search, for a file."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from assets.asked import Asked, understood
from assets.export.rows import Row, end_row, help_row, rows_of
from assets.models import HelpLine
from assets.places.resolve import NotResolved
from assets.question import Question, answered, read_question
from assets.search.query import Answer

# A file of more is nobody's reading, and would keep a worker from everybody else for long.
MOST = 5_000


class NotAnswered(Exception):
    """Why there is no file, in words: a line for each thing that is wrong."""


@dataclass(frozen=True)
class WholeSearch:
    """`rows` come one by one; the last one says so where there are more than `MOST`."""

    total: int
    rows: Iterator[Row]


def whole_search(parameters: QueryDict) -> WholeSearch:
    """All pages of the search, `MOST` rows at most. Words of crisis bring people to call first.

    Raises NotAnswered, as `whole_answer`.
    """
    question, _asked, answer = whole_answer(parameters, most=MOST)
    return WholeSearch(answer.total, _rows(question, answer.found, answer.total))


def whole_answer(parameters: QueryDict, *, most: int) -> tuple[Question, Asked, Answer]:
    """The same question as the page's, and the same answer, but for `most` rows of it at once.

    Raises NotAnswered for bad values, and for a place that is not one we know.
    """
    question = read_question(parameters)
    if not question.form.is_valid():
        raise NotAnswered(_told(question))
    asked = understood(question.form.cleaned_data, today=timezone.localdate())
    if isinstance(asked.place, NotResolved):
        raise NotAnswered(" ".join([asked.place.explanation, ", ".join(asked.place.suggestions)]))
    _parameters, asked, answer, _said = answered(
        question, asked, lambda one: replace(one.query, page=1, size=most)
    )
    return question, asked, answer


def _rows(question: Question, found: list, total: int) -> Iterator[Row]:
    if question.help_first:
        yield from map(help_row, HelpLine.objects.to_reach_now())
    yield from rows_of(found)
    if total > MOST:
        yield end_row(
            _("Only the first %(most)s of %(total)s are here. Narrow the search to have the rest.")
            % {"most": f"{MOST:,}", "total": f"{total:,}"}
        )


def _told(question: Question) -> str:
    lines = []
    for name, problems in question.form.errors.items():
        label = question.form.fields[name].label if name in question.form.fields else None
        lines.append(f"{label or name}: {' '.join(map(str, problems))}")
    return "\n".join(lines)
