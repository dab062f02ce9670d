"""Every service of a feed, page by page, as Open Referral UK has it: or of one file at an address.

Whatever the pages say of themselves is checked against what they hold. Source: HSDS-UK-3.0, the
pages of `/services`.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from assets.harvesting.asking import LINES, Answer, Asks
from assets.harvesting.plain import ON, Json, one, parsed, text
from assets.harvesting.refused import FeedRefused, NotThere

PER_PAGE = 100
# While a feed is read its rows may change, and one may slip from a page to the page before: then
# it is read once more.
TRIES = 3
LISTS = ("contents", "services", "content")


class ChangedMeanwhile(Exception):
    """The feed said at first that it has another number of services than at last."""


def fetch(
    address: str,
    asks: Asks,
    add: Callable[[Any], None],
    clear: Callable[[], None],
    modified_after: datetime | None = None,
) -> None:
    """Calls `add` with each service. Raises FeedRefused; then what was added counts for nothing."""
    first = _where_services_are(address, asks)
    if isinstance(first, Answer):
        for service in services_of(first.kind, first.data):
            add(service)
        return
    for _try in range(TRIES):
        clear()
        try:
            for service in _pages(first, asks, modified_after):
                add(_in_full(first, service, asks))
        except ChangedMeanwhile:
            continue
        return
    raise FeedRefused(_("The feed changes while we read it. We try again another day."))


def _where_services_are(address: str, asks: Asks) -> str | Answer:
    """The address of its pages, or all of it where it is one file."""
    base = address.rstrip("/")
    if urlsplit(base).path.endswith("/services"):
        return base
    try:
        answer = asks(address)
    except NotThere:
        return _below(base, "services")
    if answer.kind in LINES:
        return answer
    page = parsed(answer.data)
    if isinstance(page, list) or any(name in one(page) for name in LISTS):
        if _whole_number(one(page), "total_pages") > 1:
            return address
        return answer
    return _below(base, "services")


def services_of(kind: str, data: bytes) -> Iterator[Any]:
    """Of one file: a list, a page, one service, or a line for each."""
    if kind in LINES:
        for number, row in enumerate(data.splitlines()):
            if row.strip(b" \t\r\xef\xbb\xbf" if number == 0 else None):
                yield parsed(row)
        return
    page = parsed(data)
    if isinstance(page, list):
        yield from page
        return
    held = [page[name] for name in LISTS if name in one(page)]
    if not held and "id" in one(page):
        held = [[page]]
    if not held or not isinstance(held[0], list):
        raise FeedRefused(_("There are no services in it."))
    if _whole_number(one(page), "total_pages") > 1:
        raise FeedRefused(_("It is one page of several: bring in all of them as one file."))
    yield from held[0]


def _pages(address: str, asks: Asks, modified_after: datetime | None) -> Iterator[Any]:
    number, came, total, before = 1, 0, -1, b""
    seen: set[bytes] = set()
    while True:
        page = _page(address, asks, number, modified_after)
        contents = page["contents"]
        print_ = hashlib.sha256("\n".join(_id_of(item) for item in contents).encode()).digest()
        if contents and print_ == before:
            raise FeedRefused(_("The feed gives the same page again and again."))
        before = print_
        for item in contents:
            # Ids are kept short here: only how many there are counts.
            seen.add(hashlib.blake2b(_id_of(item).encode(), digest_size=12).digest())
        yield from contents
        came += len(contents)
        said = _whole_number(page, "total_items")
        if number > 1 and said != total:
            raise ChangedMeanwhile
        total = said
        if _is_last(page, number, came):
            break
        number += 1
    if total >= 0 and len(seen) != total:
        numbers = {"said": total, "came": len(seen)}
        raise FeedRefused(
            _("The feed says it has %(said)d services, and gives %(came)d.") % numbers
        )


def _page(address: str, asks: Asks, number: int, modified_after: datetime | None) -> Json:
    asked = {"page": str(number), "per_page": str(PER_PAGE), "full": "true"}
    if modified_after is not None:
        asked["modified_after"] = modified_after.isoformat(timespec="seconds")
    page = parsed(asks(_with(address, asked)).data)
    if not isinstance(page, dict) or not isinstance(page.get("contents"), list):
        raise FeedRefused(_("Page %d of the feed is no page of services.") % number)
    told = page.get("page_number")
    if isinstance(told, int) and told != number:
        raise FeedRefused(
            _("We asked the feed for page %(asked)d, and it gave page %(told)d.")
            % {"asked": number, "told": told}
        )
    return page


def _is_last(page: Json, number: int, came: int) -> bool:
    """As its pages and items are counted, and not as it says: an empty page is the end."""
    if not page["contents"]:
        return True
    pages, items = _whole_number(page, "total_pages"), _whole_number(page, "total_items")
    if items >= 0:
        return came >= items
    if pages >= 0:
        return number >= pages
    return page.get("last_page") is True


def _in_full(address: str, service: Any, asks: Asks) -> Any:
    """With all that hangs on it, where the page only names it. Of what is over, no more is read."""
    if not isinstance(service, dict) or not _id_of(service):
        return service
    if text(service.get("status")) not in ("", ON):
        return service
    if "service_at_locations" in service or "schedules" in service or "cost_options" in service:
        return service
    try:
        whole = parsed(asks(_below(address, _id_of(service))).data)
    except NotThere:
        # What a page holds is all there is to it.
        return service
    if not isinstance(whole, dict) or _id_of(whole) != _id_of(service):
        raise FeedRefused(_("The feed gives another service than %s.") % _id_of(service)[:60])
    return whole


def _id_of(service: Any) -> str:
    return text(one(service).get("id"))


def _whole_number(page: Json, name: str) -> int:
    """-1 where it is not said."""
    value = page.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else -1


def _below(address: str, name: str) -> str:
    parts = urlsplit(address)
    safe = urlencode({"": name})[1:].replace("+", "%20")
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{safe}"))


def _with(address: str, asked: dict[str, str]) -> str:
    parts = urlsplit(address)
    query = {**dict(parse_qsl(parts.query)), **asked}
    return urlunsplit(parts._replace(query=urlencode(query)))
