"""Places in everyday words: the town in “football bakewell saturday”, the postcode after “near”."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import F, Value

from assets.kept import kept
from assets.models.places import Area, Place
from assets.models.postcodes import OutwardCode
from assets.places.postcodes import AREAS, Part, readings
from assets.places.words import plain
from assets.understanding.slips import slips
from assets.understanding.text import LOCKED, TAKEN, Text, pattern

DATA = Path(__file__).parent.parent / "reference" / "everyday_places.toml"
BEFORE = frozenset("in near nr at around by from round outside".split())
# Also say where, but too much else for a place that is an ordinary word.
LEADING = BEFORE | {"to", "of", "near", "within"}
SHORTEST_SLIP, TWO_SLIPS_FROM = 6, 9
FULL = re.compile(r"^([a-z]{1,2})[0-9][0-9a-z]?[0-9][a-z]{2}$")
HERE = pattern(
    r"""
    near(?: to)? (?:me|us|here|by|home|my house|where i live|where we live)|
    nearby|near(?=(?: \|)*$)|
    local to (?:me|us|here)|local(?! (?:offers?|authority|council)\b)|locally|
    (?:round|around|about|from) here|
    in (?:my|our|the|this) (?:local )?(?:area|village|town)|
    close (?:by|to (?:me|us|home|here))|not (?:too )?far(?: away)?
    """
)


@dataclass(frozen=True)
class Names:
    """Plain name → the name of the one place that has it; plain names of what is too wide."""

    places: dict[str, str]
    outward: frozenset[str]
    wide: frozenset[str]
    longest: int


@cache
def _data() -> dict[str, frozenset[str]]:
    written = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in written.items()}


def names() -> Names:
    """Asked of the database once a minute, in one question."""
    return kept("place-names", _names)


def _names() -> Names:
    places = Place.objects.annotate(what=Value("place")).values_list("what", "search_names", "name")
    wide = (
        Area.objects.filter(kind__in=[Area.Kind.COUNTY, Area.Kind.DISTRICT])
        .annotate(what=Value("area"))
        .values_list("what", "name_in_text", "name")
    )
    outward = OutwardCode.objects.annotate(what=Value("outward"), also=F("code"))
    rows = list(
        places.order_by().union(
            wide.order_by(), outward.order_by().values_list("what", "code", "also"), all=True
        )
    )
    own: dict[str, list[str]] = {}
    other: dict[str, list[str]] = {}
    areas: set[str] = set()
    for what, first, name in rows:
        if what == "area":
            areas |= {plain(name), plain(first).removeprefix("the ")} - {""}
        if what == "place":
            known = first.strip("\n").split("\n")
            own.setdefault(known[0], []).append(name)
            for alias in known[1:]:
                other.setdefault(alias, []).append(name)
    # As `resolve` has it: its own name before what it is also called.
    called = {name: places[0] for name, places in (other | own).items() if len(places) == 1}
    return Names(
        places=called,
        outward=frozenset(code.lower() for what, code, _name in rows if what == "outward"),
        wide=frozenset(areas - called.keys()) | _data()["too_wide"],
        longest=max((name.count(" ") + 1 for name in called), default=1),
    )


def leave_what_is_no_place(text: Text) -> None:
    """“bakewell tart” is no tart near Bakewell."""
    for _match, start, end in text.found(pattern("|".join(_data()["not_places"]))):
        text.lock(start, end)


def take_place(text: Text) -> str:
    """A label for `resolve`; empty where no place is said.

    A whole postcode is handed on even where nobody knows it: `resolve` then says so.
    """
    known = names()
    near = _take_postcode(text, known) or _take_name(text, known)
    for _match, start, end in text.found(HERE):
        text.take(start, end)
    _take_wide(text, known)
    return near


def _take_postcode(text: Text, known: Names) -> str:
    words = text.words()
    for place in range(len(words)):
        for width in (2, 1):
            code = "".join(words[place : place + width])
            end = place + width
            full = FULL.match(code)
            if full and full[1].upper() in AREAS and end <= len(words):
                found = [one for one in readings(code) if one.part == Part.FULL]
                if found:
                    return _taken(text, place, end, str(found[0]))
        if words[place] in known.outward:
            sector = words[place + 1 : place + 2]
            if sector and re.fullmatch(r"\d[a-z]?", sector[0]) and _ends(words, place + 2):
                label = f"{words[place]} {sector[0][0]}".upper()
                return _taken(text, place, place + 2, label)
            return _taken(text, place, place + 1, words[place].upper())
    return ""


def _ends(words: list[str], place: int) -> bool:
    return place == len(words) or words[place] == TAKEN


def _take_name(text: Text, known: Names) -> str:
    """The first place that is said; a second one beside it goes too, for it can be near one."""
    words = text.words()
    found = _find_name(words, 0, known)
    if not found:
        return ""
    start, end, label = found
    _taken(text, start, end, label)
    while (after := _find_name(text.words(), end, known)) and _joins(words[end : after[0]]):
        end = after[1]
        text.take(after[0], after[1])
    return label


def _joins(between: list[str]) -> bool:
    return all(word in {"and", "or", TAKEN} for word in between)


def _find_name(words: list[str], since: int, known: Names) -> tuple[int, int, str] | None:
    """The longest exact name at the first place that has one; then one with a slip."""
    for place in range(since, len(words)):
        before = _before(words, place)
        for width in range(known.longest, 0, -1):
            name = " ".join(words[place : place + width])
            if place + width > len(words) or name not in known.places:
                continue
            if name in _data()["ordinary"] and before not in BEFORE:
                continue
            return place, place + width, known.places[name]
    for place in range(since, len(words)):
        if _before(words, place) in BEFORE and (found := _with_a_slip(words, place, known)):
            return found
    return None


def _before(words: list[str], place: int) -> str:
    return words[place - 1] if place else ""


def _with_a_slip(words: list[str], place: int, known: Names) -> tuple[int, int, str] | None:
    """The one place whose name is nearly what stands here, of the most words."""
    for width in range(min(known.longest, len(words) - place), 0, -1):
        typed = " ".join(words[place : place + width])
        if {TAKEN, LOCKED} & set(words[place : place + width]):
            continue
        if len(typed) < SHORTEST_SLIP or typed in _data()["no_slips"] or typed in known.wide:
            continue
        allowed = 2 if len(typed) >= TWO_SLIPS_FROM else 1
        likely: dict[int, set[str]] = {}
        for name, label in known.places.items():
            close = abs(len(name) - len(typed)) <= allowed and name[0] == typed[0]
            if close and (count := slips(typed, name)) <= allowed:
                likely.setdefault(count, set()).add(label)
        best = likely[min(likely)] if likely else set()
        if len(best) == 1:
            return place, place + width, best.pop()
    return None


def _taken(text: Text, start: int, end: int, label: str) -> str:
    """Takes the place, with the words that only lead to it."""
    words = text.words()
    while end < len(words) and words[end] in {"area", "village"}:
        end += 1
    leads = True
    while leads and start:
        leads = words[start - 1] in LEADING or (
            words[start - 1] in {"the", "close", "next", "miles"}
            and start + 1 < len(words)
            and (words[start] in LEADING or words[start - 1] == "the")
        )
        start -= leads
    text.take(start, end)
    return label


def _take_wide(text: Text, known: Names) -> None:
    words = text.words()
    place = 0
    while place < len(words):
        for width in range(4, 0, -1):
            if " ".join(words[place : place + width]) in known.wide and place + width <= len(words):
                _taken(text, place, place + width, "")
                place += width - 1
                break
        place += 1
