"""Every rule of the tables bites, in the database and in words."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import BaseConstraint, Model

from assets.models import Call
from grants.models.published import GrantUpload
from tests.assets.models.cases import CASES
from tests.assets.models.rows import BUILDERS, build

OURS = [
    model
    for app in ("thrive", "assets", "grants")
    for model in apps.get_app_config(app).get_models()
    # Copies of rows as they were, which may break today's rules.
    if not hasattr(model, "history_type")
]
RULES: dict[str, tuple[type[Model], BaseConstraint]] = {
    rule.name: (model, rule) for model in OURS for rule in model._meta.constraints
}
# Fields whose choices stand in a rule that says more.
HELD_ELSEWHERE = {
    "SafetyWorry.outcome": "safetyworry_closed_with_an_outcome",
    "SafetyRecord.from_status": "safetyrecord_a_move_goes_somewhere",
    "SafetyRecord.to_status": "safetyrecord_a_move_goes_somewhere",
    "Activity.newcomers": "activity_newcomers_dated",
    "Activity.ways_to_take_part": "activity_ways_known",
    "Activity.who_can_refer": "activity_referral_says_by_whom",
    "Activity.last_checked_by": "activity_checked_on_and_by",
    "Organisation.last_checked_by": "organisation_checked_on_and_by",
    "Venue.last_checked_by": "venue_checked_on_and_by",
    "Resource.readers": "resource_readers_known",
    "Venue.shown": "venue_hidden_has_no_name",
    "TrustStatement.stance": "trust_statement_dated",
    "Schedule.frequency": "schedule_frequency_has_its_parts",
    "Schedule.weekday": "schedule_weekday_known",
    "Schedule.week_of_month": "schedule_week_of_month_known",
}


def with_choices() -> list[tuple[type[Model], Any]]:
    return [
        (model, field)
        for model in OURS
        for field in model._meta.concrete_fields
        if getattr(field, "base_field", field).choices
        and not isinstance(field, models.BooleanField)
    ]


def broken_by(row: Model) -> str:
    """The name of the rule that the database enforces when this row is saved."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        row.save(force_insert=True)
    return str(caught.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert sorted(CASES) == sorted(RULES)


def test_every_rule_speaks_plainly() -> None:
    silent = [
        name
        for name, (_model, rule) in RULES.items()
        if str(rule.violation_error_message) == BaseConstraint.default_violation_error_message
    ]
    assert silent == []


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_database_refuses_what_breaks_a_rule(db: None, name: str) -> None:
    model, _rule = RULES[name]
    # Of several, the database names the first that it looks at.
    assert broken_by(build(model, CASES[name].broken)) in {name, *CASES[name].also}


@pytest.mark.parametrize("name", sorted(RULES))
def test_what_breaks_a_rule_is_told_in_words(db: None, name: str) -> None:
    model, _rule = RULES[name]
    with pytest.raises(ValidationError) as caught:
        build(model, CASES[name].broken).validate_constraints()
    assert caught.value.messages == [
        str(RULES[broken][1].violation_error_message) for broken in (name, *CASES[name].also)
    ]


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_lets_through_what_it_should(db: None, name: str) -> None:
    model, _rule = RULES[name]
    row = build(model, CASES[name].sound)
    row.validate_constraints()
    row.save(force_insert=True)
    assert model._base_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("model", "field"),
    [pytest.param(*one, id=f"{one[0].__name__}.{one[1].name}") for one in with_choices()],
)
def test_a_choice_is_one_of_the_choices_in_the_database_too(
    db: None, model: type[Model], field: Any
) -> None:
    label = f"{model.__name__}.{field.name}"
    nonsense: Any = 99 if isinstance(field, models.IntegerField) else "odd"
    if isinstance(field, ArrayField):
        nonsense = [nonsense]
    default = f"{model._meta.model_name}_{field.name}_known"
    row = build(model, {field.name: nonsense})
    wrong = [rule.name for rule in model._meta.constraints if not _allows(rule, model, row)]
    assert HELD_ELSEWHERE.get(label, default) in wrong
    assert broken_by(row) in wrong


@pytest.mark.parametrize(
    ("model", "field"),
    [
        pytest.param(*one, id=f"{one[0].__name__}.{one[1].name}")
        for one in with_choices()
        if f"{one[0].__name__}.{one[1].name}" not in HELD_ELSEWHERE
    ],
)
def test_the_database_knows_every_choice(db: None, model: type[Model], field: Any) -> None:
    _model, rule = RULES[f"{model._meta.model_name}_{field.name}_known"]
    for value, _label in getattr(field, "base_field", field).choices:
        kept = [value] if isinstance(field, ArrayField) else value
        assert _allows(rule, model, build(model, {field.name: kept})), value


def _allows(rule: BaseConstraint, model: type[Model], row: Model) -> bool:
    try:
        rule.validate(model, row)
    except ValidationError:
        return False
    return True


def test_there_is_a_sound_row_of_each_model_with_rules(db: None) -> None:
    # These have no rule of their own, but when and by whom.
    assert {model for model, _rule in RULES.values()} | {Call, GrantUpload} == set(BUILDERS)
    for model in BUILDERS:
        row = build(model, {})
        row.validate_constraints()
        row.save(force_insert=True)
