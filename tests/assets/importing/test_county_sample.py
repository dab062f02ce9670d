"""A real county's sample, which was not made for us: all of it comes in, or is told.

It is of San Mateo in California, so its post codes and phone numbers are none that we know.
"""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assets.importing.asked import Loaded, Options
from assets.importing.hsds import read_hsds
from assets.importing.load import load
from assets.importing.mapping import read_mapping
from assets.models import Activity, Organisation, Postcode, Status, Venue

# Beside the project, where it is there at all.
SAMPLE = Path(__file__).parents[4] / "shared" / "data" / "hsds-csv"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SAMPLE.is_dir(), reason="The county's sample is not beside us."),
]


def bring(folder: Path) -> Loaded:
    return load(read_hsds(folder), read_mapping("hsds"), Options(status=Status.PUBLIC))


def table(folder: Path, name: str) -> list[dict[str, Any]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def as_if_it_were_here(folder: Path) -> Path:
    """The same with our own post codes and numbers, and with its one impossible time mended."""
    for path in SAMPLE.glob("*.csv"):
        rows = table(SAMPLE, path.name)
        for number, row in enumerate(rows):
            if path.name == "addresses.csv":
                row["postal_code"] = str(postcodes()[number])
            elif path.name == "phones.csv":
                row["number"] = f"01632 960{number:03}"
            elif path.name == "regular_schedules.csv" and row["closes_at"] == "03:00":
                row["closes_at"] = "3pm"
        with (folder / path.name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    return folder


def postcodes() -> list[Postcode]:
    return list(Postcode.objects.filter(district__code="E07000035").order_by("code")[:30])


def test_as_it_is_every_problem_is_told_in_its_own_file_and_nothing_is_loaded() -> None:
    loaded = bring(SAMPLE)
    told = Counter((one.file, one.column) for one in loaded.problems)
    assert told == {
        ("addresses.csv", "postal_code"): 20,
        ("phones.csv", "number"): 23,
        ("regular_schedules.csv", "weekday"): 1,
    }
    assert str(loaded.problems[0]) == (
        "addresses.csv, row 2, column “postal_code”: found “94063”. "
        "“94063” is no whole postcode. Write it like DE4 3AB."
    )
    assert Activity.objects.count() == 0


def test_what_is_left_out_is_told() -> None:
    assert [note for note in bring(SAMPLE).notes if "columns" not in note] == [
        "Services that are not active are left out: 2.",
        "Fax and text telephone numbers are left out: 25.",
        "Phone numbers of single people are left out: 3.",
        "These files are not read: contacts.csv, holiday_schedules.csv, mail_addresses.csv, "
        "programs.csv, taxonomy.csv.",
        "services.csv, rows 6, 10, 11, 12, 13, 14, 15, 17, 18, 19, 20: whom it is for is said "
        "without an age. They come in for all ages, and what is said stands in their description.",
    ]


def test_were_it_here_all_of_it_comes_in_and_again_nothing_changes(tmp_path: Path) -> None:
    folder = as_if_it_were_here(tmp_path)
    loaded = bring(folder)
    assert (loaded.problems, loaded.duplicates) == ([], [])
    on = [row["name"] for row in table(SAMPLE, "services.csv") if row["status"] == "active"]
    assert sorted(Activity.objects.public().values_list("title", flat=True)) == sorted(on)
    assert (Organisation.objects.public().count(), Venue.objects.public().count()) == (6, 20)
    centre = Activity.objects.get(title="Fair Oaks Adult Activity Center")
    assert (centre.age_from, centre.age_before, centre.cost) == (55 * 12, None, "donation")
    assert centre.cost_note == (
        "$2.50 suggested donation for lunch for age 60 or over, donations for other services "
        "appreciated."
    )
    photos = Activity.objects.get(title="Passport Photos")
    assert (photos.cost, photos.cost_note) == (
        "free",
        "except for permits and photocopying. Cash, checks and credit cards accepted",
    )
    assert photos.schedules.count() == 3
    assert [one.label for one in photos.contacts.filter(kind="phone")] == [
        "Passport Photos, extension 123"
    ]
    assert bring(folder).batch is None
