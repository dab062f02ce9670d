"""Where somebody writes: one proposal, who they are, and the addresses of its pages.

A group that is new has a link that only we can make. Those who act for a group have an account.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import User
from assets.models import Activity, Organisation, Proposal, Status
from assets.models.proposals import Kind
from assets.proposals import links, writing
from assets.proposals.fields import GROUP, NEW_VENUE
from assets.proposals.parts import NEW, parts_of, values_of
from assets.saying import Values

# So many activities one form may hold.
MOST_ACTIVITIES = 40
TO_EDIT = (Status.PUBLIC, Status.PAUSED)


@dataclass
class Desk:
    """`pages` is how the names of its addresses begin, `key` what stands in each."""

    proposal: Proposal
    by: User | None
    pages: str
    key: str | UUID

    @property
    def is_new(self) -> bool:
        """A group that is not on the board yet."""
        return self.proposal.kind == Kind.NEW

    @property
    def is_stored(self) -> bool:
        """Nothing is, while a member only looks."""
        return not self.proposal._state.adding

    @property
    def written_for(self) -> str:
        """Whom somebody of our team writes for; empty for those who write for themselves."""
        if not (self.proposal.entered_by_id and self.by and self.by.is_staff):
            return ""
        return self.proposal.asker_name or self.proposal.asker_email or self.proposal.asker_phone

    @property
    def form_url(self) -> str:
        return self._url("form")

    @property
    def check_url(self) -> str:
        return self._url("check")

    @property
    def sent_url(self) -> str:
        return self._url("sent")

    def step_url(self, part: str, slug: str) -> str:
        return self._url("step", part, slug)

    def preview_url(self, part: str) -> str:
        return self._url("preview", part)

    def _url(self, page: str, *more: str) -> str:
        return reverse(f"{self.pages}_{page}", args=[self.key, *more])

    def stored(self) -> Proposal:
        """The proposal to write in: begun now, where nothing was said before."""
        if not self.is_stored and self.by and self.proposal.organisation:
            group = self.proposal.organisation
            self.proposal = writing.begin_changes(organisation=group, by=self.by)
        return self.proposal

    @cached_property
    def parts(self) -> list[str]:
        """The group, what it offers today, and what is new, in reading order."""
        group = self.proposal.organisation
        public: list[str] = []
        if group and not self.is_new:
            offered = Activity.objects.filter(organisation=group, status__in=TO_EDIT)
            public = [str(pk) for pk in offered.values_list("pk", flat=True)]
        said = [part for part in parts_of(self.proposal) if part != GROUP and part not in public]
        # Of an activity that has ended since, only what was said is left.
        return [GROUP, *public, *(part for part in said if part.startswith(NEW))]

    def values(self, part: str) -> Values:
        return values_of(self.proposal, part)

    def also_at(self, part: str) -> list[str]:
        """The other parts that are at the new place of this one."""
        place = self.proposal.said.get(part, {}).get(NEW_VENUE)
        said = self.proposal.said.items()
        return [
            other
            for other, values in said
            if place and other != part and values.get(NEW_VENUE) == place
        ]

    def seal(self, part: str, slug: str, values: Values) -> str:
        """What a step was made with, for its form to carry: nobody can write their own."""
        return signing.dumps(values, salt=self._salt(part, slug), compress=True)

    def unseal(self, part: str, slug: str, sealed: str) -> Values | None:
        """None for what is not ours."""
        try:
            values: Values = signing.loads(sealed, salt=self._salt(part, slug))
        except signing.BadSignature:
            return None
        return values

    def _salt(self, part: str, slug: str) -> str:
        return f"written on: {self.key} {part} {slug}"


def desk_of_key(key: str, by: User | None) -> Desk | None:
    """Of a group that is new, by its link."""
    proposal = links.found_by(key)
    if proposal is None or proposal.kind != Kind.NEW:
        return None
    return Desk(proposal, by, "listing", key)


def desk_of_member(organisation: Organisation, by: User) -> Desk:
    """Of a group that this person acts for."""
    open_ones = Proposal.objects.open().filter(organisation=organisation, kind=Kind.CHANGE)
    proposal = open_ones.select_related("organisation").first()
    if proposal is None:
        proposal = Proposal(
            kind=Kind.CHANGE, organisation=organisation, is_example=organisation.is_example
        )
    return Desk(proposal, by, "my", organisation.pk)
