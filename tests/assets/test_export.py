"""A search as a file: all of it, only what is public, and nothing that calculates."""

import csv
import re
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from assets import listings
from assets.export import whole_search
from assets.export.files import harmless, is_like_a_formula
from assets.models import Status, Venue
from tests.assets.make import (
    make_activity,
    make_contact,
    make_organisation,
    make_schedule,
    make_venue,
    publish,
    tag,
)
from tests.assets.shown import search

SECRETS = ("Rosie Cottage", "1 Secret Lane", "DE45 1DY", "blue gate", "blue-gate")
FILES = ["/activities.csv", "/activities.xlsx"]


def csv_rows(query: str = "") -> list[dict[str, str]]:
    answer = Client().get(f"/activities.csv?{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def sheet(query: str = "") -> Any:
    answer = Client().get(f"/activities.xlsx?{query}")
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.content)).worksheets[0]


def xlsx_rows(query: str = "") -> list[dict[str, Any]]:
    heads, *rows = sheet(query).iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_all_that_is_public_of_one_activity(example_district: None) -> None:
    rows = {row["Name"]: row for row in csv_rows("near=Matlock&within=10")}
    row = rows["Kettle’s On Saturdays"]
    next_date = date.fromisoformat(row.pop("Next date"))
    assert next_date.weekday() == 5
    assert row.pop("Last checked on") <= timezone.localdate().isoformat()
    assert re.fullmatch(r"\d\.\d", row.pop("Miles away"))
    assert "Room for new people" in row.pop("Room for new people")
    assert row == {
        "Name": "Kettle’s On Saturdays",
        "Group": "Kettle’s On Young Carers",
        "In short": row["In short"],
        "What it is": row["What it is"],
        "When": "The first Saturday of the month, 10.30 am to 3.30 pm",
        "Next time": "10.30 am to 3.30 pm",
        "How to take part": "In person",
        "Where": "Long Siding Hall, Long Siding, Darley Dale",
        "Postcode": "DE4 2EQ",
        "Getting there": row["Getting there"],
        "Ages": "8 to 17 years",
        "Cost": "Free",
        "How to come": "Somebody refers you",
        "Who can refer": row["Who can refer"],
        "What makes it easy": row["What makes it easy"],
        "What would help?": row["What would help?"],
        "On your mind": row["On your mind"],
        "Phone": "01632 960140 (Ask for Mo)",
        "Text message": row["Text message"],
        "E-mail": row["E-mail"],
        "Website": row["Website"],
        "Checked by": "our team",
        "From": "",
        "Example": "yes",
        "Page": "http://localhost:8000/activities/kettles-on-saturdays/",
    }


@pytest.mark.parametrize("query", ["", "near=Bakewell&sort=name", "cost=free&when=week", "q=art"])
def test_a_file_has_every_page_of_the_search_in_its_order(
    example_district: None, query: str
) -> None:
    titles = [row["Name"] for row in csv_rows(query)]
    page = search(query)
    assert len(titles) == page.total
    assert [title.removesuffix(" Example") for title in page.titles] == titles[: len(page.titles)]
    assert [row["Name"] for row in xlsx_rows(query)] == titles
    assert [row["Name"] for row in csv_rows(f"{query}&page=2&view=print")] == titles


def test_a_distance_that_is_widened_is_widened_in_the_file(example_district: None) -> None:
    query = "q=todler+group&near=Wirksworth&age=2"
    assert len(csv_rows(query)) == search(query).total


@pytest.mark.parametrize("path", FILES)
def test_a_bad_value_is_told_in_plain_text(example_district: None, path: str) -> None:
    answer = Client().get(f"{path}?age=banana&needs=dragons")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == (
        "Age: Write an age such as 7, 18 months or pregnant.\n"
        "What would help?: Choose from the list.\n"
    )
    unknown = Client().get(f"{path}?near=Atlantis")
    assert unknown.status_code == 400
    assert unknown.content.decode().startswith("We could not find “Atlantis”.")


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/activities.csv", "text/csv; charset=utf-8"),
        (
            "/activities.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_a_file_is_saved_under_a_name_with_its_day(
    example_district: None, path: str, content_type: str
) -> None:
    answer = Client().get(f"{path}?q=i+want+nobody+to+know&near=DE4+3AB")
    ending = path.rpartition(".")[2]
    today = timezone.localdate().isoformat()
    assert answer["Content-Disposition"] == (
        f'attachment; filename="golden-opportunities-activities-{today}.{ending}"'
    )
    assert answer["Content-Type"] == content_type
    assert answer.cookies == {}


def test_words_of_crisis_bring_people_to_call_first(example_district: None) -> None:
    for rows in (csv_rows("q=i+want+to+die+on+saturday"), xlsx_rows("q=i+want+to+die")):
        assert rows[0]["Name"].startswith("Need help now? ")
        assert "0800 1111" in {row["Phone"] for row in rows}
        assert "Saturday football" not in {row["Name"] for row in rows}


