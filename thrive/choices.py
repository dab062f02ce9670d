"""A column that holds one of a few words is held to them by the database as well."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import CheckConstraint, Q

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def known(field: str, values: Sequence[str], says: "str | _StrPromise") -> CheckConstraint:
    """For the constraints of a model: this field's value is one of these, else `says`."""
    return CheckConstraint(
        name=f"%(class)s_{field}_known",
        condition=Q(**{f"{field}__in": values}),
        violation_error_message=says,
    )
