"""Where a search finds nothing: which one thing to let go of, and what that would give."""

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets import offered
from assets.asked import Asked
from assets.cards import Card, cards
from assets.pages import with_parameter
from assets.search.answer import search
from assets.search.query import Answer, Query, Sort
from assets.understanding.distances import MILES

FURTHEST = MILES[-1]
# Further than this nobody goes for a club.
MILES_TO_THE_NEAREST = 60


@dataclass(frozen=True)
class WayOn:
    words: str
    url: str
    count: int

    @property
    def gives(self) -> str:
        return ngettext("%d result", "%d results", self.count) % self.count


def ways_on(
    parameters: QueryDict, asked: Asked, answer: Answer, *, some_words: bool = True
) -> list[WayOn]:
    """Each single thing whose taking away finds something, and how much; most promising first.

    `some_words` as for the search that found nothing. Each number is what its link leads to.
    """
    query = asked.query
    if query.near:
        # Else what is little would be looked for further away, and be more than was said.
        parameters = _with_distance(parameters, query.within)
    found = [
        WayOn(words, url, search(replace(one, page=1, size=1), some_words=some_words).total)
        for words, url, one in _ways(parameters, query, answer)
    ]
    return sorted((way for way in found if way.count), key=lambda way: -way.count)


def _ways(parameters: QueryDict, query: Query, answer: Answer) -> list[tuple[str, str, Query]]:
    """Each in words, with its address and its search."""
    ways = [
        (_("leave out “%s”") % offered.legends()[name].rstrip("?"), _without(parameters, name), one)
        for name, one in _with_one_filter_less(query).items()
        # Without words nothing is let go of on the way: the search has counted already.
        if query.words or answer.without.get(name)
    ]
    if query.near and query.within < FURTHEST:
        url = with_parameter(parameters, "within", str(FURTHEST))
        ways.append((_("look within %d miles") % FURTHEST, url, replace(query, within=FURTHEST)))
    elif query.near:
        url = _without(parameters, "near")
        ways.append((_("look everywhere"), url, replace(query, near=None, areas=())))
    if not query.unchecked and (query.words or answer.without.get("unchecked")):
        url = with_parameter(parameters, "unchecked", "1")
        words = _("show what nobody has checked for a year, too")
        ways.append((words, url, replace(query, unchecked=True)))
    if query.age:
        url = with_parameter(parameters, "age", None)
        ways.append((_("leave out the age"), url, replace(query, age=None)))
    if query.ages:
        url = with_parameter(parameters, "ages", None)
        ways.append((_("leave out the ages"), url, replace(query, ages=None)))
    if query.inside:
        url = with_parameter(parameters, "part", None)
        ways.append((_("look in every part of the district"), url, replace(query, inside=None)))
    if query.words and (query.near or query.age or query.options or query.when or query.times):
        url = with_parameter(parameters, "q", None)
        ways.append((_("leave out the words"), url, replace(query, words="")))
    return ways


def _with_one_filter_less(query: Query) -> dict[str, Query]:
    """By the name of the filter that is gone; with the days, the time of day goes, too."""
    less = {name: replace(query, options={**query.options, name: ()}) for name in query.options}
    if query.when or query.times:
        less["when"] = replace(query, when=(), times=())
    if query.serves:
        less["serves"] = replace(query, serves=False)
    return less


def nearest_thing(asked: Asked) -> list[Card]:
    """The one that fits and is nearest, however far; none where no place was asked for."""
    query = asked.query
    if not query.near:
        return []
    further = replace(
        query, within=MILES_TO_THE_NEAREST, sort=Sort.NEAREST, page=1, size=1, counted=False
    )
    return cards(search(further, some_words=False).found)


def _without(parameters: QueryDict, name: str) -> str:
    """The same search without a filter, or without a place and the distance from it."""
    together = {"when": ("when", "on", "time"), "near": ("near", "within")}
    changed = parameters.copy()
    for gone in ("page", *together.get(name, (name,))):
        changed.pop(gone, None)
    return f"?{changed.urlencode()}"


def _with_distance(parameters: QueryDict, miles: float) -> QueryDict:
    changed = parameters.copy()
    changed["within"] = str(round(miles))
    return changed
