"""The first page of the staff pages: what has waited longest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from assets.admin import urgency
from assets.admin.tasks import FIRST, LAST, LISTINGS, OF_OTHER_APPS, may_do
from assets.models import (
    Proposal,
    Venue,
)
from assets.words import long_date

# How many listings the page names.
SHOWN = 12


@dataclass(frozen=True)
class Waiting:
    """One listing that waits, and why."""

    name: str
    url: str
    kind: str
    why: str
    since: date


def has_work(user: User) -> bool:
    """Whether anything could ever wait for this person, or they only look."""
    if any(work.may_be_of(user) for work in OF_OTHER_APPS):
        return True
    return any(may_do(user, model) for model in (*FIRST, *LISTINGS, *LAST))


def waiting(user: User) -> list[Waiting]:
    """What has waited longest: what groups ask for, then drafts, then those to check."""
    asked = list(_asked()) if may_do(user, Proposal) else []
    drafts: list[Waiting] = []
    unchecked: list[Waiting] = []
    for model in LISTINGS:
        if may_do(user, model):
            drafts += _drafts(model)
            unchecked += _unchecked(model)
    drafts.sort(key=lambda one: one.since)
    unchecked.sort(key=lambda one: one.since)
    return [*asked, *drafts, *unchecked][:SHOWN]


def _asked() -> Iterator[Waiting]:
    waits = Proposal.objects.to_decide().select_related("organisation", "activity")
    for proposal in waits[:SHOWN]:
        if proposal.sent_at:
            since = timezone.localdate(proposal.sent_at)
            url = reverse("admin:assets_proposal_change", args=[proposal.pk])
            why = _("Waits for us since %s") % long_date(since)
            yield Waiting(proposal.as_sent().name, url, proposal.get_kind_display(), why, since)


def _drafts(model: Any) -> Iterator[Waiting]:
    found = model.objects.filter(urgency.to_publish(model)).order_by("created_at")
    for listing in _with_names(found)[:SHOWN]:
        since = timezone.localdate(listing.created_at)
        yield _waiting(listing, _("Draft since %s") % long_date(since), since)


def _unchecked(model: Any) -> Iterator[Waiting]:
    oldest_first = [F("last_checked_on").asc(nulls_first=True), "created_at"]
    found = model.objects.filter(urgency.unchecked()).order_by(*oldest_first)
    for listing in _with_names(found)[:SHOWN]:
        since = listing.last_checked_on or date.min
        never = listing.last_checked_on is None
        why = _("Never checked") if never else _("Last checked on %s") % long_date(since)
        yield _waiting(listing, why, since)


def _with_names(listings: Any) -> Any:
    return listings.select_related("place") if listings.model is Venue else listings


def _waiting(listing: Any, why: str, since: date) -> Waiting:
    opts = listing._meta
    url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[listing.pk])
    return Waiting(str(listing), url, capfirst(opts.verbose_name), why, since)
