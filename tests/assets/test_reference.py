"""Help lines, audiences, access features, languages, where to start: loaded from the files."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db.models import Model

from assets import reference
from assets.models import (
    AccessFeature,
    Audience,
    HelpLine,
    Language,
    LearningNote,
    Resource,
    StartingPoint,
    VoiceStandard,
)

# What leads to others stands before them.
MODELS: list[type[Model]] = [LearningNote, Resource, VoiceStandard]
MODELS += [HelpLine, Audience, AccessFeature, Language, StartingPoint]
ONLY_ADDED = pytest.mark.parametrize("model", [Audience, AccessFeature, Language, StartingPoint])


def everything() -> list[list[dict[str, Any]]]:
    return [list(model._default_manager.order_by("pk").values()) for model in MODELS]


def childline() -> HelpLine:
    return HelpLine.objects.get(slug="childline")


def test_loading_again_changes_nothing(db: None) -> None:
    before = everything()
    reference.load()
    assert everything() == before


def test_loading_into_empty_tables_gives_the_same(db: None) -> None:
    before = everything()
    for model in MODELS:
        assert model._default_manager.exists()
        model._default_manager.all().delete()
    reference.load()
    assert everything() == before


@pytest.mark.parametrize("model", MODELS)
def test_every_row_fits_its_fields_and_keeps_the_rules(db: None, model: type[Model]) -> None:
    for row in model._default_manager.all():
        row.full_clean()


def test_a_help_line_that_staff_have_checked_since_stays_as_they_left_it(db: None) -> None:
    line = childline()
    line.hours, line.checked_on = "From 9 am", line.checked_on + timedelta(days=1)
    line.save()
    before = everything()
    reference.load()
    assert everything() == before


def test_a_help_line_that_nobody_checked_since_is_as_in_the_file(db: None) -> None:
    before = everything()
    HelpLine.objects.filter(slug="childline").update(hours="Never")
    reference.load()
    assert everything() == before


def test_a_newer_file_replaces_what_staff_checked_before_it(db: None) -> None:
    line = childline()
    line.hours, line.checked_on = "From 9 am", line.checked_on - timedelta(days=1)
    line.save()
    reference.load()
    assert childline().hours != "From 9 am"


def test_a_help_line_of_our_own_stays(db: None) -> None:
    line = childline()
    line.slug, line.name = "village-line", "Village line"
    line.save(force_insert=True)
    before = everything()
    reference.load()
    assert everything() == before


@ONLY_ADDED
def test_what_staff_changed_stays(db: None, model: type[Any]) -> None:
    first = model.objects.first()
    model.objects.filter(pk=first.pk).update(name="As we say it")
    before = everything()
    reference.load()
    assert everything() == before


def test_a_help_line_is_overdue_the_day_after_it_should_have_been_checked(db: None) -> None:
    line = childline()
    due = line.check_again_by
    with time_machine.travel(f"{due} 12:00+00:00", tick=False):
        assert line not in HelpLine.objects.overdue()
    with time_machine.travel(f"{due + timedelta(days=1)} 12:00+00:00", tick=False):
        assert line in HelpLine.objects.overdue()


def test_the_band_has_few_lines_and_each_can_be_dialled(db: None) -> None:
    band = list(HelpLine.objects.in_band())
    assert [line.slug for line in band if not line.band_label or not line.phone_tel] == []
    assert 1 < len(band) < 6
