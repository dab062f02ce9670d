"""Sheets in the shape of our template, made for a test, and faults to put into them."""

import csv
from dataclasses import dataclass
from io import StringIO
from typing import Any

from assets.importing.asked import Loaded, Options
from assets.importing.load import load
from assets.importing.mapping import read_mapping
from assets.importing.table import Table, read_table

ROW = {
    "Id": "A1",
    "Name": "Wren Club",
    "In short": "Songs and a biscuit.",
    "Ages": "5-11",
    "When": "Tuesdays 6-7.30pm term time",
    "Cost": "£2.50 a session",
    "What makes it easy": "Relaxed session; no-booking",
    "What would help?": "Staying well",
    "On your mind": "Youth voice",
    "Phone": "01632 960123 (ask for Jo)",
    "Group": "Wren Field Club",
    "Group: in short": "Play by the river.",
    "Group: e-mail": "wrens@example.org",
    "Venue": "Wren Field Hall",
    "Venue: address": "Wren Lane",
    "Venue: postcode": "DE45 1DY",
    "Venue: village or town": "Bakewell",
}


def row(**changes: str) -> dict[str, str]:
    """`row(Ages="11+", **{"Venue: postcode": ""})`."""
    return ROW | changes


def many(number: int) -> list[dict[str, str]]:
    """Sound rows of as many activities: five to a group, ten to a venue."""
    return [
        row(
            Id=f"A{n}",
            Name=f"Club {_word(n)}",
            Ages=("5-11", "11+", "18 months–3", "under 5s", "pregnancy to 2")[n % 5],
            When=(
                "Tuesdays 6-7.30pm term time",
                "Mon & Wed 10:00–11:30",
                "first Saturday of the month 10am-12",
                "Thursdays 4-5.30pm",
            )[n % 4],
            Cost=("free", "£2.50 a session", "donation")[n % 3],
            Group=f"Group {_word(n // 5)}",
            Venue=f"Hall {_word(n // 10)}",
            **{
                "Group: e-mail": f"group{n // 5}@example.org",
                "Venue: postcode": ("DE45 1DY", "DE4 3LY", "DE4 3QQ")[n // 10 % 3],
                "Venue: village or town": ("Bakewell", "Matlock", "Cromford")[n // 10 % 3],
            },
        )
        for n in range(number)
    ]


def _word(number: int) -> str:
    """A word of letters: numbers at the end of a title are what addresses are told apart by."""
    letters = "abcdefghij"
    return "".join(letters[int(digit)] for digit in f"{number:04}")


@dataclass(frozen=True)
class Fault:
    """What is wrong in one column, and how what is told of it begins."""

    column: str
    written: str
    says: str


FAULTS = [
    Fault("Name", "", "Say what it is called."),
    Fault("Name", "x" * 121, "It has 121 letters, and there is room for 120."),
    Fault("In short", "", "Say in one or two sentences what it is."),
    Fault("Ages", "big kids", "Write ages such as"),
    Fault("Ages", "18 to 4", "The lower age comes first"),
    Fault("When", "Tuesdays 6pm", "Say until when"),
    Fault("When", "Tuesdays 7pm-6pm", "“7pm-6pm” ends before it starts."),
    Fault("When", "Tuesdays 6-7.30", "“6-7.30”: is that morning or evening?"),
    Fault("When", "every other Tuesday 6-7pm", "Say a day on which it is on"),
    Fault("When", "by appointment", "We do not understand “by”."),
    Fault("Cost", "varies", "Write free, donation, or a price"),
    Fault("Cost", "", "Say how much it costs, or that it is free."),
    Fault("What makes it easy", "Lasers", "Write one of these: "),
    Fault("What would help?", "tier 3", "Write one of these: "),
    Fault("Phone", "01632 96", "Write a phone number"),
    Fault("Group", "", "Say which group runs it."),
    Fault("Group: e-mail", "wrens at example", "Write an e-mail address"),
    Fault("Venue: postcode", "DE45", "“DE45” is no whole postcode."),
    Fault("Venue: postcode", "ZE1 0AA", "We do not know the postcode ZE1 0AA."),
    Fault("Venue: village or town", "Atlantis", "We do not know this town or village."),
]


def faulty(rows: list[dict[str, str]], *, every: int) -> list[tuple[int, str, str]]:
    """Puts a fault into every so many rows, kind after kind: row, column and what is found."""
    wanted = []
    for number, place in enumerate(range(2, len(rows), every)):
        fault = FAULTS[number % len(FAULTS)]
        rows[place][fault.column] = fault.written
        # The head is row 1.
        wanted.append((place + 2, fault.column, fault.written))
    return wanted


def as_csv(rows: list[dict[str, str]], **how: Any) -> bytes:
    written = StringIO(newline="")
    heads = list(dict.fromkeys(head for one in rows for head in one))
    writer = csv.DictWriter(written, heads, restval="", **how)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def table(*rows: dict[str, str]) -> Table:
    return read_table("sheet.csv", as_csv(list(rows)))


def bring(*rows: dict[str, str], **options: Any) -> Loaded:
    """Load these rows by our template."""
    return load(table(*rows), read_mapping("template"), Options(**options))


def told(loaded: Loaded) -> list[tuple[int, str, str]]:
    """Row, column, what was found there."""
    return [(one.row, one.column, one.found) for one in loaded.problems]
