"""manage.py import_directory: what it prints, and when it ends with an error."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from assets.importing.mapping import mapping_of, read_mapping
from assets.importing.problems import TableError
from assets.models import Activity, ImportBatch
from tests.assets.importing.sheets import as_csv, row
from tests.assets.make import make_organisation

pytestmark = pytest.mark.django_db


def sheet(path: Path, *rows: dict[str, str]) -> str:
    file = path / "clubs.csv"
    file.write_bytes(as_csv(list(rows)))
    return str(file)


def run(*args: str) -> tuple[str, str, str]:
    """Standard output, standard error, and what the command ends with."""
    out, err, end = StringIO(), StringIO(), ""
    try:
        call_command("import_directory", *args, stdout=out, stderr=err)
    except CommandError as error:
        end = str(error)
    return out.getvalue(), err.getvalue(), end


def test_it_loads_says_how_much_and_how_to_take_it_back(tmp_path: Path, erin: User) -> None:
    out, err, end = run(sheet(tmp_path, row()), "--as", "erin@example.com", "--status", "public")
    batch = ImportBatch.objects.get()
    assert (err, end, batch.loaded_by, batch.file_name) == ("", "", erin, "clubs.csv")
    assert out.splitlines()[:3] == ["Groups: 1 added.", "Places: 1 added.", "Activities: 1 added."]
    assert out.splitlines()[3].endswith(f"manage.py import_directory --undo {batch.pk}")
    assert run(sheet(tmp_path, row()))[0].splitlines()[-1].startswith("Nothing has changed")
    assert run("--undo", str(batch.pk))[0] == (
        "Withdrawn: 3. Put back as before: 0. Left as they are: 0.\n"
    )
    assert run("--undo", str(batch.pk))[2] == "This load has been taken back already."


def test_with_any_problem_it_ends_with_an_error_and_loads_nothing(tmp_path: Path) -> None:
    _out, err, end = run(sheet(tmp_path, row(), row(Id="A2", Ages="big", Cost="")))
    assert err.splitlines() == [
        "Row 3, column “Ages”: found “big”. Write ages such as 11+, 4 to 18, 18 months to 3, "
        "under 5s, up to 18, pregnancy to 2 or all ages.",
        "Row 3, column “Cost”: nothing there. Say how much it costs, or that it is free.",
    ]
    assert end == "2 problems in 1 rows. Nothing was loaded."
    assert Activity.objects.count() == 0


def test_a_check_loads_nothing(tmp_path: Path) -> None:
    out, _err, end = run(sheet(tmp_path, row()), "--check")
    assert "It was a check: nothing was loaded." in out
    assert (end, Activity.objects.count()) == ("", 0)


def test_duplicates_are_told_with_what_can_be_chosen(tmp_path: Path) -> None:
    make_organisation(name="Wren Field Club")
    _out, err, end = run(sheet(tmp_path, row()))
    assert err.startswith("Row 2, column “Group”: “Wren Field Club” may be here already")
    assert "choose with --duplicates skip, update or add" in end
    assert run(sheet(tmp_path, row()), "--duplicates", "skip")[2] == ""


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ([], "Say which file to bring in."),
        (["nowhere.csv"], "nowhere.csv cannot be read: No such file or directory."),
        (["nowhere.csv", "--mapping", "dragons"], "There is no mapping “dragons”."),
        (["nowhere.csv", "--as", "vera@example.com"], "There is no member of staff"),
        (["--undo", "9"], "There is no load 9."),
    ],
)
def test_what_cannot_be_done_is_told(vera: User, args: list[str], says: str) -> None:
    assert run(*args)[2].startswith(says)


def test_the_empty_template_has_a_column_for_each_field_of_the_mapping() -> None:
    heads = run("--template")[0].strip().split(",")
    assert heads[:3] == ["Id", "Name", "Kind"]
    assert tuple(heads) == read_mapping("template").heads


@pytest.mark.parametrize(
    "data",
    [
        {"source": "x"},
        {"columns": {"Name": "title"}},
        {"source": "x", "columns": {"Name": "dragons"}},
        {"source": "x", "columns": {"Name": "title"}, "status": "ended"},
    ],
)
def test_a_mapping_that_cannot_be_used_is_told(data: dict[str, object]) -> None:
    with pytest.raises(TableError):
        mapping_of(data)
