"""What staff should ring about: listings that are old, groups that we cannot reach, proofs."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import OutgoingMail
from accounts.outbox.models import Status as MailStatus
from assets.freshness import recipients
from assets.freshness.rules import BEGINS, NOTICE_AFTER, Stage, last_day_of
from assets.models import Activity, Contact, Organisation, TrustStatement
from assets.websites import looking
from assets.words import long_date

# A proof that runs out so soon had better be asked for now.
PROOF_WITHIN = timedelta(days=30)
# Of an address that mail did not reach so lately.
BOUNCED_WITHIN = timedelta(days=180)


@dataclass(frozen=True)
class Asked:
    """Narrowed to a place and a needs group, by their keys; without, it is all."""

    place: UUID | None = None
    needs: str | None = None

    @property
    def is_narrow(self) -> bool:
        return bool(self.place or self.needs)


def activities(asked: Asked) -> QuerySet[Activity]:
    """Public and old, or about to leave the results: oldest first, with `known_on`."""
    found = Activity.objects.public().as_old_as(NOTICE_AFTER)
    if asked.place:
        found = found.filter(venue__place=asked.place)
    if asked.needs:
        found = found.filter(needs_groups=asked.needs)
    return found.select_related("organisation", "venue__place").prefetch_related(
        "needs_groups", "contacts", "organisation__contacts"
    )


def organisations(asked: Asked) -> QuerySet[Organisation]:
    """As `activities`: groups whose own page is old, by what they have on there."""
    found = Organisation.objects.public().as_old_as(NOTICE_AFTER)
    on = Activity.objects.public()
    if asked.place:
        found = found.filter(pk__in=on.filter(venue__place=asked.place).values("organisation"))
    if asked.needs:
        found = found.filter(pk__in=on.filter(needs_groups=asked.needs).values("organisation"))
    return found.prefetch_related("contacts")


def bounced() -> list[tuple[Organisation, str]]:
    """Public groups, each with an address of theirs that the last mail to it did not reach."""
    since = timezone.now() - BOUNCED_WITHIN
    sent = OutgoingMail.objects.filter(finished_at__gte=since).order_by("to", "-finished_at")
    last = sent.distinct("to").values_list("to", "status")
    failed = {to.lower() for to, status in last if status == MailStatus.FAILED}
    if not failed:
        return []
    theirs: dict[UUID, set[str]] = defaultdict(set)
    contacts = Contact.objects.filter(kind=Contact.Kind.EMAIL, organisation__isnull=False)
    members = recipients.memberships()
    for group, address in [
        *contacts.values_list("organisation", "value"),
        *members.values_list("organisation", "user__email"),
    ]:
        if group and address.lower() in failed:
            theirs[group].add(address.lower())
    groups = Organisation.objects.public().filter(pk__in=theirs).prefetch_related("contacts")
    return [(group, ", ".join(sorted(theirs[group.pk]))) for group in groups]


def dead_websites() -> list[tuple[Organisation, str]]:
    """Public groups, each with a website of theirs that did not open on several days, and why."""
    found = {one.address: one for one in looking.dead()}
    theirs: dict[UUID, list[str]] = defaultdict(list)
    web = looking.shown().filter(value__in=found)
    for group, of_activity, address in web.values_list(
        "organisation", "activity__organisation", "value"
    ):
        look = found[address]
        day = long_date(look.looked_on)
        theirs[group or of_activity].append(f"{address}: {look.why} ({day})")
    groups = Organisation.objects.public().filter(pk__in=theirs).prefetch_related("contacts")
    return [(group, "; ".join(sorted(set(theirs[group.pk])))) for group in groups]


def out_of_reach() -> QuerySet[Organisation]:
    """Public groups with nobody who acts for them, and no e-mail address: only ringing is left.

    Whoever has said that it is right is asked again when it would be due.
    """
    due = last_day_of(BEGINS[Stage.DUE])
    mail = Contact.objects.filter(kind=Contact.Kind.EMAIL, organisation__isnull=False)
    return (
        Organisation.objects.public()
        .exclude(pk__in=recipients.memberships().values("organisation"))
        .exclude(pk__in=mail.values("organisation"))
        .exclude(last_checked_on__gt=due)
        .prefetch_related("contacts")
    )


def proofs() -> QuerySet[TrustStatement]:
    """Of public groups: what has run out, or soon will, and stands in no later statement."""
    soon = timezone.localdate() + PROOF_WITHIN
    said = TrustStatement.objects.exclude(stance=TrustStatement.Stance.NOT_ASKED)
    later = said.filter(
        Q(expires_on=None) | Q(expires_on__gt=soon),
        organisation=OuterRef("organisation"),
        kind=OuterRef("kind"),
    )
    return (
        said.filter(~Exists(later), expires_on__lte=soon)
        .filter(organisation__in=Organisation.objects.public())
        .select_related("organisation")
        .prefetch_related("organisation__contacts")
        .order_by("expires_on", "pk")
    )
