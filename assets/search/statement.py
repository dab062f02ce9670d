"""The one statement that answers a search.

Words, place and age pick rows once. Of each picked row `fails` has a bit for every filter that it
does not pass, so that each option can be counted as if its own filter were not there: those are
the rows that fail nothing else.

Sources: PostgreSQL's full text search and point operators. The circle is a plain circle on the
British National Grid, which within a county is true to a tenth of a per cent.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from psycopg import sql

from assets.freshness.rules import BEGINS, Stage, last_day_of
from assets.places.grid import METRES_IN_A_MILE
from assets.places.parts import Inside
from assets.search.counts import DATES, SERVES, UNCHECKED, Counted, numbers, options
from assets.search.dated import BY_DAY, DATED, DATES_OF, NEXT_ONE, SOONEST, chosen_dates, first_date
from assets.search.options import FILTERS, bits, mask
from assets.search.query import Query, Sort
from assets.search.text import Words
from assets.search.when import ANY_PART, PARTS_OF_DAY, days_of

PICKED = sql.SQL("""
WITH {said}
dated AS MATERIALIZED ({dated}),
{name} AS MATERIALIZED (
    SELECT r.id, r.version, r.activity_id, r.organisation_id, r.point, r.sort_key, r.checked_on,
           {metres} AS metres, {rank} AS rank, {columns},
           coalesce(dated.windows, 0) AS "when", {times} AS "time", dated.first,
           CASE WHEN {served} THEN 1 ELSE 0 END AS serves, {fails} AS fails
    FROM {rows} LEFT JOIN dated ON dated.activity_id = r.activity_id
    WHERE {conditions}){kept}
""")
GOOD_ENOUGH = sql.SQL("""
, picked AS (SELECT * FROM ranked WHERE rank >= {least} * (SELECT max(rank) FROM ranked))
""")
# What is 20 miles off has to fit twice as well as what is here. What needs no journey is worth what
# five miles off is.
HALF_AS_GOOD, NO_JOURNEY = 32_000, 0.8
FITS_AND_IS_NEAR = sql.SQL("rank * coalesce({half}::float8 / ({half} + metres), {none}) DESC")
ANSWER = sql.SQL("""
, page AS (
    SELECT picked.*, {soonest} AS soonest FROM picked
    WHERE fails = 0 ORDER BY {order} LIMIT {limit} OFFSET {offset})
SELECT count(*) FILTER (WHERE fails = 0), {numbers},
       (SELECT max(rank) FROM picked WHERE fails = 0), NULL::bigint, NULL::bigint, NULL::uuid,
       NULL::uuid, NULL::point, NULL::date, NULL::timestamptz, NULL::timestamptz, NULL::boolean,
       NULL
FROM ({options}) options
UNION ALL
SELECT * FROM (
    SELECT NULL::bigint, NULL::bigint[], NULL::float8, page.id, version, page.activity_id,
           organisation_id, point, next_one."on", next_one.starts_at, next_one.ends_at,
           next_one.ask_first, next_one.note
    FROM page LEFT JOIN LATERAL ({next_one}) next_one ON true ORDER BY {order}) page
""")


def answer_statement(
    query: Query, words: Words, what: Counted
) -> tuple[sql.Composed, dict[str, Any]]:
    """Total and counts in the first row, then the rows of this page; and the statement's values."""
    values = _values(query)
    values["shown"] = query.page * query.size
    order, by_date = _order(query, words)
    soonest = SOONEST.format(
        next_one=NEXT_ONE.format(activity=sql.SQL("picked.activity_id"), chosen=chosen_dates(query))
    )
    answer: sql.Composed = ANSWER.format(
        order=_listed(order),
        soonest=soonest if by_date else sql.SQL("NULL"),
        limit=sql.Literal(query.size),
        offset=sql.Literal((query.page - 1) * query.size),
        numbers=numbers(what),
        options=options(what),
        next_one=NEXT_ONE.format(activity=sql.SQL("page.activity_id"), chosen=chosen_dates(query)),
    )
    return _picked(query, words, values) + answer, values


def by_day_statement(
    query: Query, words: Words, first: date, before: date
) -> tuple[sql.Composed, dict[str, Any]]:
    """Every date of what is found, those that are off among them; and the values."""
    values = _values(query) | {"first": first, "before": before}
    by_day = BY_DAY.format(chosen=chosen_dates(query))
    return _picked(query, words, values) + by_day, values


def dates_statement(query: Query, activities: list[UUID]) -> tuple[sql.Composed, dict[str, Any]]:
    """Whole rows of Occurrence; and the statement's values."""
    values = _values(query) | {"activities": activities}
    return DATES_OF.format(chosen=chosen_dates(query)), values


def _picked(query: Query, words: Words, values: dict[str, Any]) -> sql.Composed:
    return PICKED.format(
        said=words.tables,
        name=sql.SQL("ranked" if words.least else "picked"),
        kept=GOOD_ENOUGH.format(least=sql.Literal(words.least)) if words.least else sql.SQL(""),
        dated=DATED.format(first=first_date(query)),
        metres=sql.SQL("r.point <-> %(near)s::point" if query.near else "NULL::float8"),
        rank=words.rank,
        rows=sql.SQL(
            "said JOIN assets_searchrow r ON r.id = said.id"
            if words.meaning.terms
            else "assets_searchrow r"
        ),
        columns=_listed(sql.SQL("r.{}").format(sql.Identifier(one.name)) for one in FILTERS),
        times=sql.SQL("coalesce(dated.times, 0)" if query.when else "r.times"),
        served=_served(query),
        fails=_fails(query, values),
        conditions=sql.SQL(" AND ").join(_conditions(query, words, values)),
    )


