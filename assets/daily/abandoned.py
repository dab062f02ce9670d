"""Forms that nobody goes on with: a mail a fortnight beforehand, then they are dropped."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mails import in_every_mail
from accounts.models import OutgoingMail
from accounts.outbox import queue
from assets.models import Proposal
from assets.models.proposals import ProposalStatus
from assets.proposals import writing
from assets.proposals.mails import go_on_url
from assets.words import long_date

KEPT = timedelta(days=90)
TOLD_BEFORE = timedelta(days=14)


@dataclass(frozen=True)
class Closed:
    told: int
    dropped: int


@transaction.atomic
def close() -> Closed:
    """Tell those whose form will be dropped, and drop what was told of a fortnight ago.

    Written in again, it is no longer abandoned; what it says is never lost.
    """
    now = timezone.now()
    old = _idle().filter(idle_since__lte=now - KEPT + TOLD_BEFORE).order_by("idle_since", "pk")
    told = dropped = 0
    for proposal in old.select_related("organisation", "activity"):
        before = _told_on(proposal)
        if before is None and _may_be_told(proposal):
            _tell(proposal, now)
            told += 1
        elif _time_is_over(proposal, before, now):
            writing.drop(proposal=proposal, by=None)
            dropped += 1
    return Closed(told, dropped)


def _idle() -> QuerySet[Any]:
    """What waits for whoever asked: never sent, or given back. What waits for us is not theirs.

    `idle_since` is when anybody last did anything with it.
    """
    theirs = Q(status=ProposalStatus.DRAFT, sent_at=None) | Q(status=ProposalStatus.RETURNED)
    moved_at = Coalesce(Max("moves__moved_at"), "written_at")
    return Proposal.objects.filter(theirs).annotate(idle_since=Greatest("written_at", moved_at))


def _may_be_told(proposal: Proposal) -> bool:
    """What is made up has nobody behind it, but on one's own machine."""
    return bool(proposal.asker_email) and (settings.PRIVATE_POSTGRES or not proposal.is_example)


def _time_is_over(proposal: Proposal, told: datetime | None, now: datetime) -> bool:
    """Kept for long enough; and, where there is somebody to tell, told of for long enough."""
    is_old = _idle_since(proposal) <= now - KEPT
    return is_old and (told is None or told <= now - TOLD_BEFORE)


def _idle_since(proposal: Any) -> datetime:
    since: datetime = proposal.idle_since
    return since


def _about(proposal: Proposal) -> str:
    # Of this text, and this answer of ours: whoever goes on with it is told anew.
    return f"abandoned:{proposal.pk.hex}:{proposal.version}:{proposal.moves.count()}"


def _told_on(proposal: Proposal) -> datetime | None:
    mail = OutgoingMail.objects.filter(once=_about(proposal)).first()
    return mail.created_at if mail else None


def _tell(proposal: Proposal, now: datetime) -> None:
    day = max(_idle_since(proposal) + KEPT, now + TOLD_BEFORE)
    context = in_every_mail() | {
        "name": proposal.name,
        "day": long_date(timezone.localdate(day)),
        "url": go_on_url(proposal),
        "given_back": proposal.status == ProposalStatus.RETURNED,
    }
    queue.put(
        to=proposal.asker_email,
        subject=f"{_('Shall we keep what you have written?')} – {settings.SITE_NAME}",
        body=render_to_string("assets/freshness/abandoned.txt", context).strip() + "\n",
        reason="proposal-abandoned",
        label=_("A form that waits"),
        # It holds a link that opens the form.
        secret=True,
        once=_about(proposal),
    )
