"""Grants in a table, by the standard's titles: “Recipient Org:Name”, “Classifications:0:Code”.

Source: https://standard.threesixtygiving.org/en/latest/technical/spreadsheet-format/
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from grants.threesixty import standard
from grants.threesixty.checking import Said, is_day, number_of
from grants.threesixty.standard import GRANT, Field, Part

Path = tuple[str | int, ...]


def path_of(title: str) -> tuple[Path, Field] | None:
    """Where a column's cells go in a grant: ("recipientOrganization", 0, "name"), and what it is.

    None for a column that the standard does not know.
    """
    parts = [one.strip() for one in title.split(":")]
    path: list[str | int] = []
    part: Part | None = GRANT
    one: Field | None = None
    while parts:
        if part is None or (one := part.by_title.get(parts.pop(0).lower())) is None:
            return None
        path.append(one.name)
        if one.many:
            has_number = bool(parts) and re.fullmatch("[0-9]{1,2}", parts[0])
            path.append(int(parts.pop(0)) if has_number else 0)
        part = one.of
    return (tuple(path), one) if one and one.of is None else None


def grant_of(cells: dict[str, str]) -> Said:
    """Title → text of one row, as the grant that it says. Empty cells say nothing.

    Columns that the standard does not know stay beside it under their own names.
    """
    said: Said = {}
    for title, text in cells.items():
        if not text:
            continue
        found = path_of(title)
        if found is None:
            said.setdefault(title, text)
        else:
            path, one = found
            _put(said, path, _value(text, one))
    return {key: _without_gaps(one) for key, one in said.items()}


def _put(said: Said, path: Path, value: Any) -> None:
    """A list is put together by number first: a row may leave its first place empty."""
    here: Any = said
    for step in path[:-1]:
        here = here.setdefault(step, {})
    here[path[-1]] = value


def _without_gaps(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(isinstance(key, int) for key in value):
        return [_without_gaps(value[key]) for key in sorted(value)]
    return {key: _without_gaps(one) for key, one in value.items()}


def _value(text: str, one: Field) -> Any:
    """As the standard's JSON has it, where that can be told; else as it stands, to be refused."""
    match one.kind:
        case standard.NUMBER:
            number = number_of(text)
            return text if number is None else number
        case standard.DAY | standard.PART_OF_A_DAY:
            return _british_day(text)
        case standard.MOMENT:
            day = _british_day(text)
            return f"{day}T00:00:00Z" if is_day(day) else text
        case standard.YES_NO:
            return text.capitalize()
    return text


def _british_day(text: str) -> str:
    """“26/01/2021” as a date; whatever else it is stays."""
    try:
        return datetime.strptime(text, "%d/%m/%Y").date().isoformat()  # noqa: DTZ007 (a day only)
    except ValueError:
        return text


def rows_of(grants: list[Said]) -> tuple[list[str], list[list[Any]]]:
    """The head, and a row for each grant. A list that never has two things has no numbers.

    Classifications always have: the standard does not roll them up.
    """
    numbered = _numbered(grants)
    rows = [dict(_cells(one, GRANT, "", numbered)) for one in grants]
    titles = _in_order(rows)
    return titles, [[row.get(title, "") for title in titles] for row in rows]


def _numbered(grants: list[Said]) -> set[str]:
    """The lists of a grant that have more than one thing somewhere."""
    many = {
        one.name
        for one in GRANT.fields
        for said in grants
        if one.many and len(said.get(one.name) or ()) > 1
    }
    return many | {"classifications"}


def _in_order(rows: list[dict[str, Any]]) -> list[str]:
    """In the standard's own order, then by number."""
    known = {one.title: at for at, one in enumerate(GRANT.fields)}
    titles = {title: None for row in rows for title in row}
    return sorted(titles, key=lambda title: (known[title.split(":")[0]], _natural(title)))


def _natural(title: str) -> tuple[int, int]:
    """Things of a list one after the other, each with its fields in the standard's order."""
    first, *rest = title.split(":")
    number = int(rest[0]) if rest and rest[0].isdigit() else 0
    part = next(one.of for one in GRANT.fields if one.title == first)
    names = [one.title for one in part.fields] if part else []
    last = next((one for one in rest if not one.isdigit()), "")
    return number, names.index(last) if last in names else 0


def _cells(said: Said, part: Part, path: str, numbered: set[str]) -> Iterator[tuple[str, Any]]:
    for one in part.fields:
        value = said.get(one.name)
        if value is None or value == []:
            continue
        here = f"{path}{one.title}"
        if not one.many:
            yield from _cell(value, one, here, numbered)
            continue
        for number, each in enumerate(value):
            at = f"{here}:{number}" if one.name in numbered or number or path else here
            yield from _cell(each, one, at, numbered)


def _cell(value: Any, one: Field, here: str, numbered: set[str]) -> Iterator[tuple[str, Any]]:
    if one.of:
        yield from _cells(value, one.of, f"{here}:", numbered)
    else:
        yield here, value
