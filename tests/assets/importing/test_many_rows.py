"""A long sheet with many kinds of faults: each is told, and once mended it is loaded, once."""

import pytest

from assets.models import Activity, Organisation, Status, Venue
from tests.assets.importing.sheets import FAULTS, bring, many

pytestmark = pytest.mark.django_db
# Telling takes no time; loading takes some twentieths of a second for each.
ROWS, LOADED, EVERY = 500, 40, 5


def faulty(rows: list[dict[str, str]]) -> list[tuple[int, str, str, str]]:
    """Puts a fault into every fifth row, kind after kind: row, column, found, how it is told."""
    wanted = []
    for number, place in enumerate(range(2, len(rows), EVERY)):
        fault = FAULTS[number % len(FAULTS)]
        rows[place][fault.column] = fault.written
        # The head is row 1.
        wanted.append((place + 2, fault.column, fault.written, fault.says))
    return wanted


def test_there_are_twenty_kinds_of_faults() -> None:
    assert len({(fault.column, fault.says) for fault in FAULTS}) == 20


def test_every_fault_is_told_by_row_and_column_and_nothing_is_loaded() -> None:
    rows = many(ROWS)
    wanted = faulty(rows)
    loaded = bring(*rows)
    told = [(one.row, one.column, one.found) for one in loaded.problems]
    assert told == [one[:3] for one in wanted]
    assert len(told) == ROWS // EVERY
    for problem, (_row, _column, _found, says) in zip(loaded.problems, wanted, strict=True):
        assert problem.says.startswith(says), str(problem)
    assert Activity.objects.count() == 0


def test_mended_it_is_loaded_once_and_again_nothing_changes() -> None:
    rows = many(LOADED)
    loaded = bring(*rows, status=Status.PUBLIC)
    assert loaded.is_whole
    counts = (Activity.objects.public().count(), Organisation.objects.count())
    assert (*counts, Venue.objects.count()) == (LOADED, LOADED // 5, LOADED // 10)
    again = bring(*rows, status=Status.PUBLIC)
    assert again.batch is None
    assert again.totals == {
        ("activity", "same"): LOADED,
        ("group", "same"): LOADED // 5,
        ("venue", "same"): LOADED // 10,
    }
