"""What stands in the way of a move: what a family would miss, and what still meets there."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assets.models import Activity, Contact, Hiding, Listing, Organisation, Status, Venue

# How many listings a refusal names.
NAMED = 12
Refusals = dict[UUID, "MoveRefused"]


class MoveRefused(ValidationError):
    """The listing may not go there, or somebody else has just moved it.

    `because_of` are the listings that stand in its way; the message ends with their names.
    """

    def __init__(self, said: str, because_of: Sequence[Listing] = ()) -> None:
        self.said, self.because_of = said, because_of
        names = "; ".join(str(listing) for listing in because_of)
        super().__init__(f"{said}: {names}." if names else said)


def in_the_way(listings: Sequence[Listing], to: Status) -> Refusals:
    """By the key of each of these listings, all of one kind, that may not go there. Few queries."""
    if not listings:
        return {}
    if to != Status.PUBLIC:
        return _bound(listings)
    hidden = _kept_hidden(listings)
    if isinstance(listings[0], Activity):
        activities = [one for one in listings if isinstance(one, Activity)]
        return _without_group_or_venue(activities) | hidden
    if isinstance(listings[0], Organisation):
        return _out_of_reach(listings) | hidden
    return hidden


def _kept_hidden(listings: Sequence[Listing]) -> Refusals:
    """What `assets.safety` has hidden only `assets.safety` shows again; and nobody is told why."""
    column = str(listings[0]._meta.model_name)
    keys = {one.pk: one for one in listings}
    held = Hiding.objects.on().filter(**{f"{column}__in": keys}).values_list(column, flat=True)
    says = _("Our team keeps “%s” hidden for now. Please ask an administrator.")
    return {key: MoveRefused(says % keys[key]) for key in held}


def _without_group_or_venue(activities: Sequence[Activity]) -> Refusals:
    """What a family needs before anything is shown. A draft may still lack it."""
    groups = Organisation.objects.in_bulk({one.organisation_id for one in activities})
    venues = Venue.objects.select_related("place").in_bulk(
        {one.venue_id for one in activities if one.venue_id}
    )
    refused = {}
    for one in activities:
        group, venue = groups[one.organisation_id], venues.get(one.venue_id)
        if not group.is_public:
            refused[one.pk] = MoveRefused(_("Make the group public first"), [group])
        elif venue and not venue.is_public:
            refused[one.pk] = MoveRefused(_("Make the venue public first"), [venue])
    return refused


def _out_of_reach(groups: Sequence[Listing]) -> Refusals:
    keys = {one.pk for one in groups}
    reached = Contact.objects.filter(organisation__in=keys).values_list("organisation", flat=True)
    return {key: MoveRefused(_("Add a way to reach the group first.")) for key in keys - {*reached}}


def _bound(listings: Sequence[Listing]) -> Refusals:
    """A venue stays public while anything public meets there."""
    venues = [one.pk for one in listings if isinstance(one, Venue)]
    here: dict[UUID | None, list[Activity]] = defaultdict(list)
    if venues:
        for activity in Activity.objects.filter(venue__in=venues, status=Status.PUBLIC):
            here[activity.venue_id].append(activity)
    says = _("These still meet here. Move or end them first")
    return {key: MoveRefused(says, here[key][:NAMED]) for key in venues if key in here}
