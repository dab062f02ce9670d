"""Wards, parishes and smaller areas as they are drawn from a day on; and who lies in which.

A new edition ends the old one on its first day: what was true before stays on record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.cache import caches
from django.db import connection, transaction
from django.utils import timezone

from assets.models.boundaries import Boundary, BoundaryRing
from assets.models.places import Area
from assets.places.geojson import BoundaryError, Shape, read

# Of what lies in no area, or on a line between two: none, or the first by code. The box is looked
# at first: a line has hundreds of points.
WHO_LIES_WHERE = """
WITH found AS (
    SELECT DISTINCT ON (inside.key) inside.key, inside.area_id FROM (
        SELECT t.{key} AS key, b.area_id, a.code
        FROM assets_boundary b
        JOIN assets_area a ON a.id = b.area_id AND a.kind = %(kind)s
        JOIN assets_boundaryring r ON r.boundary_id = b.id
        JOIN {table} t ON box(r.ring) @> t.point AND r.ring @> t.point
        WHERE b.valid_until IS NULL
        GROUP BY t.{key}, b.area_id, a.code HAVING count(*) %% 2 = 1) inside
    ORDER BY inside.key, inside.code)
UPDATE {table} t SET {kind}_id = found.area_id
FROM {table} every LEFT JOIN found ON found.key = every.{key}
WHERE every.{key} = t.{key} AND t.{kind}_id IS DISTINCT FROM found.area_id
"""
TABLES = {"assets_postcode": "code", "assets_place": "id", "assets_venue": "id"}


@dataclass(frozen=True)
class Loaded:
    """How many areas are new or drawn anew, as they were, and ended."""

    drawn: int
    same: int
    ended: int


@transaction.atomic
def load_boundaries(
    *, text: str, valid_from: date, source: str, district: str, others_too: bool = False
) -> Loaded:
    """Bring the areas of these kinds in the file's districts to exactly this edition.

    `district` is theirs where the file does not say. Areas of districts that we do not have are
    left out if `others_too` allows it. Raises BoundaryError, and nothing is changed.
    """
    if not source.strip() or len(source) > 250:
        raise BoundaryError("Say where the file comes from, in at most 250 letters.")
    if valid_from > timezone.localdate():
        raise BoundaryError("That day is still to come. Load the file on that day or later.")
    shapes = _of_ours(read(text), district, others_too=others_too)
    districts = _districts(shapes, district)
    drawn = same = 0
    areas = {}
    for shape in shapes:
        area = areas[shape.code] = _area(shape, districts[shape.district or district])
        if _draw(area, shape, valid_from, source.strip()):
            drawn += 1
        else:
            same += 1
    ended = 0
    for kind in {shape.kind for shape in shapes}:
        parents = {areas[one.code].parent_id for one in shapes if one.kind == kind}
        gone = Boundary.objects.current().filter(area__kind=kind, area__parent__in=parents)
        ended += _end(gone.exclude(area__code__in=areas), valid_from)
    who_lies_where()
    return Loaded(drawn, same, ended)


def _of_ours(shapes: list[Shape], district: str, *, others_too: bool) -> list[Shape]:
    wanted = {one.district or district for one in shapes}
    ours = set(
        Area.objects.filter(kind=Area.Kind.DISTRICT, code__in=wanted).values_list("code", flat=True)
    )
    if (others := sorted(wanted - ours)) and not others_too:
        raise BoundaryError(
            f"We have no district {', '.join(others[:5])}. Load its places first, or leave out "
            "what is of other districts with --ours-only."
        )
    kept = [one for one in shapes if (one.district or district) in ours]
    if not kept:
        raise BoundaryError("There is no area of our districts in the file.")
    return kept


def _districts(shapes: Iterable[Shape], district: str) -> dict[str, Area]:
    codes = {one.district or district for one in shapes}
    return {one.code: one for one in Area.objects.filter(code__in=codes)}


def _area(shape: Shape, parent: Area) -> Area:
    area = Area.objects.filter(code=shape.code).first()
    if area and area.kind != shape.kind:
        raise BoundaryError(f"{shape.code} is a {area.kind} already, and not a {shape.kind}.")
    area = area or Area(code=shape.code, kind=shape.kind)
    if (area.name, area.parent_id) != (shape.name, parent.pk):
        area.name, area.parent = shape.name, parent
        area.save()
    return area


def _draw(area: Area, shape: Shape, valid_from: date, source: str) -> bool:
    """Whether anything had to be drawn."""
    current = Boundary.objects.current().filter(area=area).first()
    if current:
        rings = tuple(current.rings.order_by("pk").values_list("ring", flat=True))
        if rings == shape.rings:
            return False
        _end(Boundary.objects.filter(pk=current.pk), valid_from)
    drawn = Boundary.objects.create(area=area, valid_from=valid_from, source=source)
    BoundaryRing.objects.bulk_create(BoundaryRing(boundary=drawn, ring=one) for one in shape.rings)
    return True


def _end(boundaries: "Iterable[Boundary]", on: date) -> int:
    """What began that very day was never in force: it is taken back."""
    number = 0
    for one in boundaries:
        if one.valid_from > on:
            raise BoundaryError(
                f"{one.area} has been drawn anew since, on {one.valid_from:%d %B %Y}."
            )
        number += 1
        if one.valid_from == on:
            one.delete()
        else:
            one.valid_until = on
            one.save()
    return number


def who_lies_where() -> None:
    """Write the ward and parish of every postcode, place and venue: of a hidden venue those of
    the middle of its village, which is its point.
    """
    with connection.cursor() as cursor:
        for table, key in TABLES.items():
            for kind in (Area.Kind.WARD, Area.Kind.PARISH):
                statement = WHO_LIES_WHERE.format(table=table, key=key, kind=kind.value)
                cursor.execute(statement, {"kind": kind})
    caches["pieces"].delete_many(["parts:place", "parts:ward", "parts:parish", "areas"])
