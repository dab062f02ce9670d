"""Searches that found nothing: counted by month, town and theme; nothing under five is told.

What was typed is not kept, nor who typed it: see `assets.seen` for how pages are counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from assets.asked import Asked
from assets.kept import kept
from assets.models import NotFound, Place
from assets.places.parts import town_near
from assets.places.words import plain
from assets.seen import LEAST_SHOWN, PROGRAM
from thrive.models import Theme

MONTHS = 12
ONE_MORE = """
INSERT INTO assets_notfound (month, place_id, theme_id, times) VALUES (%s, %s, %s, 1)
ON CONFLICT (month, place_id, theme_id)
DO UPDATE SET times = assets_notfound.times + 1
"""


@dataclass(frozen=True)
class Told:
    """`place` and `theme` are None where nobody said. `times` is five or more."""

    place: str | None
    theme: str | None
    times: int


@transaction.atomic
def count(request: HttpRequest, asked: Asked) -> None:
    """One more, unless a program asks, or somebody came from a cell that is empty."""
    if request.method != "GET" or PROGRAM.search(request.headers.get("User-Agent", "")):
        return
    query = asked.query
    if query.inside or query.ages or query.page > 1:
        return
    place = town_near(query.near) if query.near else None
    with connection.cursor() as cursor:
        # The page need not wait for the disk: a count lost with the machine is no harm.
        cursor.execute("SET LOCAL synchronous_commit TO OFF")
        month = timezone.localdate().replace(day=1)
        cursor.execute(ONE_MORE, [month, place, _theme(asked)])


def _theme(asked: Asked) -> str | None:
    """The one theme that was chosen, or whose name has the words; else none."""
    if chosen := asked.query.options.get("theme"):
        return chosen[0] if len(chosen) == 1 else None
    words = set(plain(asked.query.words).split())
    themes: dict[str, frozenset[str]] = kept(
        "theme-words",
        lambda: {
            slug: frozenset(plain(name).split()) - {"and", "of", "the", "in", "general"}
            for slug, name in Theme.objects.values_list("slug", "name")
        },
    )
    meant = [slug for slug, named in themes.items() if words and words <= named]
    return meant[0] if len(meant) == 1 else None


def months() -> tuple[date, date]:
    """The last whole twelve: the first of them, and the first day after them."""
    before = timezone.localdate().replace(day=1)
    return before.replace(year=before.year - 1), before


def _counted() -> list[tuple[UUID | None, str | None, int]]:
    first, before = months()
    rows = NotFound.objects.filter(month__gte=first, month__lt=before).order_by()
    summed = rows.values("place", "theme").annotate(all=Sum("times"))
    return list(summed.filter(all__gte=LEAST_SHOWN).values_list("place", "theme", "all"))


def told(*, in_fives: bool) -> list[Told]:
    """Most often first. `in_fives`, a number is cut down to fives, so that two of them, of this
    month and the next, do not tell of a few by subtraction. There is never a sum of them.
    """
    counted = _counted()
    places = dict(
        Place.objects.filter(pk__in=_known(p for p, _t, _n in counted)).values_list("pk", "name")
    )
    themes = dict(Theme.objects.values_list("slug", "name"))
    found = [
        Told(
            places.get(place) if place else None,
            themes.get(theme) if theme else None,
            number - number % LEAST_SHOWN if in_fives else number,
        )
        for place, theme, number in counted
    ]
    return sorted(found, key=lambda one: (-one.times, one.place or "", one.theme or ""))


def by_place_and_theme() -> dict[tuple[str, str], int]:
    """How often each theme was looked for in vain near each town, by their slugs; five or more."""
    counted = _counted()
    slugs = dict(
        Place.objects.filter(pk__in=_known(p for p, _t, _n in counted)).values_list("pk", "slug")
    )
    return {(slugs[place], theme): times for place, theme, times in counted if place and theme}


def _known(keys: Iterable[UUID | None]) -> list[UUID]:
    return [key for key in keys if key]
