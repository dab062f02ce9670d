"""Fills the tables of areas, places and postcodes: all or nothing, as often as you like."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from assets.models.places import Area, Place
from assets.models.postcodes import OutwardCode, PlacesLoad, Postcode
from assets.places.grid import GridPoint
from assets.places.onspd import Directory, OnspdError, Row, Wanted

FOLDER = Path(__file__).parent
AREAS, PLACES = FOLDER / "areas.csv", FOLDER / "places.csv"
DEFAULT_AROUND_KM = 15
# Any number, so long as it is the same everywhere: two loads at once wait for each other.
LOCK = 8_350_035

INCOMING = """
CREATE TEMP TABLE incoming_postcode (
    code text, outward text, district text, easting float8, northing float8
) ON COMMIT DROP
"""
COPY = "COPY incoming_postcode FROM STDIN"
UPSERT = """
INSERT INTO assets_postcode (code, outward_id, district_id, point)
SELECT i.code, i.outward, a.id, point(i.easting, i.northing)
FROM incoming_postcode i JOIN assets_area a ON a.code = i.district
ON CONFLICT (code) DO UPDATE
    SET outward_id = excluded.outward_id, district_id = excluded.district_id, point = excluded.point
    WHERE assets_postcode.district_id <> excluded.district_id
       OR NOT assets_postcode.point ~= excluded.point
"""
DELETE_GONE = """
DELETE FROM assets_postcode p
WHERE NOT EXISTS (SELECT FROM incoming_postcode i WHERE i.code = p.code)
"""
TIDY = """
DROP TABLE incoming_postcode;
DELETE FROM assets_outwardcode o
WHERE NOT EXISTS (SELECT FROM assets_postcode p WHERE p.outward_id = o.code);
ANALYZE assets_postcode, assets_outwardcode, assets_place, assets_area;
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did; `was_there` when it was all there already and nothing was done."""

    what: PlacesLoad
    was_there: bool
    gone: int = 0


def default_wanted() -> Wanted:
    """What was asked for last, or this site's district and what is around it."""
    last = PlacesLoad.objects.first()
    wanted = Wanted.read(last.selection) if last else None
    if wanted and settings.DISTRICT in wanted.districts:
        return wanted
    return Wanted(((settings.DISTRICT, DEFAULT_AROUND_KM),))


@transaction.atomic
def load_places(wanted: Wanted | None = None, *, again: bool = False) -> Loaded:
    """Bring the tables to exactly these postcodes, and our places in their districts.

    Areas and places are never removed, for listings may stand on them. `again` loads even what is
    there already. Raises OnspdError when the directory is missing or knows no such district.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    wanted = wanted or default_wanted()
    directory = Directory.installed()
    what = PlacesLoad(selection=str(wanted), edition=directory.edition, lists=_fingerprint())
    last = PlacesLoad.objects.first()
    if last and not again and _same(last, what) and Postcode.objects.exists():
        return Loaded(last, was_there=True)

    rows = directory.rows_of(wanted)
    _write_areas({row.district for row in rows})
    _write_outward_codes(directory.middles_of({row.outward for row in rows}))
    what.places = _write_places()
    gone = _write_postcodes(rows)
    what.postcodes = len(rows)
    what.save()
    return Loaded(what, was_there=False, gone=gone)


def _same(a: PlacesLoad, b: PlacesLoad) -> bool:
    return (a.selection, a.edition, a.lists) == (b.selection, b.edition, b.lists)


def _fingerprint() -> str:
    return sha256(AREAS.read_bytes() + PLACES.read_bytes()).hexdigest()


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write_areas(codes: set[str]) -> None:
    known = {row["code"]: row for row in _read(AREAS)}
    if missing := sorted(codes - known.keys()):
        raise OnspdError(f"{AREAS.name} has no name for {', '.join(missing)}: add it there.")
    districts = [known[code] for code in sorted(codes)]
    parents = {row["parent"] for row in districts} - {""}
    for rows in ([known[code] for code in sorted(parents)], districts):
        by_code = _areas_by_code(row["parent"] for row in rows)
        Area.objects.bulk_create(
            [
                Area(
                    code=row["code"],
                    name=row["name"],
                    # A column that only a row which needs it fills.
                    name_in_text=row["name_in_text"] or "",
                    kind=row["kind"],
                    parent=by_code.get(row["parent"]),
                )
                for row in rows
            ],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "name_in_text", "kind", "parent"],
        )


def _areas_by_code(codes: Iterable[str]) -> dict[str, Area]:
    return {area.code: area for area in Area.objects.filter(code__in=set(codes))}


def _write_outward_codes(middles: dict[str, GridPoint]) -> None:
    OutwardCode.objects.bulk_create(
        [OutwardCode(code=code, point=point) for code, point in sorted(middles.items())],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["point"],
    )


def _write_places() -> int:
    rows = _read(PLACES)
    districts = _areas_by_code(row["district"] for row in rows)
    places = [
        Place(
            slug=row["slug"],
            name=row["name"],
            kind=row["kind"],
            point=GridPoint(float(row["easting"]), float(row["northing"])),
            district=districts[row["district"]],
            aliases=row["aliases"].replace("; ", "\n"),
            source=row["source"],
        )
        for row in rows
        if row["district"] in districts
    ]
    Place.objects.bulk_create(
        places,
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["name", "kind", "point", "district", "aliases", "source"],
    )
    return len(places)


def _write_postcodes(rows: list[Row]) -> int:
    """The number of postcodes that were there and are not any more."""
    with connection.cursor() as cursor:
        cursor.execute(INCOMING)
        with cursor.copy(COPY) as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("ANALYZE incoming_postcode")
        cursor.execute(DELETE_GONE)
        gone = cursor.rowcount
        cursor.execute(UPSERT)
        cursor.execute(TIDY)
    return int(gone)
