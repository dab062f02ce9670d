"""One search, answered by one statement: how many, and the rows of this page.

Source: PostgreSQL's own full text search and point operators. The circle is a plain circle on the
British National Grid, which within a county is true to a tenth of a per cent.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from assets.ages import Age
from assets.fields import parse_point
from assets.places.grid import METRES_IN_A_MILE, GridPoint, miles_between

PAGE_SIZE = 20


@dataclass(frozen=True)
class Query:
    """What is looked for, already understood. `within` is in miles."""

    words: str = ""
    near: GridPoint | None = None
    within: float = 10
    age: Age | None = None
    needs_groups: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    page: int = 1


@dataclass(frozen=True)
class Found:
    """One row of an answer. `miles` is None where nobody has to travel, or no place was asked."""

    row_id: int
    version: int
    activity_id: UUID | None
    organisation_id: UUID | None
    miles: float | None = None


@dataclass(frozen=True)
class Answer:
    """`total` counts every page; `some_words` tells that no row had all the words."""

    total: int
    found: list[Found]
    page: int
    some_words: bool = False

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


STATEMENT = sql.SQL("""
WITH asked AS (SELECT {tsquery} AS words),
picked AS MATERIALIZED (
    SELECT r.id, r.version, r.activity_id, r.organisation_id, r.point, {metres} AS metres,
           r.sort_key, {rank} AS rank
    FROM assets_searchrow r, asked
    WHERE {conditions})
SELECT (SELECT count(*) FROM picked), page.* FROM (
    SELECT id, version, activity_id, organisation_id, point FROM picked
    ORDER BY {order} LIMIT {limit} OFFSET {offset}) page
UNION ALL
SELECT (SELECT count(*) FROM picked), NULL, NULL, NULL, NULL, NULL
WHERE NOT EXISTS (SELECT FROM picked OFFSET {offset})
""")
NEEDS_GROUPS = sql.SQL(
    "EXISTS (SELECT FROM assets_activityneedsgroup t"
    " WHERE t.activity_id = r.activity_id AND t.needs_group_id = ANY(%(needs_groups)s))"
)
THEMES = sql.SQL(
    "EXISTS (SELECT FROM assets_activitytheme t"
    " WHERE t.activity_id = r.activity_id AND t.theme_id = ANY(%(themes)s))"
)

OF_ORGANISATION = """
SELECT r.id, r.version, r.activity_id, r.organisation_id
FROM assets_searchrow r JOIN assets_activity a ON a.id = r.activity_id
WHERE a.organisation_id = %(group)s OR EXISTS (
    SELECT FROM assets_activitypartner ap
    WHERE ap.activity_id = a.id AND ap.organisation_id = %(group)s)
ORDER BY r.sort_key, r.id
"""


def search(query: Query, *, some_words: bool = True) -> Answer:
    """The page asked for; an empty page past the end, with the true total.

    Where no row has all the words, rows with some of them will do, if `some_words` may.
    """
    answer = _ask(query, sql.SQL("websearch_to_tsquery('directory', %(words)s)"))
    if answer.total or not query.words:
        return answer
    if not _says_anything(query.words):
        return _ask(replace(query, words=""), sql.SQL("NULL"))
    if not some_words:
        return answer
    some = _ask(
        query,
        sql.SQL("replace(plainto_tsquery('directory', %(words)s)::text, '&', '|')::tsquery"),
    )
    return Answer(some.total, some.found, some.page, some_words=bool(some.total))


def _says_anything(words: str) -> bool:
    """Whether more is left of the words than “and”, “the” and the like."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT numnode(plainto_tsquery('directory', %s)) > 0", [words])
        return bool(cursor.fetchone()[0])


def _tags(query: Query) -> tuple[list[sql.Composable], dict[str, Any]]:
    """The conditions of needs groups and themes, and their values."""
    conditions: list[sql.Composable] = []
    if query.needs_groups:
        conditions.append(NEEDS_GROUPS)
    if query.themes:
        conditions.append(THEMES)
    values = {"needs_groups": list(query.needs_groups), "themes": list(query.themes)}
    return conditions, values


def _ask(query: Query, tsquery: sql.SQL) -> Answer:
    values: dict[str, Any] = {
        "words": query.words,
        "limit": PAGE_SIZE,
        "offset": (query.page - 1) * PAGE_SIZE,
    }
    conditions: list[sql.Composable] = [sql.SQL("true")]
    metres: sql.Composable = sql.SQL("NULL::float8")
    rank: sql.Composable = sql.SQL("0")
    order = [sql.SQL("sort_key"), sql.SQL("id")]
    if query.words:
        conditions.append(sql.SQL("r.document @@ asked.words"))
        rank = sql.SQL("ts_rank(r.document, asked.words)")
        order.insert(0, sql.SQL("rank DESC"))
    if query.near:
        values |= {"near": f"({query.near.easting},{query.near.northing})"}
        values |= {"radius": query.within * METRES_IN_A_MILE}
        metres = sql.SQL("r.point <-> %(near)s::point")
        # What is online, by phone or at home is near everybody, and comes last.
        conditions.append(
            sql.SQL("(r.point <@ circle(%(near)s::point, %(radius)s) OR r.point IS NULL)")
        )
        order.insert(0, sql.SQL("metres NULLS LAST"))
    if query.age and query.age.in_pregnancy:
        conditions.append(sql.SQL("r.in_pregnancy"))
    elif query.age:
        values |= {"age": query.age.months}
        conditions.append(sql.SQL("r.age_from <= %(age)s AND r.age_before > %(age)s"))
    tags, tag_values = _tags(query)
    conditions += tags
    values |= tag_values
    statement = STATEMENT.format(
        tsquery=tsquery if query.words else sql.SQL("NULL::tsquery"),
        metres=metres,
        rank=rank,
        conditions=sql.SQL(" AND ").join(conditions),
        order=sql.SQL(", ").join(order),
        limit=sql.SQL("%(limit)s"),
        offset=sql.SQL("%(offset)s"),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return Answer(
        total=rows[0][0],
        found=[_found(row, query.near) for _total, *row in rows if row[0] is not None],
        page=query.page,
    )


def _found(row: list[Any], near: GridPoint | None) -> Found:
    row_id, version, activity_id, organisation_id, point = row
    far = miles_between(near, parse_point(point)) if near and point else None
    return Found(row_id, version, activity_id, organisation_id, far)


def of_organisation(organisation_id: UUID) -> list[Found]:
    """Everything public that a group runs or helps to run, by name."""
    with connection.cursor() as cursor:
        cursor.execute(OF_ORGANISATION, {"group": organisation_id})
        return [Found(*row) for row in cursor.fetchall()]
