"""A search as the page promises it, in plain Python: every listing looked at, one by one.

Written from the promises alone. Of words, the database says which listings have them.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from assets.models import (
    AccessFeature,
    Activity,
    Audience,
    Language,
    Occurrence,
    Organisation,
    SearchRow,
)
from assets.places.grid import GridPoint
from assets.search.query import Query, Sort
from assets.search.when import Window
from thrive.models import NeedsGroup, Theme

METRES_IN_A_MILE = 1609.344
PARTS = {"morning": 1, "afternoon": 2, "after-school": 4, "evening": 8}
FAR = float("inf")


@dataclass(frozen=True)
class Date:
    on: date
    starts_at: datetime
    parts: frozenset[str]


@dataclass(frozen=True, eq=False)
class Listing:
    """What is public of an activity, or of a group that lists none. `dates` are still to come."""

    row_id: int
    name: str
    point: GridPoint | None = None
    age_from: int = 0
    age_before: int | None = None
    in_pregnancy: bool = False
    area_served: str | None = None
    checked_on: date | None = None
    known_since: date = date.max
    has: Mapping[str, frozenset[str]] = field(default_factory=dict)
    dates: tuple[Date, ...] = ()


@dataclass(frozen=True)
class Judged:
    """How well a listing fits the words."""

    rank: float = 0


# A specialist's help has to be asked for; then what is nearly as good as the best is its equal.
BY_LEVEL = {"targeted": 0.9, "specialist": 0.8}
HALF_AS_GOOD, NO_JOURNEY = 32_000, 0.8


@dataclass(frozen=True)
class Expected:
    total: int
    row_ids: list[int]
    next: list[datetime | None]
    counts: dict[str, dict[str, int]]
    without: dict[str, int]


def every_option() -> dict[str, list[str]]:
    return {
        "cost": ["free", "help"],
        "needs": [one.pk for one in NeedsGroup.objects.all()],
        "theme": [one.pk for one in Theme.objects.all()],
        "who": [one.pk for one in Audience.objects.all()],
        "access": [one.pk for one in AccessFeature.objects.all()],
        "language": [one.pk for one in Language.objects.all()],
        "way": ["in-person", "online", "phone", "at-home"],
        "come": ["just-come", "ask-first", "book", "referral"],
        "room": ["yes", "waiting"],
        "level": ["universal", "targeted", "specialist"],
    }


def listings() -> list[Listing]:
    """Everything public, from the directory's own tables; of the search rows only their ids."""
    ids: dict[UUID, int] = {}
    for row_id, activity, group in SearchRow.objects.values_list("id", "activity", "organisation"):
        ids[activity or group] = row_id
    public = Activity.objects.filter(status="public", organisation__status="public")
    activities = public.select_related("venue", "area_served").prefetch_related(
        "needs_groups", "themes", "audiences", "languages", "access_features", "occurrences",
        "venue__access_features",
    )  # fmt: skip
    groups = Organisation.objects.filter(status="public").prefetch_related("themes")
    that_list_something = {one.organisation_id for one in activities}
    found = [_of_activity(one, ids[one.pk]) for one in activities]
    found += [_of_group(one, ids[one.pk]) for one in groups if one.pk not in that_list_something]
    assert len(found) == len(ids)
    return found


def _of_activity(one: Activity, row_id: int) -> Listing:
    features = [*one.access_features.all(), *(one.venue.access_features.all() if one.venue else [])]
    has = {
        "cost": {"free"} if one.cost in ("free", "donation") else set(),
        "needs": _keys(one.needs_groups.all()),
        "theme": _keys(one.themes.all()),
        "who": _keys(one.audiences.all()),
        "access": _keys(features),
        "language": _keys(one.languages.all()),
        "way": {*one.ways_to_take_part},
        "come": {one.how_to_come},
        "room": {one.newcomers} & {"yes", "waiting"},
        "level": {one.level},
    }
    if one.help_with_cost:
        has["cost"].add("help")
    return Listing(
        row_id,
        one.title,
        one.venue.point if one.venue else None,
        one.age_from,
        one.age_before,
        one.in_pregnancy,
        one.area_served.code if one.area_served else None,
        one.last_checked_on,
        _known_since(one),
        {name: frozenset(options) for name, options in has.items()},
        tuple(_dates(one.occurrences.all())),
    )


def _of_group(one: Organisation, row_id: int) -> Listing:
    has: dict[str, frozenset[str]] = defaultdict(frozenset)
    has["theme"] = frozenset(_keys(one.themes.all()))
    return Listing(
        row_id, one.name, checked_on=one.last_checked_on, known_since=_known_since(one), has=has
    )


def _known_since(one: Activity | Organisation) -> date:
    """When somebody last said that it is right, else when it came on the board."""
    assert one.first_public_at
    return one.last_checked_on or timezone.localdate(one.first_public_at)


def _keys(tags: Iterable[Any]) -> set[str]:
    return {tag.pk for tag in tags}


def _dates(occurrences: Iterable[Occurrence]) -> list[Date]:
    now = timezone.now()
    return [
        Date(
            one.on,
            one.starts_at,
            frozenset(name for name, bit in PARTS.items() if one.parts_of_day & bit),
        )
        for one in sorted(occurrences, key=lambda one: one.starts_at)
        if not one.cancelled and one.ends_at > now
    ]


