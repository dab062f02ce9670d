"""What people say in the example district: made up, flagged, and taken away with it."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from assets import evidence
from assets.ages import read_age
from assets.models import Area, Evidence, Place
from thrive.models import Theme

FOLDER = Path(__file__).parent / "example" / "voices"


def load() -> None:
    for row in _rows("evidence"):
        _load_evidence(row)


def remove() -> None:
    """All of it, its history last: deleting writes some."""
    keys = list(Evidence.objects.filter(is_example=True).values_list("pk", flat=True))
    Evidence.objects.filter(pk__in=keys).delete()
    Evidence.history.filter(id__in=keys).delete()


def _rows(name: str) -> Any:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))[name]


def _days_ago(row: dict[str, Any]) -> Any:
    return timezone.localdate() - timedelta(days=row.pop("days_ago"))


def _load_evidence(row: dict[str, Any]) -> None:
    themes = list(Theme.objects.filter(pk__in=row.pop("themes", [])))
    for age in ("age_from", "age_before"):
        if age in row:
            row[age] = read_age(row[age]).months
    if "place" in row:
        row["place"] = Place.objects.get(slug=row["place"])
    if "area" in row:
        row["area"] = Area.objects.get(name=row["area"])
    row["needs_group_id"] = row.pop("needs_group", None)
    note = Evidence(is_example=True, heard_on=_days_ago(row), **row)
    evidence.note(evidence=note, themes=themes, by=None)
