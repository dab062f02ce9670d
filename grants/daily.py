"""What the fund does every day by itself. Twice is once."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from grants import award_mails
from grants import offers as verbs
from grants.models import Award, AwardStatus

REMINDED_BEFORE = timedelta(days=7)


@transaction.atomic
def offers() -> str:
    """A reminder a week before an offer runs out, once; and those that have run out."""
    today = timezone.localdate()
    lapsed = verbs.lapse(on=today)
    for award in lapsed:
        award_mails.lapsed(award)
    waiting = Award.objects.filter(
        status=AwardStatus.OFFERED, offer_ends_on__lte=today + REMINDED_BEFORE
    )
    reminded = sum(
        award_mails.remind(award) > 0 for award in waiting.select_related("application__round")
    )
    words = ngettext("%d offer reminded of", "%d offers reminded of", reminded) % reminded
    also = ngettext("%d lapsed", "%d lapsed", len(lapsed)) % len(lapsed)
    return f"{words}, {also}"
