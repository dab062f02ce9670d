"""What is wrong with a file, told so that whoever keeps it can mend it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

LONGEST_ECHO = 60


class NotUnderstood(ValueError):
    """A cell cannot be read. The message says what would be understood, in plain words."""


class TableError(Exception):
    """The file as a whole cannot be read. The message says why, in plain words."""


@dataclass(frozen=True, order=True)
class Problem:
    """`row` is the row's number in the spreadsheet, the head being 1; `file`, of a folder."""

    file: str
    row: int
    column: str
    found: str
    says: str

    def __str__(self) -> str:
        where = _("row %(row)d, column “%(column)s”") % {"row": self.row, "column": self.column}
        where = f"{self.file}, {where}" if self.file else f"{where[:1].upper()}{where[1:]}"
        found = _("found “%s”") % self.echo if self.found else _("nothing there")
        return f"{where}: {found}. {self.says}"

    @property
    def echo(self) -> str:
        """What was found, short enough to be read."""
        one_line = " ".join(self.found.split())
        return one_line if len(one_line) <= LONGEST_ECHO else f"{one_line[: LONGEST_ECHO - 1]}…"
