"""A British National Grid point in a column of PostgreSQL's own type `point`.

`point <@ circle` and `<->` of that type are all a radius search needs, without PostGIS. A trap:
`point` has no `=` and no order, so DISTINCT, UNION, GROUP BY and UNIQUE over such a column fail;
`exact` here becomes `~=`.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.expressions import Combinable
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from assets.places.grid import EASTINGS, NORTHINGS, GridPoint, is_on_the_grid

NOT_A_POINT = _("Write two numbers, metres east and metres north, like 429800, 360200.")
OFF_THE_GRID = _("That is not a point of the British National Grid.")


def parse_point(text: str) -> GridPoint:
    """Read "429800, 360200", or "(429800,360200)" as PostgreSQL writes it; else ValueError."""
    easting, northing = text.strip().removeprefix("(").removesuffix(")").split(",")
    return GridPoint(float(easting), float(northing))


def require_on_the_grid(point: GridPoint) -> None:
    if not is_on_the_grid(point.easting, point.northing):
        raise ValidationError(OFF_THE_GRID, code="off_the_grid")


def on_the_grid(name: str) -> Q:
    """For a CheckConstraint: the point in this column lies on the grid, or is not known."""
    return Q(**{f"{name}__easting__range": EASTINGS, f"{name}__northing__range": NORTHINGS}) | Q(
        **{f"{name}__isnull": True}
    )


class PointFormField(forms.CharField):
    """Two numbers with a comma; the cleaned value is a GridPoint, or None when left empty."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, GridPoint):
            return value
        words = super().to_python(value)
        if not words:
            return None
        try:
            return parse_point(words)
        except ValueError as error:
            raise ValidationError(NOT_A_POINT, code="invalid") from error


class PointField(models.Field):
    """A `GridPoint`."""

    description = _("Point on the British National Grid")
    default_validators = [require_on_the_grid]
    # For the type checker.
    _pyi_private_set_type: GridPoint | str | Combinable
    _pyi_private_get_type: GridPoint

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "point"

    def from_db_value(self, value: str | None, *_args: object) -> GridPoint | None:
        return None if value is None else parse_point(value)

    def to_python(self, value: Any) -> GridPoint | None:
        if value is None or isinstance(value, GridPoint):
            return value
        try:
            return parse_point(value)
        except (AttributeError, TypeError, ValueError) as error:
            raise ValidationError(NOT_A_POINT, code="invalid") from error

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if value is None or hasattr(value, "resolve_expression"):
            return value
        point = self.to_python(value)
        return point and f"({point.easting!r},{point.northing!r})"

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        return "%s::point"

    def value_to_string(self, obj: models.Model) -> str:
        point = self.value_from_object(obj)
        return "" if point is None else str(point)

    def formfield(self, *_args: Any, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PointFormField, **kwargs})


@PointField.register_lookup
class SamePoint(Exact):
    def get_rhs_op(self, connection: BaseDatabaseWrapper, rhs: str) -> str:
        return f"~= {rhs}"


@PointField.register_lookup
class Easting(models.Transform):
    """So that constraints and filters can speak of it."""

    lookup_name = "easting"
    template = "(%(expressions)s)[0]"
    output_field = models.FloatField()


@PointField.register_lookup
class Northing(models.Transform):
    lookup_name = "northing"
    template = "(%(expressions)s)[1]"
    output_field = models.FloatField()


Ring = tuple[GridPoint, ...]


def parse_ring(text: str) -> Ring:
    """Read "((429800,360200),(429900,360200),…)", as PostgreSQL writes it; else ValueError."""
    inner = text.strip().removeprefix("((").removesuffix("))")
    return tuple(parse_point(pair) for pair in inner.split("),("))


class RingField(models.Field):
    """One closed line, as a column of PostgreSQL's own type `polygon`: its points in their order.

    A trap: no GiST index of a `polygon` answers “which of them have this point”.
    """

    description = _("Closed line on the British National Grid")
    # For the type checker.
    _pyi_private_set_type: Ring | Combinable
    _pyi_private_get_type: Ring

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "polygon"

    def from_db_value(self, value: str | None, *_args: object) -> Ring | None:
        return None if value is None else parse_ring(value)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return f"({','.join(f'({one.easting!r},{one.northing!r})' for one in value)})"

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        return "%s::polygon"
