"""“Is this still right?”: one mail to each person, for all of their groups, in term time.

Every listing is asked about once when it is due, and once more before it leaves the results. What
is asked and the mails are written in one transaction; a day that was missed is made good by the
next one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mails import in_every_mail
from accounts.outbox import queue
from assets.dates.calendars import Calendars
from assets.dates.rules import Calendar
from assets.freshness import links, recipients
from assets.freshness.rules import BEGINS, NOTICE_AFTER, Stage
from assets.models import Activity, Area, FreshnessReminder, Organisation, Proposal
from assets.models.freshness import Asked
from assets.models.proposals import Kind
from assets.words import long_date

AUGUST = 8
# Month and day, for councils whose terms we do not know: the weeks when schools are shut anywhere.
USUALLY_SHUT = [((1, 1), (1, 6)), ((7, 16), (9, 7)), ((12, 17), (12, 31))]


@dataclass(frozen=True)
class Due:
    """A listing of `group` that was last known to be right on `since`."""

    listing: Organisation | Activity
    group: UUID
    since: date

    @property
    def asked(self) -> Asked:
        """What is to be asked about it today."""
        old = timezone.localdate() - self.since >= NOTICE_AFTER
        return Asked.NOTICE if old else Asked.STILL_RIGHT

    @property
    def key(self) -> tuple[UUID, str, date]:
        return self.listing.pk, self.asked, self.since

    @property
    def title(self) -> str:
        """With its group, which somebody may have several of."""
        if isinstance(self.listing, Activity):
            return f"{self.listing} ({self.listing.organisation})"
        return str(self.listing)

    @property
    def leaves_on(self) -> str:
        """The day on which it leaves the results, in words; nothing once that is over."""
        day = self.since + BEGINS[Stage.STALE]
        return long_date(day) if day > timezone.localdate() else ""


@dataclass(frozen=True)
class Written:
    mails: int = 0
    listings: int = 0


@transaction.atomic
def write() -> Written:
    """Write today's mails. Called again on the same day it finds nothing more to ask."""
    today = timezone.localdate()
    waiting = _in_term(all_due(), today)
    before = FreshnessReminder.objects.filter(since__in={one.since for one in waiting})
    asked_before = {
        (one.activity_id or one.organisation_id, one.asked, one.since) for one in before
    }
    new = [one for one in waiting if one.key not in asked_before]
    if not new:
        return Written()
    of_group = recipients.of_groups({one.group for one in waiting})
    new = [one for one in new if one.group in of_group]
    told = {address for one in new for address in of_group[one.group]}
    theirs: dict[str, list[Due]] = defaultdict(list)
    for one in waiting:
        for address in told.intersection(of_group.get(one.group, ())):
            theirs[address].append(one)
    # Two runs at once ask about it once: the database keeps one row, and the outbox one mail.
    FreshnessReminder.objects.bulk_create([_row(one, today) for one in new], ignore_conflicts=True)
    for address, about in sorted(theirs.items()):
        _put(address, about)
    return Written(len(theirs), len(new))


def all_due(groups: QuerySet[Organisation] | None = None) -> list[Due]:
    """All that its group should look at, oldest first; of these groups, or of all.

    Not what they have told us is over; nor, on a real site, what is made up.
    """
    activities = Activity.objects.public().select_related("organisation")
    organisations = Organisation.objects.public()
    if groups is not None:
        activities = activities.filter(organisation__in=groups)
        organisations = organisations.filter(pk__in=groups)
    if not settings.PRIVATE_POSTGRES:
        activities = activities.filter(is_example=False)
        organisations = organisations.filter(is_example=False)
    endings = Proposal.objects.open().filter(kind=Kind.ENDING)
    of_group = endings.filter(activity=None)
    activities = activities.exclude(
        Exists(of_group.filter(organisation=OuterRef("organisation")))
        | Exists(endings.filter(activity=OuterRef("pk")))
    )
    organisations = organisations.exclude(Exists(of_group.filter(organisation=OuterRef("pk"))))
    age = BEGINS[Stage.DUE]
    due = [Due(one, one.pk, one.known_on) for one in organisations.as_old_as(age)]
    due += [Due(one, one.organisation_id, one.known_on) for one in activities.as_old_as(age)]
    return sorted(due, key=lambda one: (one.since, one.title))


def may_be_asked(calendar: Calendar, today: date) -> bool:
    """In term time, and never in August."""
    if today.month == AUGUST:
        return False
    if calendar.knows(today):
        return calendar.is_term(today)
    day = (today.month, today.day)
    return not any(first <= day <= last for first, last in USUALLY_SHUT)


def _in_term(due: Iterable[Due], today: date) -> list[Due]:
    """What belongs to groups whose schools are not on holiday."""
    calendars = Calendars()
    here = Area.objects.filter(code=settings.DISTRICT).values_list("pk", flat=True).first()
    due = list(due)
    groups = {one.group for one in due}
    districts = Organisation.objects.filter(pk__in=groups).values_list("pk", "district")
    asked = {
        group
        for group, district in districts
        if may_be_asked(calendars.of(district or here), today)
    }
    return [one for one in due if one.group in asked]


def _row(one: Due, today: date) -> FreshnessReminder:
    whose = {"activity" if isinstance(one.listing, Activity) else "organisation": one.listing}
    return FreshnessReminder(asked=one.asked, since=one.since, sent_on=today, **whose)


def _put(address: str, about: list[Due]) -> None:
    leaving = [one for one in about if one.asked == Asked.NOTICE and one.leaves_on]
    context = in_every_mail() | {
        "about": about,
        "leaving": leaving,
        "url": links.url(address),
        "days": links.LASTS.days,
    }
    keys = sorted(f"{pk} {asked} {since}" for pk, asked, since in (one.key for one in about))
    queue.put(
        to=address,
        subject=f"{_('Is this still right?')} – {settings.SITE_NAME}",
        body=render_to_string("assets/freshness/still_right.txt", context).strip() + "\n",
        reason="still-right",
        label=_("Is it still right?"),
        # It holds a link that answers for a group.
        secret=True,
        once=f"still-right:{sha256(' '.join([address, *keys]).encode()).hexdigest()}",
    )
