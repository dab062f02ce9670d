"""How many people live where: sheets that are understood, and those that are refused in words."""

from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.coverage.people import people
from assets.models import Population
from assets.places.boundaries import load_boundaries
from assets.places.parts import By
from assets.places.population import PopulationError, _lines, load_population
from tests.assets.make import make_activity, publish
from tests.assets.places.invented import WARDS

HEAD = "Area code,Age,People,Year,Source\n"
BANDS = "0-4,5-10,11-15,16-17,18-25,26+".split(",")
SHEET = HEAD + "".join(
    f"E05000001,{ages},{100 + place},2024,made up\n" for place, ages in enumerate(BANDS)
)


@pytest.fixture
def _wards(db: None) -> None:
    load_boundaries(text=WARDS, valid_from=date(2025, 5, 1), source="made up", district="E07000035")


@pytest.mark.usefixtures("_wards")
def test_the_same_sheet_twice_changes_nothing_and_a_newer_year_counts() -> None:
    assert load_population(text=SHEET) == load_population(text=SHEET) == 6
    assert Population.objects.count() == 6
    found = people(By.WARD)
    assert found["E05000001", "11-15"] == 102
    assert found["E05000001", "all"] == 100 + 101 + 102 + 103 + 104
    newer = "".join(f"E05000001,{age},7,2025,made up\n" for age in range(11, 16))
    load_population(text=HEAD + newer)
    assert people(By.WARD)["E05000001", "11-15"] == 35


@pytest.mark.usefixtures("_wards")
def test_a_band_that_figures_do_not_fill_is_not_guessed() -> None:
    lines = "E05000001,0-9,100,2024,x\nE05000001,11-13,50,2024,x\nE05000001,16-17,40,2024,x\n"
    load_population(text=HEAD + lines)
    assert people(By.WARD) == {("E05000001", "16-17"): 40}
    assert people(By.TOWN) == {}


@pytest.mark.usefixtures("_wards")
def test_the_page_tells_how_many_there_are_for_a_thousand_children(client: Client) -> None:
    load_population(text=SHEET)
    publish(make_activity(age_from=132, age_before=192))
    page = client.get("/coverage/?rows=ages&columns=place&by=ward")
    [line] = [one for one in page.context["page"].table.lines if one.name == "11–15"]
    assert [(cell.words, cell.per_thousand) for cell in line.cells] == [
        ("1", "9.8"), ("0", ""), ("0", ""), ("1", "")
    ]  # fmt: skip


@pytest.mark.usefixtures("_wards")
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "names no column for: code, age, people, year"),
        (HEAD, "There is no number"),
        (HEAD + "E05000001,old,3,2024,x", "Line 2: “old” is no age"),
        (HEAD + "E05000001,9-5,3,2024,x", "Line 2: “9-5” is no age"),
        (HEAD + "E05000001,5,-3,2024,x", "Line 2: “-3” is no number of people"),
        (HEAD + "E05000001,5,٣,2024,x", "is no number of people"),
        (HEAD + "E05000001,5,3,24,x", "Line 2: “24” is no year"),
        (HEAD + "E05000001,5,3,2024,", "Line 2: say where the number comes from"),
        (HEAD + "E05999999,5,3,2024,x", "We do not know the area E05999999"),
        (HEAD + "E05000001,5-9,3,2024,x\nE05000001,7,1,2024,x", "Lines 2 and 3 count the same"),
    ],
)
def test_garbage_is_refused_in_words_and_nothing_is_changed(text: str, why: str) -> None:
    load_population(text=SHEET)
    with pytest.raises(PopulationError, match=why):
        load_population(text=text)
    assert Population.objects.count() == 6


@given(st.text(max_size=60), st.text(max_size=20))
@settings(max_examples=100, deadline=None)
def test_no_sheet_is_more_than_refused(head: str, cell: str) -> None:
    for text in (head, f"{HEAD}{cell},{cell},{cell},{cell}", HEAD + cell):
        try:
            list(_lines(text, ""))
        except PopulationError:
            continue


@pytest.mark.usefixtures("_wards")
def test_the_command_says_what_it_did(tmp_path: Any, capsys: Any) -> None:
    file = tmp_path / "people.csv"
    file.write_text(SHEET, encoding="utf-8-sig")
    call_command("load_population", file)
    assert capsys.readouterr().out == "6 numbers loaded.\n"
    file.write_text("x")
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_population", file)
