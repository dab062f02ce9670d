"""Whether everybody may know of an award of ours, from the yes to whatever became of it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from grants.models import Award, AwardStatus, PublishedGrant
from grants.threesixty.of_award import awarded_of
from grants.threesixty.publishing import publish

TOLD = (
    AwardStatus.ACCEPTED,
    AwardStatus.REPORTING,
    AwardStatus.COMPLETE,
    AwardStatus.ENDED_EARLY,
    AwardStatus.REPAID,
)


def tell(*, award: Award) -> list[str]:
    """Publish it as it stands now, or take it out: what keeps it from being published, in words.

    An offer is nobody's business until it is accepted. Of one that ended early stays what the group
    kept, and nothing where all of it came back. Money is never held up by what is wrong with words.
    """
    kept = award.amount - award.returned
    if award.status not in TOLD or not kept:
        PublishedGrant.objects.ours().filter(application=award.application_id).delete()
        return []
    try:
        with transaction.atomic():
            publish(award=awarded_of(award))
    except ValidationError as stopped:
        return list(stopped.messages)
    return []
