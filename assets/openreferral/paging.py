"""Answers: a page, or all of it line by line. Rows are read a few at a time, in fixed queries."""

import json
from collections.abc import Callable, Iterable, Iterator
from math import ceil
from typing import Any

from django.db.models import QuerySet

from assets.models import HarvestStamp

Said = dict[str, Any]
Tell = Callable[[list[HarvestStamp]], Iterable[Said]]
# So many are in memory at once.
AT_ONCE = 200


def page(stamps: QuerySet[HarvestStamp], by: str, asked: Said, tell: Tell) -> Said:
    """One page, in the order of the keys: a change moves nothing from one page to another."""
    number, size = asked["page"], asked["per_page"]
    total = stamps.count()
    first = (number - 1) * size
    found: list[HarvestStamp] = []
    if first < total:
        # Keys alone are skipped; the rest is read for this page only.
        keys = [*stamps.order_by(by).values_list("pk", flat=True)[first : first + size]]
        found = list(HarvestStamp.objects.filter(pk__in=keys).order_by(by))
    return as_page(list(tell(found)), number, size, total)


def as_page(contents: list[Said], number: int, size: int, total: int) -> Said:
    pages = ceil(total / size)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number == max(pages, 1),
        "empty": not contents,
        "contents": contents,
    }


def of_list(said: list[Said], asked: Said) -> Said:
    """Of a list that is short, and at hand."""
    first = (asked["page"] - 1) * asked["per_page"]
    here = said[first : first + asked["per_page"]]
    return as_page(here, asked["page"], asked["per_page"], len(said))


def lines(stamps: QuerySet[HarvestStamp], by: str, tell: Tell) -> Iterator[bytes]:
    """All of it. Each piece begins after the key that the last one ended with."""
    after: Any = None
    while True:
        rest = stamps.filter(**{f"{by}__gt": after}) if after else stamps
        found = list(rest.order_by(by)[:AT_ONCE])
        yield from (line(said) for said in tell(found))
        if len(found) < AT_ONCE:
            return
        after = getattr(found[-1], by)


def line(said: Said) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"
