"""From what was asked for to listings: what a group says becomes what the board says.

Through the verbs that every change goes through; all of it, or none.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from assets import listings
from assets.importing.refused import refused
from assets.models import Activity, Area, Listing, Organisation, Proposal, Status, Venue
from assets.models.lifecycle import CheckedBy
from assets.proposals.fields import GROUP, NEW_VENUE, of_part
from assets.proposals.forgetting import is_hidden
from assets.proposals.parts import listing_of, parts_of
from assets.saying import Values
from assets.storing import store
from thrive.models import TagSource

Took = dict[str, Values]


@dataclass(frozen=True)
class Problem:
    """What stands in the way of one part: a sentence, beside the value that it is about."""

    part: str
    field: str
    says: str


class CannotBeTaken(ValidationError):
    """What is asked for breaks a rule: `problems` says which, part by part."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__([one.says for one in problems])


def problems(proposal: Proposal, took: Took) -> list[Problem]:
    """What would stand in its way, found by doing it and taking it back."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                bring(proposal, took, by=None)
        except CannotBeTaken as error:
            return error.problems
        finally:
            transaction.set_rollback(True)
    return []


def bring(
    proposal: Proposal, took: Took, by: User | None
) -> tuple[Organisation, dict[str, Listing]]:
    """Make the listings say what was taken, and what is new public. Raises CannotBeTaken.

    The group, and each listing that was changed or made, by its part.
    """
    found: list[Problem] = []
    made: dict[str, Listing] = {}
    group = _group(proposal)
    for part in [GROUP, *(part for part in parts_of(proposal) if part != GROUP)]:
        if part not in took and not (part == GROUP and group._state.adding):
            continue
        try:
            with transaction.atomic():
                made[part] = _bring_part(proposal, part, took.get(part, {}), group, by)
        except ValidationError as error:
            found += _told(part, error)
        except IntegrityError as error:
            found += _told(part, refused(of_part(part), error))
        if part == GROUP and found:
            # Nothing can be said of what a group offers while there is no group.
            raise CannotBeTaken(found)
    if found:
        raise CannotBeTaken(found)
    # What a group has just sent is what it says today; what we wrote down it confirms later.
    checked_by = CheckedBy.TEAM if proposal.entered_by_id else CheckedBy.GROUP
    for listing in made.values():
        listings.check(listing=listing, checked_by=checked_by, by=by, on=timezone.localdate())
    return group, made


def _group(proposal: Proposal) -> Organisation:
    """As it is stored: what was tried and taken back has left its marks on any other copy."""
    if proposal.organisation_id:
        return Organisation.objects.get(pk=proposal.organisation_id)
    return Organisation(is_example=proposal.is_example, district=_district())


def _district() -> Area | None:
    return Area.objects.filter(code=settings.DISTRICT).first()


def _bring_part(
    proposal: Proposal, part: str, values: Values, group: Organisation, by: User | None
) -> Listing:
    """The listing that this part has changed or made."""
    values = {**values}
    listing: Organisation | Activity
    if of_part(part) == GROUP:
        listing = group
    else:
        found = listing_of(proposal, part)
        listing = found if isinstance(found, Activity) else _new_activity(group)
    new_venue = values.pop(NEW_VENUE, None)
    if new_venue:
        values["venue"] = str(_venue(new_venue, group, by).pk)
    is_new = listing._state.adding
    store(listing, values, by, TagSource.GROUP)
    if is_new:
        listings.move(listing=listing, to=Status.PUBLIC, by=by)
    return listing


def _new_activity(group: Organisation) -> Activity:
    return Activity(organisation=group, is_example=group.is_example)


def _venue(values: Values, group: Organisation, by: User | None) -> Venue:
    """One place stays one, of however many parts: it may be here since the part before.

    Put right by the only group that meets there, it is put right; what others use too stays.
    """
    if known := _known_venue(values, group):
        is_right = known.place is not None and known.place.slug == values.get("place")
        if not is_right and not known.activities.exclude(organisation=group).exists():
            store(known, values, by, TagSource.GROUP)
        return known
    venue = Venue(is_example=group.is_example)
    store(venue, values, by, TagSource.GROUP)
    listings.move(listing=venue, to=Status.PUBLIC, by=by)
    return venue


def _known_venue(values: Values, group: Organisation) -> Venue | None:
    """Of the same name and postcode; of what is hidden, this group's own in the same village."""
    same = Venue.objects.public().filter(shown=values["shown"], is_example=group.is_example)
    if is_hidden(values):
        village = same.filter(place__slug=values.get("place"))
        return village.filter(activities__organisation_id=group.pk).first()
    named = same.filter(name__iexact=values.get("name"), postcode=values.get("postcode"))
    # Without a postcode only the village tells one Village Hall from another.
    here = named if values.get("postcode") else named.filter(place__slug=values.get("place"))
    return here.select_related("place").first()


def _told(part: str, error: ValidationError) -> list[Problem]:
    told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return [
        Problem(part, "" if name == "__all__" else name, says)
        for name, messages in told.items()
        for says in messages
    ]
