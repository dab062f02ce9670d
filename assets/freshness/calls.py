"""“I rang”: who rang which group, when, and what came of it."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assets.models import Call, Organisation

# Pressed twice, it is one call.
SAME_WITHIN = timedelta(minutes=1)


@transaction.atomic
def rang(*, organisation: Organisation, by: User, note: str) -> None:
    """Write down that somebody rang. The same again within a minute is the same."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    since = timezone.now() - SAME_WITHIN
    same = Call.objects.filter(organisation=organisation, called_by=by, note=note)
    if not same.filter(called_at__gt=since).exists():
        Call.objects.create(organisation=organisation, called_by=by, note=note)


def last_calls(groups: Collection[UUID]) -> dict[UUID, Call]:
    """The last call to each of these groups that was ever rung, in one query."""
    found = Call.objects.filter(organisation__in=groups).select_related("called_by")
    last = found.order_by("organisation_id", "-called_at", "-pk").distinct("organisation_id")
    return {one.organisation_id: one for one in last}
