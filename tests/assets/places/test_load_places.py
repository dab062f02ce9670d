"""`load_places`: everything or nothing, as often as one likes."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from assets.models import Area, OutwardCode, Place, PlacesLoad, Postcode
from assets.places import load
from assets.places.load import default_wanted, load_places
from assets.places.onspd import OnspdError, Wanted

pytestmark = pytest.mark.django_db

DALES, HIGH_PEAK = "E07000035", "E07000037"


def everything() -> list[list[tuple]]:
    """All rows of all four tables."""
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (Area, OutwardCode, Postcode, Place)
    ]


def test_the_district_and_fifteen_kilometres_around_it_are_there() -> None:
    assert Postcode.objects.filter(district__code=DALES).count() == 3_465
    assert Postcode.objects.count() == 55_632
    last = PlacesLoad.objects.get()
    assert (last.selection, last.edition) == ("E07000035+15", "November 2025")
    assert (last.postcodes, last.places) == (55_632, Place.objects.count())


def test_every_district_that_occurs_has_its_name_and_its_county() -> None:
    county = {area.name: area.parent and area.parent.name for area in Area.objects.all()}
    assert county == {
        "Amber Valley": "Derbyshire",
        "Ashfield": "Nottinghamshire",
        "Barnsley": None,
        "Bolsover": "Derbyshire",
        "Broxtowe": "Nottinghamshire",
        "Cheshire East": None,
        "Chesterfield": "Derbyshire",
        "Derby": None,
        "Derbyshire": None,
        "Derbyshire Dales": "Derbyshire",
        "East Staffordshire": "Staffordshire",
        "Erewash": "Derbyshire",
        "High Peak": "Derbyshire",
        "Lichfield": "Staffordshire",
        "North East Derbyshire": "Derbyshire",
        "Nottinghamshire": None,
        "Sheffield": None,
        "South Derbyshire": "Derbyshire",
        "Stafford": "Staffordshire",
        "Staffordshire": None,
        "Staffordshire Moorlands": "Staffordshire",
    }


def test_what_is_loaded_already_is_not_written_again() -> None:
    with CaptureQueriesContext(connection) as captured:
        assert load_places().was_there
    assert not [query["sql"] for query in captured if "INSERT" in query["sql"]]
    assert PlacesLoad.objects.count() == 1


def test_loading_again_puts_right_what_was_changed_by_hand_and_nothing_else() -> None:
    right = everything()
    Postcode.objects.filter(code="DE43AA").update(point="1, 1")
    Postcode.objects.filter(code="DE43AB").delete()
    OutwardCode.objects.filter(code="DE4").update(point="1, 1")
    Place.objects.filter(slug="bakewell").update(aliases="Badequella")
    Area.objects.filter(code=DALES).update(name="Elsewhere")
    loaded = load_places(again=True)
    assert (loaded.was_there, loaded.gone) == (False, 0)
    assert everything() == right


def test_a_change_to_our_own_lists_is_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    places = tmp_path / "places.csv"
    text = load.PLACES.read_text(encoding="utf-8")
    places.write_text(text.replace(",Bakewell,", ",Badequella,"), encoding="utf-8")
    wanted = Wanted(((DALES, 0),))
    load_places(wanted)
    assert load_places(wanted).was_there
    monkeypatch.setattr(load, "PLACES", places)
    assert not load_places(wanted).was_there
    assert Place.objects.get(slug="bakewell").name == "Badequella"


def test_another_area_takes_the_place_of_this_one() -> None:
    middles = dict(OutwardCode.objects.values_list("code", "point"))
    loaded = load_places(Wanted(((HIGH_PEAK, 0),)))
    assert set(Postcode.objects.values_list("district__code", flat=True)) == {HIGH_PEAK}
    assert loaded.what.postcodes == Postcode.objects.count() == 5_240
    assert loaded.gone > 50_000
    assert not OutwardCode.objects.filter(postcodes=None).exists()
    # Listings may stand on these.
    assert Place.objects.filter(slug="bakewell").exists()
    assert Area.objects.filter(code=DALES).exists()
    # Nor may these move with what else is loaded: hidden venues stand on them.
    for code, point in OutwardCode.objects.values_list("code", "point"):
        assert middles.get(code, point) == point


def test_an_unknown_district_changes_nothing() -> None:
    before = everything()
    with pytest.raises(CommandError, match="The directory has no postcodes for E07999999"):
        call_command("load_places", "--all-of", "E07999999")
    assert everything() == before


def test_a_district_without_a_name_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = everything()
    areas = tmp_path / "areas.csv"
    lines = load.AREAS.read_text(encoding="utf-8").splitlines(keepends=True)
    areas.write_text("".join(line for line in lines if HIGH_PEAK not in line), encoding="utf-8")
    monkeypatch.setattr(load, "AREAS", areas)
    with pytest.raises(OnspdError, match=r"areas\.csv has no name for E07000037: add it there\."):
        load_places(Wanted(((HIGH_PEAK, 0),)))
    assert everything() == before


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--district", "Derbyshire"], "is not the code of a district, like E07000035."),
        (["--around-km", "-3"], "is not a number of kilometres from 0 to 100."),
        (["--around-km", "far"], "is not a number of kilometres from 0 to 100."),
        (["--all-of", "E07000035"] * 19, "That is more than 18 districts."),
    ],
)
def test_the_command_tells_what_is_wrong(arguments: list[str], complaint: str) -> None:
    with pytest.raises(CommandError, match=complaint):
        call_command("load_places", *arguments)


def test_without_options_what_was_asked_for_last_is_asked_for_again() -> None:
    wanted = Wanted(((DALES, 5), (HIGH_PEAK, 0)))
    PlacesLoad.objects.create(selection=str(wanted), edition="", lists="", postcodes=0, places=0)
    assert default_wanted() == wanted


def test_a_site_of_another_district_asks_for_its_own(settings: Settings) -> None:
    settings.DISTRICT = HIGH_PEAK
    assert default_wanted() == Wanted(((HIGH_PEAK, 15),))


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_places")
    assert capsys.readouterr().out == (
        f"Already loaded: 55,632 postcodes and {Place.objects.count()} places "
        "(E07000035+15, November 2025).\n"
    )
