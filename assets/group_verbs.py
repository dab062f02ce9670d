"""What a group says of today, and what is true at once: room, closed for now, open again.

It is dated and soon out of date, so it does not wait for us. All else is a proposal.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets import listings
from assets.models import Activity, Membership, Organisation, Status
from assets.models.activities import Newcomers
from assets.models.lifecycle import CheckedBy
from assets.storing import store
from thrive.models import TagSource


@transaction.atomic
def say_room(
    *, activity: Activity, newcomers: Newcomers, weeks: int | None, meanwhile: str, by: User
) -> None:
    """Room for new people as of today. Weeks to wait only count beside a waiting list."""
    is_waiting = newcomers == Newcomers.WAITING
    values: dict[str, Any] = {
        "newcomers": newcomers,
        "newcomers_said_on": None
        if newcomers == Newcomers.NOT_SAID
        else timezone.localdate().isoformat(),
        "waiting_weeks": weeks if is_waiting else None,
        "meanwhile": meanwhile if newcomers in (Newcomers.WAITING, Newcomers.FULL) else "",
    }
    store(activity, values, by, TagSource.GROUP)


def close_for_now(*, listing: Activity | Organisation, by: User, why: str) -> None:
    listings.move(listing=listing, to=Status.PAUSED, by=by, why=why or _("closed for now"))


def open_again(*, listing: Activity | Organisation, by: User) -> None:
    """MoveRefused where our team has closed it: then there is something to talk about first."""
    if not may_open_again(listing):
        raise listings.MoveRefused(
            _("We closed “%s”, so please write to us before it opens again.") % listing
        )
    listings.move(listing=listing, to=Status.PUBLIC, by=by, why=_("open again"))


def may_open_again(listing: Activity | Organisation) -> bool:
    """Whether it was the group itself that closed it."""
    if listing.status != Status.PAUSED:
        return False
    group = listing.organisation if isinstance(listing, Activity) else listing
    last = listing.moves.order_by("-moved_at", "-pk").first()
    if last is None or last.moved_by_id is None:
        return False
    return Membership.objects.filter(
        organisation=group, user=last.moved_by_id, confirmed_at__isnull=False
    ).exists()


def still_right(*, listing: Activity | Organisation, by: User) -> None:
    """The group looked, and it is as it says. Twice on one day is once."""
    today = timezone.localdate()
    if listing.last_checked_on == today and listing.last_checked_by == CheckedBy.GROUP:
        return
    if not listing.is_public:
        raise ValidationError(_("This is not on the board any more."))
    listings.check(listing=listing, checked_by=CheckedBy.GROUP, by=by, on=today)
