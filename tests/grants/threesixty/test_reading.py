"""Files of grants: read, or refused in a few plain words."""

import json
from typing import Any

import pytest

from grants.threesixty import reading
from grants.threesixty.checking import in_words
from grants.threesixty.reading import FileNotRead, read_grants
from tests.grants.awarded import as_file, said


def problems(*grants: Any) -> list[str]:
    return in_words(read_grants("x.json", as_file(*grants)).problems)


def refusal(data: bytes, name: str = "x.json") -> str:
    with pytest.raises(FileNotRead) as caught:
        read_grants(name, data)
    return str(caught.value)


def test_a_package_says_who_published_it_and_under_which_licence() -> None:
    read = read_grants(
        "x.json", as_file(said(), publisher={"name": "Trust"}, license="https://example.org/by")
    )
    assert (read.publisher, read.licence) == ("Trust", "https://example.org/by")
    assert read.grants == [said()]
    assert read.problems == []


def test_a_list_without_a_package_is_read_too() -> None:
    read = read_grants("x.json", b"\xef\xbb\xbf" + json.dumps([said()]).encode())
    assert (read.grants, read.publisher) == ([said()], "Garden Trust")


def test_six_thousand_errors_are_a_few_lines() -> None:
    grants = [said(n, amountAwarded="lots", awardDate="soon", currency="£") for n in range(2_000)]
    read = read_grants("x.json", as_file(*grants))
    assert read.wrong == 6_000
    assert in_words(read.problems) == [
        "Amount Awarded: It must be a number, without signs or commas. "
        "(2,000 times, in rows 1, 2, 3, 4, 5 …)",
        "Award Date: It must be a date like 2026-11-24. (2,000 times, in rows 1, 2, 3, 4, 5 …)",
        "Currency: It must be a code in capital letters, like GBP for pounds and GB for here. "
        "(2,000 times, in rows 1, 2, 3, 4, 5 …)",
    ]


def test_many_kinds_of_problem_are_a_few_lines_too() -> None:
    odd = {"recipientOrganization": [{f"x{n}": n} for n in range(90)], "plannedDates": 3}
    lines = problems(*({"id": n, **odd} for n in range(90)), *({} for _n in range(900)))
    assert len(lines) <= 41


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id": None}, "Identifier: It must be text."),
        ({"id": " "}, "Identifier: It is empty."),
        ({"id": "360G-\n1"}, "Identifier: There is a line break in it."),
        ({"title": "x" * 1_001}, "Title: It is too long."),
        ({"amountAwarded": True}, "Amount Awarded: It must be a number, without signs or commas."),
        ({"amountAwarded": 10**13}, "Amount Awarded: The number is too large."),
        ({"title": "a\0b"}, "The grant: It holds signs or numbers that cannot be stored."),
        ({"x": {"\ud800": 1}}, "The grant: It holds signs or numbers that cannot be stored."),
        ({"awardDate": "2026-02-30"}, "Award Date: It must be a date like 2026-11-24."),
        ({"awardDate": "2026-02-03T10:00:00"}, "Award Date: It must be a date like 2026-11-24."),
        (
            {"dateModified": "2026-02-03"},
            "Last Modified: It must be a date and time like 2026-11-24T10:30:00Z.",
        ),
        (
            {"plannedDates": [{"startDate": "2026-13"}]},
            "Planned Dates:Start Date: It must be a date like 2026-11-24, a month like 2026-11, "
            "or a year.",
        ),
        ({"url": "example.org"}, "URL: It must be a web address that begins with https://."),
        ({"fromOpenCall": "yes"}, "From An Open Call?: It must be Yes or No."),
        ({"plannedDates": {}}, "Planned Dates: It must be a list."),
        ({"plannedDates": [3]}, "Planned Dates: It must be a set of fields."),
        ({"fundingOrganization": []}, "Funding Org: It is missing."),
        ({"fundingOrganization": [{"name": "x"}]}, "Funding Org:Identifier: It is missing."),
        ({"recipientOrganization": []}, "Recipient Org: It is missing."),
        (
            {"recipientIndividual": {"id": "1", "name": "A person"}},
            "Recipient Org: Say which group got it, or else which person.",
        ),
    ],
)
def test_what_the_standard_does_not_allow_is_told(changes: dict[str, Any], says: str) -> None:
    assert problems(said() | changes) == [f"{says} (1 time, in row 1)"]


