"""Links to the pages of a long list."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

LAST_PAGE = 5000
# Pages either side of this one that get a link of their own.
AROUND = 1


@dataclass(frozen=True)
class PageLink:
    """`number` is None for a gap."""

    number: int | None
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class PageLinks:
    number: int
    last: int
    previous_url: str
    next_url: str
    pages: list[PageLink]


def page_number(typed: str) -> int | None:
    """What stands in ?page=, from 1; None for what is no page number."""
    if not typed.isascii() or not typed.isdigit() or len(typed) > len(str(LAST_PAGE)):
        return None
    return int(typed) or None


def with_parameter(parameters: QueryDict, name: str, value: str | None, *also_gone: str) -> str:
    """The same search with one thing changed, back on its first page: “?q=art&page=2”.

    A window of the map is left behind with the page whose results it showed.
    """
    changed = [
        (kept, one)
        for kept, values in parameters.lists()
        if kept not in ("page", "at", "zoom", "around", name, *also_gone)
        for one in values
    ]
    if value is not None:
        changed.append((name, value))
    return f"?{urlencode(changed)}"


def page_links(parameters: QueryDict, number: int, last: int) -> PageLinks | None:
    """First, last and those around this one; None where one page holds all."""
    if last <= 1:
        return None
    shown = sorted({1, last, *range(number - AROUND, number + AROUND + 1)} & {*range(1, last + 1)})
    links: list[PageLink] = []
    for before, here in zip([0, *shown], shown, strict=False):
        if here - before > 1:
            links.append(PageLink(None))
        links.append(PageLink(here, page_url(parameters, here), current=here == number))
    return PageLinks(
        number=number,
        last=last,
        previous_url=page_url(parameters, number - 1) if number > 1 else "",
        next_url=page_url(parameters, number + 1) if number < last else "",
        pages=links,
    )


def page_url(parameters: QueryDict, number: int) -> str:
    return with_parameter(parameters, "page", str(number) if number > 1 else None)
