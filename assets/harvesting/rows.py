"""A service of Open Referral UK as rows of a spreadsheet: one for each place where it is.

What cannot be said in a row is told by name; what is out of its range refuses the service.
Source: HSDS-UK-3.0, `service`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from tomllib import loads

from django.utils.translation import gettext as _

from assets.harvesting import saying, terms
from assets.harvesting.plain import Json, line, number, one, several, text
from assets.harvesting.saying import LONGEST_SUMMARY
from assets.harvesting.spool import Spool
from assets.harvesting.terms import Terms
from assets.importing.mapping import Mapping, mapping_of
from assets.importing.table import Cell, Row
from assets.models import Venue

ON = "active"
SCHEMES = {"gb-chc": "charity_number", "gb-coh": "company_number"}
RANGES = {"latitude": 90, "longitude": 180}


@dataclass
class Laid:
    """A service laid out. `why` it is refused; `left` is what of it does not come in.

    `ids` are those that its rows have, or had when it was at one place or at several.
    """

    id: str
    name: str
    is_on: bool
    ids: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    why: str = ""
    left: list[str] = field(default_factory=list)

    def add(self, cells: dict[str, str], first_row: int) -> None:
        row = first_row + len(self.rows)
        self.rows.append(
            {name: Cell(words, row, name, self.name) for name, words in cells.items() if words}
        )


@cache
def mapping() -> Mapping:
    return mapping_of(loads((Path(__file__).parent / "oruk.toml").read_text("utf-8")))


class Layer:
    """Lays out the services of one reading."""

    def __init__(self, spool: Spool, terms: Terms, today: date) -> None:
        self._spool, self.terms, self._today = spool, terms, today

    def lay_out(self, service: Json, first_row: int) -> Laid:
        """Its rows are numbered from `first_row` on."""
        key = text(service.get("id"))
        places = [one(found.get("location")) for found in _many(service, "service_at_locations")]
        locations = [self._spool.first_said("location", place) for place in places]
        physical = [found for found in locations if line(found.get("location_type")) != "virtual"]
        by_place = [f"{key}@{line(found.get('id'))}" for found in physical]
        laid = Laid(key, line(service.get("name")), line(service.get("status")) == ON)
        laid.ids = list(dict.fromkeys([key, *by_place]))
        laid.why = _out_of_range(locations) or _without(service, locations)
        if not laid.why and laid.is_on:
            ids = by_place if len(physical) > 1 else [key]
            cells = self._service(service, laid) | self._organization(service)
            said = cells.get("service.ways", "")
            for row_id, place in zip(ids, physical or [{}], strict=True):
                ways = terms.ways(
                    said, is_physical=bool(place), is_virtual=len(physical) < len(locations)
                )
                more = {"service.id": row_id, "service.ways": ways}
                laid.add(cells | self._place(place) | more, first_row)
        return laid

    def _service(self, service: Json, laid: Laid) -> dict[str, str]:
        summary, description = saying.in_two(text(service.get("description")))
        when, unread = saying.when(several(service.get("schedules")), self._today)
        laid.left += unread
        more = {
            _("How to come: %s"): "application_process",
            _("Who it is for: %s"): "eligibility_description",
            _("Please note: %s"): "alert",
        }
        told = [said % words for said, name in more.items() if (words := text(service.get(name)))]
        phones = saying.phones(service)
        cells = {
            "service.name": laid.name,
            "service.summary": summary or laid.name,
            "service.description": "\n\n".join(words for words in (description, *told) if words),
            "service.ages": saying.ages(service),
            "service.cost": saying.cost(service, self._today),
            "service.email": line(service.get("email")),
            "service.url": saying.web(service.get("url")),
            "service.phones": phones.voice,
            "service.texts": phones.text,
            "service.languages": saying.languages(service),
            "service.schedules": when,
        }
        return cells | self.terms.of_service(service)

    def _organization(self, service: Json) -> dict[str, str]:
        group = self._spool.first_said("organization", one(service.get("organization")))
        summary, description = saying.in_two(text(group.get("description")))
        phones = saying.phones(group)
        cells = {
            "organization.id": line(group.get("id")),
            "organization.name": line(group.get("name")),
            "organization.summary": summary,
            "organization.description": description,
            "organization.email": line(group.get("email")),
            "organization.website": saying.web(group.get("website")),
            "organization.phones": phones.voice,
            "organization.texts": phones.text,
        }
        return cells | dict(_numbers(group)) | self.terms.of_organization(group)

    def _place(self, location: Json) -> dict[str, str]:
        """Of one that tells its village and nothing more, the group tells who joins."""
        if not location:
            return {}
        addresses = _many(location, "addresses")
        visited = [one for one in addresses if line(one.get("address_type")) != "postal"]
        address = (visited or addresses or [{}])[0]
        street = [line(address.get(name)) for name in ("address_1", "address_2")]
        getting = [text(location.get("transportation")), self.terms.access_in_words(location)]
        cells = {
            "location.id": line(location.get("id")),
            "location.name": line(location.get("name")),
            "location.summary": line(location.get("description"))[:LONGEST_SUMMARY],
            "location.getting_there": "\n\n".join(words for words in getting if words),
            "location.address": ", ".join(words for words in street if words),
            "location.postal_code": line(address.get("postal_code")),
            "location.city": line(address.get("city")),
        }
        if cells["location.city"] and not cells["location.postal_code"]:
            cells["location.shown"] = Venue.Shown.TOLD.value
        return cells | self.terms.of_location(location)


def _many(owner: Json, name: str) -> list[Json]:
    return several(owner.get(name))


def _out_of_range(locations: list[Json]) -> str:
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


def _without(service: Json, locations: list[Json]) -> str:
    needed = {
        "name": _("it has no name"),
        "status": _("it does not say whether it is on (status)"),
    }
    for name, why in needed.items():
        if not line(service.get(name)):
            return why
    group = one(service.get("organization"))
    if not line(group.get("id")) or not line(group.get("name")):
        return _("it does not say which group runs it (organization)")
    if not all(line(location.get("id")) for location in locations):
        return _("its place has no id")
    return ""


def _numbers(group: Json) -> Iterator[tuple[str, str]]:
    for found in several(group.get("organization_identifiers")):
        scheme = line(found.get("identifier_scheme")).lower()
        if scheme in SCHEMES:
            bare = line(found.get("identifier")).upper().removeprefix(f"{scheme.upper()}-")
            yield f"organization.{SCHEMES[scheme]}", bare
