"""What a proposal would change, old beside new: only what differs."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assets.models import Proposal
from assets.proposals.fields import GROUP, Field, fields_of, of_part
from assets.proposals.parts import listing_of, nothing, parts_of, public_values
from assets.proposals.words import in_words


@dataclass(frozen=True)
class Difference:
    """One value. `moved_on`: ours has changed since the group began to write."""

    field: Field
    old: list[str]
    new: list[str]
    moved_on: bool = False


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
    found = [
        Difference(
            field,
            old=in_words(of, name, public[name]),
            new=in_words(of, name, said[name]),
            moved_on=name in was and was[name] != public[name],
        )
        for name, field in fields_of(of).items()
        if name in said and said[name] != public.get(name, nothing(name))
    ]
    listing = listing_of(proposal, part)
    return PartDifferences(part, title_of(proposal, part), listing, found)


def title_of(proposal: Proposal, part: str) -> str:
    """What this part is called: by its new name, or as it is today."""
    said = proposal.said.get(part, {})
    if part == GROUP:
        return str(said.get("name") or proposal.organisation or _("Your group"))
    return str(said.get("title") or listing_of(proposal, part) or _("An activity without a name"))
