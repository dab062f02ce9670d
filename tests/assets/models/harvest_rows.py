"""Sound rows of other directories."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from assets.models import ActivityConcept, Harvest, HarvestDuplicate, Source
from tests.assets.make import make_activity
from tests.assets.models.case import NOW


def source() -> Source:
    found, _made = Source.objects.get_or_create(name="Peak Directory", licence="CC BY 4.0")
    return found


def duplicate() -> HarvestDuplicate:
    """The second of two: of the same key it would be one too many."""
    of = source()
    activity = make_activity()
    first = {"name": "Chess", "why": "the same name", "activity": activity}
    HarvestDuplicate.objects.get_or_create(source=of, key="one", defaults=first)
    return HarvestDuplicate(source=of, key="two", **first)


HARVESTS: dict[type[Model], Callable[[], Any]] = {
    ActivityConcept: lambda: ActivityConcept(
        activity=make_activity(),
        concept="0a5f732d-e806-4e51-ad40-0a7de0239c8c",
        first_chosen_at=NOW,
        chosen_at=NOW,
    ),
    Source: lambda: Source(name="Moor Directory", licence="CC BY 4.0"),
    Harvest: lambda: Harvest(source=source(), begun_at=NOW, finished_at=NOW, outcome="read"),
    HarvestDuplicate: duplicate,
}
