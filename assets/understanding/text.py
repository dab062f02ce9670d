"""What was typed, as parts that are taken out one by one as they are understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from assets.places.words import clean, plain

PIECE = re.compile(r"-?[“”„\"][^“”„\"]*[“”„\"]|\S+")
# What has been taken, and what is not to be read: a pattern never reaches across either.
TAKEN, LOCKED = "|", "#"
# With nothing after them to join, these say nothing.
LINKS = frozenset("and or who is but".split())
JOINING = frozenset(
    "a an and at for from in is my near of on or the this to with & our who".split()
)


@dataclass(slots=True)
class Part:
    """One plain word of a piece, and whether it may be read or has been."""

    word: str
    piece: int
    locked: bool = False
    taken: bool = False

    def __str__(self) -> str:
        if self.taken:
            return TAKEN
        return LOCKED if self.locked else self.word


@dataclass(slots=True)
class Text:
    """`pieces` are as typed, between spaces; words in quotes are one, and are left alone."""

    pieces: list[str]
    parts: list[Part] = field(default_factory=list)

    @classmethod
    def read(cls, typed: str) -> "Text":
        # A half in NFKC would be a 1 and a 2 beside the number before it.
        text = cls(PIECE.findall(clean(typed.replace("½", ""))))
        for number, piece in enumerate(text.pieces):
            if is_locked(piece):
                text.parts.append(Part("", number, locked=True))
            else:
                text.parts += [Part(word, number) for word in plain(piece).split()]
        return text

    def words(self) -> list[str]:
        """The plain words, with a mark for each that is taken or locked."""
        return [str(part) for part in self.parts]

    def take(self, start: int, end: int) -> None:
        for part in self.parts[start:end]:
            part.taken = True

    def lock(self, start: int, end: int) -> None:
        for part in self.parts[start:end]:
            part.locked = True

    def found(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], int, int]]:
        """Each match in the plain words, from which part and up to which; it may be taken."""
        line = " ".join(self.words())
        for match in pattern.finditer(line):
            start = line[: match.start()].count(" ")
            yield match, start, start + match[0].strip().count(" ") + 1

    def left(self) -> str:
        """What is not taken, as it was typed; without what only joined it to what is."""
        self._take_what_joins()
        kept: list[str] = []
        for number, piece in enumerate(self.pieces):
            parts = [part for part in self.parts if part.piece == number]
            left = [part for part in parts if not part.taken]
            if parts and len(left) == len(parts):
                kept.append(piece)
            elif left:
                kept.append(" ".join(part.word for part in left))
        return " ".join(kept).strip(" ,;")

    def _take_what_joins(self) -> None:
        if not any(part.taken for part in self.parts):
            return
        after_is_gone = True
        for place in range(len(self.parts) - 1, -1, -1):
            part = self.parts[place]
            if not part.taken and after_is_gone and not part.locked and part.word in JOINING:
                part.taken = self._is_beside_taken(place)
            after_is_gone = part.taken
        for before, part in pairwise(self.parts):
            part.taken |= before.taken and not part.locked and part.word in LINKS

    def _is_beside_taken(self, place: int) -> bool:
        return any(part.taken for part in self.parts[place + 1 : place + 2]) or any(
            part.taken for part in self.parts[max(place - 1, 0) : place]
        )


def is_locked(piece: str) -> bool:
    """In quotes, or not wanted: “-football”."""
    return piece[0] in '“”„"' or (piece[0] == "-" and len(piece) > 1)


def pattern(written: str) -> re.Pattern[str]:
    """For whole words; it may be written over several lines, which are put together as one."""
    one_line = "".join(line.strip("\t ") for line in written.splitlines())
    return re.compile(rf"(?<!\S)(?:{one_line})(?!\S)")
