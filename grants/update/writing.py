"""The verb of updates for boards."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from grants.models import BoardUpdate

STILL_TO_COME = _("That day is still to come.")


@transaction.atomic
def write(*, update: BoardUpdate, by: User | None) -> BoardUpdate:
    """Stores a new one, or what is written of an old one: as it was stays in its history.

    ValidationError for days that have not begun, and for what breaks a rule.
    """
    if update.first_on > timezone.localdate():
        raise ValidationError({"first_on": STILL_TO_COME})
    update.written_by, update.written_at = by, timezone.now()
    update.full_clean(exclude=["written_by"])
    update._history_user = by  # type: ignore[attr-defined]
    update.save()
    return update
