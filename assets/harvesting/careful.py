"""What is theirs, and what is not any more: a listing that a group or our staff speak for is left.

What a feed says of it otherwise is told to staff, who may ring the group. Tags do not count: staff
put theirs beside what came.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from assets.harvesting import beside
from assets.importing.asked import Options
from assets.importing.fields import ACTIVITY
from assets.importing.known import Lookalikes, Rows
from assets.importing.plan import Fate, Planner
from assets.importing.sheet import Wanted
from assets.importing.taking_away import OVER
from assets.models import Activity, ImportedRow, Membership, Organisation
from assets.saying import AnyListing, state_of
from assets.storing import TAGGED


@dataclass
class Theirs:
    """Whose word counts. `told` is what was left alone: kind, listing, and what they say of it.

    `in_feed` counts the activities among them that are in the feed, `away` those that are over.
    """

    told: list[tuple[str, AnyListing, str]] = field(default_factory=list)
    in_feed: int = 0
    away: set[UUID] = field(default_factory=set)
    left: set[UUID] = field(default_factory=set)

    @cached_property
    def _claimed(self) -> set[UUID]:
        """The groups for which somebody of theirs speaks here."""
        confirmed = Membership.objects.filter(confirmed_at__isnull=False)
        return {*confirmed.values_list("organisation_id", flat=True)}

    def why_left(self, row: ImportedRow) -> str:
        """Nothing, where their directory may still say what it is."""
        listing = row.listing
        group = _group_of(listing)
        if group in self._claimed:
            return _("the group speaks for itself here")
        if self.is_edited(row):
            return _("somebody of ours has changed it")
        return ""

    def is_edited(self, row: ImportedRow) -> bool:
        """Whether it says anything else than what they said last."""
        said = {name: value for name, value in row.said.items() if name not in TAGGED}
        now = state_of(row.listing, {*said})
        return any(_in_any_order(now[name]) != _in_any_order(said[name]) for name in said)

    def leave(self, row: ImportedRow, why: str, wanted: Wanted | None = None) -> None:
        if row.listing.pk in self.left:
            return
        self.left.add(row.listing.pk)
        other = _otherwise(row, wanted) if wanted else [_("their directory has it no longer")]
        self.in_feed += wanted is not None and wanted.of == ACTIVITY
        kind = "left" if wanted else "kept"
        self.told.append((kind, row.listing, f"{why}; {'; '.join(other)}"))


class CarefulPlanner(Planner):
    """Plans for what a part of a feed wants."""

    def __init__(
        self,
        source: str,
        options: Options,
        among: Sequence[Wanted],
        lookalikes: Lookalikes,
        theirs: Theirs,
    ) -> None:
        super().__init__(source, options, Rows(source, among), lookalikes)
        self._theirs = theirs

    @property
    def absent(self) -> int:
        # A part of a feed says nothing of the others: see `gone`.
        return 0

    def fate_of(self, row: ImportedRow, wanted: Wanted) -> Fate:
        if row.said and row.listing.status in OVER:
            # Somebody of ours has refused it, or the group has ended it. Of what was gone from
            # there, and may return, nothing is held.
            self._theirs.away |= {row.listing.pk} if wanted.of == ACTIVITY else set()
            return Fate.SKIP
        fate = super().fate_of(row, wanted)
        if fate == Fate.REVIVE:
            return Fate.SAME if self._theirs.why_left(row) else fate
        if fate != Fate.CHANGE or not _says_anything_new(row, wanted):
            return fate
        if why := self._theirs.why_left(row):
            self._theirs.leave(row, why, wanted)
            return Fate.SAME
        return fate


def _in_any_order(value: Any) -> Any:
    """Rows may stand in another order, and PostgreSQL keeps the parts of each in its own."""
    if not isinstance(value, list):
        return value
    return sorted(json.dumps(one, sort_keys=True) for one in value)


def _says_anything_new(row: ImportedRow, wanted: Wanted) -> bool:
    return any(row.said.get(name) != value for name, value in wanted.values.items())


def _group_of(listing: AnyListing) -> UUID | None:
    if isinstance(listing, Activity):
        return listing.organisation_id
    return listing.pk if isinstance(listing, Organisation) else None


def _otherwise(row: ImportedRow, wanted: Wanted) -> list[str]:
    """“Name: theirs is “Chess at the mill””, for each thing in which they differ from ours."""
    new = {n: v for n, v in wanted.values.items() if row.said.get(n) != v}
    now = state_of(row.listing, {*new})
    differ = {name for name, value in new.items() if now[name] != value}
    said = _("%(what)s: theirs is “%(says)s”")
    return [
        said % {"what": what, "says": says[:200] or _("nothing")}
        for what, says in beside.lines(wanted.of, wanted.values, differ)
    ] or [_("what they changed is here already")]