def test_a_number_without_end_is_refused() -> None:
    data = as_file(said()).replace(b"2500", b"1e400")
    assert in_words(read_grants("x.json", data).problems) == [
        "The grant: It holds signs or numbers that cannot be stored. (1 time, in row 1)"
    ]


def test_a_missing_field_and_the_same_identifier_twice_are_told() -> None:
    without = {key: value for key, value in said(2).items() if key != "currency"}
    assert problems(said(1), without, said(1)) == [
        "Currency: It is missing. (1 time, in row 2)",
        "Identifier: Another grant of the file has the same. (1 time, in row 3)",
    ]


def test_what_the_standard_lets_be_empty_may_be() -> None:
    grant = said(dataSource=None, beneficiaryLocation=[{"name": None, "latitude": None}])
    assert problems(grant | {"description": "", "plannedDates": []}) == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "The file is empty."),
        (b"{", "This is not JSON that we can read. It must be in UTF-8."),
        (b"[" * 200_000, "This is not JSON that we can read. It must be in UTF-8."),
        (b'{"grants": NaN}', "This is not JSON that we can read. It must be in UTF-8."),
        ('["é"]'.encode("latin-1"), "This is not JSON that we can read. It must be in UTF-8."),
        (b"[" + b"9" * 5_000 + b"]", "This is not JSON that we can read. It must be in UTF-8."),
        (b'{"services": []}', "There is no list of grants in it."),
        (b'{"grants": {}}', "There is no list of grants in it."),
        (b"[]", "There is no grant in it."),
        (b"PK\x03\x04", "This is not a spreadsheet that we can read: save it as .xlsx or as .csv."),
    ],
)
def test_what_is_no_file_of_grants_is_refused(data: bytes, says: str) -> None:
    assert refusal(data) == says


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    assert refusal(b"[" + b" " * 100) == "The file is too large: 20 MB at most."
    monkeypatch.undo()
    monkeypatch.setattr(reading, "MOST_GRANTS", 1)
    assert refusal(as_file(said(1), said(2))) == "There are too many grants in it: 1 at most."


HEAD = (
    "Identifier,Title,Description,Currency,Amount Awarded,Award Date,Funding Org:Identifier,"
    "Funding Org:Name,Recipient Org:Identifier,Recipient Org:Name,Planned Dates:Duration (months),"
    "Classifications:0:Vocabulary,Classifications:0:Code,Classifications:1:Code,"
    "Recipient Org:0:Location:0:Name,From An Open Call?,Last Modified,Our Ref\n"
)
ROW = (
    'g-1,Bells,Hand bells,GBP,"£1,250.50",05/03/2024,GB-CHC-9876543,Trust,GB-CHC-1234567,Ringers,'
    "12,Themes,a,b,Bakewell,yes,2024-03-06,K7\n"
)


def test_a_table_is_read_by_the_standards_titles() -> None:
    read = read_grants("x.csv", (HEAD + ROW).encode())
    assert read.problems == []
    assert read.grants == [
        {
            "id": "g-1",
            "title": "Bells",
            "description": "Hand bells",
            "currency": "GBP",
            "amountAwarded": 1250.5,
            "awardDate": "2024-03-05",
            "fundingOrganization": [{"id": "GB-CHC-9876543", "name": "Trust"}],
            "recipientOrganization": [
                {"id": "GB-CHC-1234567", "name": "Ringers", "location": [{"name": "Bakewell"}]}
            ],
            "plannedDates": [{"duration": 12}],
            "classifications": [{"vocabulary": "Themes", "code": "a"}, {"code": "b"}],
            "fromOpenCall": "Yes",
            "dateModified": "2024-03-06T00:00:00Z",
            "Our Ref": "K7",
        }
    ]


def test_rows_of_a_table_are_named_as_a_spreadsheet_counts_them() -> None:
    read = read_grants("x.csv", (HEAD + ROW.replace("1,250.50", "lots")).encode())
    assert in_words(read.problems) == [
        "Amount Awarded: It must be a number, without signs or commas. (1 time, in row 2)"
    ]
