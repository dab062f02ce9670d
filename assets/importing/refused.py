"""What a table refuses, in the words of its rule: many rows are not asked about beforehand."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models

from assets.importing.known import MODELS


def refused(of: str, error: IntegrityError) -> ValidationError:
    """Said of the field that the rule is named after, where there is one.

    Raises the error itself where no rule of ours is behind it.
    """
    name = str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", ""))
    rules = {rule.name: rule for model in _models(of) for rule in model._meta.constraints}
    if name not in rules:
        raise error
    says = str(rules[name].violation_error_message)
    fields = [one.name for one in MODELS[of]._meta.concrete_fields]
    about = [one for one in fields if f"_{one}_" in f"{name}_"]
    return ValidationError({max(about, key=len): says} if about else says)


def _models(of: str) -> list[type[models.Model]]:
    """Of the listing, and of what hangs on it."""
    parts = [one.related_model for one in MODELS[of]._meta.related_objects]
    return [MODELS[of], *(one for one in parts if not isinstance(one, str))]
