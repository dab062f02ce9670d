"""A folder of HSDS tables as one table: a row for each service that is on.

Each cell remembers the file and the row it came from, so that a problem is told where it is to
be mended. Source: Open Referral, Human Services Data Specification (docs.openreferral.org).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from assets.importing.problems import TableError
from assets.importing.table import MOST_BYTES, Cell, Row, Table, read_csv

NEEDED = ("services.csv", "organizations.csv")
OTHERS = ("locations.csv", "addresses.csv", "phones.csv", "regular_schedules.csv")
# Of a service: those that are over, or not on now, are not brought in.
ON = frozenset({"active", ""})
NOT_FOR_CALLS = frozenset({"fax", "tty"})
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

Rows = list[Row]


def read_hsds(folder: Path) -> Table:
    """Raises TableError where services or organizations are missing, or a file cannot be read."""
    tables = {name: _read(folder / name) for name in (*NEEDED, *OTHERS)}
    problems = [one for table in tables.values() for one in table.problems]
    notes = [note for table in tables.values() for note in table.notes]
    rows = list(_Joined(tables).rows())
    left_out = len(tables["services.csv"].rows) - len(rows)
    if left_out:
        notes.append(_("Services that are not active are left out: %d.") % left_out)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return Table(columns, rows, problems, notes)


def _read(path: Path) -> Table:
    if not path.is_file():
        if path.name in NEEDED:
            raise TableError(_("There is no %s in the folder.") % path.name)
        return Table([], [])
    if path.stat().st_size > MOST_BYTES:
        raise TableError(_("%s is too large: 10 MB at most.") % path.name)
    try:
        return read_csv(path.read_bytes(), path.name)
    except TableError as error:
        if path.name in NEEDED:
            raise TableError(f"{path.name}: {error}") from error
        # A head without rows, say.
        return Table([], [], notes=[f"{path.name}: {error}"])


class _Joined:
    def __init__(self, tables: dict[str, Table]) -> None:
        self._services = tables["services.csv"].rows
        self._organizations = _by(tables["organizations.csv"].rows, "id")
        self._locations = _by(tables["locations.csv"].rows, "id")
        self._addresses = _by(tables["addresses.csv"].rows, "location_id")
        phones = tables["phones.csv"].rows
        self._phones = {
            name: _by(phones, name) for name in ("service_id", "location_id", "organization_id")
        }
        schedules = tables["regular_schedules.csv"].rows
        self._schedules = {name: _by(schedules, name) for name in ("service_id", "location_id")}

    def rows(self) -> Iterable[Row]:
        for service in self._services:
            if _text(service, "status").lower() in ON:
                yield self._row(service)

    def _row(self, service: Row) -> Row:
        location = _first(self._locations, _text(service, "location_id"))
        owner = _text(service, "organization_id") or _text(location, "organization_id")
        organization = _first(self._organizations, owner)
        address = _first(self._addresses, _text(location, "id"))
        row = _named("services", service, "id name description fees email website languages")
        row |= _named("organizations", organization, "id name description email website")
        if ages := _ages(service):
            row["services.ages"] = ages
        is_virtual = _text(location, "virtual").lower() in ("true", "t", "yes", "1")
        if is_virtual or not address:
            at = service["id"]
            row["services.way"] = replace(at, text="online" if is_virtual else "", column="way")
        else:
            row |= _named("locations", location, "id name transportation accessibility")
            row |= _named("addresses", address, "address_1 postal_code")
        row |= self._reached(service, location, organization)
        return row | self._when(service, location)

    def _reached(self, service: Row, location: Row, organization: Row) -> Row:
        """A service's own numbers, else those of its location; and those of its group."""
        own = self._phones["service_id"].get(_text(service, "id"), [])
        own = own or self._phones["location_id"].get(_text(location, "id"), [])
        groups = self._phones["organization_id"].get(_text(organization, "id"), [])
        return {
            **_together("phones", (one["number"] for one in own if _rings(one))),
            **_together("phones.sms", (one["number"] for one in own if _is_text(one))),
            **_together("organizations.phones", (one["number"] for one in groups if _rings(one))),
        }

    def _when(self, service: Row, location: Row) -> Row:
        """As a person would write it: “Monday 08:00-17:00; Tuesday …”."""
        rules = self._schedules["service_id"].get(_text(service, "id"), [])
        rules = rules or self._schedules["location_id"].get(_text(location, "id"), [])
        said = []
        for rule in rules:
            day, opens, closes = (_text(rule, one) for one in ("weekday", "opens_at", "closes_at"))
            day = DAYS[int(day) - 1] if day.isdigit() and 1 <= int(day) <= 7 else day
            said.append(replace(rule["weekday"], text=f"{day} {opens}-{closes}"))
        return _together("regular_schedules", said)


def _by(rows: Rows, column: str) -> dict[str, Rows]:
    found: dict[str, Rows] = defaultdict(list)
    for row in rows:
        if text := _text(row, column):
            found[text].append(row)
    return found


def _first(rows: dict[str, Rows], key: str) -> Row:
    return rows[key][0] if key in rows else {}


def _text(row: Row, column: str) -> str:
    return row[column].text if column in row else ""


def _named(table: str, row: Row, columns: str) -> Row:
    return {f"{table}.{name}": row[name] for name in columns.split() if name in row}


def _together(column: str, cells: Iterable[Cell]) -> Row:
    """Several cells as one, told where the first of them is."""
    several = list(cells)
    if not several:
        return {}
    return {column: replace(several[0], text="; ".join(cell.text for cell in several))}


def _ages(service: Row) -> Cell | None:
    """HSDS 3 has numbers; older sheets say it in words, among whom else it is for."""
    low, high = _text(service, "minimum_age"), _text(service, "maximum_age")
    if low or high:
        text = f"{low or 0} to {high}" if high else f"{low}+"
        return replace(service["minimum_age" if low else "maximum_age"], text=text)
    return service.get("eligibility")


def _rings(phone: Row) -> bool:
    return _text(phone, "number_type") not in NOT_FOR_CALLS and not _is_text(phone)


def _is_text(phone: Row) -> bool:
    return _text(phone, "number_type") in ("sms", "text")
