"""When what a harvester reads of a listing changed, told so that nobody misses a change.

See docs/decisions/0022-open-referral.md.
"""

from typing import Any

from django.db import connection
from django.db.models import QuerySet

from assets.turns import take_turn

# Never earlier than any other stamp, whatever happens to the clock.
WRITE = """
WITH now AS (
    SELECT greatest(clock_timestamp(), max(modified_at) + interval '1 microsecond') AS at
    FROM assets_harveststamp)
INSERT INTO assets_harveststamp (id, {listing}_id, modified_at, written_in)
SELECT gen_random_uuid(), one.id, now.at, pg_current_xact_id()::text::bigint
FROM assets_{listing} one, now
WHERE one.id = ANY(%s) AND one.first_public_at IS NOT NULL
ON CONFLICT ({listing}_id) DO UPDATE
SET modified_at = excluded.modified_at, written_in = excluded.written_in
"""


def write(activities: QuerySet[Any], groups: QuerySet[Any]) -> None:
    """Stamp those of them that were ever public, in the transaction of what has changed.

    And the groups that run these activities: told in full, a group tells what it has on, too.
    """
    # Whoever stamps later is seen later.
    take_turn()
    keys = {*groups.values_list("pk", flat=True)}
    run = {*activities.order_by().values_list("pk", "organisation_id").distinct()}
    with connection.cursor() as cursor:
        cursor.execute(WRITE.format(listing="activity"), [[key for key, _group in run]])
        cursor.execute(
            WRITE.format(listing="organisation"), [[*keys | {group for _key, group in run}]]
        )
