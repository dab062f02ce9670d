"""The verbs of whoever asks: begin, write, send, take back. Each is one transaction."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User
from assets.models import Organisation, Proposal, ProposalEdit, ProposalMove
from assets.models.proposals import MOVES, OPEN, Kind, ProposalStatus
from assets.proposals.fields import GROUP, NEW_VENUE
from assets.proposals.forgetting import forget_in_part, is_hidden, only_the_village
from assets.proposals.parts import NEW, listing_of, next_key, public_values, values_of
from assets.saying import Values
from assets.written_meanwhile import Theirs as Theirs
from assets.written_meanwhile import WrittenMeanwhile as WrittenMeanwhile


class NotOpen(ValidationError):
    """It was accepted, declined or taken back meanwhile: nothing more can be written in it."""

    def __init__(self) -> None:
        super().__init__(_("This was closed while you were writing. Your words are not in it."))


@transaction.atomic
def begin(
    *,
    name: str,
    email: str,
    phone: str = "",
    entered_by: User | None = None,
    asked: str = "",
    is_example: bool,
    once: str = "",
) -> Proposal:
    """A new group, with nothing said of it yet. Raises ValidationError without an address.

    `entered_by` of our team writes it for somebody who `asked` in another way. `once` is of one
    form on one screen: sent a second time, it finds what the first one began.
    """
    proposal = Proposal(
        kind=Kind.NEW,
        asker_name=name,
        asker_email=User.objects.normalize_email(email),
        asker_phone=phone,
        entered_by=entered_by,
        asked=asked,
        is_example=is_example,
        said={GROUP: {}},
    )
    if once:
        proposal.pk = _key_of(once, proposal)
    clean_asker(proposal)
    proposal.validate_constraints()
    # Of two presses at the same moment the database keeps one.
    Proposal.objects.bulk_create([proposal], ignore_conflicts=True)
    return Proposal.objects.get(pk=proposal.pk)


def clean_asker(proposal: Proposal) -> None:
    """What whoever asks has typed of themselves: the rest is ours, and may be nothing yet."""
    theirs = {"asker_name", "asker_email", "asker_phone"}
    proposal.clean_fields(exclude={field.name for field in proposal._meta.fields} - theirs)


def begun(*, name: str, email: str, phone: str, once: str) -> Proposal | None:
    """What `begin` has made already of the same words and the same `once`."""
    asked = Proposal(asker_name=name, asker_phone=phone)
    asked.asker_email = User.objects.normalize_email(email)
    return Proposal.objects.filter(pk=_key_of(once, asked)).first()


def _key_of(once: str, proposal: Proposal) -> UUID:
    """Corrected and sent again, it is another: its link goes to the address that is right."""
    asker = [proposal.asker_name, proposal.asker_email, proposal.asker_phone]
    seen = "\n".join([once, *asker])
    return UUID(bytes=salted_hmac("begin", seen, algorithm="sha256").digest()[:16])


@transaction.atomic
def begin_changes(*, organisation: Organisation, by: User) -> Proposal:
    """The one proposal in which all who act for a group write what is to change."""
    found = Proposal.objects.open().filter(organisation=organisation, kind=Kind.CHANGE).first()
    if found:
        return found
    proposal = Proposal(
        kind=Kind.CHANGE,
        organisation=organisation,
        asker_name=by.name,
        asker_email=by.email,
        is_example=organisation.is_example,
    )
    # A colleague may begin at the same moment: then theirs is the one.
    Proposal.objects.bulk_create([proposal], ignore_conflicts=True)
    return Proposal.objects.open().get(organisation=organisation, kind=Kind.CHANGE)


@transaction.atomic
def write(
    *, proposal: Proposal, part: str, values: Values, base: Values, by: User | None
) -> Proposal:
    """Write these values into one part. `base` is what the writer had before them.

    What others have written meanwhile stays. Raises WrittenMeanwhile where both have changed the
    same value to something else, and NotOpen where it is closed. What was sent becomes a draft.
    """
    locked = _locked(proposal)
    now = values_of(locked, part)
    if NEW_VENUE in values:
        values = {**values, NEW_VENUE: only_the_village(values[NEW_VENUE])}
    changed = {n: value for n, value in values.items() if value not in (base.get(n), now[n])}
    clashes = [name for name in changed if now[name] != base.get(name)]
    if clashes:
        raise WrittenMeanwhile(
            {name: Theirs(now[name], _last_writer(locked, part, name)) for name in clashes}
        )
    if changed or (part not in locked.said and part.startswith(NEW)):
        _set(locked, part, changed, now, by)
        _correct_elsewhere(locked, part, now[NEW_VENUE] if part != GROUP else None, by)
    return locked


def _correct_elsewhere(proposal: Proposal, part: str, was: Values | None, by: User | None) -> None:
    """A new place at which several activities are is one place, however it is put right."""
    place = proposal.said.get(part, {}).get(NEW_VENUE)
    if not (was and place) or not _is_same_place(was, place):
        return
    for other, values in [*proposal.said.items()]:
        if other != part and values.get(NEW_VENUE) == was:
            _set(proposal, other, {NEW_VENUE: place}, values_of(proposal, other), by)


def _is_same_place(was: Values, now: Values) -> bool:
    """Put right, not another one: its name or its postcode is still there. A home has neither."""
    return was != now and any(was.get(n) and was.get(n) == now.get(n) for n in ("name", "postcode"))


def _locked(proposal: Proposal) -> Proposal:
    locked = Proposal.objects.select_for_update(of=["self"]).get(pk=proposal.pk)
    if locked.status not in OPEN:
        raise NotOpen
    return locked


def _last_writer(proposal: Proposal, part: str, name: str) -> User | None:
    edits = proposal.edits.filter(part=part, said__has_key=name).select_related("written_by")
    last = edits.last()
    return last.written_by if last else None


def _set(proposal: Proposal, part: str, changed: Values, now: Values, by: User | None) -> None:
    public = public_values(proposal, part)
    said = {**proposal.said.get(part, {}), **changed}
    if listing_of(proposal, part) is not None:
        # What is as it was needs no asking.
        said = {name: value for name, value in said.items() if value != public[name]}
        was = {name: proposal.was.get(part, {}).get(name, public[name]) for name in said}
        _put(proposal.was, part, was)
        _put(proposal.said, part, said)
    else:
        proposal.said[part] = said
    if proposal.status == ProposalStatus.SENT:
        moved(proposal, ProposalStatus.DRAFT, by)
    proposal.version += 1
    proposal.written_at = timezone.now()
    proposal.save()
    ProposalEdit.objects.create(
        proposal=proposal,
        version=proposal.version,
        part=part,
        said=changed,
        before={name: now[name] for name in changed},
        written_by=by,
    )
    if is_hidden(changed.get(NEW_VENUE)):
        forget_in_part(proposal, part)


def _put(parts: dict[str, Values], part: str, values: Values) -> None:
    if values:
        parts[part] = values
    else:
        parts.pop(part, None)


def moved(
    proposal: Proposal,
    to: ProposalStatus,
    by: User | None,
    message: str = "",
    took: dict[str, Values] | None = None,
) -> None:
    """Set the status of a locked proposal, and write down who, when and why. Its row is not saved.

    ValueError for a move that is not in `MOVES`.
    """
    was = ProposalStatus(proposal.status)
    if to not in MOVES[was]:
        raise ValueError(f"A proposal cannot go from {was} to {to}.")
    proposal.status = to
    if to == ProposalStatus.SENT:
        if was == ProposalStatus.RETURNED or not proposal.sent_before:
            proposal.sent_before = proposal.sent
        proposal.sent_at = timezone.now()
        keep_as_sent(proposal)
    if to not in OPEN:
        proposal.closed_at = timezone.now()
    ProposalMove.objects.create(
        proposal=proposal,
        from_status=was,
        to_status=to,
        moved_by=by,
        message=message,
        took=took or {},
    )


def keep_as_sent(proposal: Proposal) -> None:
    """What staff read until it is sent again. Its row is not saved."""
    proposal.sent, proposal.sent_version = {**proposal.said}, proposal.version


@transaction.atomic
def add_activity(
    *,
    proposal: Proposal,
    key: str = "",
    like: str = "",
    but_when: bool = False,
    by: User | None,
) -> tuple[Proposal, str]:
    """One more activity, empty or a copy of another part: the proposal, and the new part's key.

    `but_when` leaves its days and times out of the copy.

    `key` is the one that the page expected: where it is taken, because the button was pressed
    twice or a colleague was faster, nothing is added and the key is empty.
    """
    locked = _locked(proposal)
    if key and key != next_key(locked):
        return locked, ""
    key = next_key(locked)
    copied = {}
    if like:
        empty = public_values(locked, key)
        copied = {n: v for n, v in values_of(locked, like).items() if v != empty[n]}
        if but_when:
            copied.pop("schedules", None)
    _set(locked, key, copied, public_values(locked, key), by)
    return locked, key


@transaction.atomic
def drop_part(*, proposal: Proposal, part: str, by: User | None) -> Proposal:
    """Leave a part out; a listing that is public stays as it is. Its words stay on record."""
    locked = _locked(proposal)
    if part in locked.said and (part != GROUP or locked.kind != Kind.NEW):
        before = locked.said.pop(part)
        locked.was.pop(part, None)
        if locked.status == ProposalStatus.SENT:
            moved(locked, ProposalStatus.DRAFT, by)
        locked.version += 1
        locked.written_at = timezone.now()
        locked.save()
        ProposalEdit.objects.create(
            proposal=locked, version=locked.version, part=part, before=before, written_by=by
        )
    return locked


@transaction.atomic
def drop(*, proposal: Proposal, by: User | None) -> None:
    """Take it back. A second press changes nothing."""
    try:
        locked = _locked(proposal)
    except NotOpen:
        return
    moved(locked, ProposalStatus.DROPPED, by)
    locked.save()
