"""What somebody says by the link of a reminder: it is still right, or it has ended.

Said twice it is said once. Nothing here asks who they are: the link does.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mails import in_every_mail
from accounts.outbox import queue
from assets import listings, schedules, words
from assets.freshness import links, recipients
from assets.freshness.reminders import Due, all_due
from assets.listing_page import contact_lines
from assets.models import Activity, Listing, Organisation, Proposal
from assets.models.freshness import Asked
from assets.models.lifecycle import CheckedBy
from assets.models.proposals import Kind
from assets.proposals import claiming
from assets.turns import take_turn


@dataclass(frozen=True)
class Line:
    """A listing that waits for an answer. `value` is what its buttons send: which, and as read."""

    value: str
    title: str
    group: str
    is_group: bool
    facts: list[tuple[str, str]]
    since: str
    leaves_on: str


@dataclass(frozen=True)
class Page:
    """What waits, and what was answered today: “right” and “ended”, by title."""

    waiting: list[Line]
    right: list[str]
    ended: list[str]


def page_of(address: str) -> Page:
    """In a fixed number of queries, however much it is."""
    groups = recipients.groups_of(address)
    waiting = _with_facts(all_due(groups))
    endings = Proposal.objects.open().filter(kind=Kind.ENDING, organisation__in=groups)
    return Page(
        waiting=[_line(one) for one in waiting],
        right=_said_today(groups),
        ended=[str(one) for one in endings.select_related("organisation", "activity")],
    )


def still_right(address: str, values: Iterable[str]) -> bool:
    """These are as they stand on the page. What is not theirs, or not due any more, is passed by.

    False where one of them was changed since it was read: of that one nothing is said.
    """
    return _each(address, values, _check)


def has_ended(address: str, values: Iterable[str]) -> bool:
    """These are over: staff look at it, and then their pages say so. As `still_right`."""
    return _each(address, values, _end)


def send_new_link(address: str) -> None:
    """To the address that the old link was for, once a day. Nothing where nobody is asked there."""
    if not recipients.groups_of(address).exists():
        return
    context = in_every_mail() | {"url": links.url(address), "days": links.LASTS.days}
    queue.put(
        to=address,
        subject=_("Your new link"),
        body=render_to_string("assets/freshness/new_link.txt", context).strip() + "\n",
        reason="still-right-link",
        label=_("New link"),
        secret=True,
        once=f"still-right-link:{links.mark(address)}:{timezone.localdate()}",
    )


def _each(address: str, values: Iterable[str], say: Callable[[Listing, str], None]) -> bool:
    as_read = True
    with listings.all_at_once():
        take_turn()
        theirs = {
            str(one.listing.pk): one.listing for one in all_due(recipients.groups_of(address))
        }
        for value in dict.fromkeys(values):
            key, _dot, version = value.partition(".")
            listing = theirs.get(key)
            if listing and version == str(listing.version):
                say(listing, address)
            elif listing:
                as_read = False
    return as_read


def _check(listing: Listing, address: str) -> None:
    listings.check(
        listing=listing,
        checked_by=CheckedBy.GROUP,
        by=recipients.person_of(address),
        on=timezone.localdate(),
        note=_("by the link of a reminder"),
    )


def _end(listing: Listing, address: str) -> None:
    activity = listing if isinstance(listing, Activity) else None
    group = activity.organisation if activity else listing
    claiming.has_ended(
        organisation=cast(Organisation, group),
        activity=activity,
        by=recipients.person_of(address),
        email=address,
    )


def _said_today(groups: QuerySet[Organisation]) -> list[str]:
    """What the group said today is right."""
    today = {"last_checked_on": timezone.localdate(), "last_checked_by": CheckedBy.GROUP}
    organisations = Organisation.objects.public().filter(pk__in=groups, **today)
    activities = Activity.objects.public().filter(organisation__in=groups, **today)
    return [str(one) for one in [*organisations, *activities]]


def _with_facts(due: list[Due]) -> list[tuple[Due, Organisation | Activity]]:
    """Each with the rows that its facts are made of."""
    activities = (
        Activity.objects.select_related("organisation", "venue__place")
        .prefetch_related("schedules", "contacts", "organisation__contacts")
        .in_bulk([one.listing.pk for one in due if isinstance(one.listing, Activity)])
    )
    organisations = Organisation.objects.prefetch_related("contacts").in_bulk(
        [one.listing.pk for one in due if isinstance(one.listing, Organisation)]
    )
    rows: dict[UUID, Organisation | Activity] = {**activities, **organisations}
    return [(one, rows[one.listing.pk]) for one in due]


def _line(waiting: tuple[Due, Organisation | Activity]) -> Line:
    one, listing = waiting
    group = listing.organisation if isinstance(listing, Activity) else listing
    contacts = contact_lines(listing) or contact_lines(group)
    facts = [(_("Contact"), ", ".join(line.text for line in contacts))]
    if isinstance(listing, Activity):
        when = "; ".join(schedules.in_words(each) for each in listing.schedules.all())
        where = words.where_in_words(listing)
        if listing.venue and not listing.venue.is_hidden:
            where = str(listing.venue)
        facts = [(_("When"), when), (_("Where"), where), *facts]
    return Line(
        value=f"{listing.pk}.{listing.version}",
        title=str(listing),
        group=str(group),
        is_group=group is listing,
        facts=[(name, said) for name, said in facts if said],
        since=words.checked_in_words(listing),
        leaves_on=one.leaves_on if one.asked == Asked.NOTICE else "",
    )
