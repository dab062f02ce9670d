"""Takes away what a load made, and nothing on which anything else still stands."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from assets import listings
from assets.fit import NAMED
from assets.importing.fields import ACTIVITY
from assets.importing.known import COLUMNS
from assets.models import Activity, Status
from assets.saying import AnyListing

OVER = (Status.WITHDRAWN, Status.ENDED)


def withdraw(of: str, several: Sequence[AnyListing], by: User | None, why: str) -> listings.Refused:
    """All but those that stay, with the reason of each."""
    here: dict[UUID, list[str]] = defaultdict(list)
    if of != ACTIVITY:
        column = COLUMNS[of]
        on = Activity.objects.exclude(status__in=OVER).filter(**{f"{column}__in": several})
        for activity in on:
            here[getattr(activity, f"{column}_id")].append(str(activity))
    says = _("it still has these: %s.")
    stay: listings.Refused = [
        (one, ValidationError(says % "; ".join(here[one.pk][:NAMED])))
        for one in several
        if one.pk in here
    ]
    free = [one for one in several if one.pk not in here]
    return stay + listings.move_each(listings=free, to=Status.WITHDRAWN, by=by, why=why)
