"""Which column is what: a TOML file beside this, or somebody's own.

name        in a few words
source      under which the rows' ids are known: two files of one source share their ids
reads       "table", or "hsds" for a folder of tables (see `assets.importing.hsds`)
status      "draft" or "public": what the rows come in as
[columns]   the head of a column = the name of a field (see `assets.importing.fields`), or a list
            of several that the same cell fills
[defaults]  field = what a blank cell of it means
[values]    field = { what the file says = what we say }
"""

import tomllib
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from assets.importing.fields import FIELDS
from assets.importing.problems import TableError
from assets.models import Status
from assets.places.words import plain

FOLDER = Path(__file__).parent / "mappings"
COMES_IN_AS = (Status.DRAFT, Status.PUBLIC)


@dataclass(frozen=True)
class Mapping:
    name: str
    source: str
    columns: ReadOnly[str, tuple[str, ...]]
    # As they are written in the head of a file.
    heads: tuple[str, ...] = ()
    status: Status = Status.DRAFT
    reads: str = "table"
    defaults: ReadOnly[str, str] = field(default_factory=dict)
    values: ReadOnly[str, ReadOnly[str, str]] = field(default_factory=dict)

    def fields_of(self, column: str) -> tuple[str, ...]:
        """Nothing, for a column that is not read."""
        return self.columns.get(plain(column), ())

    def of_source(self, source: str) -> "Mapping":
        """The same, for the rows of another source."""
        return replace(self, source=source)

    def column_of(self, name: str, columns: list[str]) -> str:
        """How this file's head calls a field; where it has no such column, how we call it."""
        label = str(FIELDS[name].label)
        return next((one for one in columns if name in self.fields_of(one)), label)


def given() -> list[str]:
    """The names of the mappings that come with the site."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def read_mapping(name: str) -> Mapping:
    """One that is given, by its name, or a file. Raises TableError where it cannot be used."""
    path = FOLDER / f"{name}.toml" if name in given() else Path(name)
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        known = ", ".join(given())
        raise TableError(
            _("There is no mapping “%(name)s”. Those given are %(known)s; or name a .toml file.")
            % {"name": name, "known": known}
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise TableError(_("The mapping is not TOML: %s") % error) from error
    return mapping_of(data)


def mapping_of(data: dict[str, Any]) -> Mapping:
    """Raises TableError, and names what is wrong."""
    columns = {
        plain(column): (fields,) if isinstance(fields, str) else tuple(fields)
        for column, fields in data.get("columns", {}).items()
    }
    defaults, values = data.get("defaults", {}), data.get("values", {})
    named = {name for fields in columns.values() for name in fields} | {*defaults} | {*values}
    if unknown := sorted(named - FIELDS.keys()):
        raise TableError(
            _("The mapping names fields that we do not have: %s.") % ", ".join(unknown)
        )
    status = data.get("status", Status.DRAFT)
    if status not in COMES_IN_AS or not data.get("source") or not columns:
        raise TableError(
            _("A mapping needs a source, columns, and a status that is draft or public.")
        )
    return Mapping(
        name=str(data.get("name", data["source"])),
        source=str(data["source"]),
        columns=columns,
        heads=tuple(data["columns"]),
        status=Status(status),
        reads=str(data.get("reads", "table")),
        defaults={name: str(text) for name, text in defaults.items()},
        values={
            name: {plain(theirs): str(ours) for theirs, ours in one.items()}
            for name, one in values.items()
        },
    )
