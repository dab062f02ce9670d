"""Leaves out of a feed what cannot be understood: a cell that may be missing, or the whole row."""

from collections.abc import Callable, Iterable
from datetime import date

from assets.harvesting.rows import mapping
from assets.importing.problems import Problem
from assets.importing.sheet import Sheet, read_sheet
from assets.importing.table import Row, Table

# Without these a family still knows what it is, and where to ask.
MAY_BE_MISSING = frozenset(
    "service.email service.url service.phones service.texts service.languages service.schedules "
    "organization.email organization.website organization.phones organization.texts "
    "organization.charity_number organization.company_number location.city service.area".split()
)
# What a row says of these is said by each row of the same group, or place.
SHARED = ("organization", "location")
# Name of a service, its row's id, and what is wrong.
Tell = Callable[[str, str, str], None]


class Mended:
    """The rows of a part of a feed, and what of them is left after each mending."""

    def __init__(self, rows: list[Row], today: date) -> None:
        self._rows = {next(iter(row.values())).row: row for row in rows}
        self._today = today

    def sheet(self, refuse: Tell, leave: Tell) -> Sheet:
        """Without a problem."""
        while True:
            table = Table(list(mapping().heads), [*self._rows.values()])
            sheet = read_sheet(table, mapping(), self._today)
            if not sheet.problems:
                return sheet
            self.mend(sheet.problems, refuse, leave)

    def mend(self, problems: Iterable[Problem], refuse: Tell, leave: Tell) -> None:
        """At least one cell or one row is gone afterwards."""
        taken: set[tuple[int, str]] = set()
        for problem in problems:
            row = self._rows.get(problem.row)
            if row is None or (problem.row, problem.column) in taken:
                # Another problem has refused the row, or has taken the cell out of it.
                continue
            name, key = row["service.name"].text, row["service.id"].text
            says = f"{problem.column}: “{problem.echo}”. {problem.says}"
            rows = []
            if problem.column in MAY_BE_MISSING:
                rows = self._take_out(row, problem.row, problem.column)
            if rows:
                leave(name, key, says)
                taken |= {(number, problem.column) for number in rows}
            else:
                refuse(name, key, says)
                del self._rows[problem.row]

    def _take_out(self, row: Row, number: int, column: str) -> list[int]:
        """Out of which rows it went: all that say the same there, where it is shared."""
        of = column.partition(".")[0]
        alike = {number: row}
        if of in SHARED and f"{of}.id" in row:
            alike = {
                at: other
                for at, other in self._rows.items()
                if f"{of}.id" in other and other[f"{of}.id"].text == row[f"{of}.id"].text
            }
        return [at for at, other in alike.items() if other.pop(column, None)]
