"""The part of the OpenActive Activity List that we use, and which of it words suggest."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assets.models import Activity
from assets.models.activities import Kind

DATA = Path(__file__).parent / "concepts.toml"
KINDS = frozenset({Kind.SESSION, Kind.CLUB, Kind.DROP_IN})
# Of a summary, the first five words: “Our newest team: girls’ football”.
BEGINNING = re.compile(r"\s*(?:\S+\s*){1,5}")


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
    """By the first such words of its name, else of how its summary begins.

    Further on a summary speaks of much: “soup, homework help and table football”. What is no place
    to do sport, such as help one to one or work, suggests nothing whatever it says.
    """
    if activity.kind not in KINDS:
        return None
    pattern, of = _pattern()
    begins = BEGINNING.match(activity.summary)
    if found := pattern.search(activity.title.lower()):
        return of[found[0]]
    found = pattern.search(activity.summary.lower())
    if found and begins and found.start() < begins.end():
        return of[found[0]]
    return None
