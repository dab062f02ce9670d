"""Sound rows of what people say, and of what helps those who help."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from assets.models import Evidence, LearningNote, Resource
from tests.assets.make import evidence_of

VOICES: dict[type[Model], Callable[[], Any]] = {
    Evidence: evidence_of,
    LearningNote: lambda: LearningNote(
        slug="mobility-wellies",
        theme_id="mobility",
        reader="workers",
        kind="ask",
        text="Ask who has wellies.",
    ),
    Resource: lambda: Resource(
        slug="wellies",
        name="Wellies",
        summary="All about them.",
        address="https://example.org/",
        publisher="Wellies",
        readers=["families"],
    ),
}