def slow_search(
    everything: list[Listing],
    options: Mapping[str, list[str]],
    query: Query,
    judged: Mapping[int, Judged] | None = None,
) -> Expected:
    """`judged` are those that have the words, if words are asked for."""
    picked = [
        one
        for one in everything
        if (judged is None or one.row_id in judged)
        and _is_near(one, query)
        and _is_of_age(one, query)
    ]
    kept_out_by = {one: _kept_out_by(one, query) for one in picked}
    found = [one for one in picked if not kept_out_by[one]]
    fits = {one.row_id: _fit(one, judged) for one in found}
    found.sort(key=lambda one: _place_in_order(one, query, fits[one.row_id] if judged else None))
    alone: dict[str, int] = defaultdict(int)
    for names in kept_out_by.values():
        if len(names) == 1:
            alone[next(iter(names))] += 1
    return Expected(
        len(found),
        [one.row_id for one in found],
        [_next(one, query) for one in found],
        _counts(kept_out_by, options, query),
        {name: len(found) + number for name, number in alone.items()},
    )


def _fit(one: Listing, judged: Mapping[int, Judged] | None) -> float:
    level = next(iter(one.has["level"]), "")
    return judged[one.row_id].rank * BY_LEVEL.get(level, 1) if judged else 0


def _serves(one: Listing, query: Query) -> bool:
    return not query.areas or one.area_served is None or one.area_served in query.areas


def _is_near(one: Listing, query: Query) -> bool:
    if query.near is None:
        return True
    if one.point is None:
        return _serves(one, query)
    return query.near.metres_to(one.point) <= query.within * METRES_IN_A_MILE


def _is_of_age(one: Listing, query: Query) -> bool:
    if query.age is None:
        return True
    if query.age.in_pregnancy:
        return one.in_pregnancy
    not_too_old = one.age_before is None or query.age.months < one.age_before
    return one.age_from <= query.age.months and not_too_old


def _kept_out_by(one: Listing, query: Query) -> set[str]:
    """The filters that a listing does not pass."""
    names = set()
    for name, chosen in query.options.items():
        enough = all if name == "access" else any
        if chosen and not enough(option in one.has[name] for option in chosen):
            names.add(name)
    if (query.when or query.times) and not _is_on(one, query, query.when, query.times):
        names.add("when")
    if query.serves and not _serves(one, query):
        names.add("serves")
    if not query.unchecked and timezone.localdate() - one.known_since >= timedelta(days=365):
        names.add("unchecked")
    return names


@lru_cache(maxsize=50_000)
def _on_offer(one: Listing, windows: tuple[Window, ...]) -> frozenset[tuple[str, str]]:
    """In which parts of which days it is on; “” is any day."""
    found = {("", part) for each in one.dates for part in each.parts}
    for window in windows:
        for each in one.dates:
            if window.first <= each.on < window.before:
                found |= {(window.name, part) for part in each.parts}
    return frozenset(found)


def _is_on(one: Listing, query: Query, when: Iterable[str], times: Iterable[str]) -> bool:
    """One date does: a Saturday morning and a Tuesday evening are no Saturday evening."""
    on_offer = _on_offer(one, query.windows)
    return any((day, part) in on_offer for day in when or [""] for part in times or PARTS)


def _next(one: Listing, query: Query) -> datetime | None:
    """The first date that fits."""
    days = [window for window in query.windows if window.name in query.when]
    for each in one.dates:
        on_the_day = not query.when or any(day.first <= each.on < day.before for day in days)
        if on_the_day and (not query.times or each.parts & {*query.times}):
            return each.starts_at
    return None


def _place_in_order(one: Listing, query: Query, fit: float | None) -> tuple[Any, ...]:
    metres = query.near.metres_to(one.point) if query.near and one.point else FAR
    starts_at = _next(one, query)
    next_date = starts_at.timestamp() if starts_at else FAR
    by_name = (_plain(one.name), one.row_id)
    match query.sort:
        case Sort.CHECKED:
            return (-one.checked_on.toordinal() if one.checked_on else FAR, *by_name)
        case Sort.NEXT:
            return (next_date, *by_name)
        case Sort.NEAREST:
            return (metres, *by_name)
        case Sort.NAME:
            return by_name
        case _ if query.near and fit is not None:
            nearness = HALF_AS_GOOD / (HALF_AS_GOOD + metres) if one.point else NO_JOURNEY
            return (-fit * nearness, *by_name)
        case _ if query.near:
            return (metres, *by_name)
        case _ if fit is not None:
            return (-fit, *by_name)
        case _:
            return (next_date, *by_name)


def _plain(name: str) -> str:
    """Without case and accents."""
    apart = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).lower()


def _counts(
    kept_out_by: Mapping[Listing, set[str]], options: Mapping[str, list[str]], query: Query
) -> dict[str, dict[str, int]]:
    """How many there would be, were one filter that option alone and all else the same.

    Access adds up: what is chosen, and that option.
    """
    counts = {name: dict.fromkeys(every, 0) for name, every in options.items()}
    counts["when"] = {window.name: 0 for window in query.windows}
    counts["time"] = dict.fromkeys(PARTS, 0)
    counts["serves"] = {"yes": 0}
    for one, names in kept_out_by.items():
        for name in options:
            passes_the_rest = names <= (set() if name == "access" else {name})
            if passes_the_rest:
                for option in one.has[name]:
                    counts[name][option] += 1
        if names <= {"when"}:
            for window in counts["when"]:
                counts["when"][window] += _is_on(one, query, [window], query.times)
            for part in PARTS:
                counts["time"][part] += _is_on(one, query, query.when, [part])
        if names <= {"serves"}:
            counts["serves"]["yes"] += _serves(one, query)
    return counts
