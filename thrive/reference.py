"""Loads needs groups, themes, ways of working and the rules of tags from the files beside it."""

import tomllib
from pathlib import Path
from typing import Any

from django.db.models import Model, Q

from thrive.models import NeedsGroup, TagRule, Theme, WayOfWorking

FOLDER = Path(__file__).parent / "reference"


def read(folder: Path, name: str) -> dict[str, Any]:
    """One TOML file of reference data."""
    with (folder / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def add_missing(model: type[Model], rows: list[dict[str, Any]]) -> None:
    """Rows that are not there yet. What staff have changed or added stays as they left it."""
    for row in rows:
        values = {
            name: value.strip() if isinstance(value, str) else value for name, value in row.items()
        }
        new = model(**values)
        # By name too: staff may have added the same before us, under an address of their own.
        there = model._default_manager.filter(Q(pk=new.pk) | Q(name=values["name"]))
        if not there.exists():
            new.save(force_insert=True)


def load() -> None:
    """Needs groups are the framework's: always as in the file. The rest is only ever added."""
    for row in read(FOLDER, "needs_groups")["needs_group"]:
        NeedsGroup.objects.update_or_create(slug=row.pop("slug"), defaults=row)
    add_missing(Theme, read(FOLDER, "themes")["theme"])
    add_missing(WayOfWorking, read(FOLDER, "ways_of_working")["way_of_working"])
    _add_missing_rules(read(FOLDER, "tag_rules")["tag_rule"])


def _add_missing_rules(rows: list[dict[str, Any]]) -> None:
    """By key, so that a rule that staff have renamed or changed stays as they left it."""
    for row in rows:
        there = TagRule.objects.filter(Q(key=row["key"]) | Q(name__iexact=row["name"]))
        if not there.exists():
            rule = TagRule(**row)
            rule.full_clean()
            rule.save()
