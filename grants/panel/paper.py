"""A paper for the table: one description of it, printed from a page or written as a document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import get_language

from grants.odt import Document


@dataclass(frozen=True)
class Block:
    """One thing below the other. `level` 1 or 2 of a heading; `heads` and `rows` of a table."""

    kind: Literal["heading", "text", "points", "table"]
    words: str = ""
    level: int = 1
    items: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass
class Paper:
    title: str
    blocks: list[Block] = field(default_factory=list)

    def heading(self, words: str, level: int = 1) -> None:
        self.blocks.append(Block("heading", str(words), level))

    def text(self, *words: str) -> None:
        self.blocks += [Block("text", str(one)) for one in words if one]

    def points(self, items: Iterable[str]) -> None:
        if found := tuple(str(one) for one in items):
            self.blocks.append(Block("points", items=found))

    def table(self, name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        found = tuple(tuple(str(cell) for cell in row) for row in rows)
        if found:
            self.blocks.append(Block("table", str(name), heads=tuple(map(str, heads)), rows=found))


def as_document(paper: Paper) -> bytes:
    """An OpenDocument text file."""
    made = Document(paper.title, get_language() or "en-gb")
    for one in paper.blocks:
        match one.kind:
            case "heading":
                made.heading(one.words, one.level)
            case "text":
                made.text(one.words)
            case "points":
                made.points(one.items)
            case "table":
                made.table(one.words, one.heads, one.rows)
    return made.file()
