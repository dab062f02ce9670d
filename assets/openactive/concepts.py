"""The part of the OpenActive Activity List that we use, and which of it words suggest."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assets.models import Activity

DATA = Path(__file__).parent / "concepts.toml"


@dataclass(frozen=True)
class Concept:
    """`key` is a UUID of the list; `words` are in small letters."""

    key: str
    label: str
    words: tuple[str, ...]

    @property
    def said(self) -> dict[str, str]:
        return {
            "@type": "Concept",
            "@id": f"{scheme()}#{self.key}",
            "prefLabel": self.label,
            "inScheme": scheme(),
        }


@cache
def _data() -> dict[str, object]:
    return tomllib.loads(DATA.read_text("utf-8"))


def scheme() -> str:
    """The address of the whole list."""
    return str(_data()["source"])


@cache
def concepts() -> dict[str, Concept]:
    """By key, in the order of the alphabet."""
    rows: list[dict[str, object]] = _data()["concept"]  # type: ignore[assignment]
    return {
        str(row["id"]): Concept(str(row["id"]), str(row["label"]), tuple(row["words"]))  # type: ignore[arg-type]
        for row in rows
    }


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, Concept]]:
    """Longer words first: “table tennis” is not tennis."""
    of = {word: concept for concept in concepts().values() for word in concept.words}
    longest = sorted(of, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b"), of


def suggested(activity: Activity) -> Concept | None:
    """By the first such words of its name, else of its summary. The description says too much."""
    pattern, of = _pattern()
    for text in (activity.title, activity.summary):
        if found := pattern.search(text.lower()):
            return of[found[0]]
    return None