def _values(query: Query) -> dict[str, Any]:
    now = timezone.now()
    today = timezone.localdate(now)
    days, day_windows = days_of(list(query.windows))
    names = [window.name for window in query.windows]
    chosen = mask(query.when, {name: place for place, name in enumerate(names)})
    values: dict[str, Any] = {
        "now": now,
        "today": today,
        "days": days,
        "day_windows": day_windows,
        "when": chosen if query.when else (1 << len(names)) - 1,
        "times": sum(PARTS_OF_DAY[one] for one in {*query.times}) or ANY_PART,
        "areas": list(query.areas),
    }
    return values


def _listed(parts: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(parts)


def _conditions(query: Query, words: Words, values: dict[str, Any]) -> list[sql.Composable]:
    """What picks rows before anything is counted: words, place, age."""
    conditions: list[sql.Composable] = [words.condition]
    if query.near:
        values["near"] = f"({query.near.easting},{query.near.northing})"
        values["radius"] = query.within * METRES_IN_A_MILE
        # What is online, by phone or at home is near everybody whom it serves.
        conditions.append(
            sql.SQL("(r.point <@ circle(%(near)s::point, %(radius)s) OR r.point IS NULL AND ")
            + _served(query)
            + sql.SQL(")")
        )
    if query.age and query.age.in_pregnancy:
        conditions.append(sql.SQL("r.in_pregnancy"))
    elif query.age:
        values["age"] = query.age.months
        conditions.append(sql.SQL("r.age_from <= %(age)s AND r.age_before > %(age)s"))
    if query.ages or query.inside:
        conditions.append(sql.SQL("r.activity_id IS NOT NULL"))
    if query.ages:
        values["ages_from"], values["ages_before"] = query.ages
        conditions.append(sql.SQL("r.age_from < %(ages_before)s AND r.age_before > %(ages_from)s"))
    if query.inside and (query.inside.holds or query.inside.no_journey):
        values["holds"] = list(query.inside.holds)
        conditions.append(_inside(query.inside))
    return conditions


def _inside(inside: Inside) -> sql.Composed:
    """At a venue of that part of the district, or where that counts, at no venue."""
    return sql.SQL(
        "({no_journey} AND r.point IS NULL OR r.activity_id IN (SELECT inside.id"
        " FROM assets_activity inside JOIN assets_venue place ON place.id = inside.venue_id"
        " WHERE place.{column} = ANY(%(holds)s)))"
    ).format(no_journey=sql.Literal(inside.no_journey), column=sql.Identifier(f"{inside.by}_id"))


def _served(query: Query) -> sql.SQL:
    """Whether it is for people of the place asked about; yes, while nobody knows where that is."""
    if not query.areas:
        return sql.SQL("true")
    return sql.SQL("(r.area_served IS NULL OR r.area_served = ANY(%(areas)s))")


def _fails(query: Query, values: dict[str, Any]) -> sql.Composable:
    """A bit for each filter that keeps the row out."""
    places = bits(wanted=query.options)
    tests: list[sql.Composable] = []
    for place, one in enumerate(FILTERS):
        if chosen := query.options.get(one.name):
            values[f"chosen_{one.name}"] = wanted = mask(chosen, places[one.name])
            # What stands on no row yet cannot be among all that is chosen.
            none_has_it = one.every and wanted.bit_count() < len({*chosen})
            test = (
                "true" if none_has_it else "r.{0} & {1} <> {1}" if one.every else "r.{0} & {1} = 0"
            )
            tests.append(
                sql.SQL(f"CASE WHEN {test} THEN {{2}} ELSE 0 END").format(
                    sql.Identifier(one.name),
                    sql.Placeholder(f"chosen_{one.name}"),
                    sql.Literal(1 << place),
                )
            )
    if query.when or query.times:
        found = "coalesce(dated.windows, 0) & %(when)s" if query.when else "r.times & %(times)s"
        tests.append(
            sql.SQL(f"CASE WHEN {found} = 0 THEN {{}} ELSE 0 END").format(sql.Literal(DATES))
        )
    if query.serves:
        tests.append(
            sql.SQL("CASE WHEN {} THEN 0 ELSE {} END").format(_served(query), sql.Literal(SERVES))
        )
    if not query.unchecked:
        values["stale"] = last_day_of(BEGINS[Stage.STALE])
        stale = sql.SQL("CASE WHEN r.known_on <= %(stale)s THEN {} ELSE 0 END")
        tests.append(stale.format(sql.Literal(UNCHECKED)))
    return sql.SQL(" | ").join(tests) if tests else sql.SQL("0")


def _order(query: Query, words: Words) -> tuple[list[sql.Composable], bool]:
    """What comes first; and whether that needs each row's next date, `soonest`."""
    by_name = [sql.SQL("sort_key"), sql.SQL("id")]
    by_date = sql.SQL("soonest NULLS LAST")
    nearest = sql.SQL("metres NULLS LAST")
    sort = query.sort
    order: list[sql.Composable] = []
    if sort == Sort.CHECKED:
        order = [sql.SQL("checked_on DESC NULLS LAST")]
    elif sort == Sort.NEXT or (sort == Sort.BEST and not words.given and not query.near):
        order = [by_date]
    elif sort == Sort.NEAREST and query.near:
        order = [nearest]
    elif sort == Sort.BEST and query.near and words.given:
        halves = {"half": sql.Literal(HALF_AS_GOOD), "none": sql.Literal(NO_JOURNEY)}
        order = [FITS_AND_IS_NEAR.format(**halves)]
    elif sort == Sort.BEST and query.near:
        order = [nearest]
    elif sort == Sort.BEST:
        order = [sql.SQL("rank DESC")]
    return [*order, *by_name], by_date in order
