"""Everyday phrases, by what they are compared by; and which of them stand in what was typed."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

from assets.kept import kept
from assets.models.synonyms import Synonym
from assets.places.words import plain
from assets.understanding.spelling import SaidWord, said_words, stem
from assets.understanding.text import is_locked

FLUFF = Path(__file__).parent.parent / "reference" / "fluff.toml"
# Make no difference to what a phrase means: “stuck in her room” is “stuck in my room”.
SKIPPED = frozenset(
    "a an the my his her their our your its some any really very so just to am is are be been "
    "he she they i we it im hes shes theyre ive he's always all".split()
)
# In a phrase these say the same: “never goes to school”, “refuses to go to school”.
SAME_IN_A_PHRASE = {
    word: one
    for one, words in {
        "not": "wont cant dont doesnt isnt never no hardly barely refuses refuse refused refusing "
        "stopped didnt hasnt havent wouldnt couldnt without",
        "nobody": "no-one noone anybody anyone",
        "mum": "mother mums",
        "dad": "father",
        "nan": "gran granny grandma nana nanna grandmother",
        "grandad": "grandpa grandfather gramps",
    }.items()
    for word in words.split()
}
# So many other words may stand between those of a phrase.
MOST_BETWEEN = 2

Key = tuple[str, ...]
# Phrase → what listings say.
Synonyms = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Phrases:
    """Synonyms, and the phrases that say nothing, by their keys."""

    means: dict[Key, tuple[str, ...]]
    by_first: dict[str, list[Key]]
    words: frozenset[str]

    @classmethod
    def of(cls, synonyms: Synonyms) -> "Phrases":
        means: dict[Key, tuple[str, ...]] = {}
        for phrase, others in synonyms.items():
            if found := key_of(phrase):
                means[found] = tuple(dict.fromkeys((*means.get(found, ()), *others)))
        by_first: dict[str, list[Key]] = {}
        for key in sorted({*means, *fluff().phrases}, key=len, reverse=True):
            by_first.setdefault(key[0], []).append(key)
        words = frozenset(word for phrase in synonyms for word in plain(phrase).split())
        return cls(means, by_first, words)


@dataclass(frozen=True)
class Fluff:
    stop: frozenset[str]
    words: frozenset[str]
    who: frozenset[str]
    phrases: frozenset[Key]


@cache
def fluff() -> Fluff:
    data = tomllib.loads(FLUFF.read_text(encoding="utf-8"))
    stop, words, who = (frozenset(data[name].split()) for name in ("stop", "words", "who"))
    return Fluff(stop, words, who, frozenset(key_of(phrase) for phrase in data["phrases"]))


def says_nothing(word: str) -> bool:
    """Whether a plain word is dropped where another is left."""
    return word in SKIPPED or word in fluff().stop or word in fluff().words


def says_nothing_at_all(words: str) -> bool:
    """Whether these are but “what’s”, “is there” and the like, which no listing is found by."""
    said = plain(words).split()
    return all(word in fluff().stop for word in said) and not is_locked(words[:2] or " ")


def known_synonyms() -> dict[str, list[str]]:
    """Those of the directory, kept for a minute."""
    return kept("synonyms", lambda: dict(Synonym.objects.values_list("phrase", "means")))


_built: dict[str, Phrases] = {}


def known_phrases() -> Phrases:
    """Built once a minute. The cache has their number alone: to copy thousands takes too long."""
    found = _built.get(kept("synonym-phrases", _build))
    return found if found is not None else _built[_build()]


def _build() -> str:
    number = uuid4().hex
    built = Phrases.of(known_synonyms())
    # Another thread may have the one before in its hands.
    for older in list(_built)[:-1]:
        _built.pop(older, None)
    _built[number] = built
    return number


def key_of(phrase: str) -> Key:
    """What a phrase is compared by: its stems, without the small words, if it has others."""
    words = [word.word for word in said_words(phrase.split())]
    telling = [word for word in words if word not in SKIPPED]
    return tuple(same(word) for word in telling or words)


def found_in(said: list[SaidWord], phrases: Phrases) -> dict[tuple[int, ...], Key]:
    """The places of each phrase and its key, and of each word that is in none.

    Phrases in one piece first, then those with words between, then words that are phrases alone.
    """
    found: dict[tuple[int, ...], Key] = {}
    free = [not word.exact for word in said]
    for alone, between in ((False, False), (False, True), (True, False)):
        for first, word in enumerate(said):
            if not free[first] or (word.word in SKIPPED and len(said) > 1):
                continue
            for key in phrases.by_first.get(same(word.word), ()):
                most = _between(key, phrases) if between else 0
                is_wanted = (len(key) == 1) == alone
                if is_wanted and (places := _places(said, free, first, key, most)):
                    found[places] = key
                    for place in places:
                        free[place] = False
                    break
    taken = {place for places in found for place in places}
    return found | {(place,): () for place in range(len(said)) if place not in taken}


def _between(key: Key, phrases: Phrases) -> int:
    """How many words may stand between: “looks after her poorly mum”; none in “not school”."""
    if key not in phrases.means or (len(key) == 2 and "not" in key):
        return 0
    return min(len(key) - 1, MOST_BETWEEN)


def _places(
    said: list[SaidWord], free: list[bool], first: int, key: Key, between: int
) -> tuple[int, ...]:
    """Where the words of a phrase stand, with those between that make no difference; or nowhere."""
    places: list[int] = []
    wanted = 0
    for place in range(first, len(said)):
        word = said[place]
        if free[place] and same(word.word) == key[wanted]:
            places.append(place)
            wanted += 1
            if wanted == len(key):
                return tuple(places)
        elif word.word in SKIPPED:
            places += [place] if free[place] else []
        elif between and not word.exact:
            between -= 1
        else:
            break
    return ()


def same(word: str) -> str:
    return stem(SAME_IN_A_PHRASE.get(word, word))
