"""The framework as data: loaded from the files, as often as one likes."""

from typing import Any

import pytest
from django.db.models import Model

from assets.models import LearningNote
from thrive import reference
from thrive.models import NeedsGroup, Theme, WayOfWorking

MODELS: list[type[Model]] = [NeedsGroup, Theme, WayOfWorking]


@pytest.fixture(autouse=True)
def _nothing_stands_on_them(db: None) -> None:
    LearningNote.objects.all().delete()


def everything() -> list[list[dict[str, Any]]]:
    return [list(model._default_manager.order_by("pk").values()) for model in MODELS]


def test_the_five_needs_groups_in_plain_words_and_in_the_framework_s(db: None) -> None:
    assert list(NeedsGroup.objects.values_list("slug", "plain_name", "name")) == [
        ("thriving", "Staying well", "Thriving"),
        (
            "getting-advice",
            "Advice and finding your way",
            "Getting Advice and Signposting",
        ),
        ("getting-help", "Help towards a goal", "Getting Help"),
        ("getting-more-help", "Longer or specialist help", "Getting More Help"),
        ("getting-risk-support", "Support to stay safe", "Getting Risk Support"),
    ]


def test_the_eight_themes_of_the_dales(db: None) -> None:
    assert list(Theme.objects.values_list("name", flat=True)) == [
        "Emotional education",
        "General anxiety and social isolation",
        "Youth voice",
        "Social media",
        "Eating disorders",
        "Inclusion of vulnerable groups",
        "Mobility",
        "Delayed speech and language development",
    ]


def test_the_six_ways_of_working_that_our_source_names(db: None) -> None:
    assert list(WayOfWorking.objects.values_list("name", flat=True)) == [
        "Spaces and places",
        "Facilitation",
        "Connected Teams",
        "Coaching",
        "Ambassadors",
        "Derbyshire in Partnership",
    ]


def test_loading_again_changes_nothing(db: None) -> None:
    before = everything()
    reference.load()
    assert everything() == before


def test_loading_into_empty_tables_gives_the_same(db: None) -> None:
    before = everything()
    for model in MODELS:
        model._default_manager.all().delete()
    reference.load()
    assert everything() == before


@pytest.mark.parametrize("model", MODELS)
def test_every_row_fits_its_fields_and_says_where_it_is_from(db: None, model: type[Model]) -> None:
    for row in model._default_manager.all():
        row.full_clean()
        assert row.source  # type: ignore[attr-defined]


def test_needs_groups_are_the_framework_s_whatever_was_changed(db: None) -> None:
    before = everything()
    NeedsGroup.objects.filter(pk="getting-help").update(plain_name="Treatment", text="Ours")
    reference.load()
    assert everything() == before


@pytest.mark.parametrize("model", [Theme, WayOfWorking])
def test_what_staff_changed_or_added_stays(db: None, model: type[Any]) -> None:
    first = model.objects.first()
    model.objects.filter(pk=first.pk).update(name="As we say it", description="In our words.")
    model.objects.create(slug="of-our-own", name="Of our own", description="New.", source="Us")
    before = everything()
    reference.load()
    assert everything() == before


@pytest.mark.parametrize("model", [Theme, WayOfWorking])
def test_what_staff_added_before_us_under_another_address_is_not_there_twice(
    db: None, model: type[Any]
) -> None:
    first = model.objects.first()
    name, slug = first.name, first.pk
    first.delete()
    model.objects.create(slug="of-our-own", name=name, description="Ours.", source="Us")
    reference.load()
    assert not model.objects.filter(slug=slug).exists()
    assert model.objects.get(name=name).description == "Ours."
