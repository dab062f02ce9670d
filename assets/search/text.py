"""From what words mean to PostgreSQL's text search."""

from dataclasses import dataclass

from psycopg import sql

from assets.understanding.meaning import Meaning, Term

# In the description alone, a word says less of a listing than anywhere else.
IN_DESCRIPTION = 0.6
# What somebody wrote down as an everyday phrase is what the question is about.
OF_AN_EVERYDAY_PHRASE = 2.5
# Of the best row's share of what was said; rows with less are by the way.
SHARE = 0.4


@dataclass(frozen=True)
class Words:
    """`match` picks rows `r`, `rank` says how well they fit; `least` of the best is good enough."""

    match: sql.Composable
    rank: sql.Composable
    least: float = 0

    @property
    def given(self) -> bool:
        return self is not NOTHING


NOTHING = Words(sql.SQL("NULL::tsquery"), sql.SQL("0"))


def every_term(meaning: Meaning) -> Words:
    """Rows that have every term, each in one of its ways, and none of the words left out."""
    match = _joined([*map(_term, meaning.terms), *_unwanted(meaning)], " && ")
    return Words(match, sql.SQL("ts_rank(r.document, asked.words)"))


def some_terms(meaning: Meaning) -> Words:
    """Rows that have a good share of what was said."""
    wanted = _joined([*map(_term, meaning.terms)], " || ")
    match = _joined([wanted, *_unwanted(meaning)], " && ")
    return Words(match, _share(meaning), SHARE)


def _share(meaning: Meaning) -> sql.Composable:
    """How much of what was said a row has: rare words say more, and a title more than a text.

    Words count by the logarithm of how few rows have them; of a term's several ways the best one
    counts. Source: Spärck Jones, “A statistical interpretation of term specificity and its
    application in retrieval” (1972).
    """
    part = sql.SQL("""
        CASE WHEN r.document @@ {way} THEN
            CASE WHEN ts_filter(r.document, '{{a,b,c}}') @@ {way} THEN 1 ELSE {less} END
            * (SELECT ln(1 + (SELECT count(*) FROM assets_searchrow)::float8 / count(*))
               FROM assets_searchrow one WHERE one.document @@ {way}) END""")
    parts = [
        sql.SQL("{} * coalesce(greatest({}), 0)").format(
            sql.Literal(OF_AN_EVERYDAY_PHRASE if term.also else 1),
            sql.SQL(", ").join(
                part.format(way=way, less=sql.Literal(IN_DESCRIPTION)) for way in _ways(term)
            ),
        )
        for term in meaning.terms
    ]
    return _joined([*parts], " + ")


def _term(term: Term) -> sql.Composable:
    return _joined(_ways(term), " || ")


def _ways(term: Term) -> list[sql.Composable]:
    also = [_words(text, exact=False) for text in term.also]
    return [_words(term.typed, exact=term.exact), *also]


def _unwanted(meaning: Meaning) -> list[sql.Composable]:
    return [sql.SQL("!!{}").format(_words(word, exact=False)) for word in meaning.without]


def _words(text: str, *, exact: bool) -> sql.Composable:
    read = "phraseto_tsquery" if exact else "plainto_tsquery"
    return sql.SQL(f"{read}('directory', {{}})").format(sql.Literal(text))


def _joined(parts: list[sql.Composable], by: str) -> sql.Composable:
    if not parts:
        return NOTHING.match
    return sql.SQL("({})").format(sql.SQL(by).join(parts))
