"""What the page of one proposal tells: what differs, who asks, what happened so far."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assets.admin import lifecycle, marking
from assets.models import Activity, Contact, Organisation, Proposal, ProposalMove
from assets.models.proposals import Kind, ProposalStatus
from assets.proposals import links, lookalikes
from assets.proposals.claiming import address_of
from assets.proposals.differences import (
    Difference,
    PartDifferences,
    differences,
    since_sent_before,
    taken,
)
from assets.proposals.fields import GROUP
from assets.proposals.parts import NEW

# A tick is “part:value”; of something new there is one for the whole part.
BETWEEN, WHOLE = ":", "*"

# To begin an answer with: plain, warm, and never blaming.
SENTENCES: dict[str, tuple[str | Promise, ...]] = {
    Kind.NEW: (
        gettext_lazy("Thank you for all this. Two things would help families to decide."),
        gettext_lazy("Could you say which ages it is for?"),
        gettext_lazy("Could you say when it is on, and whether it stops in the holidays?"),
        gettext_lazy("Could you say what happens on a first visit?"),
        gettext_lazy("We could not find the place. Could you check its postcode?"),
        gettext_lazy("We have your group already. Look for it, and press “This is us”."),
        gettext_lazy(
            "This board is for what helps children and young people. Yours is for others."
        ),
    ),
    Kind.CHANGE: (
        gettext_lazy("Thank you for keeping your page up to date."),
        gettext_lazy("We have taken the rest. About this we have a question:"),
        gettext_lazy("Could you tell us where you have this from?"),
        gettext_lazy("Please leave out what tells where somebody lives."),
        gettext_lazy("Please leave out names of children, and of people who have not agreed."),
    ),
    Kind.CLAIM: (
        gettext_lazy(
            "We asked the group, and it does not know you yet. Please talk to them first."
        ),
        gettext_lazy("Somebody looks after this page already. Ask them to invite you."),
        gettext_lazy("We could not reach the group. Please ring us."),
    ),
    Kind.ENDING: (
        gettext_lazy("Thank you for all that you did."),
        gettext_lazy("We rang the group, and it goes on."),
    ),
}


@dataclass
class Answer:
    """What somebody has typed and ticked, and what was wrong with it. Nothing of it is lost."""

    message: str = ""
    ticked: frozenset[str] | None = None
    wrong: tuple[str, ...] = ()
    beside_message: str = ""

    def has(self, tick: str) -> bool:
        return self.ticked is None or tick in self.ticked


@dataclass(frozen=True)
class Row:
    """One value, old beside new: pieces of text, those marked that differ."""

    difference: Difference
    old: list[marking.Piece]
    new: list[marking.Piece]
    tick: str
    ticked: bool


@dataclass(frozen=True)
class Part:
    """`tick` is of a new activity: it comes in whole."""

    part: PartDifferences
    rows: list[Row]
    tick: str
    ticked: bool
    public_page: str
    staff_page: str


@dataclass(frozen=True)
class Happened:
    at: datetime
    who: User | None
    what: str | Promise
    message: str
    parts: list[Part]


def told(proposal: Proposal, answer: Answer, *, to_moderator: bool) -> dict[str, Any]:
    """For the template. Who asks, and what was written to and fro, is for moderators alone."""
    has_values = proposal.kind in (Kind.NEW, Kind.CHANGE)
    parts = [_part(proposal, one, answer) for one in differences(proposal)] if has_values else []
    may_split = bool(ticks(proposal))
    context: dict[str, Any] = {
        "parts": parts,
        "group_page": _page_of(proposal.organisation),
        "group_staff_page": _staff_page_of(proposal.organisation),
        "activity_page": _page_of(proposal.activity),
        "to_look_at": proposal.went_live_at is not None and proposal.looked_at is None,
        "may_split": may_split,
        "may_split_rows": may_split and proposal.kind == Kind.CHANGE,
        "may_go_back": has_values,
        "is_sent": proposal.waits,
        "since_sent_before": since_sent_before(proposal) if proposal.waits else [],
    }
    if proposal.kind == Kind.ENDING:
        context["ends_too"] = _ends_too(proposal)
    if to_moderator:
        context |= _for_moderators(proposal)
    return context


def _for_moderators(proposal: Proposal) -> dict[str, Any]:
    group = proposal.organisation
    context: dict[str, Any] = {
        "history": _history(proposal),
        "sentences": list(enumerate(sentences(proposal))),
        "members": group.memberships.select_related("user").order_by("-role", "pk")
        if group
        else [],
        "to_write_in": _form_of(proposal),
    }
    if proposal.kind == Kind.CLAIM and group:
        context |= {
            "why": proposal.said.get(GROUP, {}).get("why", ""),
            "held_address": address_of(group),
            "held": _held(group),
        }
    if proposal.kind == Kind.NEW and proposal.is_open:
        context |= {
            "lookalikes": [
                (one, _staff_page_of(one.group)) for one in lookalikes.lookalikes(proposal)
            ],
            "sent_twice": lookalikes.sent_twice(proposal),
        }
    return context


def sentences(proposal: Proposal) -> list[str]:
    return [str(one) for one in SENTENCES[proposal.kind]]


def ticks(proposal: Proposal) -> frozenset[str]:
    """The boxes on its page: none where all of it comes in, or goes back, together."""
    if not proposal.waits or proposal.kind not in (Kind.NEW, Kind.CHANGE):
        return frozenset()
    found = frozenset(
        tick_of(part.part, one.field.name)
        for part in differences(proposal.as_sent())
        for one in part.differences
        if proposal.kind == Kind.CHANGE or part.part.startswith(NEW)
    )
    return found if len(found) > 1 else frozenset()


def tick_of(part: str, name: str) -> str:
    return f"{part}{BETWEEN}{WHOLE if part.startswith(NEW) else name}"


def _part(proposal: Proposal, part: PartDifferences, answer: Answer) -> Part:
    rows = [_row(part.part, one, answer) for one in part.differences]
    tick = tick_of(part.part, "") if part.part.startswith(NEW) else ""
    return Part(
        part,
        rows,
        tick,
        answer.has(tick),
        _page_of(part.listing),
        _staff_page_of(part.listing),
    )


def _row(part: str, difference: Difference, answer: Answer) -> Row:
    tick = tick_of(part, difference.field.name)
    old, new = marking.marked("\n".join(difference.old), "\n".join(difference.new))
    return Row(difference, old, new, tick, answer.has(tick))


def _page_of(listing: Organisation | Activity | None) -> str:
    if listing is None or not listing.is_public:
        return ""
    return reverse(
        "organisation" if isinstance(listing, Organisation) else "activity", args=[listing.slug]
    )


def _staff_page_of(listing: Organisation | Activity | None) -> str:
    return lifecycle.change_url(listing) if listing else ""


def _form_of(proposal: Proposal) -> str:
    """Where our team goes on to write for somebody; their own words are theirs to change."""
    if proposal.kind != Kind.NEW or not proposal.entered_by_id or not proposal.is_open:
        return ""
    return reverse("listing_form", args=[links.key_of(proposal)])


def _held(group: Organisation) -> list[Contact]:
    """Every way to reach the group that we had before: of the group, then of what it offers."""
    theirs = Contact.objects.filter(organisation=group)
    of_activities = Contact.objects.filter(activity__organisation=group)
    return [*theirs, *of_activities.select_related("activity")]


def _ends_too(proposal: Proposal) -> QuerySet[Activity]:
    """With a group, what it offers."""
    theirs = Activity.objects.filter(organisation=proposal.organisation)
    return theirs.public() if proposal.activity_id is None else theirs.none()


def _history(proposal: Proposal) -> list[Happened]:
    """The newest first."""
    found = [Happened(proposal.begun_at, proposal.entered_by, _("Begun"), "", [])]
    for move in proposal.moves.select_related("moved_by"):
        found.append(_happened(proposal, move))
    if proposal.vouched_at:
        found.append(Happened(proposal.vouched_at, None, _("The group’s address said yes"), "", []))
    if proposal.looked_at:
        found.append(Happened(proposal.looked_at, proposal.looked_by, _("Looked at"), "", []))
    return sorted(found, key=lambda one: one.at, reverse=True)


def _happened(proposal: Proposal, move: ProposalMove) -> Happened:
    what: str | Promise = MOVED[ProposalStatus(move.to_status)]
    if move.took and move.to_status == ProposalStatus.SENT:
        what = _("Sent; words and times went live at once")
    move.proposal = proposal
    shown = taken(move) if proposal.kind == Kind.CHANGE else []
    parts = [_part(proposal, one, Answer()) for one in shown]
    return Happened(move.moved_at, move.moved_by, what, move.message, parts)


MOVED: dict[ProposalStatus, str | Promise] = {
    ProposalStatus.DRAFT: gettext_lazy("Taken up again, to be changed"),
    ProposalStatus.SENT: gettext_lazy("Sent"),
    ProposalStatus.RETURNED: gettext_lazy("Given back"),
    ProposalStatus.ACCEPTED: gettext_lazy("Accepted"),
    ProposalStatus.DECLINED: gettext_lazy("Declined"),
    ProposalStatus.DROPPED: gettext_lazy("Taken back"),
}
