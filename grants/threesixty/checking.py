"""What is wrong with grants by the standard, told in groups: six thousand errors are a few lines.

Files are other people's: nothing in them is believed before it has been through here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.models.published import LONGEST_IDENTIFIER, LONGEST_NAME, LONGEST_TEXT
from grants.threesixty import standard
from grants.threesixty.standard import GRANT, RECIPIENTS, Field, Part

Said = dict[str, Any]
Wrong = tuple[str, str]
# Of a group of problems, so many rows are named; of all problems, so many groups are told.
NAMED = 5
TOLD = 40
MOST = Decimal(10) ** 13
CODES = {standard.CURRENCY: re.compile("[A-Z]{3}"), standard.COUNTRY: re.compile("[A-Z]{2}")}
LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTH_OR_YEAR = re.compile(r"[0-9]{4}(-(0[1-9]|1[012]))?")
LONGEST = {
    "id": LONGEST_IDENTIFIER,
    "name": LONGEST_NAME,
    "description": LONGEST_TEXT,
    "title": 1_000,
}
LONGEST_LINE = 2_000


@dataclass
class Problem:
    """The same thing wrong in many places: `rows` are the first few of them."""

    where: str
    says: str
    count: int = 0
    rows: list[int] = field(default_factory=list)

    def __str__(self) -> str:
        rows = ", ".join(f"{row:,}" for row in self.rows)
        if self.count > len(self.rows):
            rows += " …"
        times = ngettext(
            "%(count)s time, in row %(rows)s", "%(count)s times, in rows %(rows)s", self.count
        )
        said = times % {"count": f"{self.count:,}", "rows": rows}
        return f"{self.where}: {self.says} ({said})"


def problems_of(grants: Iterable[tuple[int, Any]]) -> list[Problem]:
    """Of grants, each with the number of its row. The most frequent problem first."""
    found: dict[Wrong, Problem] = {}
    seen: set[str] = set()
    for row, said in grants:
        for where, says in [*_of_grant(said), *_seen_before(said, seen)]:
            problem = found.setdefault((where, says), Problem(where, says))
            problem.count += 1
            if len(problem.rows) < NAMED and row not in problem.rows:
                problem.rows.append(row)
    return sorted(found.values(), key=lambda one: (-one.count, one.rows, one.where))


def in_words(problems: list[Problem]) -> list[str]:
    """A few lines, whatever the file."""
    said = [str(one) for one in problems[:TOLD]]
    left = len(problems) - TOLD
    if left > 0:
        more = ngettext("And %d more kind of problem.", "And %d more kinds of problem.", left)
        said.append(more % left)
    return said


def _seen_before(said: Any, seen: set[str]) -> Iterator[Wrong]:
    identifier = said.get("id") if isinstance(said, dict) else None
    if isinstance(identifier, str):
        if identifier in seen:
            yield _("Identifier"), _("Another grant of the file has the same.")
        seen.add(identifier)


def _of_grant(said: Any) -> Iterator[Wrong]:
    whole = _("The grant")
    if not isinstance(said, dict):
        yield whole, _("It must be a set of fields.")
        return
    if not can_be_kept(said):
        yield whole, _("It holds signs or numbers that cannot be stored.")
        return
    yield from _of_part(said, GRANT, "")
    given = [name for name in RECIPIENTS if name in said]
    if len(given) != 1:
        yield _("Recipient Org"), _("Say which group got it, or else which person.")


def can_be_kept(value: Any) -> bool:
    """No zero signs, halves of signs or numbers without end: PostgreSQL refuses them."""
    match value:
        case str():
            return "\0" not in value and not any("\ud800" <= one <= "\udfff" for one in value)
        case float():
            return abs(value) < float("inf")
        case dict():
            return all(can_be_kept(key) and can_be_kept(one) for key, one in value.items())
        case list():
            return all(map(can_be_kept, value))
    return True


def _of_part(said: Said, part: Part, path: str) -> Iterator[Wrong]:
    for one in part.fields:
        where = f"{path}{one.title}"
        if one.name not in said:
            if one.required:
                yield where, _("It is missing.")
            continue
        value = said[one.name]
        if value is None and one.may_be_empty:
            continue
        if not one.many:
            yield from _of_value(value, one, where)
        elif not isinstance(value, list):
            yield where, _("It must be a list.")
        elif not value and one.name in (*RECIPIENTS, "fundingOrganization"):
            yield where, _("It is missing.")
        else:
            for each in value:
                yield from _of_value(each, one, where)


def _of_value(value: Any, one: Field, where: str) -> Iterator[Wrong]:
    if one.of:
        if isinstance(value, dict):
            yield from _of_part(value, one.of, f"{where}:")
        else:
            yield where, _("It must be a set of fields.")
    elif one.kind == standard.NUMBER:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield where, _("It must be a number, without signs or commas.")
        elif abs(value) >= MOST:
            yield where, _("The number is too large.")
    elif not isinstance(value, str):
        yield where, _("It must be text.")
    elif says := _wrong_with(value, one):
        yield where, says


def _wrong_with(text: str, one: Field) -> str:
    """Why this is not what such a field holds; empty where it is."""
    if one.required and not text.strip() and one.name != "description":
        return _("It is empty.")
    if len(text) > LONGEST.get(one.name, LONGEST_LINE):
        return _("It is too long.")
    if one.name == "id" and re.search(r"[\r\n]", text):
        return _("There is a line break in it.")
    return _wrong_kind(text, one.kind)


def _wrong_kind(text: str, kind: str) -> str:
    match kind:
        case standard.DAY if not is_day(text) and not is_moment(text):
            return _("It must be a date like 2026-11-24.")
        case standard.PART_OF_A_DAY if not (
            is_day(text) or is_moment(text) or _is_month_or_year(text)
        ):
            return _("It must be a date like 2026-11-24, a month like 2026-11, or a year.")
        case standard.MOMENT if not is_moment(text):
            return _("It must be a date and time like 2026-11-24T10:30:00Z.")
        case standard.ADDRESS if not LINK.fullmatch(text):
            return _("It must be a web address that begins with https://.")
        case standard.YES_NO if text not in ("Yes", "No"):
            return _("It must be Yes or No.")
        case standard.CURRENCY | standard.COUNTRY if not CODES[kind].fullmatch(text):
            return _("It must be a code in capital letters, like GBP for pounds and GB for here.")
    return ""


def is_day(text: str) -> bool:
    if not DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_moment(text: str) -> bool:
    return moment_of(text) is not None


def moment_of(text: str) -> datetime | None:
    """A date with its time and its zone."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo and text[10:11] in "Tt" else None


def _is_month_or_year(text: str) -> bool:
    return bool(MONTH_OR_YEAR.fullmatch(text)) and text[:4] != "0000"


def number_of(text: str) -> int | float | None:
    """“1,250.50” and “£1,250.50” of a table; None for what is no number."""
    try:
        found = Decimal(text.replace(",", "").replace("£", "").strip())
    except InvalidOperation:
        return None
    if not found.is_finite():
        return None
    return int(found) if found == found.to_integral_value() and abs(found) < MOST else float(found)
