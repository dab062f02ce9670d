"""What people say in the example district: made up, flagged, and taken away with it."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from assets import evidence, stories, youth_voice
from assets.ages import read_age
from assets.models import (
    Activity,
    Area,
    Evidence,
    Place,
    SharedStory,
    VoiceStandard,
    YouthVoiceReview,
)
from thrive.models import Theme, WayOfWorking

FOLDER = Path(__file__).parent / "example" / "voices"


def load() -> None:
    for row in _rows("evidence"):
        _load_evidence(row)
    for row in _rows("youth_voice"):
        row["standard"] = VoiceStandard.objects.get(pk=row["standard"])
        review = YouthVoiceReview(is_example=True, looked_on=_days_ago(row), **row)
        youth_voice.look(review=review, by=None)
    for row in _rows("story"):
        _load_story(row)


def remove() -> None:
    """All of it, its history last: deleting writes some."""
    for model in (Evidence, YouthVoiceReview):
        keys = list(model.objects.filter(is_example=True).values_list("pk", flat=True))
        model.objects.filter(pk__in=keys).delete()
        model.history.filter(id__in=keys).delete()
    SharedStory.objects.filter(is_example=True).delete()


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


def _load_story(row: dict[str, Any]) -> None:
    tied = {
        "activities": Activity.objects.filter(title__in=row.pop("activities", []), is_example=True),
        "themes": Theme.objects.filter(pk__in=row.pop("themes", [])),
        "ways_of_working": WayOfWorking.objects.filter(pk__in=row.pop("ways_of_working", [])),
    }
    agreed_on, is_public = _days_ago(row), row.pop("public", True)
    story = SharedStory(is_example=True, agreed_on=agreed_on, **row)
    stories.note(story=story, by=None, tied=tied)
    if is_public:
        stories.publish(story=story, by=None)
