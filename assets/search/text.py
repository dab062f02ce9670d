"""From what words mean to PostgreSQL's text search: which rows have them, and how well they fit.

A row's fit is the sum over all that was said of how well it has that: the best of several ways to
say it counts, by where it stands (a title says most, a description least), by how often, and by how
few rows have it. Source of the last: Spärck Jones, “A statistical interpretation of term
specificity and its application in retrieval” (1972).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from psycopg import sql

from assets.models.activities import Level
from assets.search.rows import NO_UPPER_AGE
from assets.understanding.meaning import Meaning, Term

# What a word is worth in the description, summary, tags and title: PostgreSQL's D, C, B and A.
BY_PLACE = "{0.5, 0.8, 0.9, 1}"
# An everyday phrase that somebody wrote down is what the question is about; who is asking is not.
OF_AN_EVERYDAY_PHRASE, OF_WHO = 2, 1
# Beside the word itself, others that may stand for it say less; each one more says a little more.
OF_ANOTHER_WORD, OF_EACH_MORE = 0.7, 0.1
# What is for other ages, or for somebody in particular, has to fit better.
FOR_OTHER_AGES, TARGETED, SPECIALIST = 0.5, 0.9, 0.8
# Of the best row's fit; rows with less are by the way.
SHARE = 0.4

SAID = sql.SQL("""
ways AS (
    SELECT * FROM (VALUES {ways}) AS ways(number, term, way, worth) WHERE numnode(way) > 0),
said AS MATERIALIZED (
    SELECT id, sum(fit) AS rank, count(*) AS terms FROM (
        SELECT id, term, max(fit) + {more} * (sum(fit) - max(fit)) AS fit FROM (
            SELECT one.id, ways.term, ways.worth * ts_rank({by_place}, one.document, ways.way)
                * ln(1 + (SELECT count(*) FROM assets_searchrow)::float8
                     / count(*) OVER (PARTITION BY number)) AS fit
            FROM ways JOIN assets_searchrow one ON one.document @@ ways.way) each
        GROUP BY id, term) best
    GROUP BY id),
""")
SUITS = sql.SQL("""(said.rank
    * CASE WHEN r.age_from < {high} AND r.age_before > {low} THEN 1 ELSE {other} END
    * CASE WHEN r.level & {specialist_bit} <> 0 THEN {specialist}
           WHEN r.level & {targeted_bit} <> 0 THEN {targeted} ELSE 1 END)""")
ANY_AGE = (0, NO_UPPER_AGE)
# As `assets.search.options` has them: the bits of an activity's level.
LEVELS = {level: 1 << place for place, level in enumerate(Level)}


@dataclass(frozen=True)
class Words:
    """What rows have to have; `least` of the best row's fit is enough, if not every term has to."""

    meaning: Meaning
    least: float = 0

    @property
    def given(self) -> bool:
        return self is not NOTHING

    @property
    def tables(self) -> sql.Composable:
        """Tables `ways` and `said`: each row that has some term, its rank, and how many terms."""
        if not self.meaning.terms:
            return sql.SQL("")
        return SAID.format(
            ways=sql.SQL(", ").join(_ways(self.meaning)),
            by_place=sql.Literal(BY_PLACE),
            more=sql.Literal(OF_EACH_MORE),
        )

    @property
    def condition(self) -> sql.Composable:
        """Of a row `r` joined with `said`, if there are terms."""
        conditions: list[sql.Composable] = [
            sql.SQL("NOT r.document @@ {}").format(_query(word)) for word in self.meaning.without
        ]
        if self.meaning.terms and not self.least:
            conditions.append(sql.SQL("said.terms = (SELECT count(DISTINCT term) FROM ways)"))
        if not conditions and not self.meaning.terms:
            # No row has words that say nothing.
            return sql.SQL("false" if self.given else "true")
        return sql.SQL(" AND ").join(conditions) if conditions else sql.SQL("true")

    @property
    def rank(self) -> sql.Composable:
        """How well a row `r` fits, joined with `said`, if there are terms."""
        if not self.meaning.terms:
            return sql.SQL("0::float8")
        low, high = self.meaning.ages or ANY_AGE
        return SUITS.format(
            low=sql.Literal(low),
            high=sql.Literal(high),
            other=sql.Literal(FOR_OTHER_AGES),
            targeted=sql.Literal(TARGETED),
            specialist=sql.Literal(SPECIALIST),
            targeted_bit=sql.Literal(LEVELS[Level.TARGETED]),
            specialist_bit=sql.Literal(LEVELS[Level.SPECIALIST]),
        )


NOTHING = Words(Meaning())


def every_term(meaning: Meaning) -> Words:
    """Rows that have every term, each in one of its ways, and none of the words left out."""
    return Words(meaning)


def some_terms(meaning: Meaning) -> Words:
    """Rows that have a good share of what was said."""
    return Words(meaning, SHARE)


def says_anything(meaning: Meaning) -> sql.Composable:
    """A question: whether more is left of the words than “and”, “the” and the like."""
    parts = [*(_query(way) for term in meaning.terms for way in (term.typed, *term.also))]
    parts += [_query(word) for word in meaning.without]
    return sql.SQL("SELECT {} > 0").format(
        sql.SQL(" + ").join(
            [sql.SQL("0"), *(sql.SQL("coalesce(numnode({}), 0)").format(one) for one in parts)]
        )
    )


def _ways(meaning: Meaning) -> Iterator[sql.Composable]:
    number = 0
    for place, term in enumerate(meaning.terms):
        for way, worth in _worth(term):
            exact = term.exact and way == term.typed
            yield sql.SQL("({}, {}, {}, {}::float8)").format(
                sql.Literal(number),
                sql.Literal(place),
                _query(way, exact=exact),
                sql.Literal(worth),
            )
            number += 1


def _worth(term: Term) -> Iterator[tuple[str, float]]:
    worth = OF_WHO if term.who else OF_AN_EVERYDAY_PHRASE if term.also else 1
    yield term.typed, worth
    for other in term.also:
        yield other, worth * OF_ANOTHER_WORD


def _query(text: str, *, exact: bool = False) -> sql.Composable:
    read = "phraseto_tsquery" if exact else "plainto_tsquery"
    return sql.SQL(f"{read}('directory', {{}})").format(sql.Literal(text))
