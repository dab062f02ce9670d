"""How old what we know of a listing is, and what follows from its age: one table.

What a listing says is as old as its last check; of one that was never checked, as its first day
on the board.
"""

from datetime import date, timedelta

from django.db import models
from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Labels are the page's."""

    FRESH = "fresh", _("In the last three months")
    DUE = "due", _("Three to six months ago")
    MARKED = "marked", _("More than six months ago")
    STALE = "stale", _("More than a year ago")


# The age at which each stage begins.
BEGINS: dict[Stage, timedelta] = {
    # Its group is asked whether it is still right.
    Stage.DUE: timedelta(days=90),
    # It says so to families.
    Stage.MARKED: timedelta(days=180),
    # It is no longer among the results, unless somebody asks for such.
    Stage.STALE: timedelta(days=365),
}
# When its group is told so beforehand. No mail leaves in the holidays, which take 50 days at most
# (`assets.dates.rules`): from this age on there is always a day of term before the year is over.
NOTICE_AFTER = timedelta(days=310)

# What `Listing.known_since` is, for the database.
KNOWN_ON = Coalesce("last_checked_on", TruncDate("first_public_at"))


def last_day_of(age: timedelta) -> date:
    """What was known on this day, or before, is that old by now."""
    return timezone.localdate() - age


def stage_of(known_since: date) -> Stage:
    """How old it is today."""
    reached = [stage for stage, age in BEGINS.items() if known_since <= last_day_of(age)]
    return reached[-1] if reached else Stage.FRESH


def stage_case() -> Case:
    """The same, for rows that have `known_on`."""
    whens = [
        When(known_on__lte=last_day_of(age), then=Value(stage.value))
        for stage, age in reversed(BEGINS.items())
    ]
    return Case(*whens, default=Value(Stage.FRESH.value), output_field=models.CharField())
