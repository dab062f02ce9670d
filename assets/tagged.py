"""Which option stands on which listing, read from the tables of tags; and how far it is."""

from dataclasses import dataclass

from django.db.models import F, FloatField, Func, Model, Q, QuerySet, Value

from assets.fields import PointField
from assets.models import Status
from assets.places.grid import GridPoint


class Metres(Func):
    """Straight across the grid, from a column to a point."""

    template, arg_joiner, output_field = "%(expressions)s", " <-> ", FloatField()

    def __init__(self, column: str, point: GridPoint) -> None:
        super().__init__(F(column), Value(point, output_field=PointField()))


@dataclass(frozen=True)
class Tags:
    """Rows that each say: this option stands on this listing. Both are paths from the row."""

    rows: QuerySet
    option: str
    listing: str


# As Activity.objects.public(), from a row that hangs on an activity.
ON_THE_BOARD = Q(activity__status=Status.PUBLIC, activity__organisation__status=Status.PUBLIC)
# Whose an activity is: the group's that runs it, and theirs that help.
RUN_BY = ("activity__organisation", "activity__partners")


def of_activities(tagging: type[Model], option: str) -> tuple[Tags, ...]:
    rows = tagging._default_manager.filter(ON_THE_BOARD)
    return tuple(Tags(rows, option, path) for path in RUN_BY)


def of(tagging: type[Model], option: str, listing: str) -> Tags:
    return Tags(tagging._default_manager.all(), option, listing)
