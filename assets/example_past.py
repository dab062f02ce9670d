"""The example district as if it had grown: most was listed long ago, some of it lately.

Everything is loaded in one moment, so all would be new, and nothing would ever have changed. Only
the moves are dated back: what a listing was is counted by them.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import connection
from django.utils import timezone
from psycopg import sql

from assets.models import ActivityMove, OrganisationMove, Status

# One in so many came in the last year; the others in the two years before.
LATELY = 6
A_YEAR = 365
# A record is never changed. That of an example may go, and comes back with another day.
DATED_BACK = sql.SQL("""
WITH dated AS (SELECT * FROM unnest(%s::bigint[], %s::timestamptz[]) AS one (id, at)),
     gone AS (DELETE FROM {table} USING dated WHERE {table}.id = dated.id
              RETURNING {table}.*, dated.at)
INSERT INTO {table} (id, from_status, to_status, moved_at, moved_by_id, why, listing_id)
SELECT id, from_status, to_status, at, moved_by_id, why, listing_id FROM gone
""")


def load() -> None:
    """Dates the first move of every example listing, groups no later than what they run."""
    activities: dict[int, datetime] = {}
    earliest: dict[UUID, datetime] = {}
    public = {"listing__is_example": True, "to_status": Status.PUBLIC}
    moves = ActivityMove.objects.filter(**public)
    for key, slug, group in moves.values_list("pk", "listing__slug", "listing__organisation"):
        at = activities[key] = _came(slug)
        earliest[group] = min(at, earliest.get(group, at))
    groups = {
        key: earliest.get(group, _came(slug)) - timedelta(hours=1)
        for key, slug, group in OrganisationMove.objects.filter(**public).values_list(
            "pk", "listing__slug", "listing"
        )
    }
    _date_back(ActivityMove._meta.db_table, activities)
    _date_back(OrganisationMove._meta.db_table, groups)


def _date_back(table: str, days: dict[int, datetime]) -> None:
    with connection.cursor() as cursor:
        statement = DATED_BACK.format(table=sql.Identifier(table))
        cursor.execute(statement, [list(days), list(days.values())])


def _came(slug: str) -> datetime:
    """The same day for the same listing, whenever it is loaded."""
    drawn = int.from_bytes(sha256(slug.encode()).digest()[:4])
    days = drawn // LATELY
    days_ago = 3 + days % (A_YEAR - 10) if drawn % LATELY == 0 else A_YEAR + days % (2 * A_YEAR)
    return timezone.now() - timedelta(days=days_ago)
