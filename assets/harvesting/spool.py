"""Keeps what has come until all of it has: in a file, so that memory does not grow with a feed."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext as _

from assets.harvesting.plain import Json, line, text
from assets.harvesting.refused import FeedRefused, Limits

TABLES = """
CREATE TABLE service (number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, body TEXT NOT NULL);
CREATE TABLE part (kind TEXT, id TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, id));
"""
LONGEST_ID = 100
# Once parsed, letters made of nothing but brackets take some 25 times as much memory.
PART_BYTES = 10_000_000


class Spool:
    """The services of one reading, each once; and of groups and places what was said first."""

    def __init__(self, database: sqlite3.Connection, limits: Limits) -> None:
        self.database, self._limits = database, limits
        self.number = 0
        database.executescript(TABLES)

    def add(self, service: Any) -> None:
        """Raises FeedRefused for what is no service, and for two services of the same id."""
        if not isinstance(service, dict):
            raise FeedRefused(_("The feed has something in it that is no service."))
        key = line(service.get("id"))
        if not key or len(key) > LONGEST_ID:
            raise FeedRefused(
                _("A service has no id that we can use: “%s”.") % text(service.get("name"))[:60]
            )
        body = json.dumps(service, sort_keys=True)
        if len(body) > self._limits.service_bytes:
            raise FeedRefused(_("The service with the id %s is too large.") % key)
        before = self.database.execute("SELECT body FROM service WHERE id = ?", [key]).fetchone()
        if before is None:
            self.number += 1
            if self.number > self._limits.services:
                raise FeedRefused(_("The feed has too many services for us to read."))
            self.database.execute("INSERT INTO service (id, body) VALUES (?, ?)", [key, body])
        elif before[0] != body:
            raise FeedRefused(_("Two services of the feed have the same id: %s.") % key)

    def clear(self) -> None:
        """Once more from the start."""
        self.number = 0
        self.database.execute("DELETE FROM service")

    def services(self, at_once: int) -> Iterator[list[Json]]:
        """In the order in which they came, so many at a time; fewer where they are large."""
        last = 0
        while rows := self._rows(last, at_once):
            last = rows[-1][0]
            yield [json.loads(body) for _number, body in rows]

    def _rows(self, last: int, at_once: int) -> list[tuple[int, str]]:
        """Number and body of those after number `last`."""
        rows: list[tuple[int, str]] = []
        size = 0
        for row in self.database.execute(
            "SELECT number, body FROM service WHERE number > ? ORDER BY number LIMIT ?",
            [last, at_once],
        ):
            rows.append(row)
            size += len(row[1])
            if size >= PART_BYTES:
                break
        return rows

    def first_said(self, kind: str, part: Json) -> Json:
        """Of a group or place that several services speak of, one word counts: the first."""
        key = text(part.get("id"))
        self.database.execute(
            "INSERT OR IGNORE INTO part (kind, id, body) VALUES (?, ?, ?)",
            [kind, key, json.dumps(part)],
        )
        found = self.database.execute(
            "SELECT body FROM part WHERE kind = ? AND id = ?", [kind, key]
        ).fetchone()
        said: Json = json.loads(found[0])
        return said


@contextmanager
def spool(limits: Limits) -> Iterator[Spool]:
    with TemporaryDirectory() as folder:
        database = sqlite3.connect(f"{folder}/spool", isolation_level=None)
        try:
            # It is thrown away in any case: nothing has to survive a power cut.
            database.execute("PRAGMA synchronous = OFF")
            database.execute("PRAGMA journal_mode = OFF")
            yield Spool(database, limits)
        finally:
            database.close()
