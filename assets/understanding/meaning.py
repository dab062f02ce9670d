"""What the words of a search mean: what to look for, in our words as well as in theirs."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from uuid import uuid4

from assets.kept import kept
from assets.models.synonyms import Synonym
from assets.places.words import clean, plain
from assets.understanding.text import PIECE, is_locked

FLUFF = Path(__file__).parent.parent / "reference" / "fluff.toml"
QUOTES = '“”„"'
# Make no difference to what a phrase means: “stuck in her room” is “stuck in my room”.
SKIPPED = frozenset(
    "a an the my his her their our your its some any really very so just to am is are be been "
    "he she they i we it im hes shes theyre ive he's always all".split()
)
SPELT = {
    "2": "to", "4": "for", "u": "you", "ur": "your", "r": "are", "b4": "before", "skool": "school",
    "wiv": "with", "cos": "because", "wot": "what", "sumone": "someone", "summat": "something",
    "nowt": "nothing", "owt": "anything", "mom": "mum", "mummy": "mum",
    "cannot": "cant", "mam": "mum", "daddy": "dad",
    "dosent": "doesnt", "dosnt": "doesnt", "doesent": "doesnt", "wnt": "wont",
}  # fmt: skip
TWO_AS_ONE = {
    ("will", "not"): "wont",
    ("do", "not"): "dont", ("does", "not"): "doesnt", ("is", "not"): "isnt",
    ("can", "not"): "cant",
    ("did", "not"): "didnt", ("are", "not"): "arent", ("has", "not"): "hasnt",
    ("won", "t"): "wont", ("don", "t"): "dont", ("doesn", "t"): "doesnt", ("can", "t"): "cant",
    ("isn", "t"): "isnt",
}  # fmt: skip
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
# Words that say how old somebody is, in months from and before; what is for other ages fits less.
# Well inside what the words may mean, so that whoever is at the edge is not left out.
LIFE_STAGES = {
    word: ages
    for words, ages in {
        "baby babies newborn newborns infant bab": (0, 12),
        "toddler toddlers tot tots tiddler tiddlers preschooler preschoolers": (18, 48),
        "teen teens teenager teenagers teenage adolescent adolescents youth": (150, 216),
        "adult adults": (216, 300),
    }.items()
    for word in words.split()
}
# So many other words may stand between those of a phrase.
MOST_BETWEEN = 2
SHORTEST_PLURAL, SHORTEST_PAST, SHORTEST_ING = 4, 5, 6


@dataclass(frozen=True)
class Term:
    """One thing looked for: any of `typed` and `also`. `exact` is words in quotes.

    `who`: it only says who is asking, or for whom.
    """

    typed: str
    also: tuple[str, ...] = ()
    exact: bool = False
    who: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Meaning:
    """A listing has every term, and none of `without`. No terms: nothing is looked for by words.

    `says_little`: the terms are words that are dropped beside others, such as “activities”.
    """

    terms: tuple[Term, ...] = ()
    without: tuple[str, ...] = ()
    says_little: bool = field(default=False, compare=False)
    ages: tuple[int, int] | None = field(default=None, compare=False)


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
        for key in sorted({*means, *_fluff().phrases}, key=len, reverse=True):
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
def _fluff() -> Fluff:
    data = tomllib.loads(FLUFF.read_text(encoding="utf-8"))
    stop, words, who = (frozenset(data[name].split()) for name in ("stop", "words", "who"))
    return Fluff(stop, words, who, frozenset(key_of(phrase) for phrase in data["phrases"]))


def says_nothing(word: str) -> bool:
    """Whether a plain word is dropped where another is left."""
    return word in SKIPPED or word in _fluff().stop or word in _fluff().words


def says_nothing_at_all(words: str) -> bool:
    """Whether these are but “what’s”, “is there” and the like, which no listing is found by."""
    said = plain(words).split()
    return all(word in _fluff().stop for word in said) and not is_locked(words[:2] or " ")


@dataclass(frozen=True, slots=True)
class _Word:
    """`word` is what it is compared by, `typed` what was typed."""

    word: str
    typed: str
    exact: bool = False


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


def meant(words: str, *, synonyms: Synonyms | None = None) -> Meaning:
    """The longest known phrase first; what says nothing is dropped unless nothing is left.

    `synonyms` instead of the directory's own, to try them. At most one query.
    """
    phrases = known_phrases() if synonyms is None else Phrases.of(synonyms)
    pieces = PIECE.findall(clean(words))
    without = [_bare(piece[1:]) for piece in pieces if _is_unwanted(piece)]
    said = list(_words([piece for piece in pieces if not _is_unwanted(piece)]))
    terms, dropped = _terms(said, phrases)
    says_little = not terms
    if says_little:
        terms = [_single(word, phrases) for word in dropped if word.word not in _fluff().stop]
    stages = [LIFE_STAGES[word.word] for word in said if word.word in LIFE_STAGES]
    ages = (
        (min(low for low, _high in stages), max(high for _low, high in stages)) if stages else None
    )
    return Meaning(tuple(dict.fromkeys(terms)), tuple(filter(None, without)), says_little, ages)


def _is_unwanted(piece: str) -> bool:
    return piece[0] == "-" and len(piece) > 1 and bool(plain(piece))


def _bare(piece: str) -> str:
    return " ".join(piece.strip(QUOTES + " ").split())


def _words(pieces: list[str]) -> Iterator[_Word]:
    """The plain words, spelt in one way; words in quotes are one word."""
    made: list[_Word] = []
    for piece in pieces:
        if is_locked(piece) and piece[0] in QUOTES:
            if plain(piece):
                made.append(_Word("", _bare(piece), exact=True))
            continue
        parts = plain(piece).split()
        whole = piece.strip(" .,;:!?()[]{}<>*'’‘`/\\|&+~_-" + QUOTES)
        made += [_Word(SPELT.get(word, word), whole if len(parts) == 1 else word) for word in parts]
    place = 0
    while place < len(made):
        word = made[place]
        two = made[place : place + 2]
        if len(two) == 2 and (one := TWO_AS_ONE.get((two[0].word, two[1].word))):
            word = _Word(one, f"{two[0].typed} {two[1].typed}")
            place += 1
        yield word
        place += 1


def key_of(phrase: str) -> Key:
    """What a phrase is compared by: its stems, without the small words, if it has others."""
    words = [word.word for word in _words(phrase.split())]
    telling = [word for word in words if word not in SKIPPED]
    return tuple(_same(word) for word in telling or words)


def _terms(said: list[_Word], phrases: Phrases) -> tuple[list[Term], list[_Word]]:
    """What is looked for, and the words that say nothing."""
    terms: list[Term] = []
    dropped: list[_Word] = []
    for places, key in sorted(_found(said, phrases).items()):
        found = [said[place] for place in places]
        typed = " ".join(word.typed for word in found)
        if found[0].exact:
            terms.append(Term(typed, exact=True))
        elif key in phrases.means:
            who = len(found) == 1 and found[0].word in _fluff().who
            terms.append(Term(typed, phrases.means[key], who=who))
        elif key or says_nothing(found[0].word):
            dropped += found
        else:
            terms.append(Term(typed, who=found[0].word in _fluff().who))
    return terms, dropped


def _found(said: list[_Word], phrases: Phrases) -> dict[tuple[int, ...], Key]:
    """The places of each phrase and its key, and of each word that is in none.

    Phrases in one piece first, then those with words between, then words that are phrases alone.
    """
    found: dict[tuple[int, ...], Key] = {}
    free = [not word.exact for word in said]
    for alone, between in ((False, False), (False, True), (True, False)):
        for first, word in enumerate(said):
            if not free[first] or (word.word in SKIPPED and len(said) > 1):
                continue
            for key in phrases.by_first.get(_same(word.word), ()):
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
    said: list[_Word], free: list[bool], first: int, key: Key, between: int
) -> tuple[int, ...]:
    """Where the words of a phrase stand, with those between that make no difference; or nowhere."""
    places: list[int] = []
    wanted = 0
    for place in range(first, len(said)):
        word = said[place]
        if free[place] and _same(word.word) == key[wanted]:
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


def _same(word: str) -> str:
    return stem(SAME_IN_A_PHRASE.get(word, word))


def _single(word: _Word, phrases: Phrases) -> Term:
    return Term(word.typed, phrases.means.get((_same(word.word),), ()))


def stem(word: str) -> str:
    """Plurals, -ing and -ed taken off, so that “bullied” is “bullying”. Less than a stemmer."""
    if not word.isalpha():
        return word
    if len(word) >= SHORTEST_PAST and word.endswith(("ies", "ied")):
        return f"{word[:-3]}y"
    if len(word) >= SHORTEST_PAST and word.endswith(("shes", "ches", "xes", "sses", "zes")):
        return word[:-2]
    if (
        len(word) >= SHORTEST_PLURAL
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
    ):
        word = word[:-1]
    for ending, shortest in (("ing", SHORTEST_ING), ("ed", SHORTEST_PAST)):
        if len(word) >= shortest and word.endswith(ending):
            word = word[: -len(ending)]
            if word[-1:] == word[-2:-1] and word[-1:] not in {"l", "s"}:
                word = word[:-1]
    return word[:-1] if len(word) > SHORTEST_PLURAL and word.endswith("e") else word
