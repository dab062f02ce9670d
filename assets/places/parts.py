"""The parts of the district: its towns with the villages around them, its wards, its parishes.

Without boundaries a village belongs to the nearest town of the district. With them, a venue belongs
to the ward and parish that it lies in; a hidden one by the middle of its village, as everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.kept import kept
from assets.models.places import Area, Place
from assets.models.postcodes import Postcode
from assets.places.grid import GridPoint


class By(StrEnum):
    """How a district is cut into parts. The value is the column of a venue that says which part."""

    TOWN = "place"
    WARD = "ward"
    PARISH = "parish"


# All parts together with what needs no journey; that alone; and everything, wherever it is.
WHOLE = {By.TOWN: "district", By.WARD: "every-ward", By.PARISH: "every-parish"}
NO_JOURNEY, ANYWHERE = "no-journey", "anywhere"


@dataclass(frozen=True)
class Part:
    """`key` stands in addresses; `holds` are the places (or the one area) that belong to it.

    `near` is what the search understands as its middle, `middle`; both empty where nobody lives.
    """

    key: str
    name: str
    holds: frozenset[UUID]
    near: str = ""
    middle: GridPoint | None = None


@dataclass(frozen=True)
class Parts:
    """All parts of one kind, by name, and the codes of the areas around all of them."""

    by: By
    parts: tuple[Part, ...]
    around: tuple[str, ...] = field(default=())

    def named(self) -> Mapping[str, Part]:
        return {part.key: part for part in self.parts}


@dataclass(frozen=True)
class Inside:
    """What a search keeps to: venues whose column `by` is one of `holds`, and what has no venue.

    With neither, every activity there is, and nothing but activities.
    """

    key: str
    label: str
    by: By = By.TOWN
    holds: frozenset[UUID] = frozenset()
    no_journey: bool = False


WORDS = {
    WHOLE[By.TOWN]: gettext_lazy("In the district, or no need to travel"),
    WHOLE[By.WARD]: gettext_lazy("In one of its wards, or no need to travel"),
    WHOLE[By.PARISH]: gettext_lazy("In one of its parishes, or no need to travel"),
    NO_JOURNEY: gettext_lazy("Online, by phone or at your home"),
    ANYWHERE: gettext_lazy("Activities only"),
}


def ways() -> list[By]:
    """The kinds of parts that there are: towns always, the others once boundaries are loaded."""
    return [by for by in By if parts(by).parts]


def parts(by: By) -> Parts:
    return kept(f"parts:{by}", lambda: _towns() if by == By.TOWN else _areas(by))


def of_key(key: str) -> Inside | None:
    """What the address means; None for what is no part of this district."""
    if key == ANYWHERE:
        return Inside(key, str(WORDS[key]))
    if key == NO_JOURNEY:
        return Inside(key, str(WORDS[key]), no_journey=True)
    for by in By:
        if key == WHOLE[by]:
            every = frozenset[UUID]().union(*(part.holds for part in parts(by).parts))
            return Inside(key, str(WORDS[key]), by, every, no_journey=True)
        if part := parts(by).named().get(key):
            return Inside(key, label(by, part), by, part.holds)
    return None


def label(by: By, part: Part) -> str:
    words = _("In and around %s") if by == By.TOWN else _("In %s")
    return words % part.name


def town_near(point: GridPoint) -> UUID | None:
    """The nearest town of all that we know, over the border too; None without any."""
    towns = kept(
        "towns",
        lambda: list(
            Place.objects.filter(kind__in=[Place.Kind.TOWN, Place.Kind.CITY]).values_list(
                "pk", "point"
            )
        ),
    )
    return min(towns, key=lambda town: town[1].metres_to(point), default=(None, None))[0]


def _around(district: Area | None) -> tuple[str, ...]:
    codes: list[str] = []
    while district:
        codes.append(district.code)
        district = district.parent
    return tuple(codes)


def _district() -> Area | None:
    return Area.objects.select_related("parent").filter(code=settings.DISTRICT).first()


def _towns() -> Parts:
    """Each village with its nearest town; where a district has no town, each for itself."""
    places = list(Place.objects.filter(district__code=settings.DISTRICT))
    towns = [one for one in places if one.kind in (Place.Kind.TOWN, Place.Kind.CITY)] or places
    holds: dict[UUID, set[UUID]] = {town.pk: set() for town in towns}
    for place in places:
        nearest = min(towns, key=lambda town: (place.point.metres_to(town.point), town.slug))
        holds[nearest.pk].add(place.pk)
    found = tuple(
        Part(one.slug, one.name, frozenset(holds[one.pk]), one.name, one.point) for one in towns
    )
    return Parts(By.TOWN, found, _around(_district()))


def _areas(by: By) -> Parts:
    """Wards or parishes as they are drawn now. Their middle is the most central postcode."""
    areas = Area.objects.filter(
        kind=by, parent__code=settings.DISTRICT, boundaries__valid_until=None
    ).filter(boundaries__isnull=False)
    points: dict[UUID, list[tuple[str, GridPoint]]] = {area.pk: [] for area in areas}
    lying = Postcode.objects.filter(**{f"{by}__in": list(points)}).order_by("code")
    for area, code, point in lying.values_list(by, "code", "point"):
        points[area].append((code, point))
    found = []
    for area in areas:
        near, middle = _most_central(points[area.pk])
        found.append(Part(area.code, area.name, frozenset({area.pk}), near, middle))
    return Parts(by, tuple(found), _around(_district()))


def _most_central(lying: list[tuple[str, GridPoint]]) -> tuple[str, GridPoint | None]:
    if not lying:
        return "", None
    east = sum(point.easting for _code, point in lying) / len(lying)
    north = sum(point.northing for _code, point in lying) / len(lying)
    mean, best = GridPoint(east, north), (inf, "", lying[0][1])
    for code, point in lying:
        best = min(best, (mean.metres_to(point), f"{code[:-3]} {code[-3:]}", point), key=_by_metres)
    return best[1], best[2]


def _by_metres(one: tuple[float, str, GridPoint]) -> tuple[float, str]:
    return one[0], one[1]
