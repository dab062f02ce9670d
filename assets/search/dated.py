"""The parts of the statement that look at dates."""

from datetime import date

from django.utils import timezone
from psycopg import sql

from assets.search.query import Query

# Which of the windows a row has a date in, and which parts of the day on the chosen days.
DATED = sql.SQL("""
SELECT o.activity_id,
       coalesce(bit_or(day.windows) FILTER (WHERE o.parts_of_day & %(times)s <> 0), 0) AS windows,
       coalesce(bit_or(o.parts_of_day) FILTER (WHERE day.windows & %(when)s <> 0), 0) AS times,
       min(o.starts_at) FILTER (WHERE {first}) AS first
FROM assets_occurrence o
JOIN unnest(%(days)s::date[], %(day_windows)s::int[]) AS day("on", windows) ON day."on" = o."on"
WHERE NOT o.cancelled AND (o."on" > %(today)s OR o.ends_at > %(now)s)
GROUP BY o.activity_id
""")
# The next time that is on the chosen days, and in the chosen parts of them.
NEXT_ONE = sql.SQL("""
SELECT o."on", o.starts_at, o.ends_at, o.ask_first, o.note FROM assets_occurrence o
WHERE o.activity_id = {activity} AND NOT o.cancelled AND o.ends_at > %(now)s AND {chosen}
ORDER BY o.starts_at LIMIT 1
""")
# What is on in the coming days is known from `dated`, and comes first. For the rest it is looked
# up, and only if the page reaches that far.
SOONEST = sql.SQL("""
coalesce(picked.first, CASE
    WHEN %(shown)s > (SELECT count(*) FROM picked WHERE fails = 0 AND first IS NOT NULL)
    THEN (SELECT starts_at FROM ({next_one}) later) END)
""")


# More than a page can hold: whoever wants more looks day by day.
MOST_DATES = 300
BY_DAY = sql.SQL(f"""
SELECT picked.id, version, picked.activity_id, organisation_id, point,
       o."on", o.starts_at, o.ends_at, o.ask_first, o.note, o.cancelled, o.moved_to
FROM picked JOIN assets_occurrence o ON o.activity_id = picked.activity_id
WHERE fails = 0 AND o."on" >= %(first)s AND o."on" < %(before)s AND o.ends_at > %(now)s
    AND {{chosen}}
ORDER BY o.starts_at, metres NULLS LAST, sort_key, picked.id LIMIT {MOST_DATES}
""")

DATES_OF = sql.SQL("""
SELECT o.* FROM assets_occurrence o WHERE o.activity_id = ANY(%(activities)s) AND {chosen}
ORDER BY o.starts_at, o.id
""")


def chosen_dates(query: Query) -> sql.Composable:
    """Condition on an occurrence `o`: on the days and in the parts of the day asked for."""
    chosen: list[sql.Composable] = [sql.SQL("o.parts_of_day & %(times)s <> 0")]
    if query.when:
        windows = [window for window in query.windows if window.name in query.when]
        days: list[sql.Composable] = [
            sql.SQL('(o."on" >= {} AND o."on" < {})').format(
                sql.Literal(window.first), sql.Literal(window.before)
            )
            for window in windows
        ]
        chosen.append(sql.SQL("({})").format(sql.SQL(" OR ").join(days or [sql.SQL("false")])))
    return sql.SQL(" AND ").join(chosen)


def first_date(query: Query) -> sql.Composable:
    """Of the dates at hand, those that can be the next one: no day between was left out."""
    conditions: list[sql.Composable] = [sql.SQL("o.parts_of_day & %(times)s <> 0")]
    if query.when:
        conditions.append(sql.SQL("day.windows & %(when)s <> 0"))
    else:
        conditions.append(sql.SQL('o."on" < {}').format(sql.Literal(_looked_at_before(query))))
    return sql.SQL(" AND ").join(conditions)


def _looked_at_before(query: Query) -> date:
    """The first day, from today on, that no window looks at."""
    day = timezone.localdate()
    for window in sorted(query.windows, key=lambda one: one.first):
        if window.first <= day < window.before:
            day = window.before
    return day
