"""What a group sees of itself: what is public, what waits, what wants checking, who looked."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from assets import group_verbs, members, schedules, seen, words
from assets.dates import words as date_words
from assets.dates.occurrences import next_of
from assets.freshness.rules import BEGINS, Stage, last_day_of
from assets.models import (
    Activity,
    DateChange,
    Membership,
    Occurrence,
    Organisation,
    Proposal,
    Status,
)
from assets.models.proposals import Kind, ProposalStatus
from assets.proposals import links
from assets.proposals.differences import title_of
from assets.proposals.parts import NEW, parts_of
from assets.register.steps import steps_of
from assets.saying import Values

SHOWN = (Status.PUBLIC, Status.PAUSED)


@dataclass(frozen=True)
class NextDate:
    """`short` is “Tue 24 Nov”, `words` have the times too."""

    day: date
    short: str
    words: str


@dataclass(frozen=True)
class OwnListing:
    """One activity, or the group itself, as its group sees it."""

    listing: Activity | Organisation
    when: list[str]
    next: NextDate | None
    # Called off: “on after all” takes it back.
    off: list[NextDate]
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
class Waits:
    """A part that is to change, and the steps under which it was said; none of a new one."""

    title: str
    steps: list[str]


@dataclass(frozen=True)
class OwnMember:
    """`invited`: a colleague who was asked, and has not signed in since."""

    membership: Membership
    invited: bool


@dataclass(frozen=True)
class OwnGroup:
    group: OwnListing
    activities: list[OwnListing]
    over: list[Activity]
    changes: Proposal | None
    waits: list[Waits]
    # What we wrote with the last answer, where it waits for the group.
    message: str
    members: list[OwnMember]
    is_owner: bool

    @property
    def has_unseen(self) -> bool:
        """Some page has no number: said once, not beside each."""
        return not all(one.seen for one in [self.group, *self.activities])


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
    off = _called_off(on)
    times = seen.this_month_and_last([organisation.pk, *(one.pk for one in on)])
    endings = set(
        organisation.proposals.open().filter(kind=Kind.ENDING).values_list("activity", flat=True)
    )
    return OwnGroup(
        group=_own(organisation, None, [], times[organisation.pk], has_ended=None in endings),
        activities=[
            _own(
                one,
                dates.get(one.pk),
                off[one.pk],
                times[one.pk],
                has_ended=one.pk in endings,
            )
            for one in on
        ],
        over=[one for one in activities if one.status == Status.ENDED],
        changes=changes,
        waits=_waits(changes, activities) if changes else [],
        message=last.message if last and last.to_status == ProposalStatus.RETURNED else "",
        members=[OwnMember(one, _is_invited(one, person)) for one in who],
        is_owner=any(one.user_id == person.pk and one.role == members.OWNER for one in who),
    )


def _waits(changes: Proposal, activities: list[Activity]) -> list[Waits]:
    """In words: what of the group, and of each activity."""
    titles = {str(one.pk): one.title for one in activities}
    said = [(part, changes.said[part]) for part in parts_of(changes)]
    return [
        Waits(titles.get(part) or title_of(changes, part), _steps_with(part, values))
        for part, values in said
    ]


def _steps_with(part: str, values: Values) -> list[str]:
    if part.startswith(NEW):
        return []
    return [str(one.title) for one in steps_of(part) if {*one.form.writes} & {*values}]


def _is_invited(member: Membership, person: User) -> bool:
    if member.role == members.OWNER or member.user_id == person.pk:
        return False
    since, came = member.confirmed_at, member.user.last_login
    return came is None or (since is not None and came < since)


def _own(
    listing: Activity | Organisation,
    soonest: Occurrence | None,
    off: list[Occurrence],
    times: tuple[int, int],
    *,
    has_ended: bool,
) -> OwnListing:
    activity = listing if isinstance(listing, Activity) else None
    return OwnListing(
        listing=listing,
        when=[schedules.in_words(one) for one in activity.schedules.all()] if activity else [],
        next=_date(soonest) if soonest else None,
        off=[_date(one) for one in off],
        seen=seen.in_words(times),
        checked=words.checked_in_words(listing),
        to_check=_to_check(listing),
        may_open_again=group_verbs.may_open_again(listing),
        room=words.newcomers_in_words(activity) if activity else "",
        has_ended=has_ended,
    )


def _date(occurrence: Occurrence) -> NextDate:
    day = occurrence.on
    return NextDate(day, schedules.day_in_words(day), date_words.in_words(occurrence))


def _called_off(activities: list[Activity]) -> dict[UUID, list[Occurrence]]:
    """The days to come on which all is off, each once."""
    off: dict[UUID, dict[date, Occurrence]] = {one.pk: {} for one in activities}
    for one in Occurrence.objects.filter(
        activity__in=off,
        cancelled=True,
        moved_to=None,
        ends_at__gt=timezone.now(),
        activity__date_changes__on=F("on"),
        activity__date_changes__schedule=None,
        activity__date_changes__kind=DateChange.Kind.CANCELLED,
    ).order_by("on"):
        off[one.activity_id].setdefault(one.on, one)
    return {key: list(days.values()) for key, days in off.items()}


def _to_check(listing: Activity | Organisation) -> bool:
    since = listing.last_checked_on
    return listing.is_public and (since is None or since <= last_day_of(BEGINS[Stage.DUE]))


def groups_of(person: User) -> list[tuple[Organisation, Proposal | None]]:
    """Each group that this person acts for, with the changes that are written or wait."""
    groups = list(Organisation.objects.acted_for_by(person))
    open_ones = Proposal.objects.open().filter(organisation__in=groups, kind=Kind.CHANGE)
    changes = {one.organisation_id: one for one in open_ones}
    return [(one, changes.get(one.pk)) for one in groups]


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
