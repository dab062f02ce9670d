"""A folder of HSDS tables as one table: a row for each service that is on.

Each cell remembers the file and the row it came from, so that a problem is told where it is to
be mended. Source: Open Referral, Human Services Data Specification (docs.openreferral.org).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from assets.importing import hsds_words
from assets.importing.problems import TableError
from assets.importing.table import MOST_BYTES, Cell, Row, Table, read_csv

NEEDED = ("services.csv", "organizations.csv")
OTHERS = ("locations.csv", "addresses.csv", "phones.csv", "regular_schedules.csv")
# Of a service: those that are over, or not on now, are not brought in.
ON = frozenset({"active", ""})
NOT_FOR_CALLS = frozenset({"fax", "tty"})
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
# What becomes of each column; those that tie the tables together, or that nobody asks for, too.
READ = {
    "services.csv": "id organization_id location_id name description fees email website languages "
    "status minimum_age maximum_age eligibility audience application_process "
    "required_documents",
    "organizations.csv": "id name description email website",
    "locations.csv": "id organization_id name transportation accessibility virtual",
    "addresses.csv": "id location_id address_1 address_2 postal_code",
    "phones.csv": "id service_id location_id organization_id contact_id number number_type "
    "extension department",
    "regular_schedules.csv": "id service_id location_id weekday opens_at closes_at",
}

Rows = list[Row]


def read_hsds(folder: Path) -> Table:
    """Raises TableError where services or organizations are missing, or a file cannot be read."""
    tables = {name: _read(folder / name) for name in (*NEEDED, *OTHERS)}
    problems = [one for table in tables.values() for one in table.problems]
    notes = [note for table in tables.values() for note in table.notes]
    rows = list(_Joined(tables).rows())
    notes += _left_out(folder, tables, len(rows))
    notes += hsds_words.without_an_age(tables["services.csv"].rows)
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


def _left_out(folder: Path, tables: dict[str, Table], services: int) -> Iterator[str]:
    """All that is in the folder and does not come in."""
    if inactive := len(tables["services.csv"].rows) - services:
        yield _("Services that are not active are left out: %d.") % inactive
    phones = tables["phones.csv"].rows
    if silent := sum(_text(one, "number_type") in NOT_FOR_CALLS for one in phones):
        yield _("Fax and text telephone numbers are left out: %d.") % silent
    if personal := sum(_is_a_persons(one) for one in phones):
        yield _("Phone numbers of single people are left out: %d.") % personal
    files = sorted(path.name for path in folder.glob("*.csv") if path.name not in tables)
    if files:
        yield _("These files are not read: %s.") % ", ".join(files)
    for name, table in tables.items():
        said = {column for row in table.rows for column, cell in row.items() if cell.text}
        if unread := sorted(said - {*READ[name].split()}):
            yield _("%(file)s: these columns are not read: %(columns)s.") % {
                "file": name,
                "columns": ", ".join(unread),
            }


class _Joined:
    def __init__(self, tables: dict[str, Table]) -> None:
        self._services = tables["services.csv"].rows
        self._organizations = _by(tables["organizations.csv"].rows, "id")
        self._locations = _by(tables["locations.csv"].rows, "id")
        self._places = _by(tables["locations.csv"].rows, "organization_id")
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
        row |= hsds_words.of_service(service)
        is_virtual = _text(location, "virtual").lower() in ("true", "t", "yes", "1")
        if is_virtual or not address:
            at = service["id"]
            row["services.way"] = replace(at, text="online" if is_virtual else "", column="way")
        else:
            row |= _named("locations", location, "id name transportation accessibility")
            row |= _named("addresses", address, "postal_code")
            row |= _joined("addresses.street", address, "address_1 address_2")
        row |= self._reached(service, location, organization)
        return row | self._when(service, location)

    def _reached(self, service: Row, location: Row, organization: Row) -> Row:
        """A service's own numbers, else those of its location; and those of its group."""
        own = self._phones["service_id"].get(_text(service, "id"), [])
        own = own or self._phones["location_id"].get(_text(location, "id"), [])
        groups = self._phones["organization_id"].get(_text(organization, "id"), [])
        if not (groups or _text(organization, "email") or _text(organization, "website")):
            groups = self._first_phones(organization)
        return {
            **_together("phones", (_number(one) for one in own if _rings(one))),
            **_together("phones.sms", (one["number"] for one in own if _is_text(one))),
            **_together("organizations.phones", (_number(one) for one in groups if _rings(one))),
        }

    def _first_phones(self, organization: Row) -> Rows:
        """Those of its first place that has any, for a group that gives none of its own."""
        for location in self._places.get(_text(organization, "id"), []):
            if found := self._phones["location_id"].get(_text(location, "id")):
                return found
        return []

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


def _joined(column: str, row: Row, columns: str) -> Row:
    """Two lines of an address as one."""
    cells = [row[name] for name in columns.split() if _text(row, name)]
    if not cells:
        return {}
    return {column: replace(cells[0], text=", ".join(cell.text for cell in cells))}


def _together(column: str, cells: Iterable[Cell]) -> Row:
    """Several cells as one, told where the first of them is."""
    several = list(cells)
    if not several:
        return {}
    return {column: replace(several[0], text="; ".join(cell.text for cell in several))}


def _number(phone: Row) -> Cell:
    """“01632 960123 (Bookings, extension 12)”."""
    aside = [_text(phone, "department").replace("(", "").replace(")", "")]
    if extension := _text(phone, "extension"):
        aside.append(_("extension %s") % extension)
    whom = ", ".join(one for one in aside if one)
    number = phone["number"]
    return replace(number, text=f"{number.text} ({whom})") if whom else number


def _rings(phone: Row) -> bool:
    return _text(phone, "number_type") not in NOT_FOR_CALLS and not _is_text(phone)


def _is_text(phone: Row) -> bool:
    return _text(phone, "number_type") in ("sms", "text")


def _is_a_persons(phone: Row) -> bool:
    """A worker's own number, who may have left by now."""
    owners = ("service_id", "location_id", "organization_id")
    return _rings(phone) and not any(_text(phone, name) for name in owners)
