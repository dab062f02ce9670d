"""The verbs of worries about safety: alerts without a word of them, taking, hiding, wiping.

It is not the way to report that a child is hurt: the page that asks says first whom to call.
Nobody but the people who may read worries learns that there is one.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.mails import in_every_mail
from accounts.models import User
from accounts.outbox import queue
from assets import listings
from assets.dates.working_days import is_working_day
from assets.models import Activity, Hiding, SafetyRecord, SafetyWorry, Status, Venue
from assets.models.safety import WorryStatus
from assets.problems import Reportable, about
from assets.turns import take_turn

# From the day it is closed.
WORDS_KEPT = timedelta(days=365)


def leads() -> QuerySet[User]:
    """The safeguarding lead and deputy: whose role lets them read worries."""
    return (
        User.objects.filter(is_active=True, is_staff=True)
        .filter(
            groups__permissions__codename="handle_safetyworry",
            groups__permissions__content_type__app_label="assets",
        )
        .distinct()
    )


def administrators() -> QuerySet[User]:
    return User.objects.filter(is_active=True, is_superuser=True)


@transaction.atomic
def report(*, key: UUID, listing: Reportable, words: str, contact: str = "") -> SafetyWorry:
    """Keeps a worry and alerts. Sent again, however often, it is the one that was kept."""
    told = SafetyWorry(key=key, words=words, contact=contact, **about(listing))
    told.full_clean(validate_unique=False, validate_constraints=False)
    # Whoever is first, by whatever clock: the other one waits here, and then reads the first.
    SafetyWorry.objects.bulk_create([told], ignore_conflicts=True)
    worry = SafetyWorry.objects.get(key=key)
    # Where nobody has the role yet, a worry must not lie unread.
    _alert(worry, leads() or administrators(), occasion="first")
    return worry


def take(*, worry: SafetyWorry, by: User) -> bool:
    """Opens it: from now on the words can be read. False when a colleague was faster."""
    return worry.move(WorryStatus.TAKEN, by=by)


def close(*, worry: SafetyWorry, outcome: SafetyWorry.Outcome, why: str, by: User) -> bool:
    return worry.move(WorryStatus.CLOSED, by=by, why=why, outcome=outcome, closed_at=timezone.now())


def reopen(*, worry: SafetyWorry, why: str, by: User) -> bool:
    """Only while there are words to look into."""
    if worry.wiped_at:
        return False
    return worry.move(WorryStatus.TAKEN, by=by, why=why, outcome="", closed_at=None)


def may_be_hidden(worry: SafetyWorry) -> list[Reportable]:
    """The listing itself and, of an activity, the group that runs it, as far as they are shown."""
    listing = worry.listing
    both: list[Reportable] = [listing]
    if isinstance(listing, Activity):
        both.append(listing.organisation)
    return [one for one in both if one.status in (Status.PUBLIC, Status.PAUSED)]


@transaction.atomic
def hide(*, worry: SafetyWorry, listing: Reportable, to: Status, by: User) -> None:
    """Takes a listing off the site at once; of a place, all that meets there with it.

    The records of the listing name nobody and no worry; its own record says who did it. From now
    on nobody makes it public but by `show_again`. Raises MoveRefused where somebody has just moved
    the listing.
    """
    why = _("Hidden by our team")
    there: list[Reportable] = []
    if isinstance(listing, Venue):
        there = [*Activity.objects.filter(venue=listing, status=Status.PUBLIC)]
    for one in [*there, listing]:
        listings.move(listing=one, to=to, by=None, why=why)
        named: dict[str, Any] = {**about(one)}
        Hiding.objects.get_or_create(worry=worry, shown_at=None, **named)
    _record(worry, SafetyRecord.What.HIDDEN, listing, to, by)


@transaction.atomic
def show_again(*, worry: SafetyWorry, listing: Reportable, by: User) -> None:
    """Lets go of what was hidden because of this worry, and makes it public.

    Raises MoveRefused where it is shown again already, or something stands in the way: another
    worry, or a group or venue that is hidden too.
    """
    take_turn()
    if not worry.hidings.on().filter(**about(listing)).update(shown_at=timezone.now()):
        raise listings.MoveRefused(_("“%s” is shown again already.") % listing)
    listing.refresh_from_db()
    why = _("Shown again by our team")
    ways = [Status.DRAFT] if listing.status == Status.WITHDRAWN else []
    for to in [*ways, Status.PUBLIC]:
        listings.move(listing=listing, to=to, by=None, why=why)
    _record(worry, SafetyRecord.What.SHOWN, listing, Status.PUBLIC, by)


def _record(
    worry: SafetyWorry, what: SafetyRecord.What, listing: Reportable, to: Status, by: User
) -> None:
    why = f"{listing}: {Status(to).label}"[:500]
    SafetyRecord.objects.create(worry=worry, what=what, recorded_by=by, why=why)


def escalate_unseen(now: datetime) -> int:
    """Tells everybody again, each working day, what nobody opened on the day it came. How many.

    Twice on one day changes nothing.
    """
    today = timezone.localdate(now)
    if not is_working_day(today):
        return 0
    return sum(
        _escalate(worry, now)
        for worry in SafetyWorry.objects.unseen()
        if timezone.localdate(worry.reported_at) < today
    )


@transaction.atomic
def _escalate(worry: SafetyWorry, now: datetime) -> bool:
    today = timezone.localdate(now)
    not_today = Q(escalated_on__isnull=True) | Q(escalated_on__lt=today)
    if not SafetyWorry.objects.unseen().filter(not_today, pk=worry.pk).update(escalated_on=today):
        return False
    SafetyRecord.objects.create(worry=worry, what=SafetyRecord.What.ESCALATED)
    _alert(worry, {*leads(), *administrators()}, occasion=today.isoformat(), again=True)
    return True


@transaction.atomic
def wipe_words(now: datetime) -> int:
    """A year after it is closed, only its dates and its outcome are left. How many."""
    old = SafetyWorry.objects.filter(closed_at__lte=now - WORDS_KEPT, wiped_at=None)
    keys = list(old.values_list("pk", flat=True))
    SafetyRecord.objects.filter(worry__in=keys).exclude(why="").update(why="")
    return old.filter(pk__in=keys).update(words="", contact="", wiped_at=now)


def _alert(
    worry: SafetyWorry, people: Iterable[User], *, occasion: str, again: bool = False
) -> None:
    """Says that there is one, and where. Those who see the outbox cannot tell what it is about."""
    # Not in the language of whoever wrote to us.
    with override(settings.LANGUAGE_CODE):
        page = reverse("admin:assets_safetyworry_change", args=[worry.pk])
        context = in_every_mail() | {"again": again, "url": settings.SITE_URL.geturl() + page}
        body = render_to_string("assets/email/safety_alert.txt", context).strip() + "\n"
        for person in people:
            queue.put(
                to=person.email,
                subject=_("Please look at the staff pages today"),
                body=body,
                reason="staff-notice",
                label=_("Notice to staff"),
                # It holds no word of the worry, and must be possible to send again.
                secret=False,
                once=f"safety:{worry.pk}:{occasion}:{person.pk}",
            )
