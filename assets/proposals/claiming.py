"""“This is us”, and “this has ended”: what is sent as soon as it is said."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets.models import Activity, Contact, Organisation, Proposal, Status
from assets.models.proposals import Kind, ProposalStatus
from assets.proposals import mails
from assets.proposals.writing import clean_asker, moved


@transaction.atomic
def claim(
    *,
    organisation: Organisation,
    name: str,
    email: str,
    phone: str,
    why: str,
    mail: bool = True,
) -> Proposal:
    """Somebody says that they act for a group. A second press finds the first claim.

    The address that we hold for the group is asked whether that is so.
    """
    address = User.objects.normalize_email(email)
    open_claims = Proposal.objects.open().filter(kind=Kind.CLAIM, organisation=organisation)
    if found := open_claims.filter(asker_email=address).first():
        return found
    proposal = Proposal(
        kind=Kind.CLAIM,
        organisation=organisation,
        asker_name=name,
        asker_email=address,
        asker_phone=phone,
        said={"group": {"why": why}},
        is_example=organisation.is_example,
    )
    clean_asker(proposal)
    # Of two presses at the same moment the database keeps one.
    Proposal.objects.bulk_create([proposal], ignore_conflicts=True)
    kept = open_claims.select_for_update().get(asker_email=address)
    if kept.status == ProposalStatus.DRAFT:
        moved(kept, ProposalStatus.SENT, None)
        kept.save()
        if mail:
            _write_to_both(kept)
    return kept


def _write_to_both(proposal: Proposal) -> None:
    if proposal.organisation and (held := address_of(proposal.organisation)):
        mails.send("vouch", proposal, to=held)
    mails.send("received", proposal)


def address_of(organisation: Organisation) -> str:
    """The e-mail address that the group gave us, and that everybody can read; or nothing."""
    held = organisation.contacts.filter(kind=Contact.Kind.EMAIL).first()
    return held.value if held else ""


def claimed(*, organisation: Organisation, email: str) -> Proposal | None:
    """The open claim of this address on this group, if there is one."""
    address = User.objects.normalize_email(email)
    open_claims = Proposal.objects.open().filter(kind=Kind.CLAIM, organisation=organisation)
    return open_claims.filter(asker_email=address).first()


def vouch(*, proposal: Proposal) -> bool:
    """The group's own address says yes. False where nothing waits for it any more."""
    waiting = Proposal.objects.filter(
        pk=proposal.pk, kind=Kind.CLAIM, status=ProposalStatus.SENT, vouched_at=None
    )
    return bool(waiting.update(vouched_at=timezone.now()))


@transaction.atomic
def has_ended(
    *, organisation: Organisation, activity: Activity | None, by: User | None, email: str
) -> Proposal:
    """A group tells us that it, or something that it offered, is over. Said twice, it is one.

    Raises ValidationError for what is not public any more.
    """
    if (activity or organisation).status not in (Status.PUBLIC, Status.PAUSED):
        raise ValidationError(_("This is not on the board any more."))
    about = Proposal.objects.open().filter(
        kind=Kind.ENDING, organisation=organisation, activity=activity
    )
    proposal = Proposal(
        kind=Kind.ENDING,
        organisation=organisation,
        activity=activity,
        asker_name=by.name if by else "",
        asker_email=User.objects.normalize_email(email),
        is_example=organisation.is_example,
    )
    Proposal.objects.bulk_create([proposal], ignore_conflicts=True)
    kept = about.select_for_update().get()
    if kept.status == ProposalStatus.DRAFT:
        moved(kept, ProposalStatus.SENT, by)
        kept.save()
    return kept
