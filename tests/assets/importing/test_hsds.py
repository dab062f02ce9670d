"""A folder of HSDS tables: brought together, each problem told in its own file."""

from pathlib import Path
from typing import Any

import pytest

from assets.importing.asked import Options
from assets.importing.hsds import read_hsds
from assets.importing.load import load
from assets.importing.mapping import read_mapping
from assets.importing.problems import TableError
from assets.models import Activity, Organisation

pytestmark = pytest.mark.django_db
# Made up, in the shape of the specification.
FILES = {
    "organizations": [
        "id,name,description,email,website",
        '1,Weir Trust,"We run a hall. We lend boots.",weir@example.org,www.example.org',
    ],
    "services": [
        "id,location_id,name,description,eligibility,fees,status,languages",
        '1,7,Boot library,"Boots to borrow. Any size.",Age 5 or over,None.,active,"Polish, Farsi"',
        "2,8,Ring us,Somebody listens.,all ages,free,active,",
        "3,7,Long gone,It was.,all ages,free,defunct,",
    ],
    "locations": [
        "id,organization_id,name,accessibility,transportation,virtual",
        '7,1,Weir Hall,"wheelchair, cd",Bus stops outside.,false',
        "8,1,Online,,,true",
    ],
    "addresses": ["id,location_id,address_1,city,postal_code", "1,7,Weir Lane,Bakewell,DE45 1DY"],
    "phones": [
        "id,location_id,organization_id,service_id,number,number_type",
        "1,7,,,01632 960123,voice",
        "2,7,,,01632 960124,fax",
        "3,,,2,07700 900123,sms",
        "4,,1,,01632 960125,voice",
    ],
    "regular_schedules": [
        "id,location_id,service_id,weekday,opens_at,closes_at",
        "1,7,,Monday,08:00,17:00",
        "2,7,,Saturday,10:00,3pm",
    ],
}


def folder(path: Path, **changes: list[str]) -> Path:
    for name, lines in (FILES | changes).items():
        (path / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return path


def bring(path: Path) -> Any:
    return load(read_hsds(path), read_mapping("hsds"), Options())


def test_services_come_in_with_all_that_hangs_on_them(tmp_path: Path) -> None:
    loaded = bring(folder(tmp_path))
    assert loaded.problems == []
    assert loaded.notes[0] == "Services that are not active are left out: 1."
    boots, ring = Activity.objects.order_by("title")
    assert (boots.summary, boots.age_from, boots.cost) == ("Boots to borrow. Any size.", 60, "free")
    assert [(one.weekday, f"{one.ends_at:%H:%M}") for one in boots.schedules.all()] == [
        (0, "17:00"),
        (5, "15:00"),
    ]
    assert boots.venue is not None
    assert (boots.venue.name, boots.venue.place.name) == ("Weir Hall", "Bakewell")
    assert boots.venue.getting_there == "Bus stops outside."
    assert [one.pk for one in boots.venue.access_features.all()] == ["step-free"]
    assert {one.pk for one in boots.languages.all()} == {"pl", "fa"}
    assert [one.value for one in boots.contacts.all()] == ["01632 960123"]
    assert (ring.ways_to_take_part, ring.venue) == (["online"], None)
    assert [(one.kind, one.value) for one in ring.contacts.all()] == [("text", "07700 900123")]
    group = Organisation.objects.get()
    assert [one.value for one in group.contacts.all()] == [
        "01632 960125",
        "weir@example.org",
        "https://www.example.org",
    ]
    assert bring(folder(tmp_path)).batch is None


def test_a_problem_is_told_in_the_file_that_it_stands_in(tmp_path: Path) -> None:
    bad = {
        "addresses": [FILES["addresses"][0], "1,7,Weir Lane,Redwood City,94063"],
        "regular_schedules": [FILES["regular_schedules"][0], "1,7,,Monday,9am,03:00"],
    }
    loaded = bring(folder(tmp_path, **bad))
    assert [(one.file, one.row, one.column, one.found) for one in loaded.problems] == [
        ("addresses.csv", 2, "postal_code", "94063"),
        ("regular_schedules.csv", 2, "weekday", "Monday 9am-03:00"),
    ]
    assert Activity.objects.count() == 0


def test_a_folder_without_services_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"There is no services\.csv in the folder\."):
        read_hsds(tmp_path)


def test_newer_tables_say_ages_in_numbers(tmp_path: Path) -> None:
    services = [
        "id,location_id,name,description,minimum_age,maximum_age,fees,status",
        "1,7,Boots,Boots to borrow.,5,11,free,active",
        "2,7,Hats,Hats to borrow.,16,,free,active",
    ]
    assert bring(folder(tmp_path, services=services)).problems == []
    ages = Activity.objects.order_by("title").values_list("age_from", "age_before")
    assert list(ages) == [(60, 144), (192, None)]
