"""What the rules suggest for a text and its facts, with the words that led to it. Pure.

`Rules.read` takes the rows once; `suggests` can then be asked for thousands of listings.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from thrive import who_runs_it
from thrive.models import OF_PROFESSIONALS, RunBy, YieldsTo
from thrive.reading import ANY, Phrase, Text, phrase_of, words_of

NEEDS, THEMES = "needs_groups", "themes"
SPECIALIST = "specialist"


class Row(Protocol):
    """What a rule says: a `TagRule`, or one that is only being tried."""

    name: str
    message: str
    needs_groups: list[str]
    themes: list[str]
    says: list[str]
    also_says: list[str]
    unless_says: list[str]
    kinds: list[str]
    levels: list[str]
    how_to_come: list[str]
    audiences: list[str]
    run_by: str
    yields_to: str
    age_from: int | None
    age_before: int | None
    staff_choose: bool


@dataclass(frozen=True)
class Facts:
    """What is known beside the words. Ages in months, half-open. `run_by`: empty if not known."""

    kind: str = ""
    level: str = ""
    how_to_come: str = ""
    audiences: frozenset[str] = frozenset()
    age_from: int = 0
    age_before: int | None = None
    run_by: str = ""


@dataclass(frozen=True)
class Reason:
    """A rule that suggests it, what that says, and the words as they stand in the text."""

    rule: str
    message: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """`of` is `needs_groups` or `themes`, `option` the slug of one."""

    of: str
    option: str
    reasons: tuple[Reason, ...]
    # Every rule behind it leaves the choice to staff.
    is_unsure: bool = False


@dataclass
class _Rule:
    row: Row
    says: list[Phrase]
    also_says: list[Phrase]
    unless_says: list[Phrase]

    def phrases(self) -> Iterator[Phrase]:
        yield from (*self.says, *self.also_says, *self.unless_says)


@dataclass
class Rules:
    """Rules that have been read: phrases by their first stem."""

    rules: list[_Rule]
    runs_it: dict[RunBy, list[Phrase]]
    _by_first: dict[str, set[Phrase]] = field(default_factory=dict)

    @classmethod
    def read(
        cls, rows: Iterable[Row], stems_of: Callable[[Iterable[str]], Mapping[str, str]]
    ) -> "Rules":
        rows = list(rows)
        written = [
            *who_runs_it.PROFESSIONALS,
            *who_runs_it.VOLUNTEERS,
            *(one for row in rows for one in (*row.says, *row.also_says, *row.unless_says)),
        ]
        stems = stems_of({word.text for one in written for word in words_of(one)})

        def read(phrases: Collection[str]) -> list[Phrase]:
            return [one for one in (phrase_of(said, stems.__getitem__) for said in phrases) if one]

        found = cls(
            [
                _Rule(row, read(row.says), read(row.also_says), read(row.unless_says))
                for row in rows
            ],
            {
                RunBy.PROFESSIONALS: read(who_runs_it.PROFESSIONALS),
                RunBy.VOLUNTEERS: read(who_runs_it.VOLUNTEERS),
            },
        )
        for phrases in (*(rule.phrases() for rule in found.rules), *found.runs_it.values()):
            for phrase in phrases:
                if phrase[0] != ANY:
                    found._by_first.setdefault(phrase[0], set()).add(phrase)
        return found

    def suggests(self, text: Text, facts: Facts) -> list[Suggestion]:
        """Needs groups first, each option once with every reason for it."""
        own, any_ = self._said(text)
        runs_it = facts.run_by or self._run_by(own)
        if not runs_it and facts.level == SPECIALIST:
            # The form says of this level: from people trained for it.
            runs_it = RunBy.PROFESSIONALS
        apply: list[tuple[Row, tuple[str, ...]]] = []
        for rule in self.rules:
            of_professionals = rule.row.run_by == RunBy.PROFESSIONALS
            words = _words_for(rule, own if of_professionals else any_, own)
            if words is not None and _fits(rule.row, facts, runs_it):
                apply.append((rule.row, words))
        return _together(_without_those_that_yield(apply))

    def _said(self, text: Text) -> tuple[dict[Phrase, str], dict[Phrase, str]]:
        """Phrases that the text says of what it offers, and those it says at all: none denied."""
        own: dict[Phrase, str] = {}
        any_: dict[Phrase, str] = {}
        for place, stem in enumerate(text.stems):
            if text.denied[place]:
                continue
            for phrase in self._by_first.get(stem, ()):
                end = text.match(phrase, place)
                if end is None:
                    continue
                any_.setdefault(phrase, text.said(place, end))
                if not text.of_others[place]:
                    own.setdefault(phrase, text.said(place, end))
        return own, any_

    def _run_by(self, said: Mapping[Phrase, str]) -> str:
        for who, phrases in self.runs_it.items():
            if any(phrase in said for phrase in phrases):
                return who
        return ""


def _without_those_that_yield(
    apply: list[tuple[Row, tuple[str, ...]]],
) -> list[tuple[Row, tuple[str, ...]]]:
    """First those that make room for help by professionals, then those for anything else."""
    for yields_to, makes_room_for in (
        (YieldsTo.PROFESSIONALS, frozenset(OF_PROFESSIONALS)),
        (YieldsTo.ANYTHING, None),
    ):
        is_found = any(
            row.yields_to != yields_to
            and row.needs_groups
            and (makes_room_for is None or not makes_room_for.isdisjoint(row.needs_groups))
            for row, _words in apply
        )
        if is_found:
            apply = [one for one in apply if one[0].yields_to != yields_to]
    return apply


def _together(apply: list[tuple[Row, tuple[str, ...]]]) -> list[Suggestion]:
    """Each option once, with every rule that leads to it."""
    why: dict[tuple[str, str], list[tuple[Row, Reason]]] = {}
    for row, words in apply:
        reason = Reason(row.name, row.message, words)
        for of, options in ((NEEDS, row.needs_groups), (THEMES, row.themes)):
            for option in options:
                why.setdefault((of, option), []).append((row, reason))
    found = [
        Suggestion(
            of,
            option,
            tuple(reason for _row, reason in reasons),
            all(row.staff_choose for row, _reason in reasons),
        )
        for (of, option), reasons in why.items()
    ]
    return sorted(found, key=lambda one: one.of)


def _words_for(
    rule: _Rule, said: Mapping[Phrase, str], own: Mapping[Phrase, str]
) -> tuple[str, ...] | None:
    """The words that led to it; None where its words are not there, or an exception is."""
    if any(phrase in own for phrase in rule.unless_says):
        return None
    words: list[str] = []
    for phrases in (rule.says, rule.also_says):
        found = [said[phrase] for phrase in phrases if phrase in said]
        if phrases and not found:
            return None
        words += found
    return tuple(dict.fromkeys(words))


def _fits(row: Row, facts: Facts, runs_it: str) -> bool:
    if row.run_by and row.run_by != runs_it:
        return False
    if row.age_from is not None and facts.age_from < row.age_from:
        return False
    if row.age_before is not None and (
        facts.age_before is None or facts.age_before > row.age_before
    ):
        return False
    one_of = (
        (row.kinds, facts.kind),
        (row.levels, facts.level),
        (row.how_to_come, facts.how_to_come),
    )
    if any(wanted and value not in wanted for wanted, value in one_of):
        return False
    return not row.audiences or not facts.audiences.isdisjoint(row.audiences)
