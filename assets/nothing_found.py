"""Where a search finds nothing: which one thing to let go of, and what that would give."""

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets import offered
from assets.asked import Asked
from assets.cards import Card, cards
from assets.forms import MILES
from assets.pages import with_parameter
from assets.search.answer import search
from assets.search.query import Answer, Query

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


def ways_on(parameters: QueryDict, asked: Asked, answer: Answer) -> list[WayOn]:
    """Each single thing whose taking away finds something, and how much; most promising first."""
    found = []
    legends = offered.legends()
    for name, count in answer.without.items():
        if count:
            words = _("leave out “%s”") % legends[name].rstrip("?")
            found.append(WayOn(words, _without(parameters, name), count))
    query = asked.query
    if query.near and query.within < FURTHEST:
        words = _("look within %d miles") % FURTHEST
        url = with_parameter(parameters, "within", str(FURTHEST))
        found.append(WayOn(words, url, _total(replace(query, within=FURTHEST))))
    elif query.near:
        url = with_parameter(parameters, "near", None)
        found.append(WayOn(_("look everywhere"), url, _total(replace(query, near=None, areas=()))))
    if query.age:
        url = with_parameter(parameters, "age", None)
        found.append(WayOn(_("leave out the age"), url, _total(replace(query, age=None))))
    if query.words and (query.near or query.age or query.options or query.when or query.times):
        url = with_parameter(parameters, "q", None)
        found.append(WayOn(_("leave out the words"), url, _total(replace(query, words=""))))
    return sorted((way for way in found if way.count), key=lambda way: -way.count)


def nearest_thing(asked: Asked) -> list[Card]:
    """The one that fits and is nearest, however far; none where no place was asked for."""
    query = asked.query
    if not query.near:
        return []
    further = replace(query, within=MILES_TO_THE_NEAREST, page=1, size=1)
    return cards(search(further, some_words=False).found)


def _without(parameters: QueryDict, name: str) -> str:
    """The same search without a filter; without the days, the time of day goes, too."""
    changed = parameters.copy()
    for gone in ("page", *(("when", "on", "time") if name == "when" else (name,))):
        changed.pop(gone, None)
    return f"?{changed.urlencode()}"


def _total(query: Query) -> int:
    return search(replace(query, page=1, size=1), some_words=False).total
