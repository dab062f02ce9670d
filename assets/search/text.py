"""From what words mean to PostgreSQL's text search."""

from psycopg import sql

from assets.understanding.meaning import Meaning, Term

NOTHING = sql.SQL("NULL::tsquery")


def every_term(meaning: Meaning) -> sql.Composable:
    """Rows that have every term, each in one of its ways, and none of the words left out."""
    wanted = [_term(term) for term in meaning.terms]
    unwanted = [sql.SQL("!!{}").format(_words(word, exact=False)) for word in meaning.without]
    return _joined([*wanted, *unwanted], " && ")


def any_term(meaning: Meaning) -> sql.Composable:
    """Rows that have at least one word of one term."""
    texts = [text for term in meaning.terms for text in (term.typed, *term.also)]
    words = sql.SQL("replace(plainto_tsquery('directory', {})::text, '&', '|')::tsquery")
    wanted = _joined([words.format(sql.Literal(text)) for text in texts], " || ")
    unwanted = [sql.SQL("!!{}").format(_words(word, exact=False)) for word in meaning.without]
    return _joined([wanted, *unwanted], " && ")


def _term(term: Term) -> sql.Composable:
    ways = [_words(term.typed, exact=term.exact)]
    ways += [_words(text, exact=False) for text in term.also]
    return _joined(ways, " || ")


def _words(text: str, *, exact: bool) -> sql.Composable:
    read = "phraseto_tsquery" if exact else "plainto_tsquery"
    return sql.SQL(f"{read}('directory', {{}})").format(sql.Literal(text))


def _joined(parts: list[sql.Composable], by: str) -> sql.Composable:
    if not parts:
        return NOTHING
    return sql.SQL("({})").format(sql.SQL(by).join(parts))
