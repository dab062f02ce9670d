"""What a proposal says, part by part: the group, and each of its activities."""

from typing import Any
from uuid import UUID

from assets.models import Activity, Organisation, Proposal
from assets.proposals.fields import GROUP, NEW_VENUE, fields_of, of_part
from assets.saying import Values, state_of

NEW = "new-"
NOTHING_SAID: Values = {
    "in_pregnancy": False,
    "help_with_cost": False,
    "age_from": 0,
    "newcomers": "not-said",
}
LISTS = frozenset(
    "trust schedules ways_to_take_part audiences needs_groups access_features languages "
    "who_can_refer contacts.phone contacts.text contacts.email contacts.web".split()
)
# What may be nothing at all, where an empty text will not do.
NOTHINGS = frozenset(
    "venue new_venue area_served age_before price newcomers_said_on waiting_weeks".split()
)


def listing_of(proposal: Proposal, part: str) -> Organisation | Activity | None:
    """The listing that a part would change; None where it is new.

    Activity.DoesNotExist for an activity of another group.
    """
    if part == GROUP:
        return proposal.organisation if proposal.kind != "new" else None
    if part.startswith(NEW):
        return None
    return Activity.objects.get(pk=UUID(part), organisation=proposal.organisation)


def values_of(proposal: Proposal, part: str) -> Values:
    """What this part would say in all: what is public now, with what is asked for on top."""
    said: Values = proposal.said.get(part, {})
    return public_values(proposal, part) | said


def public_values(proposal: Proposal, part: str) -> Values:
    """What is public now; of something new, nothing."""
    names = set(fields_of(of_part(part)))
    listing = listing_of(proposal, part)
    if listing is None:
        return {name: nothing(name) for name in names}
    return state_of(listing, names - {NEW_VENUE}) | ({NEW_VENUE: None} if part != GROUP else {})


def nothing(name: str) -> Any:
    """What a value is before anybody has said anything."""
    if name in LISTS:
        return []
    return None if name in NOTHINGS else NOTHING_SAID.get(name, "")


def parts_of(proposal: Proposal) -> list[str]:
    """The group first, then what it offers, in the order in which it was written."""
    said: dict[str, Any] = proposal.said
    return sorted(said, key=lambda part: (part != GROUP, part.startswith(NEW), _number(part)))


def next_key(proposal: Proposal) -> str:
    """For one more activity."""
    return f"{NEW}{max(map(_number, proposal.said), default=0) + 1}"


def _number(part: str) -> int:
    return int(part.removeprefix(NEW)) if part.startswith(NEW) else 0
