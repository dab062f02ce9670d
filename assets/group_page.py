"""What a group sees of itself: what is public, what waits, what wants checking, who looked."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from assets import group_verbs, members, schedules, seen, words
from assets.dates import words as date_words
from assets.dates.occurrences import next_of
from assets.models import Activity, Membership, Occurrence, Organisation, Proposal, Status
from assets.models.proposals import Kind, ProposalStatus
from assets.proposals import links

# Then we ask whether it is still right.
ASK_AFTER = timedelta(days=90)
SHOWN = (Status.PUBLIC, Status.PAUSED)


@dataclass(frozen=True)
class NextDate:
    day: date
    words: str


@dataclass(frozen=True)
class OwnListing:
    """One activity, or the group itself, as its group sees it."""

    listing: Activity | Organisation
    when: list[str]
    next: NextDate | None
    seen: str
    checked: str
    to_check: bool
    may_open_again: bool
    room: str
    # A word from the group that it is over, which we have yet to read.
    has_ended: bool

    @property
    def key(self) -> str:
        """As a form sends it: nothing for the group itself."""
        return str(self.listing.pk) if isinstance(self.listing, Activity) else ""


@dataclass(frozen=True)
class OwnGroup:
    group: OwnListing
    activities: list[OwnListing]
    over: list[Activity]
    changes: Proposal | None
    # What we wrote with the last answer, where it waits for the group.
    message: str
    members: list[Membership]
    is_owner: bool


def own_group(organisation: Organisation, person: User) -> OwnGroup:
    """In a fixed number of queries, but for those of a closed activity."""
    activities = list(
        organisation.activities.select_related("organisation", "venue__place")
        .prefetch_related("schedules")
        .exclude(status=Status.WITHDRAWN)
    )
    on = [one for one in activities if one.status in SHOWN]
    changes = organisation.proposals.open().filter(kind=Kind.CHANGE).first()
    last = changes.moves.last() if changes else None
    who = members.of_group(organisation)
    dates = next_of([one.pk for one in on], timezone.now())
    times = seen.this_month_and_last([organisation.pk, *(one.pk for one in on)])
    endings = set(
        organisation.proposals.open().filter(kind=Kind.ENDING).values_list("activity", flat=True)
    )
    return OwnGroup(
        group=_own(organisation, None, times[organisation.pk], has_ended=None in endings),
        activities=[
            _own(one, dates.get(one.pk), times[one.pk], has_ended=one.pk in endings) for one in on
        ],
        over=[one for one in activities if one.status == Status.ENDED],
        changes=changes,
        message=last.message if last and last.to_status == ProposalStatus.RETURNED else "",
        members=who,
        is_owner=any(one.user_id == person.pk and one.role == members.OWNER for one in who),
    )


def _own(
    listing: Activity | Organisation,
    soonest: Occurrence | None,
    times: tuple[int, int],
    *,
    has_ended: bool,
) -> OwnListing:
    activity = listing if isinstance(listing, Activity) else None
    return OwnListing(
        listing=listing,
        when=[schedules.in_words(one) for one in activity.schedules.all()] if activity else [],
        next=NextDate(soonest.on, date_words.in_words(soonest)) if soonest else None,
        seen=seen.in_words(times),
        checked=words.checked_in_words(listing),
        to_check=_to_check(listing),
        may_open_again=group_verbs.may_open_again(listing),
        room=words.newcomers_in_words(activity) if activity else "",
        has_ended=has_ended,
    )


def _to_check(listing: Activity | Organisation) -> bool:
    since = listing.last_checked_on
    return listing.is_public and (since is None or since <= timezone.localdate() - ASK_AFTER)


@dataclass(frozen=True)
class Begun:
    """A new group that this person has begun to list, or a claim: `url` leads on."""

    name: str
    words: str
    url: str


def begun_by(person: User) -> list[Begun]:
    """What waits under this person's own address, which they proved to be theirs."""
    asked = Proposal.objects.open().filter(
        asker_email=person.email, kind__in=[Kind.NEW, Kind.CLAIM]
    )
    return [
        Begun(
            one.name,
            one.group_words,
            links.url("listing_form", links.key_of(one)) if one.kind == Kind.NEW else "",
        )
        for one in asked.select_related("organisation", "activity").order_by("begun_at")
    ]
