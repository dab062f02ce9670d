"""A long sheet with many kinds of faults: each is told, and once mended it is loaded, once."""

from itertools import cycle

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assets.importing.asked import Choice
from assets.importing.undo import undo
from assets.models import Activity, Occurrence, Organisation, SearchRow, Status, Venue
from tests.assets.importing.sheets import FAULTS, bring, faulty, many, told

pytestmark = pytest.mark.django_db
# `make bench` does the same with 5,000 rows, of which 200 are faulty.
ROWS, EVERY = 500, 5


def test_there_are_twenty_kinds_of_faults() -> None:
    assert len({(fault.column, fault.says) for fault in FAULTS}) == 20


def test_every_fault_is_told_by_row_and_column_and_mended_the_sheet_is_loaded_once() -> None:
    rows = many(ROWS)
    wanted = faulty(rows, every=EVERY)
    loaded = bring(*rows, status=Status.PUBLIC)
    assert told(loaded) == wanted
    assert len(wanted) == ROWS // EVERY
    for problem, fault in zip(loaded.problems, cycle(FAULTS), strict=False):
        assert problem.says.startswith(fault.says), str(problem)
    assert Activity.objects.count() == 0

    mended = many(ROWS)
    loaded = bring(*mended, status=Status.PUBLIC)
    assert (loaded.problems, loaded.duplicates) == ([], [])
    counts = (Activity.objects.public().count(), Organisation.objects.count())
    assert (*counts, Venue.objects.count()) == (ROWS, ROWS // 5, ROWS // 10)
    assert SearchRow.objects.count() == ROWS
    again = bring(*mended, status=Status.PUBLIC)
    assert again.batch is None
    assert again.totals == {
        ("activity", "same"): ROWS,
        ("group", "same"): ROWS // 5,
        ("venue", "same"): ROWS // 10,
    }

    assert loaded.batch is not None
    undone = undo(batch=loaded.batch, by=None)
    assert (undone.withdrawn, undone.left) == (ROWS + ROWS // 5 + ROWS // 10, [])
    assert (SearchRow.objects.count(), Occurrence.objects.count()) == (0, 0)


def test_each_listing_has_the_history_and_the_record_that_a_persons_change_leaves() -> None:
    bring(*many(10), status=Status.PUBLIC)
    for model in (Organisation, Venue, Activity):
        for listing in model.objects.all():
            kinds = [one.history_type for one in listing.history.order_by("version")]
            assert kinds == ["+", "~"], listing
            moves = [(one.from_status, one.to_status) for one in listing.moves.all()]
            assert moves == [("draft", "public")]
            assert [one.slug for one in listing.slugs.all()] == [listing.slug]
    schedule = Activity.objects.all()[0].schedules.all()[0]
    assert schedule.history.count() == 1


def queries_of(number: int, name: str) -> int:
    """For so many activities of one group at one place."""
    first, *_rest = many(1)
    rows = [first | {"Id": f"{name}{n}", "Name": f"{name} {n}"} for n in range(number)]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert bring(*rows, status=Status.PUBLIC).is_whole
    return len(asked)


def test_more_rows_take_no_more_questions_to_the_database() -> None:
    queries_of(1, "First")
    assert queries_of(3, "Some") == queries_of(30, "Many")


def test_many_of_one_name_have_each_their_address() -> None:
    first, *_rest = many(1)
    bring(first | {"Name": "Toddlers"})
    others = [first | {"Id": f"B{n}", "Name": "Toddlers", "Group": f"Group {n}"} for n in range(3)]
    others += [first | {"Id": "C", "Name": "Toddlers 3", "Group": "One more"}]
    assert bring(*others, duplicates=Choice.ADD).is_whole
    assert sorted(Activity.objects.values_list("slug", flat=True)) == [
        "toddlers",
        "toddlers-2",
        "toddlers-3",
        "toddlers-3-2",
        "toddlers-4",
    ]


def test_of_many_new_ones_those_that_the_tables_refuse_are_told_and_no_others() -> None:
    rows = many(100)
    for n in (10, 55, 90):
        # The table alone knows that another group has this number.
        rows[n]["Group: charity number"] = "1234567"
    loaded = bring(*rows, status=Status.PUBLIC)
    says = "Another group already has this charity number."
    assert [(one.row, one.says) for one in loaded.problems] == [(57, says), (92, says)]
    assert Organisation.objects.count() == 0
