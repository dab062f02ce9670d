"""A spreadsheet of 5,000 rows: checked with faults in it, mended, loaded, loaded again, undone."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from assets.importing.asked import Options
from assets.importing.load import load
from assets.importing.mapping import read_mapping
from assets.importing.table import read_table
from assets.importing.undo import undo
from assets.models import Activity, Status
from tests.assets.importing.sheets import as_csv, faulty, many

ROWS, EVERY = 5_000, 25


def timings() -> Iterator[tuple[str, float]]:
    """What was done, and the seconds it took. Raises RuntimeError where it went wrong."""
    rows = many(ROWS)
    wanted = faulty(rows, every=EVERY)
    seconds, loaded = _timed(lambda: _bring(rows))
    _must_be([(one.row, one.column, one.found) for one in loaded.problems], wanted)
    yield f"{len(wanted)} faults of 20 kinds in {ROWS:,} rows told", seconds

    rows = many(ROWS)
    seconds, loaded = _timed(lambda: _bring(rows))
    _must_be((loaded.problems, Activity.objects.public().count()), ([], ROWS))
    yield f"{ROWS:,} rows loaded", seconds

    seconds, again = _timed(lambda: _bring(rows))
    _must_be((again.problems, again.batch), ([], None))
    yield "the same file again", seconds

    seconds, undone = _timed(lambda: undo(batch=loaded.batch, by=None))
    _must_be((undone.left, Activity.objects.public().count()), ([], 0))
    yield "taken back", seconds


def _bring(rows: list[dict[str, str]]) -> Any:
    table = read_table("sheet.csv", as_csv(rows))
    return load(table, read_mapping("template"), Options(status=Status.PUBLIC))


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def _must_be(is_: Any, wanted: Any) -> None:
    if is_ != wanted:
        raise RuntimeError(f"{is_!r} instead of {wanted!r}"[:500])
