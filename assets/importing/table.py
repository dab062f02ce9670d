"""A table out of a CSV or XLSX file: cells as text, each knowing where it stands.

A spreadsheet is read without its macros and formulas: nothing in it is calculated or believed.
"""

import csv
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from assets.export.files import is_like_a_formula
from assets.importing.problems import Problem, TableError

MOST_BYTES = 10_000_000
# What a small file may unpack to.
MOST_UNPACKED = 200_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 20_000
DELIMITERS = ",;\t|"
# Somebody has coloured the whole sheet: what lies below so many empty rows is no table.
BLANK_ROWS = 1_000


@dataclass(frozen=True)
class Cell:
    """`column` is its head; `file` is empty where there is one file only."""

    text: str
    row: int
    column: str
    file: str = ""

    def problem(self, says: str) -> Problem:
        return Problem(self.file, self.row, self.column, self.text, says)


Row = dict[str, Cell]
# Each cell with why it is not to be believed, if so.
Line = Iterable[tuple[str, str]]


@dataclass
class Table:
    """`problems` are cells that cannot be read at all; `notes` are what was taken for granted."""

    columns: list[str]
    rows: list[Row]
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_table(name: str, data: bytes) -> Table:
    """By the file's name and content. Raises TableError for what is no table, or too large."""
    if len(data) > MOST_BYTES:
        raise TableError(_("The file is too large: 10 MB at most."))
    if name.lower().endswith((".xls", ".xlsm", ".ods", ".xlsb")):
        raise TableError(_("Save it as .xlsx or as .csv first, without macros."))
    if data[:2] == b"PK":
        return _read_xlsx(data)
    return read_csv(data)


def read_csv(data: bytes, file: str = "") -> Table:
    text, notes = _decoded(data)
    if not text.strip():
        raise TableError(_("The file is empty."))
    try:
        lines = list(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise TableError(_("This is not a table that we can read: save it as CSV.")) from error
    table = _table((((_without_mark(value), "") for value in line) for line in lines), file)
    table.notes += notes
    return table


def _without_mark(text: str) -> str:
    """Our own files have a quote before what a spreadsheet would calculate."""
    return text[1:] if text[:1] == "'" and is_like_a_formula(text[1:]) else text


def _decoded(data: bytes) -> tuple[str, list[str]]:
    """UTF-8, or what Excel writes where it is not told otherwise."""
    is_utf_16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    encodings = ["utf-16"] if is_utf_16 else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "cp1252":
            return text, []
        return text, [_("The file is not in UTF-8: we read it as Windows writes it (cp1252).")]
    raise TableError(_("We cannot read the letters of this file: save it as CSV in UTF-8."))


def _delimiter(text: str) -> str:
    """The sign that gives the head most columns."""
    return max(DELIMITERS, key=lambda sign: len(_first_line(text, sign)))


def _first_line(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []


def _read_xlsx(data: bytes) -> Table:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
            if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
                raise TableError(_("It has macros. Save it as .xlsx without them."))
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise TableError(_("The file is too large once it is unpacked."))
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        table = _table(_xlsx_lines(sheet))
    except (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError) as error:
        raise TableError(
            _("This is not a spreadsheet that we can read: save it as .xlsx or as .csv.")
        ) from error
    if len(book.worksheets) > 1:
        table.notes.append(_("Only the first sheet is read: “%s”.") % sheet.title)
    return table


def _xlsx_lines(sheet: Any) -> Iterator[list[tuple[str, str]]]:
    blank = 0
    for line in sheet.iter_rows(max_col=MOST_COLUMNS):
        cells = [(_as_text(cell.value), _not_believed(cell)) for cell in line]
        blank = 0 if any(text for text, _problem in cells) else blank + 1
        if blank > BLANK_ROWS:
            return
        yield cells


def _not_believed(cell: Any) -> str:
    match cell.data_type:
        case "f":
            return _("This is a formula: put its result there instead.")
        case "e":
            return _("The spreadsheet says that this is a mistake of its own.")
    return ""


def _as_text(value: Any) -> str:
    """As a person would have typed it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat(*([] if isinstance(value, date) else ["minutes"]))
    return str(value)


def tidy(text: str) -> str:
    """Without marks that cannot be seen: PostgreSQL refuses some of them."""
    if text.isprintable():
        return text.strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        letter
        for letter in lines
        if letter in "\n\t" or not unicodedata.category(letter).startswith("C")
    )
    return kept.strip()


def _table(lines: Iterable[Line], file: str = "") -> Table:
    """The first line with anything in it is the head; rows are counted as a spreadsheet does."""
    columns: list[str] = []
    table = Table(columns, [])
    for number, line in enumerate(lines, start=1):
        cells = [(tidy(text), problem) for text, problem in line]
        while cells and not any(cells[-1]):
            cells.pop()
        if not cells:
            continue
        if not columns:
            columns += _head([text for text, _problem in cells])
            continue
        if len(table.rows) == MOST_ROWS:
            raise TableError(_("The table is too long: %s rows at most.") % f"{MOST_ROWS:,}")
        _add_row(table, cells, number, file)
    if not table.rows:
        raise TableError(_("The table has no rows below its head."))
    return table


def _head(names: list[str]) -> list[str]:
    names = [" ".join(name.split()) for name in names]
    if len(names) > MOST_COLUMNS:
        raise TableError(_("The table is too wide: %d columns at most.") % MOST_COLUMNS)
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise TableError(_("Two columns have the same name: %s.") % ", ".join(twice))
    return names


def _add_row(table: Table, cells: list[tuple[str, str]], number: int, file: str) -> None:
    row: Row = {}
    for place, (text, problem) in enumerate(cells):
        known = place < len(table.columns) and bool(table.columns[place])
        name = table.columns[place] if known else _("column %d") % (place + 1)
        cell = Cell(text, number, name, file)
        if problem:
            table.problems.append(cell.problem(problem))
        elif len(text) > LONGEST_CELL:
            table.problems.append(cell.problem(_("That is too long for one cell.")))
        elif known:
            row[name] = cell
        elif text:
            says = _("This column has no name in the head: are there too many commas in this row?")
            table.problems.append(cell.problem(says))
    table.rows.append(row)
