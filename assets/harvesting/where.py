"""Where a service is: the cells of each of its places.

Source: HSDS-UK-3.0, `service_at_location`, `location` and `address`.
"""

from django.utils.translation import gettext as _

from assets.harvesting import saying
from assets.harvesting.plain import Json, line, number, one, several, text
from assets.harvesting.terms import Terms
from assets.harvesting.written import LONGEST_NAME, LONGEST_STREET, LONGEST_WAY, cut, paragraphs
from assets.importing.reading.places import ANY_POSTCODE, SEPARATE
from assets.models import Venue
from assets.words import hidden_note

RANGES = {"latitude": 90, "longitude": 180}


def once_each(found: list[Json]) -> list[Json]:
    """A place that is named twice is one place; without an id, nobody knows."""
    once: dict[str, Json] = {}
    for at in found:
        once.setdefault(line(one(at.get("location")).get("id")) or str(len(once)), at)
    return [*once.values()]


def is_virtual(location: Json) -> bool:
    return line(location.get("location_type")) == "virtual"


def is_met_at(location: Json) -> bool:
    """Where letters go nobody meets: it may be somebody's home."""
    return line(location.get("location_type")) not in ("virtual", "postal")


def out_of_range(locations: list[Json]) -> str:
    for location in locations:
        for name, most in RANGES.items():
            value = location.get(name)
            if value is None:
                continue
            found = number(value)
            if found is None or abs(found) > most:
                said = {"name": name, "most": most, "found": text(value)[:20]}
                return (
                    _("its %(name)s is “%(found)s”: it lies between -%(most)d and %(most)d") % said
                )
    return ""


def cells_of(at: Json, location: Json, terms: Terms) -> dict[str, str]:
    """Of `location`, where a service is as `at` says; nothing, where there is none."""
    if not location:
        return {}
    addresses = several(location.get("addresses"))
    visited = [one for one in addresses if line(one.get("address_type")) != "postal"]
    address = (visited or addresses or [{}])[0]
    postcode = _first_postcode(line(address.get("postal_code")))
    if not postcode:
        return _village(location, address) | terms.of_service_at_location(at)
    name = line(location.get("name"))
    lines = [line(address.get(part)) for part in ("address_1", "address_2")]
    street = [said for said in lines if said not in ("", name)]
    summary, getting_there = saying.in_two(text(location.get("description")))
    more = [text(location.get("transportation")), terms.access_in_words(location)]
    return {
        "location.id": line(location.get("id")),
        "location.name": cut(name, LONGEST_NAME),
        "location.summary": summary,
        "location.getting_there": cut(paragraphs(getting_there, *more), LONGEST_WAY),
        "location.address": cut(", ".join(s for s in street if s and s != name), LONGEST_STREET),
        "location.postal_code": postcode,
        "location.city": line(address.get("city")),
        **terms.of_location(location),
    }


def _first_postcode(said: str) -> str:
    """Of several that stand for one place: in a sheet, each would be a place of its own."""
    parts = [part for part in SEPARATE.split(said) if part.strip()]
    whole = ANY_POSTCODE.findall(parts[0]) if parts else []
    return whole[0] if len(whole) > 1 else parts[0].strip() if parts else ""


def _village(location: Json, address: Json) -> dict[str, str]:
    """Of a place without a postcode no more than its village is told: the group tells the rest."""
    is_home = text(location.get("description")) == hidden_note(Venue(shown=Venue.Shown.MASKED))
    return {
        "location.city": line(address.get("city")) or line(location.get("name")),
        "location.shown": Venue.Shown.MASKED.value if is_home else Venue.Shown.TOLD.value,
    }
