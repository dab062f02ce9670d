"""“We wrote it down right”: a group confirms what our team entered for it."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assets import listings
from assets.models import Activity, Organisation, Proposal
from assets.models.lifecycle import CheckedBy
from assets.turns import take_turn


def to_confirm(proposal: Proposal) -> list[Organisation | Activity]:
    """What came of it and is on the board; nothing while it waits, or once it is over."""
    group = proposal.organisation
    if proposal.entered_by_id is None or group is None or not group.is_public:
        return []
    return [group, *group.activities.public()]


def not_said_today(proposal: Proposal) -> list[Organisation | Activity]:
    """Of those, what the group has not said today is right."""
    today = timezone.localdate()
    said = {"checked_by": CheckedBy.GROUP, "checked_on": today}
    return [one for one in to_confirm(proposal) if not one.checks.filter(**said).exists()]


@transaction.atomic
def confirm(*, proposal: Proposal) -> bool:
    """The group says that all of it is right. False where it has said so today, or cannot.

    Nobody needs an account for that: the link in the mail is theirs alone.
    """
    take_turn()
    person = User.objects.filter(email=proposal.asker_email).first()
    unsaid = not_said_today(proposal)
    for listing in unsaid:
        today = timezone.localdate()
        listings.check(listing=listing, checked_by=CheckedBy.GROUP, by=person, on=today)
    return bool(unsaid)
