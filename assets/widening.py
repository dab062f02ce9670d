"""Where little is found: what was not asked for in so many words is let go of, and that is said.

A day that was only read out of the words, and a distance that nobody chose, hide more than they
help where there is little of anything.
"""

from collections.abc import Callable
from dataclasses import replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from assets.asked import Asked
from assets.search.answer import LITTLE
from assets.search.query import Answer, Query
from assets.understanding.distances import MILES

FURTHEST = MILES[-1]
# Of how well the best fits that a wider search would find. A day is let go of later than an age:
# who is a year too young may still ask; who is busy on Fridays cannot come.
IN_PART, MOSTLY = 0.5, 0.7
DAYS = ("when", "on", "time")

Ask = Callable[[Asked], Answer]


def widened(
    typed: QueryDict, parameters: QueryDict, asked: Asked, ask: Ask
) -> tuple[QueryDict, Asked, Answer, list[str]]:
    """The question as it was answered, its answer, and what to say of the difference.

    `typed` is the question as it came, `parameters` with all that was read out of its words.
    """
    answer, said = ask(asked), []
    read_days = [name for name in DAYS if _was_read(name, typed, parameters)]
    if read_days:
        query = _on_other_days(asked.query, read_days)
        another_day = ask(replace(asked, query=query))
        if (_fits(another_day) and not _fits(answer)) or _hides(answer, another_day, IN_PART):
            said.append(_other_times(answer))
            asked, answer = replace(asked, query=query), another_day
            parameters = _without(parameters, read_days)
    if _was_read("age", typed, parameters) and asked.query.words:
        query = replace(asked.query, age=None)
        any_age = ask(replace(asked, query=query))
        if _hides(answer, any_age, MOSTLY):
            asked, answer = replace(asked, query=query, typed=asked.typed | {"age": None}), any_age
            parameters = _without(parameters, ["age"])
            said.append(_("Little for that age fits, so here is what is for other ages, too."))
    if asked.query.near and not parameters.get("within") and _is_little(answer):
        query = replace(asked.query, within=FURTHEST)
        further = ask(replace(asked, query=query))
        # Some of the words further away are no better than all of them here.
        if (_fits(further) and further.total > answer.total) or not _fits(answer):
            typed_within = asked.typed | {"within": FURTHEST}
            asked, answer = replace(asked, query=query, typed=typed_within), further
            parameters = _with_distance(parameters)
            said.append(_("There is little within 10 miles, so we looked within 20."))
    return parameters, asked, answer, said if answer.total else []


def _was_read(name: str, typed: QueryDict, parameters: QueryDict) -> bool:
    """Whether it stood in the words alone."""
    return bool(parameters.get(name)) and not typed.get(name)


def _other_times(answer: Answer) -> str:
    if answer.total and not answer.no_words:
        return _("Little that is on then fits, so here is what is on at other times, too.")
    return _("Nothing was on then, so here is what is on at other times.")


def _fits(answer: Answer) -> bool:
    """Whether it has what was asked for, and not only some of it."""
    return bool(answer.total) and not answer.some_words and not answer.no_words


def _hides(answer: Answer, wider: Answer, share: float) -> bool:
    """Whether the best of the wider answer fits the words so much better than the best of this."""
    return answer.fit < share * wider.fit


def _is_little(answer: Answer) -> bool:
    return answer.total < LITTLE or not _fits(answer)


def _on_other_days(query: Query, read_days: list[str]) -> Query:
    """A day asked for in its own place stays, though a time of day was read beside it."""
    if "time" in read_days:
        query = replace(query, times=())
    return query if read_days == ["time"] else replace(query, when=())


def _without(parameters: QueryDict, names: list[str]) -> QueryDict:
    changed = parameters.copy()
    for name in names:
        changed.pop(name, None)
    return changed


def _with_distance(parameters: QueryDict) -> QueryDict:
    changed = parameters.copy()
    changed["within"] = str(FURTHEST)
    return changed
