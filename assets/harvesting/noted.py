"""What a reading has heard of each row, kept in the file of its spool, not in memory."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from assets.harvesting.spool import Spool

TABLES = """
CREATE TABLE heard (key TEXT PRIMARY KEY, is_over INTEGER NOT NULL);
CREATE TABLE hanging (number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, body TEXT NOT NULL);
"""
Hanging = dict[str, Any]


class Noted:
    """Rows by their keys, and by the ids of activities what hangs on them."""

    def __init__(self, spool: Spool) -> None:
        self._database = spool.database
        self._database.executescript(TABLES)

    def seen(self, keys: Iterable[str]) -> None:
        """They are in the feed, whatever else it says of them."""
        self._database.executemany(
            "INSERT OR REPLACE INTO heard VALUES (?, 0)", [[key] for key in keys]
        )

    def over(self, keys: Iterable[str]) -> None:
        self._database.executemany(
            "INSERT OR IGNORE INTO heard VALUES (?, 1)", [[key] for key in keys]
        )

    def is_gone(self, key: str, *, is_whole: bool) -> bool:
        """Of a whole feed, also what it does not speak of."""
        found = self._database.execute("SELECT is_over FROM heard WHERE key = ?", [key]).fetchone()
        return bool(found[0]) if found else is_whole

    def hang(self, ids: Iterable[str], hanging: Hanging) -> None:
        body = json.dumps(hanging)
        self._database.executemany(
            "INSERT OR REPLACE INTO hanging (id, body) VALUES (?, ?)", [[one, body] for one in ids]
        )

    def hanging(self, at_once: int) -> Iterator[dict[str, Hanging]]:
        """By the ids of activities, so many at a time."""
        last = 0
        while rows := self._database.execute(
            "SELECT number, id, body FROM hanging WHERE number > ? ORDER BY number LIMIT ?",
            [last, at_once],
        ).fetchall():
            last = rows[-1][0]
            yield {own: json.loads(body) for _number, own, body in rows}
