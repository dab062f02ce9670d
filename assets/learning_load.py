"""Loads what there is to read, and the lines of the learning pages, from the files in `reference/`.

None of it says that anybody has checked it: that is for a person to say.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assets.models import LearningNote, Resource
from thrive.reference import read

FOLDER = Path(__file__).parent / "reference"


def load() -> None:
    """Resources and lines that are not there yet; what staff have changed stays as they left it."""
    for row in read(FOLDER, "resources")["resource"]:
        tags = {name: row.pop(name, []) for name in ("themes", "needs_groups")}
        resource, is_new = Resource.objects.get_or_create(slug=row.pop("slug"), defaults=row)
        if is_new:
            for name, keys in tags.items():
                getattr(resource, name).set(keys)
    for page in read(FOLDER, "learning")["page"]:
        for slug, values in _lines(page):
            LearningNote.objects.get_or_create(slug=slug, defaults=values)


def _lines(page: dict[str, Any]) -> Iterable[tuple[str, dict[str, Any]]]:
    """One page of the file as rows. Their order on the page is that of the file."""
    of_page = {f"{name}_id": page[name] for name in ("theme", "needs_group") if name in page}
    key = page.get("theme") or page.get("needs_group")
    for order, line in enumerate(page.get("calls", []), start=1):
        values = {"kind": "call", "help_line_id": line, "reading_order": order}
        yield f"{key}-{line}"[:50], of_page | values
    for order, row in enumerate(page.get("line", []), start=1):
        reader, kind = row["reader"], row["kind"]
        values = {
            "reader": reader,
            "kind": kind,
            "text": row["text"],
            "resource_id": row.get("resource"),
            "reading_order": order,
        }
        yield f"{key}-{reader}-{order}"[-50:], of_page | values
