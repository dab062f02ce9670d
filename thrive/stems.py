"""The stem of a word, as the search has it: “counselling” and “counselled” are one."""

from collections.abc import Iterable

from django.db import connection

# What was asked before need not be asked again. A word is letters, so there are not many.
MOST_KEPT = 50_000
_known: dict[str, str] = {}


def stems_of(words: Iterable[str]) -> dict[str, str]:
    """Each of these small-letter words with its stem, in one query at most."""
    wanted = set(words)
    new = sorted(wanted - _known.keys())
    if new:
        if len(_known) > MOST_KEPT:
            _known.clear()
            new = sorted(wanted)
        with connection.cursor() as cursor:
            # A word that search leaves out, such as “the”, has no stem but itself.
            cursor.execute(
                "SELECT word, coalesce((ts_lexize('english_stem', word))[1], word)"
                " FROM unnest(%s::text[]) word",
                [new],
            )
            _known.update(cursor.fetchall())
    return {word: _known[word] for word in wanted}
