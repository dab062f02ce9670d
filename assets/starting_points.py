"""Where to start on the home page: each is a search that the search page understands."""

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from assets.crisis import needs_help_first
from assets.forms import ActivitySearchForm
from assets.search_page import search_page

# What somebody's own page had, and no search of everybody's.
NOT_KEPT = ("page", "view", "starting", "ids")


def as_a_search(typed: str) -> str:
    """What stands in a pasted address, or behind its question mark: “q=art&cost=free”.

    Raises ValidationError for what the search page would not understand.
    """
    given = QueryDict(typed.strip().rpartition("?")[2].partition("#")[0], mutable=True)
    for name in (*NOT_KEPT, *(name for name in given if not any(given.getlist(name)))):
        given.pop(name, None)
    form = ActivitySearchForm(given)
    if not given or not set(given) <= set(form.fields) or not form.is_valid():
        raise ValidationError(
            _("The search does not understand this. Copy the address of a page that works."),
            code="search",
        )
    if needs_help_first(given.get("q", "")):
        raise ValidationError(
            _("These are words of crisis. What helps then is on “Need help now?”."), code="crisis"
        )
    if "place_problem" in search_page(given).context:
        raise ValidationError(_("The search does not know this place."), code="place")
    return given.urlencode()


def finds(search: str) -> int:
    """How many listings it finds today."""
    total: int = search_page(QueryDict(search)).context["answer"].total
    return total
