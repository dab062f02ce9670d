"""What the files of the example district say, and the days that they count from today."""

from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from assets.models.schedules import Weekday

Row = dict[str, Any]
AnyModel = TypeVar("AnyModel", bound=models.Model)


class ExampleError(Exception):
    """Why the example district cannot be loaded or removed, in plain words."""


def take(row: Row, *keys: str) -> Row:
    return {key: row.pop(key, []) for key in keys}


def many(model: type[AnyModel], values: list[str], field: str = "pk") -> list[AnyModel]:
    rows = model._default_manager.filter(**{f"{field}__in": values})
    found = {getattr(row, field): row for row in rows}
    if missing := [value for value in values if value not in found]:
        raise ExampleError(
            f"No such {model._meta.verbose_name}: {', '.join(missing)}. "
            "Load what it stands on first: manage.py load_reference, manage.py load_places"
        )
    return [found[value] for value in values]


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def weeks_ahead(weekday: Weekday, weeks: int) -> date:
    """This day of the week: 0 is today or within the next six days."""
    today = timezone.localdate()
    return today + timedelta(days=(weekday - today.weekday()) % 7, weeks=weeks)
