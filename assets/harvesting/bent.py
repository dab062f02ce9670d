"""Notes of a schedule, and days on which its rule does not hold: from what feeds of ours tell.

`assets.openreferral.bent` is the other direction.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from assets.dates.rules import Rule
from assets.harvesting import times
from assets.harvesting.plain import Json, line
from assets.importing.problems import NotUnderstood
from assets.importing.reading.contacts import WITHIN
from assets.importing.reading.dates import read_date
from assets.importing.reading.times import read_times
from assets.models.schedules import OnBankHolidays, TimeOfYear

# Days of one activity that differ from its rules. Ten years of school holidays are fewer.
MOST = 1_000
DAY = r"\d{1,2} \w+ \d{4}"
OFF = re.compile(
    rf"Not on (?P<on>{DAY})(?:: moved to (?P<to>{DAY}))?(?: \((?P<why>{WITHIN}|.*?)\))?(?:; |$)"
)
KNOWN = re.compile(
    "(?:{})(?:; |$)".format(
        "|".join(
            re.escape(words)
            for words in (
                *map(str, TimeOfYear.labels),
                *(f"bank holidays: {label}" for label in OnBankHolidays.labels),
            )
        )
    )
)
MORE = re.compile(rf"An extra date|Moved from (?P<from>{DAY})")
LONGEST_NOTE = 120


@dataclass(frozen=True)
class Off:
    """`to` another day, where it has moved."""

    on: date
    to: date | None
    note: str


@dataclass(frozen=True)
class More:
    """A day more, at the times of `rule`; `moved_from` another, where it has moved."""

    on: date
    rule: Rule
    moved_from: date | None
    note: str


@dataclass
class Bent:
    """What of an activity's times no cell can say: the notes of its rules, and its changed days."""

    notes: list[tuple[Rule, str]] = field(default_factory=list)
    off: list[tuple[Rule, Off]] = field(default_factory=list)
    more: list[More] = field(default_factory=list)


def taken_apart(schedules: list[Json], today: date) -> tuple[list[Json], Bent]:
    """The schedules with only what a cell can say, and the rest of them."""
    plain: list[Json] = []
    bent = Bent()
    for found in schedules:
        known, offs, note = _in_parts(line(found.get("notes")), today)
        bare = {**found, "description": "", "notes": known}
        rules = list(_rules(bare, today))
        more = MORE.fullmatch(line(found.get("description")))
        if more and len(rules) == 1 and rules[0].dates:
            moved_from = _day(more["from"], today)
            said = line(found.get("notes"))[:LONGEST_NOTE]
            bent.more.append(More(rules[0].dates[0], rules[0], moved_from, said))
            continue
        plain.append(bare if rules else found)
        bent.notes += [(rule, note[:LONGEST_NOTE]) for rule in rules if note]
        bent.off += [(rule, off) for rule in rules for off in offs]
        del bent.off[MOST:]
    return plain, bent


def _in_parts(notes: str, today: date) -> tuple[str, list[Off], str]:
    """What a cell can say, the days off, and what the group says of it."""
    known, offs = "", []
    while found := KNOWN.match(notes) or OFF.match(notes):
        notes = notes[found.end() :]
        if found.re is KNOWN:
            known += found[0]
        elif on := _day(found["on"], today):
            offs.append(Off(on, _day(found["to"], today), (found["why"] or "")[:LONGEST_NOTE]))
    return known, offs, notes


def _day(said: str | None, today: date) -> date | None:
    try:
        return read_date(said, today) if said else None
    except NotUnderstood:
        return None


def _rules(schedule: Json, today: date) -> Iterator[Rule]:
    said, _left = times.when([schedule], today)
    try:
        yield from read_times(said, today) if said else []
    except NotUnderstood:
        return
