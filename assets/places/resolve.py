"""From what somebody typed after "near" to a point, or to a kind explanation.

Nothing typed here is stored or logged. Two statements at most find an answer; one more names the
district when there is none.
"""

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db.models import Avg, UUIDField, Value
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from assets.models.places import Area, Place
from assets.models.postcodes import OutwardCode, Postcode
from assets.places.grid import GridPoint
from assets.places.postcodes import Part, Reading, readings
from assets.places.words import clean, plain

# How alike a name must be to be taken for what was meant, and how much ahead of the next one.
SURE, AHEAD = 0.8, 0.06
# How alike, to be offered at all.
LIKELY = 0.7
CHOICES = 12
SHORTEST_BEGINNING = 3
# Of a name with other words around it: "near Bakewell", but not "by the sea" for Lea.
SHORTEST_AMONG_OTHERS = 4
# Of what was typed, to be said again on the page.
LONGEST_ECHO = 60


class Kind(StrEnum):
    POSTCODE = "postcode"
    SECTOR = "sector"
    OUTWARD = "outward"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Resolved:
    """`label` is fit for the page and for the address: typed in again, it gives the same point."""

    kind: Kind
    point: GridPoint
    label: str
    note: str = ""
    # The district it lies in, where that is sure.
    district: UUID | None = field(default=None, compare=False)

    @property
    def coarse(self) -> str:
        """For what others read: of a postcode its first half alone."""
        is_near_a_house = self.kind in (Kind.POSTCODE, Kind.SECTOR)
        return self.label.split()[0] if is_near_a_house else self.label


@dataclass(frozen=True, slots=True)
class NotResolved:
    """Why, in words for the page, and what could be typed instead."""

    explanation: str
    suggestions: tuple[str, ...] = ()


def resolve(typed: str) -> Resolved | NotResolved:
    """Never an exception, whatever was typed."""
    words = clean(typed)
    if not words:
        return NotResolved(_("Type a postcode, or the name of a town or village."))
    likely = readings(words)
    if likely and (answer := _by_postcode(words, likely)):
        return answer
    return _by_name(words)


def _by_postcode(words: str, likely: list[Reading]) -> Resolved | NotResolved | None:
    """None where it only looks a little like a postcode and is none that we know."""
    points = _known_points(likely)
    for reading in likely:
        known = points.get(reading.outward if reading.part == Part.OUTWARD else reading.code)
        if known and reading.part != Part.SECTOR:
            kind = Kind.POSTCODE if reading.part == Part.FULL else Kind.OUTWARD
            point, district = known
            return Resolved(kind, point, str(reading), _note(words, str(reading)), district)
        if reading.part == Part.SECTOR and reading.outward in points:
            return _middle_of_sector(words, reading, points[reading.outward][0])
    best = likely[0]
    if best.outward in points:
        return NotResolved(
            _("We do not know the postcode %(postcode)s. You could look near %(outward)s.")
            % {"postcode": best, "outward": best.outward},
            (best.outward,),
        )
    if best.slips == 0:
        return NotResolved(
            _("We do not know %(postcode)s. We only know postcodes in and near %(district)s.")
            % {"district": _name_of_the_district(), "postcode": best}
        )
    return None


def _known_points(likely: list[Reading]) -> dict[str, tuple[GridPoint, UUID | None]]:
    """The points of those postcodes and outward codes that we know, by code.

    With each postcode its district; an outward code may lie in several.
    """
    full = Postcode.objects.filter(code__in={r.code for r in likely if r.part == Part.FULL})
    outward = OutwardCode.objects.filter(code__in={r.outward for r in likely})
    postcodes = full.order_by().values_list("code", "point", "district")
    outward_codes = outward.order_by().values_list(
        "code", "point", Value(None, output_field=UUIDField())
    )
    return {
        code: (point, district)
        for code, point, district in postcodes.union(outward_codes, all=True)
    }


def _middle_of_sector(words: str, reading: Reading, outward_point: GridPoint) -> Resolved:
    """The middle of the postcodes that begin with “DE4 3”, or of all of DE4 if none do."""
    sector = reading.code[: len(reading.outward) + 1]
    middle = Postcode.objects.filter(outward=reading.outward, code__startswith=sector).aggregate(
        easting=Avg("point__easting"), northing=Avg("point__northing")
    )
    if middle["easting"] is None:
        note = _("We do not know “%(typed)s”, so we look near %(outward)s.")
        return Resolved(
            Kind.OUTWARD,
            outward_point,
            reading.outward,
            note % {"typed": _echo(words), "outward": reading.outward},
        )
    label = f"{reading.outward} {sector[-1]}"
    point = GridPoint(round(middle["easting"], -1), round(middle["northing"], -1))
    return Resolved(Kind.SECTOR, point, label, _note(words, label))


