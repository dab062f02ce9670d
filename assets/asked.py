"""A search form's values, as the question that the search understands."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict

from assets.ages import BANDS
from assets.dates.calendars import next_holidays
from assets.kept import kept
from assets.models.places import Area
from assets.places.resolve import NotResolved, Resolved, resolve
from assets.search.options import FILTERS
from assets.search.query import Query, Sort
from assets.search.when import NAMES, windows
from assets.understanding.reading import Understood


def spelt_out(parameters: QueryDict, read: Understood) -> QueryDict:
    """The same question with all that was read out of its words in its own place.

    What was asked for in its own place already stays as it is.
    """
    explicit = parameters.copy()
    explicit["q"] = read.words
    if read.near and not parameters.get("near"):
        explicit["near"] = read.near
    # A distance from nowhere narrows nothing.
    if read.within and explicit.get("near") and not parameters.get("within"):
        explicit["within"] = str(read.within)
    if read.age and not parameters.get("age"):
        explicit["age"] = read.age
    if read.cost and "cost" not in parameters:
        explicit.setlist("cost", list(read.cost))
    if read.time and "time" not in parameters:
        explicit.setlist("time", list(read.time))
    if read.when and "when" not in parameters and not parameters.get("on"):
        names = [name for name in NAMES if name in read.when]
        names += ["saturday", "sunday"] if "weekend" in read.when else []
        days = [day for day in read.when if day[:1].isdigit()]
        explicit.setlist("when", names)
        # One day can be asked for; “Monday to Friday” leaves it open.
        if len(days) == 1:
            explicit["on"] = days[0]
    return explicit


@dataclass(frozen=True)
class Asked:
    """`typed` are the form's values; `place` is what “near” was taken for."""

    typed: dict[str, Any]
    place: Resolved | NotResolved | None
    query: Query

    @property
    def view(self) -> str:
        view: str = self.typed["view"]
        return "" if view == "list" else view


def understood(values: dict[str, Any], *, today: date) -> Asked:
    place = resolve(values["near"]) if values["near"] else None
    on = values["on"]
    holidays = kept(f"holidays:{today}", lambda: (next_holidays(today),))
    query = Query(
        words=values["q"],
        near=place.point if isinstance(place, Resolved) else None,
        within=values["within"],
        areas=areas_of(place) if isinstance(place, Resolved) else (),
        age=values["age"],
        ages=BANDS.get(values["ages"]),
        inside=values["part"],
        options={one.name: tuple(values[one.name]) for one in FILTERS if values[one.name]},
        windows=tuple(windows(today, *holidays, on)),
        when=(*values["when"], *(["on"] if on else [])),
        times=tuple(values["time"]),
        serves=bool(values["serves"]),
        unchecked=bool(values["unchecked"]),
        sort=Sort(values["sort"]),
        page=values["page"] or 1,
    )
    return Asked(values, place, query)


def areas_of(place: Resolved) -> tuple[str, ...]:
    """The codes of the district that a place lies in, and of all that is around it."""
    parents: dict[UUID, tuple[str, UUID | None]] = kept(
        "areas",
        lambda: {
            area: (code, parent)
            for area, code, parent in Area.objects.values_list("pk", "code", "parent")
        },
    )
    codes, area = [], place.district
    while area in parents:
        code, area = parents[area]
        codes.append(code)
    return tuple(codes)
