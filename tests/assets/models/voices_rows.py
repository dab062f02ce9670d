"""Sound rows of what people say, and of what helps those who help."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Model

from assets.models import (
    Alert,
    EmbedHost,
    Evidence,
    LearningNote,
    Resource,
    SharedStory,
    VoiceStandard,
    YouthVoiceReview,
)
from tests.assets.make import evidence_of
from tests.people import person


def review() -> YouthVoiceReview:
    """The second of two: on the same day it would be one too many."""
    standard = VoiceStandard.objects.get(pk="voice")
    first = {"looked_by": person("erin"), "how": "in-part", "why": "We asked."}
    YouthVoiceReview.objects.get_or_create(
        standard=standard, looked_on=date(2026, 5, 3), defaults=first
    )
    return YouthVoiceReview(
        standard=standard,
        looked_on=date(2026, 11, 3),
        looked_by=person("erin"),
        how="in-part",
        why="We asked again.",
    )


def alert() -> Alert:
    """The second of two of one person: alike, it would be one too many."""
    first = {"what": "b" * 64, "number": 2, "sealed": "…"}
    Alert.objects.get_or_create(whose="a" * 64, defaults=first)
    return Alert(whose="a" * 64, what="c" * 64, number=1, sealed="…")


VOICES: dict[type[Model], Callable[[], Any]] = {
    Alert: alert,
    EmbedHost: lambda: EmbedHost(host="www.bells.org.uk", whose="Bell School"),
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
    SharedStory: lambda: SharedStory(
        title="The bus", text="It came.", whose="child", noted_by=person("mona")
    ),
    YouthVoiceReview: review,
}
