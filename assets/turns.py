"""Changes to the directory take turns.

One search row is made of a group, an activity, its venue and its partners. Were each of them
locked by itself, two colleagues could wait for each other for good. Changes are few and take
milliseconds, so they wait for one another.
"""

from django.db import connection

# Any number, so long as it is the same everywhere.
LOCK = 8_350_037


def take_turn() -> None:
    """Wait until nobody else is changing the directory. Ours until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