def _note(words: str, label: str) -> str:
    """Nothing, where only case, spaces or signs differ."""
    same = plain(words).replace(" ", "") == plain(label).replace(" ", "")
    return "" if same else _took(words, label)


def _took(words: str, label: str) -> str:
    return _("We took “%(typed)s” to mean %(label)s.") % {"typed": _echo(words), "label": label}


def _echo(words: str) -> str:
    return words if len(words) <= LONGEST_ECHO else f"{words[: LONGEST_ECHO - 1]}…"


def _by_name(words: str) -> Resolved | NotResolved:
    name = plain(words)
    if not name:
        return _not_found(words)
    places = _beginning_with(name)
    called = [p for p in places if _names(p)[0] == name] or [p for p in places if name in _names(p)]
    if len(called) == 1:
        return _place(called[0], "")
    if called:
        return _which_one(words, called)
    return _this_or_which_one(words, places) if places else _by_likeness(words, name)


def _beginning_with(name: str) -> list[Place]:
    """Places one of whose names is this or, if it is long enough, begins with it."""
    ending = "" if len(name) >= SHORTEST_BEGINNING else "\n"
    found = Place.objects.filter(search_names__contains=f"\n{name}{ending}")
    return list(found.order_by("name")[:30])


def _by_likeness(words: str, name: str) -> Resolved | NotResolved:
    """A name with other words around it ("near Bakewell"), or with a slip ("bakewel")."""
    nearest = list(Place.objects.order_by(RawSQL("search_names <->>> %s", [name]))[:12])
    # The longest says most: Matlock Bath, rather than Matlock.
    if longest := max((_among_others(name, place) for place in nearest), default=0):
        meant = [place for place in nearest if _among_others(name, place) == longest]
        return _this_or_which_one(words, meant)
    likeness = {place: _likeness(name, place) for place in nearest}
    likely = sorted(
        (place for place in nearest if likeness[place] >= LIKELY),
        key=lambda place: -likeness[place],
    )
    if not likely:
        return _not_found(words)
    ahead = likeness[likely[0]] - max((likeness[place] for place in likely[1:]), default=0)
    if likeness[likely[0]] >= SURE and ahead >= AHEAD:
        return _place(likely[0], _took(words, likely[0].name))
    return _which_one(words, likely)


def _among_others(name: str, place: Place) -> int:
    """The length of the longest of its names that begins or ends what was typed; else 0."""
    return max(
        len(known)
        if len(known) >= SHORTEST_AMONG_OTHERS
        and (name.startswith(f"{known} ") or name.endswith(f" {known}"))
        else 0
        for known in _names(place)
    )


def _likeness(name: str, place: Place) -> float:
    """From 0 to 1."""
    return max(SequenceMatcher(None, name, known).ratio() for known in _names(place))


def _names(place: Place) -> list[str]:
    """All of its names, as `plain` writes them; its own is first."""
    return str(place.search_names).strip("\n").split("\n")


def _place(place: Place, note: str) -> Resolved:
    return Resolved(Kind.PLACE, place.point, place.name, note, place.district_id)


def _this_or_which_one(words: str, places: list[Place]) -> Resolved | NotResolved:
    if len(places) == 1:
        return _place(places[0], _took(words, places[0].name))
    return _which_one(words, places)


def _which_one(words: str, places: list[Place]) -> NotResolved:
    if len(places) == 1:
        asked = _("We could not find “%(typed)s”. Did you mean %(place)s?")
    else:
        asked = _("“%(typed)s” could be one of these places. Which one?")
    return NotResolved(
        asked % {"typed": _echo(words), "place": places[0].name},
        tuple(place.name for place in places[:CHOICES]),
    )


def _not_found(words: str) -> NotResolved:
    return NotResolved(
        _("We could not find “%(typed)s”. Try a postcode, or the nearest town or village.")
        % {"typed": _echo(words)}
    )


def _name_of_the_district() -> str:
    district = Area.objects.filter(code=settings.DISTRICT).first()
    return district.in_text if district else settings.SITE_NAME