@pytest.mark.django_db
@pytest.mark.parametrize("shown_as", ["masked", "told"])
def test_a_hidden_venue_gives_its_village_and_nothing_else(shown_as: str) -> None:
    """It was public until a moment ago, with all that could now give it away."""
    venue = make_venue(name="Rosie Cottage", address="1 Secret Lane", getting_there="A blue gate")
    publish(make_activity(title="Sums at home", venue=venue))
    assert {"Rosie Cottage, 1 Secret Lane, Bakewell"} == {row["Where"] for row in csv_rows()}
    venue.refresh_from_db()
    venue.shown, venue.getting_there = Venue.Shown(shown_as), ""
    listings.save(listing=venue, by=None)
    for rows in (csv_rows("near=DE45+1DY"), xlsx_rows("near=DE45+1DY")):
        assert [(row["Name"], row["Where"]) for row in rows] == [("Sums at home", "Bakewell")]
        assert rows[0]["Postcode"] in ("", None)
        assert "we show only the village" in rows[0]["Getting there"]
        assert [secret for secret in SECRETS if secret in str(rows)] == []
    assert csv_rows("near=Bakewell")[0]["Miles away"] == "0.0"


@pytest.mark.django_db
def test_what_is_not_public_is_not_in_the_file() -> None:
    make_activity(title="A draft")
    hidden_group = publish(make_organisation(name="On a break"))
    publish(make_activity(title="Theirs", organisation=hidden_group))
    listings.move(listing=hidden_group, to=Status.PAUSED, by=None)
    publish(make_activity(title="Open to all"))
    assert [row["Name"] for row in csv_rows()] == ["Open to all"]


@pytest.mark.django_db
def test_a_group_that_lists_nothing_has_a_row() -> None:
    group = publish(make_organisation(name="Bell ringers", summary="We ring."))
    make_contact(group, kind="email", value="bells@example.org")
    tag(group, "themes", "youth-voice")
    row = csv_rows()[0]
    assert {name: value for name, value in row.items() if value} == {
        "Name": "Bell ringers",
        "Group": "Bell ringers",
        "In short": "We ring.",
        "What it is": "A group",
        "On your mind": "Youth voice",
        "Phone": "01632 960123",
        "E-mail": "bells@example.org",
        "Example": "no",
        "Page": "http://localhost:8000/groups/bell-ringers/",
    }


@pytest.mark.parametrize(
    "written",
    [
        "=1+1",
        "+44 1632 960123",
        "-5",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        '"=1',
        "'=1",
        "“=1",
        " \" '=1",
        "＝1",
        "\u00a0@x",
    ],
)
def test_what_a_spreadsheet_would_calculate_gets_a_quote_before_it(written: str) -> None:
    assert harmless(written) == f"'{written}"


@pytest.mark.parametrize("written", ["", "Art", "11+ club", "a=b", "5-7", "£2", "'tis", '"Art"'])
def test_what_calculates_nothing_stays_as_it_is(written: str) -> None:
    assert is_like_a_formula(written) is False
    assert harmless(written) == written


@pytest.mark.django_db
def test_nothing_that_somebody_wrote_is_a_formula() -> None:
    group = make_organisation(name='=cmd|" /C calc"!A0', summary="\t=1+1")
    activity = make_activity(
        title="=HYPERLINK(1)", summary='  "@SUM(1)"', organisation=group, cost_note="-1"
    )
    make_contact(activity, value="+44 1632 960123", label="=1")
    make_schedule(activity, note="=now()")
    publish(activity)
    row = csv_rows()[0]
    assert row["Name"] == "'=HYPERLINK(1)"
    assert row["In short"].startswith("'")
    assert row["Phone"] == "'+44 1632 960123 (=1)"
    assert [value for value in row.values() if is_like_a_formula(value) and value[0] != "'"] == []
    cells = [cell for line in sheet().iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "d", "n"}
    assert {cell.value: cell.quotePrefix for cell in cells}["=HYPERLINK(1)"] is True


@pytest.mark.django_db
def test_a_cell_stays_one_cell_and_its_signs_stay_themselves() -> None:
    publish(make_activity(title='Zoë’s "Art, and\x0bcraft"; 50% – ਪੰਜਾਬੀ'))
    wanted = 'Zoë’s "Art, and craft"; 50% – ਪੰਜਾਬੀ'
    assert csv_rows()[0]["Name"] == xlsx_rows()[0]["Name"] == wanted
    assert Client().get("/activities.csv").content.startswith(b"\xef\xbb\xbf")


def test_in_a_spreadsheet_the_head_stays_and_dates_are_dates(example_district: None) -> None:
    made = sheet("near=Matlock&when=week")
    assert made.freeze_panes == "A2"
    assert made["A1"].font.bold
    row = xlsx_rows("near=Matlock&when=week")[0]
    assert isinstance(row["Next date"], datetime)
    assert isinstance(row["Last checked on"], datetime)
    assert isinstance(row["Miles away"], (int, float))


@pytest.mark.django_db
def test_more_than_a_file_holds_is_said_in_its_last_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_search, "MOST", 2)
    group, venue = make_organisation(), make_venue()
    for number in range(3):
        publish(make_activity(title=f"Bells {number}", organisation=group, venue=venue))
    assert [row["Name"] for row in csv_rows("sort=name")] == [
        "Bells 0",
        "Bells 1",
        "Only the first 2 of 3 are here. Narrow the search to have the rest.",
    ]


def test_the_search_page_links_to_its_files(example_district: None) -> None:
    links = dict(search("q=art&near=Matlock&view=dates&page=1&ids=x").links)
    assert links["CSV"] == "/activities.csv?q=art&near=Matlock"
    assert links["spreadsheet"] == "/activities.xlsx?q=art&near=Matlock"
    assert dict(search("").links)["CSV"] == "/activities.csv"
    assert "CSV" not in dict(search("q=zebracrossing&age=3&needs=getting-more-help").links)
