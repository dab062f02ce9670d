"""Which words of a text are new: so that a change of one word in a page is seen at once."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# Where less than this stays as it was, it is another text: marks would only be in the way.
ALIKE = 0.4


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool


def marked(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces: what is only in the old one is marked there, and in the new one."""
    before, after = _words(old), _words(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if not old or matcher.ratio() < ALIKE:
        return [Piece(old, marked=False)], [Piece(new, marked=False)]
    ours: list[Piece] = []
    theirs: list[Piece] = []
    for what, a, b, c, d in matcher.get_opcodes():
        for pieces, words in ((ours, before[a:b]), (theirs, after[c:d])):
            if words:
                pieces.append(Piece("".join(words), marked=what != "equal"))
    return ours, theirs


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\S+", text)
