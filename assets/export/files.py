"""CSV and XLSX in which nothing that somebody wrote can become a formula.

Sources: OWASP, “CSV Injection” (owasp.org/www-community/attacks/CSV_Injection), and OWASP ASVS
5.0, 1.2.10: quoting as in RFC 4180, 2.6 and 2.7, and a single quote before a value that begins
with one of `= + - @`, tab or the like; in XLSX, where a cell can say that it is text, the cell
says so and has that same mark as its format, so that editing the cell does not wake it.
"""

import csv
import re
from collections.abc import Iterable
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from assets.export.rows import Row, headings

# The last four are what a full-width keyboard writes, and some programs read alike.
STARTS_A_FORMULA = frozenset("=+-@＝＋－＠")
# What programs, or people who split columns by hand, may take away before they look.
BEFORE_IT = " \t\r\n\v\f\0\u00a0\"'“”‘’"
LONGEST_CELL = 32_767
# Excel reads UTF-8 only where the file begins with this.
BYTE_ORDER_MARK = "\ufeff"
WIDTHS = {"narrow": 14, "wide": 40}
WIDE = frozenset({1, 2, 3, 5, 9, 11, 18, 20})


def is_like_a_formula(text: str) -> bool:
    begins_oddly = text[:1] in {"\t", "\r", "\n", "\0"}
    return begins_oddly or text.lstrip(BEFORE_IT)[:1] in STARTS_A_FORMULA


# XML has more such signs than a spreadsheet.
ILLEGAL = re.compile(f"{ILLEGAL_CHARACTERS_RE.pattern}|[\ufffe\uffff]")


def as_text(words: str) -> str:
    """On one line, and without signs that no file of this kind may hold."""
    kept: str = ILLEGAL.sub("", " ".join(words.split()))
    return kept[:LONGEST_CELL]


def harmless(words: str) -> str:
    """For a CSV cell: with a single quote before what a spreadsheet would calculate."""
    return f"'{words}" if is_like_a_formula(words) else words


def as_csv(rows: Iterable[Row]) -> bytes:
    written = StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(headings())
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row.values])
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def _csv_cell(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(as_text(value))
    return value.isoformat() if isinstance(value, date) else value


def as_xlsx(rows: Iterable[Row]) -> bytes:
    """The head stays in sight, dates are dates, and text is text whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("What we found"))
    # In a book that is written row by row, the sheet's own settings come before its rows.
    sheet.freeze_panes = "A2"
    for number in range(1, len(headings()) + 1):
        width = WIDTHS["wide" if number in WIDE else "narrow"]
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_heading(sheet, words) for words in headings()])
    for row in rows:
        sheet.append([_xlsx_cell(sheet, value) for value in row.values])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _heading(sheet: Any, words: str) -> WriteOnlyCell:
    cell = _xlsx_cell(sheet, words)
    cell.font = Font(bold=True)
    return cell


def _xlsx_cell(sheet: Any, value: Any) -> WriteOnlyCell:
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value)
        if isinstance(value, date):
            cell.number_format = "d mmm yyyy"
        return cell
    words = as_text(value)
    cell = WriteOnlyCell(sheet, words or None)
    if words:
        # openpyxl takes “=…” for a formula.
        cell.data_type = "s"
        cell.quotePrefix = is_like_a_formula(words)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell
