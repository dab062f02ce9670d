"""Every rule of published grants bites, in the database and in words."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from grants.models import GrantFile, PublishedGrant
from tests.grants.awarded import make_ours
from tests.grants.models.published_cases import PUBLISHED, PUBLISHED_ROWS

pytestmark = pytest.mark.django_db

RULES = {
    rule.name: (model, rule)
    for model in (GrantFile, PublishedGrant)
    for rule in model._meta.constraints
}


def built(name: str, changes: dict[str, Any]) -> Any:
    row = PUBLISHED_ROWS[RULES[name][0]]()
    for field, value in changes.items():
        setattr(row, field, value(row) if callable(value) else value)
    return row


def test_every_rule_has_a_case() -> None:
    assert sorted(PUBLISHED) == sorted(RULES)


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_what_breaks_a_rule_is_refused_and_told_in_words(name: str) -> None:
    case, row = PUBLISHED[name], built(name, PUBLISHED[name].broken)
    with pytest.raises(ValidationError) as told:
        row.validate_constraints()
    assert told.value.messages == [
        str(RULES[broken][1].violation_error_message) for broken in (name, *case.also)
    ]
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        row.save(force_insert=True)
    broken = caught.value.__cause__.diag.constraint_name  # type: ignore[union-attr]
    assert broken in (name, *case.also)


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_a_rule_lets_through_what_it_should(name: str) -> None:
    row = built(name, PUBLISHED[name].sound)
    row.validate_constraints()
    row.save(force_insert=True)
    assert type(row).objects.filter(pk=row.pk).exists()


def test_an_identifier_is_one_grants_alone() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_ours(2).__class__.objects.filter(identifier="360G-golden-GGO1-002").update(
            identifier=make_ours(1).identifier
        )
