"""A search as it was typed, read and answered: the same for the page and for a file of it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from assets.asked import Asked, spelt_out
from assets.crisis import needs_help_first
from assets.forms import LONGEST_WORDS, ActivitySearchForm, without_the_usual
from assets.search.answer import search
from assets.search.query import Answer, Query
from assets.understanding.reading import understand
from assets.widening import widened


@dataclass(frozen=True)
class Question:
    """`typed` is as it came, `parameters` with all that was read out of its words."""

    typed: QueryDict
    parameters: QueryDict
    form: ActivitySearchForm
    help_first: bool


def read_question(typed: QueryDict) -> Question:
    """Never an exception: what is wrong is told by the form."""
    help_first = needs_help_first(typed.get("q", ""))
    parameters = typed if help_first or is_exact(typed) else _read(typed)
    form = ActivitySearchForm(without_the_usual(parameters))
    return Question(typed, parameters, form, help_first)


def answered(
    question: Question, asked: Asked, sized: Callable[[Asked], Query]
) -> tuple[QueryDict, Asked, Answer, list[str]]:
    """The question as it was answered, its answer, and what to say of the difference.

    `sized` gives the query with as many rows as the caller shows.
    """
    if question.help_first:
        # “Some of the words” would be football for “i want to die”.
        answer = search(sized(asked), some_words=False)
        return question.parameters, asked, answer, []
    return widened(question.typed, question.parameters, asked, lambda one: search(sized(one)))


def is_exact(parameters: QueryDict) -> bool:
    """Whether the words are to be left alone: all of them, or these until they are changed."""
    return parameters.get("exact") in ("1", parameters.get("q", ""))


def _read(parameters: QueryDict) -> QueryDict:
    """A place, a day, an age in the words, put where it belongs."""
    words = parameters.get("q", "")
    if not words.strip() or len(words) > LONGEST_WORDS:
        return parameters
    today = timezone.localdate()
    read = understand(words, today=today)
    if not read.is_more_than_words:
        return parameters
    parameters = spelt_out(parameters, read)
    if understand(read.words, today=today).is_more_than_words:
        # Two places, say: a link on this page must not lead to the second.
        parameters["exact"] = "1"
    return parameters
