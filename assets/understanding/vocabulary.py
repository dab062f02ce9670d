"""Slips of the finger, mended with the words that the directory itself uses.

Source of likeness: PostgreSQL's pg_trgm, and then letters wrong, missing, extra or swapped.
"""

import tomllib
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from assets.models import Activity, Organisation
from assets.models.lifecycle import Status
from assets.models.venues import Venue
from assets.places.words import clean, plain
from assets.understanding.phrases import known_phrases, says_nothing
from assets.understanding.place_names import names
from assets.understanding.slips import slips
from assets.understanding.spelling import stem
from assets.understanding.text import PIECE, is_locked

REAL_WORDS = Path(__file__).parent.parent / "reference" / "real_words.toml"
SHORTEST, TWO_SLIPS_FROM, LONGEST = 4, 8, 30
MOST_WORDS = 12
# By how much likelier the likeliest is than the next, which is as many slips away.
AHEAD = 0.08

# As `plain` has it, and letters only: a word with a digit in it is never a slip. A name in another
# script gives no words.
SPLIT = """
    SELECT DISTINCT word FROM texts,
        regexp_split_to_table(
            regexp_replace(sort_key(texts.said), '[''’]', '', 'g'), '[^[:alnum:]]+') word
    WHERE word ~ '^[a-z]{3,40}$'
"""
# Of a venue that is hidden, nothing is said.
OF_LISTINGS = f"""
    SELECT concat_ws(' ', a.title, a.summary, a.description, a.first_visit,
                     CASE WHEN v.shown = '{Venue.Shown.PUBLIC}' AND v.status = '{Status.PUBLIC}'
                          THEN v.name END) AS said
    FROM assets_activity a
    JOIN assets_organisation o ON o.id = a.organisation_id AND o.status = '{Status.PUBLIC}'
    LEFT JOIN assets_venue v ON v.id = a.venue_id
    WHERE a.status = '{Status.PUBLIC}' AND a.id = ANY(%(activities)s)
    UNION ALL
    SELECT concat_ws(' ', o.name, o.summary, o.description)
    FROM assets_organisation o
    WHERE o.status = '{Status.PUBLIC}' AND (o.id = ANY(%(organisations)s)
        OR EXISTS (SELECT FROM assets_activity a
                   WHERE a.organisation_id = o.id AND a.id = ANY(%(activities)s)))
"""
OF_LISTS = """
    SELECT name AS said FROM assets_audience
    UNION ALL SELECT name FROM assets_accessfeature
    UNION ALL SELECT name FROM assets_language
    UNION ALL SELECT name FROM thrive_theme
    UNION ALL SELECT search_names FROM assets_place
    UNION ALL SELECT concat_ws(' ', phrase, array_to_string(means, ' ')) FROM assets_synonym
"""
ADD = "WITH texts AS ({texts}) INSERT INTO assets_vocabularyword {split} ON CONFLICT DO NOTHING"
# Two letters that changed places in a short word share few trigrams: “lonley”.
ALIKE = """
WITH typed AS (SELECT unnest(%s::text[]) AS word)
SELECT typed.word, known.word, similarity(typed.word, known.word)
FROM typed JOIN assets_vocabularyword known ON known.word %% typed.word
UNION
SELECT typed.word, known.word, similarity(typed.word, known.word)
FROM typed JOIN assets_vocabularyword known ON left(known.word, 2) = left(typed.word, 2)
    AND length(known.word) = length(typed.word)
"""


def add_words_of(activity_ids: Sequence[UUID], organisation_ids: Sequence[UUID]) -> None:
    """The words of these listings, as far as they are public, in one statement.

    For whoever writes search rows, in the same transaction. Words that are gone stay until
    `rebuild`.
    """
    values = {"activities": list(activity_ids), "organisations": list(organisation_ids)}
    with connection.cursor() as cursor:
        cursor.execute(ADD.format(texts=OF_LISTINGS, split=SPLIT), values)


def add_words_of_lists() -> None:
    """The words of places, synonyms, themes and the like."""
    with connection.cursor() as cursor:
        cursor.execute(ADD.format(texts=OF_LISTS, split=SPLIT))


@transaction.atomic
def rebuild() -> None:
    """Every word anew, so that none is left of what nobody says any more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM assets_vocabularyword")
    add_words_of(
        list(Activity.objects.values_list("pk", flat=True)),
        list(Organisation.objects.values_list("pk", flat=True)),
    )
    add_words_of_lists()


def corrected(words: str) -> str | None:
    """What was typed with its slips mended, or None where there is none to be sure of.

    Words in quotes, short ones and those with digits stay. One query, if anything may be a slip.
    """
    pieces = PIECE.findall(clean(words))
    doubtful = [word for piece in pieces if (word := _doubtful(piece))][:MOST_WORDS]
    if not doubtful:
        return None
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, [list(dict.fromkeys(doubtful))])
        rows: list[tuple[str, str, float]] = cursor.fetchall()
    mended = {
        word: _likeliest(word, [row[1:] for row in rows if row[0] == word]) for word in doubtful
    }
    now = [mended.get(_doubtful(piece)) or piece for piece in pieces]
    return None if now == pieces else " ".join(now)


def _doubtful(piece: str) -> str:
    """The plain word of a piece that may be a slip; else nothing."""
    word = plain(piece)
    if is_locked(piece) or not (word.isalpha() and SHORTEST <= len(word) <= LONGEST):
        return ""
    is_known = says_nothing(word) or stem(word) in _real_stems() or word in names().places
    return "" if is_known or word in known_phrases().words else word


@cache
def _real_stems() -> frozenset[str]:
    data = tomllib.loads(REAL_WORDS.read_text(encoding="utf-8"))
    return frozenset(stem(word) for word in data["words"].split())


def _likeliest(word: str, alike: list[tuple[str, float]]) -> str | None:
    """The fewest slips, then the most alike; none where the word is one of ours in another form."""
    if any(known == word for known, _likeness in alike):
        return None
    for known, _likeness in alike:
        # “swiming” would be a form of “swim”, but for one letter.
        if _once_each(known) == _once_each(word):
            return known
    if any(stem(known) == stem(word) for known, _likeness in alike):
        return None
    allowed = 2 if len(word) >= TWO_SLIPS_FROM else 1
    likely = [
        (count, -likeness, known)
        for known, likeness in alike
        # “friendly” is no slip of “friend”.
        if _begin_alike(word, known)
        and not word.startswith(known)
        and (count := slips(word, known)) <= allowed
    ]
    likely.sort()
    if not likely:
        return None
    slipped, likeness, best = likely[0]
    for others, other_likeness, other in likely[1:]:
        is_as_likely = others == slipped and other_likeness - likeness < AHEAD
        if is_as_likely and stem(other) != stem(best):
            return None
    return best


def _once_each(word: str) -> str:
    return "".join(letter for letter, _run in groupby(word))


def _begin_alike(word: str, known: str) -> bool:
    """Few people slip on the first letter; they may swap the first two."""
    return word[0] == known[0] or word[:2] == known[1::-1]
