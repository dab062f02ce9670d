"""A file as a table: whatever wrote it, and nothing in it is calculated or believed."""

import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from assets.export.files import harmless
from assets.importing import table as tables
from assets.importing.problems import TableError
from assets.importing.table import Table, read_table


def texts(table: Table) -> list[dict[str, str]]:
    return [{name: cell.text for name, cell in row.items()} for row in table.rows]


def xlsx(*rows: list[Any], **sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_columns_may_be_parted_by_any_of_four_signs(sign: str) -> None:
    data = f'Name{sign}Ages\r\n"Wrens{sign} and friends"{sign}4-11\r\n'.encode()
    assert texts(read_table("x.csv", data)) == [
        {"Name": f"Wrens{sign} and friends".strip(), "Ages": "4-11"}
    ]


@pytest.mark.parametrize(
    ("encoding", "notes"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("cp1252", ["The file is not in UTF-8: we read it as Windows writes it (cp1252)."]),
    ],
)
def test_letters_are_read_in_the_ways_that_programs_write_them(
    encoding: str, notes: list[str]
) -> None:
    table = read_table("x.csv", "Name,Cost\nZoë’s café,£2 – £3\n".encode(encoding))
    assert texts(table) == [{"Name": "Zoë’s café", "Cost": "£2 – £3"}]
    assert table.notes == notes


def test_a_row_has_the_number_that_a_spreadsheet_shows() -> None:
    data = b'\n\nName,Text\nWrens,"two\nlines"\n\nOwls,one\n'
    table = read_table("x.csv", data)
    assert [row["Name"].row for row in table.rows] == [4, 6]
    assert table.rows[0]["Text"].text == "two\nlines"


def test_marks_that_cannot_be_seen_are_left_out() -> None:
    table = read_table("x.csv", "Name,x\n\u202eWr\x00ens\u200b,1\n".encode())
    assert table.rows[0]["Name"].text == "Wrens"


def test_a_cell_without_a_head_is_a_problem() -> None:
    table = read_table("x.csv", b"Name,Ages\nWrens,4,and more\n")
    assert [(one.row, one.column, one.found) for one in table.problems] == [
        (2, "column 3", "and more")
    ]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.csv", b"", "The file is empty."),
        ("x.csv", b"Name,Ages\n", "The table has no rows below its head."),
        ("x.csv", b"Name,Name\na,b\n", "Two columns have the same name: Name."),
        ("x.csv", b"\xff\xfe\x00\xd8", "We cannot read the letters"),
        ("x.csv", b"Name\n\x81\x8d\xff\n", "We cannot read the letters"),
        ("x.xls", b"\xd0\xcf\x11\xe0", "Save it as .xlsx or as .csv first"),
        ("x.xlsm", b"PK", "Save it as .xlsx or as .csv first"),
        ("x.xlsx", b"PK\x03\x04garbage", "This is not a spreadsheet that we can read"),
        ("x.csv", b"a" * 10_000_001, "The file is too large"),
        ("x.csv", b"a,b\n" + b"1,2\n" * 20_001, "The table is too long"),
        ("x.csv", ",".join(f"c{n}" for n in range(201)).encode() + b"\n1\n", "too wide"),
    ],
)
def test_what_is_no_table_is_told(name: str, data: bytes, says: str) -> None:
    with pytest.raises(TableError, match=says.replace(".", r"\.")):
        read_table(name, data)


def test_a_spreadsheet_reads_as_a_person_would_have_typed_it() -> None:
    data = xlsx(
        ["Name", "Number", "Half", "Day", "Moment", "Time", "Tick", "Empty", "End"],
        [
            "Wrens",
            5,
            2.5,
            date(2026, 11, 3),
            datetime(2026, 11, 3, 18, 30),  # noqa: DTZ001 (a spreadsheet knows no time zones)
            time(18),
            True,
            None,
            1,
        ],
    )
    assert texts(read_table("x.xlsx", data)) == [
        {
            "Name": "Wrens",
            "Number": "5",
            "Half": "2.5",
            "Day": "2026-11-03",
            "Moment": "2026-11-03T18:30:00",
            "Time": "18:00",
            "Tick": "yes",
            "Empty": "",
            "End": "1",
        }
    ]


def test_a_formula_is_never_believed() -> None:
    data = xlsx(["Name", "Cost"], ["Wrens", "=1+1"], ["Owls", "#REF!"])
    assert [(one.row, one.column, one.says) for one in read_table("x.xlsx", data).problems] == [
        (2, "Cost", "This is a formula: put its result there instead."),
        (3, "Cost", "The spreadsheet says that this is a mistake of its own."),
    ]


def test_macros_are_not_let_in() -> None:
    file = BytesIO(xlsx(["Name"], ["Wrens"]))
    with zipfile.ZipFile(file, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"Sub x()")
    with pytest.raises(TableError, match="It has macros"):
        read_table("x.xlsx", file.getvalue())


def test_a_small_file_that_unpacks_to_a_large_one_is_not_let_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tables, "MOST_UNPACKED", 1_000)
    with pytest.raises(TableError, match="too large once it is unpacked"):
        read_table("x.xlsx", xlsx(["Name"], ["Wrens"]))


def test_only_the_first_sheet_is_read_and_that_is_told() -> None:
    table = read_table("x.xlsx", xlsx(["Name"], ["Wrens"], Other=[["Name"], ["Owls"]]))
    assert texts(table) == [{"Name": "Wrens"}]
    assert table.notes == ["Only the first sheet is read: “Sheet”."]


def test_the_quote_that_our_own_files_have_before_a_formula_is_not_read() -> None:
    words = ["=1+1", "\t@home", "-5 on Tuesdays", "'Tis the season"]
    file = "Name\n" + "".join(f'"{harmless(one)}"\n' for one in words)
    assert [one["Name"] for one in texts(read_table("x.csv", file.encode()))] == [
        "=1+1",
        "@home",
        "-5 on Tuesdays",
        "'Tis the season",
    ]
