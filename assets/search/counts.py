"""How many rows have each option: for all filters at once, in one look at the picked rows.

A row keeps its options of a filter as the bits of a number. Three bits are spread over one number
of 63 bits, 21 to each, so that one sum counts three options: exact for up to two million rows.
Source of the spreading: Warren, “Hacker's Delight” (2nd ed., 2012), chapter 7.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from assets.search.options import FILTERS, bits
from assets.search.query import Query
from assets.search.when import PARTS_OF_DAY

AT_ONCE, ROOM = 3, 21
# Copies bits 0, 1 and 2 to where their counts stand, and keeps nothing else.
SPREAD = sum(1 << (ROOM - 1) * place for place in range(AT_ONCE))
KEEP = sum(1 << ROOM * place for place in range(AT_ONCE))

# The bits in `fails`: one for each of FILTERS, then these.
DATES, SERVES, UNCHECKED = (1 << len(FILTERS) + place for place in range(3))
OWN_BIT = {one.name: 1 << place for place, one in enumerate(FILTERS)}
OWN_BIT |= {"when": DATES, "time": DATES, "serves": SERVES, "unchecked": UNCHECKED}
EVERY = {one.name for one in FILTERS if one.every}


@dataclass(frozen=True)
class Counted:
    """What is counted: each filter's options and their bits, and who fails one filter alone."""

    places: dict[str, dict[str, int]]
    alone: dict[str, int]

    def sums(self) -> list[tuple[str, int]]:
        """(filter, first of its bits) of every sum, in their order."""
        return [
            (name, first)
            for name, options in self.places.items()
            for first in range(0, max(options.values(), default=-1) + 1, AT_ONCE)
        ]


def counted(query: Query) -> Counted:
    """Everything that this search counts."""
    if not query.counted:
        return Counted({}, {})
    places = dict(bits(wanted=query.options))
    places["when"] = {window.name: place for place, window in enumerate(query.windows)}
    places["time"] = {name: bit.bit_length() - 1 for name, bit in PARTS_OF_DAY.items()}
    places["serves"] = {"yes": 0}
    chosen = {name for name, options in query.options.items() if options}
    if query.when or query.times:
        chosen.add("when")
    if query.serves:
        chosen.add("serves")
    if not query.unchecked:
        chosen.add("unchecked")
    return Counted(places, {name: bit for name, bit in OWN_BIT.items() if name in chosen})


def numbers(what: Counted) -> sql.SQL:
    """An array of all the sums, then of those that fail one filter alone, over `options`."""
    # Fifty sums: put together as plain text, for the names are those of this module's filters.
    sums = [
        f'coalesce(sum(("{name}"::bigint >> {first} & 7) * {SPREAD} & {KEEP}), 0)'
        for name, first in what.sums()
    ]
    sums += [f"(SELECT count(*) FROM picked WHERE fails = {bit})" for bit in what.alone.values()]
    return sql.SQL(f"ARRAY[{', '.join(sums)}]::bigint[]")


def options(what: Counted) -> sql.Composed:
    """Of each filter the row's options, where it fails no other one (“if I also ticked this”)."""
    narrowed = what.alone.keys() - {"unchecked"}
    columns: list[sql.Composable] = [sql.SQL("fails")]
    for name in what.places:
        column: sql.Composable = sql.Identifier(name)
        if narrowed:
            own = 0 if name in EVERY else OWN_BIT[name]
            column = sql.SQL("CASE WHEN fails & ~{} = 0 THEN {} END AS {}").format(
                sql.Literal(own), column, column
            )
        columns.append(column)
    # Each CASE is worked out once for a row, not again in every sum.
    rest = sql.SQL("OFFSET 0" if narrowed else "WHERE fails = 0")
    return sql.SQL("SELECT {} FROM picked {}").format(sql.SQL(", ").join(columns), rest)


def counts(what: Counted, numbers: Sequence[int]) -> dict[str, dict[str, int]]:
    """What `numbers` answered, for each filter and option."""
    count_at = {
        (name, first + place): number >> ROOM * place & (1 << ROOM) - 1
        for (name, first), number in zip(what.sums(), numbers, strict=False)
        for place in range(AT_ONCE)
    }
    return {
        name: {option: count_at[name, place] for option, place in options.items()}
        for name, options in what.places.items()
    }


def alone(what: Counted, numbers: Sequence[int]) -> dict[str, int]:
    """By filter, how many rows only this one keeps out; none, if it keeps out no row alone."""
    keep_out = zip(what.alone, numbers[len(what.sums()) :], strict=True)
    return {name: number for name, number in keep_out if number}
