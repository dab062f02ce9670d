"""The pieces of the one statement that counts a grid. Put together by `assets.coverage.cells`."""

from psycopg import sql

from assets.models import Status

GRID = sql.SQL("""
WITH known_needs AS (SELECT key, 1 << (place - 1)::int AS mask
                     FROM unnest(%(needs)s::text[]) WITH ORDINALITY AS one (key, place)),
known_themes AS (SELECT key, 1::bigint << (place - 1)::int AS mask
                 FROM unnest(%(themes)s::text[]) WITH ORDINALITY AS one (key, place)),
needs AS (SELECT t.activity_id, bit_or(k.mask) AS mask
          FROM assets_activityneedsgroup t JOIN known_needs k ON k.key = t.needs_group_id
          GROUP BY 1),
themes AS (SELECT t.activity_id, bit_or(k.mask) AS mask
           FROM assets_activitytheme t JOIN known_themes k ON k.key = t.theme_id GROUP BY 1),
{minutes}
on_board AS (
    SELECT coalesce(needs.mask, 0) AS needs, coalesce(themes.mask, 0) AS themes,
           {bands} AS bands, reach.part AS part, {worth} AS minutes
    FROM assets_activity a
    JOIN assets_organisation o ON o.id = a.organisation_id
    LEFT JOIN assets_venue v ON v.id = a.venue_id
    LEFT JOIN needs ON needs.activity_id = a.id
    LEFT JOIN themes ON themes.activity_id = a.id
    {lasting}
    {where}
    WHERE {on_board} AND a.id <> ALL(%(closing)s::uuid[])),
alike AS (
    SELECT {columns}, count(*) AS activities, sum(minutes) AS minutes
    FROM on_board WHERE {fitting} GROUP BY {columns})
SELECT {keys}, sum(activities), sum(minutes) FROM alike {axes} GROUP BY {keys}
""")
PUBLISHED = sql.SQL(
    f"a.status = '{Status.PUBLIC}' AND o.status = '{Status.PUBLIC}'"  # Activity.objects.public()
)
# The last move until then says what it was; whoever never moved was a draft.
WAS_PUBLIC = """
(SELECT m.to_status FROM {moves} m
 WHERE m.listing_id = {listing}.id AND m.moved_at < %(after)s::date::timestamp
       AT TIME ZONE 'Europe/London'
 ORDER BY m.moved_at DESC, m.id DESC LIMIT 1) = 'public'"""
ON_THE_DAY = sql.SQL(
    WAS_PUBLIC.format(moves="assets_activitymove", listing="a")
    + " AND "
    + WAS_PUBLIC.format(moves="assets_organisationmove", listing="o")
)
MINUTES = sql.SQL("""
minutes AS (SELECT activity_id, sum(extract(epoch FROM ends_at - starts_at)) / 60 AS minutes
            FROM assets_occurrence
            WHERE NOT cancelled AND "on" >= %(first)s AND "on" < %(before)s GROUP BY 1),
""")
LASTING = sql.SQL("LEFT JOIN minutes ON minutes.activity_id = a.id")
# One part each: that of its venue, the last one without a venue, -1 over the border.
IN_PARTS = sql.SQL("""
LEFT JOIN unnest(%(held)s::uuid[], %(held_by)s::int[]) AS held (one, part) ON held.one = v.{column}
CROSS JOIN LATERAL (SELECT CASE WHEN v.id IS NULL THEN %(no_journey)s
                                ELSE coalesce(held.part, -1) END AS part) reach
""")
# As a search with “near” and “within”: what needs no journey is near all whom it serves. Once more
# each for part -1, which is everywhere together: near two towns, it is still one activity.
REACHED = sql.SQL("""
JOIN unnest(%(spot_parts)s::int[] || -1, %(spots)s::text[] || NULL) AS reach (part, spot)
  ON reach.part = -1
  OR v.point <@ circle(reach.spot::point, %(metres)s)
  OR v.id IS NULL AND (a.area_served_id IS NULL OR a.area_served_id IN (
      SELECT id FROM assets_area WHERE code = ANY(%(around)s)))
""")
