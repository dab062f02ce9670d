"""A service of Open Referral UK as rows of a spreadsheet: one for each place where it is.

What cannot be said in a row is told by name; what is out of its range refuses the service.
Source: HSDS-UK-3.0, `service`.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from tomllib import loads

from django.utils.translation import gettext as _

from assets.harvesting import saying, terms, times, where
from assets.harvesting.bent import Bent, taken_apart
from assets.harvesting.hanging import hanging
from assets.harvesting.noted import Hanging
from assets.harvesting.plain import ON, Json, day, line, one, several, text
from assets.harvesting.reach import Reach, reach_of
from assets.harvesting.spool import Spool
from assets.harvesting.terms import Terms
from assets.harvesting.written import LONGEST_NAME, LONGEST_TEXT, LONGEST_WAY, cut, paragraphs
from assets.importing.mapping import Mapping, mapping_of
from assets.importing.table import Cell, Row
from assets.openreferral.services import TOGETHER_WITH

ONS = "ONS code"
SCHEMES = {"gb-chc": "charity_number", "gb-coh": "company_number"}


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
    hanging: Hanging = field(default_factory=dict)

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

    def __init__(self, spool: Spool, terms: Terms, today: date, home: str) -> None:
        """`home` is the host of the directory: its own pages are nobody's website."""
        self._spool, self.terms, self._today, self._home = spool, terms, today, home

    def lay_out(self, service: Json, first_row: int) -> Laid:
        """Its rows are numbered from `first_row` on."""
        key = line(service.get("id"))
        found = where.once_each(_many(service, "service_at_locations"))
        own = [one(at.get("location")) for at in found]
        laid = Laid(key, line(service.get("name")), line(service.get("status")) == ON)
        laid.ids = list(dict.fromkeys([key, *(_row_at(key, location) for location in own)]))
        if laid.is_on or not line(service.get("status")):
            laid.why = where.out_of_range(own) or _without(service, own)
        if not laid.why and laid.is_on:
            # Only what comes in has a word in what its place is.
            locations = [self._spool.first_said("location", location) for location in own]
            places = zip(found, locations, strict=True)
            physical = [(at, place) for at, place in places if where.is_met_at(place)]
            by_place = [_row_at(key, location) for _at, location in physical]
            ids = by_place if len(physical) > 1 else [key]
            cells = self._service(service, laid) | self._organization(service)
            said = cells.get("service.ways", "")
            for row_id, (at, place) in zip(ids, physical or [({}, {})], strict=True):
                ways = terms.ways(
                    said, is_physical=bool(place), is_virtual=any(map(where.is_virtual, locations))
                )
                more = {"service.id": row_id, "service.ways": ways}
                more |= self._times_at(service, at)
                laid.add(cells | where.cells_of(at, place, self.terms) | more, first_row)
        return laid

    def _service(self, service: Json, laid: Laid) -> dict[str, str]:
        details = terms.details(service)
        first_visit = details.get("first-visit", "")
        about = text(service.get("description")).removesuffix(f"\n\n{first_visit}")
        summary, description = saying.in_two(about)
        found = self.terms.of_service(service)
        schedules, bent = several(service.get("schedules")), Bent()
        if "service.level" in found:
            # As a feed of ours has it.
            schedules, bent = taken_apart(schedules, self._today)
        laid.hanging = hanging(_together(service), bent, _assured_on(service, self._today))
        when, unread = times.when(schedules, self._today)
        laid.left += unread
        told = [said % words for said, name in _more(found) if (words := text(service.get(name)))]
        reach = reach_of(service, "url", self._home)
        return {
            "service.name": cut(laid.name, LONGEST_NAME),
            "service.summary": summary or laid.name,
            "service.description": cut(paragraphs(description, *told), LONGEST_TEXT),
            "service.first_visit": cut(first_visit, LONGEST_WAY),
            "service.ages": saying.ages(service, in_pregnancy="in-pregnancy" in details),
            "service.cost": saying.cost(service, self._today),
            "service.help_with_cost": details.get(
                "help-with-cost", saying.helps_with_cost(service)
            ),
            "service.email": reach.emails,
            "service.url": reach.webs,
            "service.phones": reach.phones,
            "service.texts": reach.texts,
            "service.languages": saying.languages(service),
            "service.schedules": when,
            "service.area": _area(service),
            **found,
            **(saying.room(service) if "service.newcomers" in found else {}),
        }

    def _times_at(self, service: Json, at: Json) -> dict[str, str]:
        """Where some of its times are those of another of its places: the times of this one."""
        elsewhere = {line(one.get("id")) for one in _many(service, "service_at_locations")}
        elsewhere -= {line(at.get("id")), ""}
        schedules = several(service.get("schedules"))
        here = [
            one for one in schedules if line(one.get("service_at_location_id")) not in elsewhere
        ]
        if len(here) == len(schedules):
            return {}
        when, _told_already = times.when(here, self._today)
        return {"service.schedules": when}

    def _organization(self, service: Json) -> dict[str, str]:
        group = self._spool.first_said("organization", one(service.get("organization")))
        summary, description = saying.in_two(text(group.get("description")))
        reach = reach_of(group, "website", "")
        if not reach.is_any:
            # As its services are reached: by the first of them.
            reach = self._first_reach(group, service)
        return {
            "organization.id": line(group.get("id")),
            "organization.name": cut(line(group.get("name")), LONGEST_NAME),
            "organization.summary": summary,
            "organization.description": cut(description, LONGEST_TEXT),
            "organization.email": reach.emails,
            "organization.website": reach.webs,
            "organization.phones": reach.phones,
            "organization.texts": reach.texts,
            **dict(_numbers(group)),
            **self.terms.of_organization(group),
        }

    def _first_reach(self, group: Json, service: Json) -> Reach:
        reach = asdict(reach_of(service, "url", self._home))
        found = self._spool.first_said("reach", {"id": group["id"], "by": reach})
        return Reach(**found["by"])


