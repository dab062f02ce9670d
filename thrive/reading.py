"""A text as words with their stems, and which of them are denied or said of somebody else.

How far a “not” reaches is a rule of thumb: to the end of the clause, and seven words at most.
Source of the idea: Chapman et al., “A simple algorithm for identifying negated findings and
diseases in discharge summaries” (2001).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# What ends a clause, whatever comes after it. A hyphen or a slash does not.
END = re.compile(r"[.!?;:()\n–—•]|\s-\s")
REACH = 7

NOT = frozenset("no not never without cannot neither nor nobody none nothing".split())
# “Not only …” denies nothing.
NOT_DENYING = frozenset(
    "only just simply merely sure alone least matter wonder doubt until".split()
)
TURNS = frozenset("but however although though just only instead so because".split())
JOINS = frozenset("or nor and".split())
# After these words, what follows is somebody else's work.
OF_OTHERS = tuple(
    tuple(cue.split())
    for cue in (
        "waiting for",
        "wait for",
        "you wait",
        "waiting list for",
        "waiting to see",
        "signpost",
        "signposts",
        "signposting",
        "refer you",
        "refer on",
        "refers on",
        "refer to",
        "point you",
        "points you",
        "point people",
        "in touch with",
        "instead of",
        "rather than",
        "replace",
        "replaces",
        "replacement for",
        "substitute for",
        "alternative to",
        "discharged from",
        "trained by",
        "funded by",
        "find out about",
        "help you find",
        "help to find",
        "help finding",
        "how to get",
        "information about",
        "information on",
        "tell you about",
        "apply for",
    )
)
_FIRST_OF_OTHERS = frozenset(cue[0] for cue in OF_OTHERS)
LONGEST_GAP = 3
ANY = "*"

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """`ends`: a clause ended before it; `comma`: a comma stood before it."""

    text: str
    start: int
    end: int
    ends: bool
    comma: bool


def words_of(text: str) -> list[Word]:
    """In small letters without accents; where each stands in the text."""
    found: list[Word] = []
    last = 0
    for match in WORD.finditer(text):
        between = text[last : match.start()]
        last = match.end()
        plain = unicodedata.normalize("NFKD", match[0].replace("’", "'").lower())
        plain = "".join(one for one in plain if not unicodedata.combining(one))
        found.append(
            Word(plain, match.start(), match.end(), bool(END.search(between)), "," in between)
        )
    return found


def phrase_of(written: str, stem: Callable[[str], str]) -> Phrase:
    """A phrase of a rule as stems; * stays."""
    parts = written.replace(ANY, f" {ANY} ").split()
    return tuple(
        stem(word.text) if part != ANY else ANY
        for part in parts
        for word in (words_of(part) if part != ANY else [Word(ANY, 0, 0, False, False)])
    )


class Text:
    """One text, read once: `found` looks for a phrase from a place on."""

    def __init__(
        self, text: str, stems: Mapping[str, str], words: Sequence[Word] | None = None
    ) -> None:
        self.text = text
        self.words = list(words_of(text) if words is None else words)
        self.stems = [stems[word.text] for word in self.words]
        self.denied = _denied(self.words)
        self.of_others = _of_others(self.words)

    def match(self, phrase: Phrase, at: int) -> int | None:
        """Where the phrase ends if it begins at this word, in one clause."""
        return self._match(phrase, 0, at, at)

    def _match(self, phrase: Phrase, part: int, at: int, begin: int) -> int | None:
        if part == len(phrase):
            return at
        if at >= len(self.words) or (at > begin and self.words[at].ends):
            return None
        if phrase[part] != ANY:
            if self.stems[at] != phrase[part]:
                return None
            return self._match(phrase, part + 1, at + 1, begin)
        for skipped in range(LONGEST_GAP + 1):
            if any(word.ends for word in self.words[at : at + skipped]):
                return None
            end = self._match(phrase, part + 1, at + skipped, begin)
            if end is not None:
                return end
        return None

    def said(self, start: int, end: int) -> str:
        """The words as they stand in the text."""
        return self.text[self.words[start].start : self.words[end - 1].end]


def _denied(words: Sequence[Word]) -> list[bool]:
    left = 0
    denied: list[bool] = []
    for place, word in enumerate(words):
        if word.ends or (word.comma and not _goes_on(words, place)) or word.text in TURNS:
            left = 0
        denied.append(left > 0)
        left = max(left - 1, 0)
        if _is_not(words, place):
            left = REACH
    return denied


def _is_not(words: Sequence[Word], place: int) -> bool:
    text = words[place].text
    if text not in NOT and not text.endswith("n't"):
        return False
    after = words[place + 1].text if place + 1 < len(words) else ""
    return after not in NOT_DENYING


def _goes_on(words: Sequence[Word], place: int) -> bool:
    """After a comma: “no drills, shouting or tests”, but not “no drills, songs on Fridays”."""
    for word in words[place : place + 4]:
        if word.ends:
            return False
        if word.text in ("or", "nor"):
            return True
    return False


def _of_others(words: Sequence[Word]) -> list[bool]:
    left = 0
    marked: list[bool] = []
    for place, word in enumerate(words):
        if word.ends:
            left = 0
        marked.append(left > 0)
        left = max(left - 1, 0)
        if word.text in _FIRST_OF_OTHERS:
            for cue in OF_OTHERS:
                if tuple(one.text for one in words[place : place + len(cue)]) == cue:
                    left = REACH + len(cue)
                    break
    return marked
