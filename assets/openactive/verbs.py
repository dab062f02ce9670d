"""Says which sport an activity is, and tells harvesters so."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets import stamps
from assets.models import Activity, ActivityConcept, Organisation
from assets.openactive.concepts import concepts, suggested
from assets.turns import take_turn


@transaction.atomic
def choose(*, activity: Activity, concept: str, by: User | None) -> ActivityConcept:
    """`concept` is a key of `concepts()`, or empty: not a sport. ValidationError for any other."""
    if concept and concept not in concepts():
        raise ValidationError(_("Choose one of the list."))
    take_turn()
    now = timezone.now()
    row = ActivityConcept.objects.filter(activity=activity).first()
    row = row or ActivityConcept(activity=activity)
    row.concept, row.chosen_at, row.chosen_by = concept, now, by
    if concept and row.first_chosen_at is None:
        row.first_chosen_at = now
    row.save()
    stamps.write(Activity.objects.filter(pk=activity.pk), Organisation.objects.none())
    return row


def take_suggestions(activities: Iterable[Activity], *, by: User | None) -> None:
    """Where their words suggest a sport, that it is. The others stay for somebody to look at."""
    for activity in activities:
        if concept := suggested(activity):
            choose(activity=activity, concept=concept.key, by=by)
