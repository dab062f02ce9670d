"""From rows to the groups, venues and activities that they speak of.

A row is one activity, and names its group and its venue. What several rows say of one group or
venue is put together; where they contradict each other, that is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from assets.importing.fields import ACTIVITY, FIELDS, GROUP, VENUE, Reference
from assets.importing.mapping import Mapping
from assets.importing.problems import NotUnderstood, Problem
from assets.importing.reading.places import Places
from assets.importing.rules import problems_of
from assets.importing.table import Cell, Row, Table
from assets.models import Venue
from assets.models.activities import WayToTakePart
from assets.places.words import plain
from assets.saying import Values


@dataclass
class Wanted:
    """One listing as the file wants it. `cells` says where each value stands; `at`, the row."""

    of: str
    key: str
    values: Values
    cells: dict[str, Cell]
    at: Cell
    group: "Wanted | None" = None
    venue: "Wanted | None" = None

    def cell(self, *names: str) -> Cell:
        """The first of these that stands in the file, else where the row begins."""
        return next((self.cells[name] for name in names if name in self.cells), self.at)


@dataclass
class Sheet:
    """`problems` in the order of the file."""

    groups: dict[str, Wanted] = field(default_factory=dict)
    venues: dict[str, Wanted] = field(default_factory=dict)
    activities: dict[str, Wanted] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Wanted]:
        """Groups and venues before what stands on them."""
        yield from self.groups.values()
        yield from self.venues.values()
        yield from self.activities.values()


def read_sheet(table: Table, mapping: Mapping, today: date) -> Sheet:
    sheet = Sheet(problems=[*table.problems], notes=[*table.notes])
    if unread := [name for name in table.columns if name and not mapping.fields_of(name)]:
        sheet.notes.append(_("These columns are not read: %s.") % ", ".join(unread))
    postcodes = mapping.column_of("venue.postcode", table.columns)
    cells = [row[postcodes].text for row in table.rows if postcodes in row]
    reader = _Reader(table, mapping, Reference.now(today, Places.for_cells(cells)), sheet)
    for row in table.rows:
        reader.read(row)
    for group in sheet.groups.values():
        if group.values.get("summary", "") == "":
            says = _("Say in one or two sentences what the group does.")
            missing = Cell("", group.at.row, reader.column_of["group.summary"], group.at.file)
            sheet.problems.append(missing.problem(says))
    sheet.problems = sorted(set(sheet.problems))
    return sheet


class _Reader:
    def __init__(self, table: Table, mapping: Mapping, known: Reference, sheet: Sheet) -> None:
        self._mapping, self._known, self._sheet = mapping, known, sheet
        self.column_of = {name: mapping.column_of(name, table.columns) for name in FIELDS}
        # Only what some column or default speaks of is ever changed.
        mapped = {name for column in table.columns for name in mapping.fields_of(column)}
        self._names = [name for name in FIELDS if name in mapped | {*mapping.defaults}]
        self._read: dict[tuple[str, str], Values] = {}
        # Rows whose place is told to be wrong: that they have none need not be told.
        self._misplaced: set[int] = set()

    def read(self, row: Row) -> None:
        if not row:
            return
        parts = {of: self._part(row, of) for of in (GROUP, VENUE, ACTIVITY)}
        group = self._group(parts[GROUP])
        for number, venue in enumerate(self._venues(parts[VENUE], group)):
            self._activity(parts[ACTIVITY], group, venue, number)

    def _part(self, row: Row, of: str) -> Wanted:
        """What the row says of its group, its venue or its activity; problems are noted."""
        at = next(iter(row.values()))
        part = Wanted(of, "", {}, {}, Cell("", at.row, at.column, at.file))
        for name in self._names:
            if FIELDS[name].of == of:
                self._read_field(part, name, row.get(self.column_of[name]))
        if part.values.get("description") and part.values["description"] == part.values.get(
            "summary"
        ):
            # One short cell for both: nobody reads it twice.
            part.values["description"] = ""
        return part

    def _read_field(self, part: Wanted, name: str, cell: Cell | None) -> None:
        one = FIELDS[name]
        text = cell.text if cell else ""
        text = self._translated(name, text) or self._mapping.defaults.get(name, "")
        values = one.blank
        here = Cell(text, part.at.row, self.column_of[name], part.at.file)
        if cell:
            here = cell
        if text:
            try:
                values = self._understood(name, text)
            except NotUnderstood as why:
                self._tell(here, str(why))
                self._note_misplaced(part)
                # It is told already: nothing more is to be missed.
                part.cells |= dict.fromkeys(one.blank, here)
                part.values |= dict.fromkeys(one.blank, None)
                return
        for key, value in values.items():
            # Two fields of one value, such as a summary of its own and one cut from the text.
            if part.values.get(key, one.blank[key]) == one.blank[key]:
                part.values[key] = value
                part.cells[key] = here

    def _understood(self, name: str, text: str) -> Values:
        """Many cells say the same. Raises NotUnderstood."""
        if (name, text) not in self._read:
            self._read[name, text] = FIELDS[name].read(text, self._known)
        return self._read[name, text]

    def _translated(self, name: str, text: str) -> str:
        """What the file says, as we say it: piece by piece, where the mapping has words for it."""
        words = self._mapping.values.get(name)
        if not words:
            return text
        if (whole := words.get(plain(text))) is not None:
            return whole
        pieces = [words.get(plain(piece), piece.strip()) for piece in text.split(",")]
        return "; ".join(piece for piece in pieces if piece)

    def _group(self, part: Wanted) -> Wanted:
        name = part.values.get("name")
        part.key = part.values.pop("id", "") or plain(name or "")
        if not part.key:
            if name == "" or (name is None and "name" not in part.cells):
                self._tell(self._missing(part, "group.name", "name"), _("Say which group runs it."))
            return part
        return self._together(self._sheet.groups, part)

    def _venues(self, part: Wanted, group: Wanted) -> list[Wanted | None]:
        """One for each postcode; a single nothing where nobody has to travel."""
        values = part.values
        own_id, postcodes = values.pop("id", ""), values.pop("postcodes", [])
        if postcodes is None:
            return [None]
        if values.get("shown", Venue.Shown.PUBLIC) != Venue.Shown.PUBLIC:
            return [self._hidden_venue(part, own_id, group)]
        if not any([values.get("name"), values.get("address"), postcodes]):
            return [None]
        if not postcodes:
            missing = self._missing(part, "venue.postcode", "postcodes")
            says = _("Write the postcode of the venue, like DE4 3AB.")
            self._tell(missing, says)
            self._note_misplaced(part)
            return [None]
        return [self._public_venue(part, own_id, one, len(postcodes)) for one in postcodes]

    def _public_venue(self, part: Wanted, own_id: str, postcode: str, how_many: int) -> Wanted:
        values = {**part.values, "postcode": postcode}
        values["name"] = values.get("name") or values.get("address") or postcode
        if how_many > 1 or not values.get("place"):
            values["place"] = self._known.places.nearest_village(postcode)
        key = own_id if own_id and how_many == 1 else f"{plain(values['name'])}|{postcode}"
        cells = {**part.cells, "postcode": part.cell("postcodes")}
        return self._together(self._sheet.venues, Wanted(VENUE, key, values, cells, part.at))

    def _hidden_venue(self, part: Wanted, own_id: str, group: Wanted) -> Wanted | None:
        """Only its village is read: what is hidden is not held."""
        place, shown = part.values.get("place"), part.values["shown"]
        if not place:
            missing = self._missing(part, "venue.place", "place")
            says = _("Say which village it is in: that is all we show.")
            self._tell(missing, says)
            self._note_misplaced(part)
            return None
        key = own_id or f"{group.key}|{place}|{shown}"
        kept = {"shown": shown, "place": place}
        if easy := part.values.get("access_features"):
            # A group may have two homes in one village: only what makes them easy tells them apart.
            key = own_id or f"{key}|{','.join(easy)}"
            kept["access_features"] = easy
        return self._together(self._sheet.venues, Wanted(VENUE, key, kept, {**part.cells}, part.at))

    def _activity(self, part: Wanted, group: Wanted, venue: Wanted | None, number: int) -> None:
        values, cells = {**part.values}, {**part.cells}
        own_id = values.pop("id", "")
        postcode = venue.values.get("postcode", "") if venue else ""
        key = own_id or f"{group.key}|{plain(values.get('title') or '')}|{postcode}"
        if own_id and number:
            key = f"{own_id}@{postcode}"
        if not values.get("ways_to_take_part") and "ways_to_take_part" not in self._told_of(part):
            values["ways_to_take_part"] = [WayToTakePart.IN_PERSON.value] if venue else []
        wanted = Wanted(ACTIVITY, key, values, cells, part.at, group, venue)
        for name, says in problems_of(values, has_venue=venue is not None):
            if name != "venue.postcode" or part.at.row not in self._misplaced:
                self._tell(self._missing(wanted, name, name.rpartition(".")[2]), says)
        if key in self._sheet.activities:
            first = self._sheet.activities[key].at.row
            says = _("Row %d has the same id. Give each its own.") % first
            if not own_id:
                says = _("Row %d says the same: the same name, group and place.") % first
            self._tell(wanted.cell("id" if own_id else "title"), says)
            return
        self._sheet.activities[key] = wanted

    def _told_of(self, part: Wanted) -> set[str]:
        return {name for name, value in part.values.items() if value is None and name in part.cells}

    def _together(self, known: dict[str, Wanted], part: Wanted) -> Wanted:
        """The listing of this key, with what this row adds to it."""
        whole = known.setdefault(part.key, part)
        if whole is part:
            return whole
        for name, value in part.values.items():
            before = whole.values.get(name)
            blank = _blank(part.of, name)
            if value == blank or value is None:
                continue
            if before == blank or before is None:
                whole.values[name], whole.cells[name] = value, part.cell(name)
            elif before != value:
                says = _("Row %d says something else of the same: make both alike.")
                self._tell(part.cell(name), says % whole.cell(name).row)
        return whole

    def _missing(self, part: Wanted, field_name: str, value_name: str) -> Cell:
        """The cell itself, or where it would stand."""
        if value_name in part.cells:
            return part.cells[value_name]
        return Cell("", part.at.row, self.column_of[field_name], part.at.file)

    def _note_misplaced(self, part: Wanted) -> None:
        if part.of == VENUE:
            self._misplaced.add(part.at.row)

    def _tell(self, cell: Cell, says: str) -> None:
        self._sheet.problems.append(cell.problem(says))


def _blank(of: str, name: str) -> Any:
    """What a value is where nothing is said of it."""
    for one in FIELDS.values():
        if one.of == of and name in one.blank:
            return one.blank[name]
    return None
