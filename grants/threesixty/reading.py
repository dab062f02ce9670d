"""A file of grants as its grants: a JSON package, a list of grants, or a table."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from assets.importing.problems import TableError
from assets.importing.table import read_table
from grants.models.published import LONGEST_NAME
from grants.threesixty.checking import Problem, Said, problems_of
from grants.threesixty.table import grant_of

MOST_BYTES = 20_000_000
MOST_GRANTS = 50_000


class FileNotRead(Exception):
    """The file as a whole cannot be read. The message says why, in plain words."""


@dataclass(frozen=True)
class GrantsRead:
    """`publisher` and `licence` are what the file says of itself, if it does.

    With `problems` nothing of it is to be loaded.
    """

    name: str
    sha256: str
    grants: list[Said]
    publisher: str = ""
    licence: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        """How many things are wrong with it, each counted."""
        return sum(one.count for one in self.problems)


def read_grants(name: str, data: bytes) -> GrantsRead:
    """Raises FileNotRead for what is no file of grants, or too large."""
    if len(data) > MOST_BYTES:
        raise FileNotRead(_("The file is too large: 20 MB at most."))
    about: Said = {}
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        about, grants = _from_json(data)
        numbered = list(enumerate(grants, start=1))
    else:
        numbered = _from_table(name, data)
    if not numbered:
        raise FileNotRead(_("There is no grant in it."))
    if len(numbered) > MOST_GRANTS:
        raise FileNotRead(_("There are too many grants in it: %s at most.") % f"{MOST_GRANTS:,}")
    problems = problems_of(numbered)
    grants = [said for _row, said in numbered]
    return GrantsRead(
        name=name[-200:],
        sha256=hashlib.sha256(data).hexdigest(),
        grants=grants,
        publisher=_publisher(about) or ("" if problems else _only_funder(grants)),
        licence=_text(about.get("license"), 300),
        problems=problems,
    )


def _from_json(data: bytes) -> tuple[Said, list[Any]]:
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    # RecursionError: a file may be brackets within brackets and nothing else.
    except (ValueError, RecursionError) as error:
        raise FileNotRead(_("This is not JSON that we can read. It must be in UTF-8.")) from error
    about = found if isinstance(found, dict) else {}
    grants = about.get("grants") if about else found
    if not isinstance(grants, list):
        raise FileNotRead(_("There is no list of grants in it."))
    return about, grants


def _no_number(name: str) -> float:
    raise ValueError(name)


def _from_table(name: str, data: bytes) -> list[tuple[int, Any]]:
    try:
        table = read_table(name, data)
    except TableError as error:
        raise FileNotRead(str(error)) from error
    if table.problems:
        raise FileNotRead(str(table.problems[0]))
    rows = [row for row in table.rows if any(cell.text for cell in row.values())]
    return [
        (
            next(cell.row for cell in row.values()),
            grant_of({head: cell.text for head, cell in row.items()}),
        )
        for row in rows
    ]


def _publisher(about: Said) -> str:
    publisher = about.get("publisher")
    return _text(publisher.get("name"), LONGEST_NAME) if isinstance(publisher, dict) else ""


def _only_funder(grants: list[Said]) -> str:
    names = {one["fundingOrganization"][0]["name"] for one in grants}
    return str(names.pop()) if len(names) == 1 else ""


def _text(value: Any, longest: int) -> str:
    """One line, or nothing: what stands there may be anything."""
    if not isinstance(value, str):
        return ""
    return " ".join("".join(one for one in value if one.isprintable()).split())[:longest]
