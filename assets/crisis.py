"""Words that ask for help first: suicide, self-harm, overdose, abuse, misspelt too.

Nothing is stored, counted or logged, not even in a cache: the text comes in, an answer goes out.
The words, and how to write them, are in reference/crisis_words.toml.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from assets.understanding.slips import slips

DATA = Path(__file__).parent / "reference" / "crisis_words.toml"
# No search is longer; what comes after is not looked at.
LONGEST_TEXT = 2_000
SHORTEST_SLIP, LONGEST_SLIP = 5, 20
WIDEST_COMPOUND = 4

_SOUNDLESS = {ord(mark): None for mark in "'’‘ʼ`´"}
# Letters of other alphabets that pass for ours. Accents and wide or fancy letters go by NFKD.
_LOOKALIKES = str.maketrans("асеікоруѕԁһјтмνıłøđ", "aceikopysdhjtmvilod")
_LEET = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
_LEET_I = str.maketrans({**_LEET, "!": "i", "|": "i"})
_LEET_L = str.maketrans({**_LEET, "1": "l", "!": "l", "|": "l"})
_WORD = re.compile(r"[a-z0-9@$!|*]+")
_OD = re.compile(r"\bo\.?d\.?['’](?:d|ed|ing)\b")
_THREE_ALIKE = re.compile(r"(.)\1\1+")


class Topic(StrEnum):
    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    OVERDOSE = "overdose"
    ABUSE = "abuse"
    DISTRESS = "distress"


def needs_help_first(text: str) -> bool:
    """Should "Need help now?" stand above the results of this search?"""
    return bool(topics(text))


def topics(text: str) -> frozenset[Topic]:
    """What a search seems to be about; empty for nearly all of them."""
    vocabulary = _vocabulary()
    tokens = vocabulary.join([vocabulary.read(token) for token in _tokens(text)])
    tokens = vocabulary.without_harmless(tokens)
    return frozenset(vocabulary.by_word(tokens)) | frozenset(vocabulary.by_phrase(tokens))


def _tokens(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKD", text[:LONGEST_TEXT]).casefold()
    if not plain.isascii():
        plain = "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Cf"})
    plain = _OD.sub("overdosed", plain).translate(_SOUNDLESS).translate(_LOOKALIKES)
    letters = ""
    for token in _WORD.findall(plain):
        token = token.strip("!|*")
        if len(token) == 1 and token.isalpha():
            letters += token
            continue
        yield from _spelt_out(letters)
        letters = ""
        if token:
            yield token
    yield from _spelt_out(letters)


def _spelt_out(letters: str) -> Iterable[str]:
    """“s u i c i d e” is one word; “i a” are two."""
    return [letters] if len(letters) > 2 else letters


def _spellings(token: str) -> Iterator[str]:
    """The token without digits for letters (su1cide) and letters held down (dieeee)."""
    plain = [token]
    if not token.isalpha() and not token.isdigit():
        plain += [token.translate(_LEET_I), token.translate(_LEET_L)]
    for spelling in plain:
        yield spelling
        if _THREE_ALIKE.search(spelling):
            yield _THREE_ALIKE.sub(r"\1\1", spelling)
            yield _THREE_ALIKE.sub(r"\1", spelling)


@dataclass(frozen=True)
class _Phrase:
    pattern: re.Pattern[str]
    unless: frozenset[str] = frozenset()
    topic: Topic | None = None


@dataclass
class _Vocabulary:
    """The data file, made ready: built once, only read by searches."""

    topic_of: dict[str, Topic] = field(default_factory=dict)
    inside: list[tuple[re.Pattern[str], Topic]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    compounds: list[frozenset[str]] = field(default_factory=list)
    # Words that forgive one slip, under themselves and under every spelling one letter short.
    one_slip: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    two_slips: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    # Under each of the words that must be there for the phrase to be.
    phrases: dict[str, list[_Phrase]] = field(default_factory=lambda: defaultdict(list))
    harmless: dict[str, list[_Phrase]] = field(default_factory=lambda: defaultdict(list))

    def read(self, token: str) -> str:
        """The word of ours that was meant, if any; else the token itself."""
        if token in self.known:
            return token
        if "*" in token:
            return self._starred(token)
        spellings = list(_spellings(token))
        known = (spelling for spelling in spellings if spelling in self.known)
        near = (word for spelling in spellings if (word := self._nearest(spelling)))
        return next(known, None) or next(near, None) or token

    def _starred(self, token: str) -> str:
        """“su*cide”: every star one letter, and more letters than stars."""
        if token.count("*") * 2 >= len(token):
            return token
        pattern = re.compile(re.escape(token).replace(r"\*", "."))
        return next((word for word in self.topic_of if pattern.fullmatch(word)), token)

    def _nearest(self, token: str) -> str | None:
        if not SHORTEST_SLIP <= len(token) <= LONGEST_SLIP:
            return None
        for spelling in _one_short(token):
            for word in self.one_slip.get(spelling, ()):
                if slips(token, word) == 1:
                    return word
        letters = frozenset(token)
        for word, needed in self.two_slips:
            close = abs(len(word) - len(token)) <= 2 and len(needed - letters) <= 2
            if close and slips(token, word) <= 2:
                return word
        return None

    def join(self, tokens: list[str]) -> list[str]:
        """“over dose” and “my self” become one word."""
        for compounds in self.compounds:
            joined, start = [], 0
            while start < len(tokens):
                width = next(
                    (
                        width
                        for width in range(min(WIDEST_COMPOUND, len(tokens) - start), 1, -1)
                        if "".join(tokens[start : start + width]) in compounds
                    ),
                    1,
                )
                joined.append("".join(tokens[start : start + width]))
                start += width
            tokens = joined
        return tokens

    def without_harmless(self, tokens: list[str]) -> list[str]:
        text = _as_text(tokens)
        for phrase in _of(self.harmless, tokens):
            text = phrase.pattern.sub("", text)
        return text.split()

    def by_word(self, tokens: list[str]) -> Iterator[Topic]:
        for token in tokens:
            if token in self.topic_of:
                yield self.topic_of[token]
            elif token not in self.known:
                yield from (topic for pattern, topic in self.inside if pattern.search(token))

    def by_phrase(self, tokens: list[str]) -> Iterator[Topic]:
        text, there = _as_text(tokens), set(tokens)
        for phrase in _of(self.phrases, there):
            # “#” stands for any number among the words that speak against a phrase.
            numbers = "#" in phrase.unless and any(token[0].isdigit() for token in there)
            spoken_against = numbers or phrase.unless & there
            if phrase.topic and not spoken_against and phrase.pattern.search(text):
                yield phrase.topic


def _as_text(tokens: Iterable[str]) -> str:
    return "".join(f"{token} " for token in tokens)


def _of(index: dict[str, list[_Phrase]], tokens: Iterable[str]) -> Iterator[_Phrase]:
    for token in tokens:
        yield from index.get(token, ())


def _one_short(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


# --- Reading the data file ------------------------------------------------------------------------


@cache
def _vocabulary() -> _Vocabulary:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    made = _Vocabulary(compounds=[frozenset(data["compounds"]), frozenset(data["reflexives"])])
    made.known.update(*made.compounds)
    groups = _Groups(data["groups"])
    for written in data["harmless"]:
        _add(made, made.harmless, groups, written, None)
    for entry in data["topic"]:
        topic = Topic(entry["name"])
        made.topic_of.update(dict.fromkeys(entry["words"], topic))
        starts = [f"^{stem}" for stem in entry["stems"]]
        if parts := starts + entry["inside"]:
            made.inside.append((re.compile("|".join(parts)), topic))
        for written in entry["phrases"]:
            _add(made, made.phrases, groups, written, topic)
    made.known.update(made.topic_of)
    _allow_slips(made, one=data["one_slip"], two=data["two_slips"])
    made.known.update(data["real_words"])
    return made


def _allow_slips(made: _Vocabulary, *, one: list[str], two: list[str]) -> None:
    for word in [*one, *two]:
        for spelling in _one_short(word):
            made.one_slip[spelling].append(word)
    made.two_slips = [(word, frozenset(word)) for word in two]


class _Groups:
    """Named lists of words; a list may name another."""

    def __init__(self, written: dict[str, str]) -> None:
        self._written = written

    def words(self, slot: str) -> list[str]:
        found: list[str] = []
        for word in slot.split("/"):
            found += self.words(self._written[word]) if word in self._written else [word]
        return [word.replace("_", " ") for word in found]


def _add(
    made: _Vocabulary,
    index: dict[str, list[_Phrase]],
    groups: _Groups,
    written: str,
    topic: Topic | None,
) -> None:
    """Compiles one phrase and files it under the slot that is least often said."""
    parts, unless, best = [], set[str](), list[str]()
    for slot in written.split():
        if slot == "..":
            parts.append(r"(?:\S+ ){0,3}?")
        elif slot.startswith("!"):
            unless.update(groups.words(slot[1:]))
        else:
            words = groups.words(slot.removesuffix("?"))
            choice = "|".join(_slot_pattern(word) for word in words)
            parts.append(f"(?:{choice})" + ("?" if slot.endswith("?") else ""))
            made.known.update(w for word in words for w in word.split() if w.isalpha())
            if not slot.endswith("?") and _rarity(words) > _rarity(best):
                best = words
    phrase = _Phrase(re.compile(r"(?<!\S)" + "".join(parts)), frozenset(unless), topic)
    for key in {word.split()[0] for word in best}:
        index[key].append(phrase)


def _slot_pattern(word: str) -> str:
    return {"$": "$", "#": r"\d+ "}.get(word, f"{re.escape(word)} ")


def _rarity(words: list[str]) -> float:
    """Long words are said seldom; a slot with an end or a number cannot be looked up."""
    if not words or {"$", "#"} & set(words):
        return 0
    return min(len(word.split()[0]) for word in words) - len(words) / 100
