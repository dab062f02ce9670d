"""A round with all its parts as plain data: to keep what it was, and to say what changed.

Every value is text, as Django's serialisers write it; what is not said is left out. Shape:
{"round": {field: text}, "needs_groups": [name], part: [{field: text, "levels": [{field: text}]}]}.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from grants.models import (
    BudgetHeading,
    Criterion,
    EligibilityQuestion,
    Level,
    Question,
    RequiredCheck,
    Round,
    RoundGap,
)

Part = EligibilityQuestion | Question | Criterion | Level | BudgetHeading | RequiredCheck | RoundGap
# By the name under which a round has them, in the order of the page.
PARTS: dict[str, type[Model]] = {
    "eligibility_questions": EligibilityQuestion,
    "questions": Question,
    "criteria": Criterion,
    "budget_headings": BudgetHeading,
    "required_checks": RequiredCheck,
    "gaps": RoundGap,
}


def fields_of(model: type[Model]) -> list[Any]:
    """What somebody writes, without whose it is."""
    parent = {"round", "criterion"}
    return [one for one in model._meta.concrete_fields if one.editable and one.name not in parent]


def whole(round: Round) -> dict[str, Any]:
    """All of it as it is stored now, in a fixed number of queries."""
    kept: dict[str, Any] = {"round": _as_text(round)}
    kept["needs_groups"] = [one.plain_name for one in round.needs_groups.all()]
    for name in PARTS:
        rows = getattr(round, name).all()
        if name == "criteria":
            kept[name] = [
                _as_text(one) | {"levels": [_as_text(level) for level in one.levels.all()]}
                for one in rows.prefetch_related("levels")
            ]
        else:
            kept[name] = [_as_text(one) for one in rows]
    return kept


def row_of(model: type[Model], kept: dict[str, Any]) -> Any:
    """An unstored row with the values that were kept of one."""
    # What a round could not say when this was kept, it says as a new one does.
    texts = {
        field.attname: field.to_python(kept[field.name])
        for field in fields_of(model)
        if field.name in kept
    }
    return model(**texts)


def copies(rows: Iterable[Model]) -> list[Any]:
    """Unstored rows that say the same."""
    return [
        type(row)(**{one.attname: getattr(row, one.attname) for one in fields_of(type(row))})
        for row in rows
    ]


def _as_text(row: Model) -> dict[str, Any]:
    kept = {
        one.name: one.value_to_string(row)
        for one in fields_of(type(row))
        if one.value_from_object(row) is not None
    }
    return kept | {"id": str(row.pk)}