def _assured_on(service: Json, today: date) -> str:
    """When it was last checked there. A day to come is none."""
    said = day(service.get("assured_date"))
    return said if said <= today.isoformat() else ""


def _together(service: Json) -> list[str]:
    """The groups that run it too, by their ids in the feed."""
    contacts = _many(service, "contacts")
    return [line(one.get("organization_id")) for one in contacts if _is_partner(one)]


def _is_partner(contact: Json) -> bool:
    return line(contact.get("title")) == TOGETHER_WITH and "organization_id" in contact


def _more(found: dict[str, str]) -> list[tuple[str, str]]:
    """What has no field of its own here. Of room for newcomers, words of ours are known already."""
    more = [(_("How to come: %s"), "application_process")]
    more.append((_("Who it is for: %s"), "eligibility_description"))
    return more if "service.newcomers" in found else [*more, (_("Please note: %s"), "alert")]


def _area(service: Json) -> str:
    """Where it goes to: by a code, or where it has no place. Beside a place it may be a remark."""
    known = [
        line(found.get("name"))
        for found in _many(service, "service_areas")
        if line(found.get("extent_type")) == ONS or not _many(service, "service_at_locations")
    ]
    return known[0] if known else ""


def _row_at(key: str, location: Json) -> str:
    """The id of the row of a service at one of several places."""
    return f"{key}@{line(location.get('id'))}"


def _many(owner: Json, name: str) -> list[Json]:
    return several(owner.get(name))


def _without(service: Json, locations: list[Json]) -> str:
    needed = {
        "name": _("it has no name"),
        "status": _("it does not say whether it is on (status)"),
    }
    for name, why in needed.items():
        if not line(service.get(name)):
            return why
    if "example" in terms.details(service):
        return _("it is made up, as an example")
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
