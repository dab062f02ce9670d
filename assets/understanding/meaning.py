"""What the words of a search mean: what to look for, in our words as well as in theirs."""

from dataclasses import dataclass, field

from assets.places.words import clean, plain
from assets.understanding.phrases import (
    Phrases,
    Synonyms,
    fluff,
    found_in,
    known_phrases,
    same,
    says_nothing,
)
from assets.understanding.spelling import SaidWord, bare, said_words
from assets.understanding.text import PIECE

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


def meant(words: str, *, synonyms: Synonyms | None = None) -> Meaning:
    """The longest known phrase first; what says nothing is dropped unless nothing is left.

    `synonyms` instead of the directory's own, to try them. At most one query.
    """
    phrases = known_phrases() if synonyms is None else Phrases.of(synonyms)
    pieces = PIECE.findall(clean(words))
    without = [bare(piece[1:]) for piece in pieces if _is_unwanted(piece)]
    said = list(said_words([piece for piece in pieces if not _is_unwanted(piece)]))
    terms, dropped = _terms(said, phrases)
    says_little = not terms
    if says_little:
        terms = [_single(word, phrases) for word in dropped if word.word not in fluff().stop]
    stages = [LIFE_STAGES[word.word] for word in said if word.word in LIFE_STAGES]
    ages = (
        (min(low for low, _high in stages), max(high for _low, high in stages)) if stages else None
    )
    return Meaning(tuple(dict.fromkeys(terms)), tuple(filter(None, without)), says_little, ages)


def _is_unwanted(piece: str) -> bool:
    return piece[0] == "-" and len(piece) > 1 and bool(plain(piece))


def _terms(said: list[SaidWord], phrases: Phrases) -> tuple[list[Term], list[SaidWord]]:
    """What is looked for, and the words that say nothing."""
    terms: list[Term] = []
    dropped: list[SaidWord] = []
    for places, key in sorted(found_in(said, phrases).items()):
        found = [said[place] for place in places]
        typed = " ".join(word.typed for word in found)
        if found[0].exact:
            terms.append(Term(typed, exact=True))
        elif key in phrases.means:
            who = len(found) == 1 and found[0].word in fluff().who
            terms.append(Term(typed, phrases.means[key], who=who))
        elif key or says_nothing(found[0].word):
            dropped += found
        else:
            terms.append(Term(typed, who=found[0].word in fluff().who))
    return terms, dropped


def _single(word: SaidWord, phrases: Phrases) -> Term:
    return Term(word.typed, phrases.means.get((same(word.word),), ()))
