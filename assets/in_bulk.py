"""New rows stored many at a time, each with its first record of history."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, models, transaction

from accounts.models import User

# As many as one statement holds.
AT_ONCE = 1_000
NotInserted = list[tuple[Any, IntegrityError]]


def insert(rows: Sequence[models.Model], *, by: User | None) -> NotInserted:
    """Store these rows of one model: all but those that the database refuses, with its reason.

    A statement is refused as a whole, so the rows behind it are halved until it is known which.
    """
    if not rows:
        return []
    manager = type(rows[0])._base_manager
    history = getattr(rows[0], "history", None)
    try:
        with transaction.atomic():
            manager.bulk_create(rows, batch_size=AT_ONCE)
            if history is not None:
                history.bulk_history_create(rows, batch_size=AT_ONCE, default_user=by)
    except IntegrityError as error:
        if len(rows) == 1:
            return [(rows[0], error)]
        middle = len(rows) // 2
        return insert(rows[:middle], by=by) + insert(rows[middle:], by=by)
    return []
