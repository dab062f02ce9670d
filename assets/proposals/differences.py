"""What a proposal would change, old beside new: only what differs."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from assets.models import Proposal, ProposalEdit, ProposalMove
from assets.models.proposals import Kind
from assets.proposals.fields import GROUP, Field, fields_of, of_part
from assets.proposals.parts import listing_of, nothing, parts_of, public_values
from assets.proposals.words import in_words
from assets.saying import Values


@dataclass(frozen=True)
class Difference:
    """One value. `moved_on`: ours has changed since the group began to write; it `was` this.

    `is_other`: it was sent before, and has been changed since; staff had `read` this.
    """

    field: Field
    old: list[str]
    new: list[str]
    moved_on: bool = False
    was: list[str] = dataclasses.field(default_factory=list)
    is_other: bool = False
    read: list[str] = dataclasses.field(default_factory=list)


@dataclass(frozen=True)
class PartDifferences:
    """What differs in the group, or in one activity. `url` is its page, where it has one."""

    part: str
    title: str
    listing: Any
    differences: list[Difference]

    @property
    def is_new(self) -> bool:
        return self.listing is None


def differences(proposal: Proposal) -> list[PartDifferences]:
    """Part by part, in reading order."""
    return [_of_part(proposal, part) for part in parts_of(proposal)]


def _of_part(proposal: Proposal, part: str) -> PartDifferences:
    public = public_values(proposal, part)
    said, was = proposal.said[part], proposal.was.get(part, {})
    of = of_part(part)
    read = _read(proposal, part, public)
    found = [
        Difference(
            field,
            old=in_words(of, name, public[name]),
            new=in_words(of, name, said[name]),
            moved_on=name in was and was[name] != public[name],
            was=in_words(of, name, was.get(name)),
            is_other=bool(read) and read[name] != said[name],
            read=in_words(of, name, read.get(name)),
        )
        for name, field in fields_of(of).items()
        if name in said and said[name] != public.get(name, nothing(name))
    ]
    listing = listing_of(proposal, part)
    return PartDifferences(part, title_of(proposal, part), listing, found)


def _read(proposal: Proposal, part: str, public: Values) -> Values:
    """What staff had read of this part before it was sent again; nothing where it was sent once."""
    return public | proposal.sent_before.get(part, {}) if proposal.sent_before else {}


def since_sent_before(proposal: Proposal) -> list[str]:
    """Where what was sent differs from what was sent before: “Kites on Sunday, From age”."""
    found: list[str] = []
    if not proposal.sent_before:
        return found
    for part in {**proposal.sent_before, **proposal.sent}:
        public = public_values(proposal, part)
        before = public | proposal.sent_before.get(part, {})
        now = public | proposal.sent.get(part, {})
        found += [
            f"{title_of(proposal, part)}, {field.label}"
            for name, field in fields_of(of_part(part)).items()
            if before[name] != now[name]
        ]
    return found


def title_of(proposal: Proposal, part: str) -> str:
    """What this part is called: by its new name, or as it is today."""
    said = proposal.said.get(part, {})
    if part == GROUP:
        return str(said.get("name") or proposal.organisation or _("Your group"))
    return str(said.get("title") or listing_of(proposal, part) or _("An activity without a name"))


def taken(move: ProposalMove) -> list[PartDifferences]:
    """What went live by one move, old beside new; of a claim or an ending nothing did."""
    proposal = move.proposal
    if proposal.kind not in (Kind.NEW, Kind.CHANGE):
        return []
    edits = list(proposal.edits.filter(written_at__lte=move.moved_at))
    earlier = list(proposal.moves.filter(pk__lt=move.pk))
    return [_taken_part(move, part, earlier, edits) for part in move.took]


def _taken_part(
    move: ProposalMove, part: str, earlier: list[ProposalMove], edits: list[ProposalEdit]
) -> PartDifferences:
    proposal, of = move.proposal, of_part(part)
    fields, took = fields_of(of), move.took[part]
    found = [
        Difference(
            fields[name],
            old=in_words(of, name, _before(part, name, earlier, edits)),
            new=in_words(of, name, took[name]),
        )
        for name in fields
        if name in took
    ]
    title = str(took.get("title") or took.get("name") or title_of(proposal, part))
    return PartDifferences(part, title, listing_of(proposal, part), found)


def _before(part: str, name: str, earlier: list[ProposalMove], edits: list[ProposalEdit]) -> Any:
    """What was public: what the first to write this value had before them, since it last went."""
    went = [one.moved_at for one in earlier if name in one.took.get(part, {})]
    since: datetime | None = max(went, default=None)
    for edit in edits:
        if edit.part == part and name in edit.before and (not since or edit.written_at > since):
            return edit.before[name]
    return None
