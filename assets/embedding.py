"""Our search on a partner's website: in which frames it may stand, and the code to paste.

It is the page of the search with another template: the same parameters, the same answer.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from csp.constants import SELF
from django.conf import settings
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from assets import search_words
from assets.models import EmbedHost
from assets.pages import with_parameter
from assets.search_page import SearchPage, search_page
from assets.shortlist import PARAMETER

# What belongs to one reader and one moment, not to a partner's page.
NOT_EMBEDDED = (PARAMETER, "around", "starting")
VIEWS = ("", "map")
# A list in a frame is short: fewer to a page. A map has as many as ours.
SIZES = {"": 10}
# CSS pixels; what does not fit is scrolled to, inside the frame.
HEIGHTS = {"": 640, "map": 860}


@dataclass(frozen=True)
class ForPartners:
    """What the page for partners shows of one search. `code` is HTML to paste."""

    search: SearchPage
    view: str
    code: str
    embed_url: str
    height: int
    title: str
    shows: str
    full_url: str
    views: list[tuple[str, str, bool]]


def asked_for(parameters: QueryDict) -> QueryDict:
    """The search as it may stand on a partner's page: as a list or a map, kept by nobody."""
    asked = parameters.copy()
    for name in NOT_EMBEDDED:
        asked.pop(name, None)
    # The other ways to look at a search, if they were open when the code was made. What is no
    # view at all stays, and is told.
    if asked.get("view") in ("list", "dates", "print", "text"):
        asked.pop("view")
    return asked


def embedded(parameters: QueryDict) -> SearchPage:
    """The search in a frame. Its links to our site open outside of it."""
    asked = asked_for(parameters)
    page = search_page(asked, SIZES)
    own: dict[str, Any] = {"embedded": True, "full_url": _full_url(asked, page)}
    return SearchPage(page.context | own, page.status, "assets/embed.html")


def ancestors() -> list[str]:
    """Who may frame it, for `frame-ancestors`: our page for partners, and the hosts allowed."""
    return [SELF, *EmbedHost.objects.allowed()]


def for_partners(parameters: QueryDict) -> ForPartners:
    """A search that was found wanting has no code: see `search.status`."""
    asked = asked_for(parameters)
    # A partner's page starts where the search does.
    for name in ("page", "at", "zoom"):
        asked.pop(name, None)
    search = search_page(asked)
    view = asked.get("view", "")
    view = view if view in VIEWS else ""
    query = with_parameter(asked, "page", None).removesuffix("?")
    site = settings.SITE_URL.geturl()
    shows = search_words.in_full(search.context["asked"]) if "asked" in search.context else ""
    title = _("What is on: %(asked)s") % {"asked": shows} if shows else _("What’s on")
    about = {
        "src": f"{site}{reverse('embed_activities')}{query}",
        "title": title,
        "height": HEIGHTS[view],
        "link": f"{site}{_full_url(asked, search)}",
        "site_name": settings.SITE_NAME,
    }
    return ForPartners(
        search=search,
        view=view,
        code=render_to_string("assets/embed_code.html", about).strip(),
        embed_url=reverse("embed_activities") + query,
        height=HEIGHTS[view],
        title=title,
        shows=shows,
        full_url=_full_url(asked, search),
        views=[
            (label, with_parameter(asked, "view", name or None), name == view)
            for name, label in (("", _("A list")), ("map", _("A map and a list")))
        ],
    )


def embed_link(parameters: QueryDict) -> str:
    """From a search to the page that makes the code for it."""
    return reverse("embed") + with_parameter(asked_for(parameters), "page", None).removesuffix("?")


def _full_url(asked: QueryDict, search: SearchPage) -> str:
    """The same search on our site; a new one, where that would be refused there, too."""
    if search.status == HTTPStatus.BAD_REQUEST:
        return reverse("activities")
    return reverse("activities") + with_parameter(asked, "page", None).removesuffix("?")
