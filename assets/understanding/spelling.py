"""What was typed, word by word: each spelt in one way, and without its ending."""

from collections.abc import Iterator
from dataclasses import dataclass

from assets.places.words import plain
from assets.understanding.text import is_locked

QUOTES = '“”„"'
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
SHORTEST_PLURAL, SHORTEST_PAST, SHORTEST_ING = 4, 5, 6


@dataclass(frozen=True, slots=True)
class SaidWord:
    """`word` is what it is compared by, `typed` what was typed."""

    word: str
    typed: str
    exact: bool = False


def bare(piece: str) -> str:
    return " ".join(piece.strip(QUOTES + " ").split())


def said_words(pieces: list[str]) -> Iterator[SaidWord]:
    """The plain words, spelt in one way; words in quotes are one word."""
    made: list[SaidWord] = []
    for piece in pieces:
        if is_locked(piece) and piece[0] in QUOTES:
            if plain(piece):
                made.append(SaidWord("", bare(piece), exact=True))
            continue
        parts = plain(piece).split()
        whole = piece.strip(" .,;:!?()[]{}<>*'’‘`/\\|&+~_-" + QUOTES)
        made += [
            SaidWord(SPELT.get(word, word), whole if len(parts) == 1 else word) for word in parts
        ]
    place = 0
    while place < len(made):
        word = made[place]
        two = made[place : place + 2]
        if len(two) == 2 and (one := TWO_AS_ONE.get((two[0].word, two[1].word))):
            word = SaidWord(one, f"{two[0].typed} {two[1].typed}")
            place += 1
        yield word
        place += 1


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
