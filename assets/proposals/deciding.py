"""The verbs of staff: accept, accept in part, give back, decline, look at."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import people
from accounts.models import User
from assets import listings
from assets.models import Membership, Organisation, Proposal, Status
from assets.models.proposals import Kind, ProposalStatus
from assets.proposals import mails
from assets.proposals.applying import Took
from assets.proposals.fields import GROUP
from assets.proposals.parts import NEW
from assets.proposals.sending import take
from assets.proposals.writing import moved
from assets.turns import take_turn


class DecidedMeanwhile(ValidationError):
    """A colleague was faster, or whoever asked is writing again."""


@transaction.atomic
def accept(
    *,
    proposal: Proposal,
    version: int,
    by: User,
    only: dict[str, set[str]] | None = None,
    message: str = "",
) -> Proposal:
    """All of it, or of each part `only` these values: the rest goes back with the message.

    `version` is what the moderator read. Raises DecidedMeanwhile where it is another by now, and
    CannotBeTaken where a rule stands in the way.
    """
    locked = _to_decide(proposal, version)
    took = _of(locked.sent, only)
    if only is not None:
        _may_be_split(locked, took)
    in_part = took != locked.sent
    match locked.kind:
        case Kind.CLAIM:
            _let_in(locked, _group(locked), by)
        case Kind.ENDING:
            listing = locked.activity or _group(locked)
            listings.move(listing=listing, to=Status.ENDED, by=by, why=_("the group told us"))
        case _:
            take(locked, took, by)
            if locked.kind == Kind.NEW:
                _let_in(locked, _group(locked), by)
    if in_part and locked.kind == Kind.CHANGE:
        moved(locked, ProposalStatus.RETURNED, by, message, took)
        locked.sent = _without(locked.sent, took)
        locked.save()
    else:
        _accepted(locked, took, by, message, in_part=in_part)
    mails.send(_answer(locked, in_part), locked, message=message)
    return locked


def _accepted(proposal: Proposal, took: Took, by: User, message: str, *, in_part: bool) -> None:
    """It is done. What is left of it the group goes on with among its changes."""
    rest = None
    if proposal.kind in (Kind.NEW, Kind.CHANGE):
        rest = _rest_of(proposal) if proposal.said else None
        proposal.said, proposal.was = (took if proposal.kind == Kind.NEW else {}), {}
    moved(proposal, ProposalStatus.ACCEPTED, by, message, took)
    proposal.save()
    if rest is None:
        return
    rest.save()
    for number, (part, said) in enumerate(rest.said.items(), start=1):
        before = rest.was.get(part, {})
        rest.edits.create(version=number, part=part, said=said, before=before)
    if in_part:
        moved(rest, ProposalStatus.SENT, None)
        moved(rest, ProposalStatus.RETURNED, by, message)
        rest.save()


def _rest_of(proposal: Proposal) -> Proposal:
    """What was not taken, or was written since it was sent. Its row is not saved."""
    return Proposal(
        kind=Kind.CHANGE,
        organisation=proposal.organisation,
        asker_name=proposal.asker_name,
        asker_email=proposal.asker_email,
        asker_phone=proposal.asker_phone,
        said=proposal.said,
        was=proposal.was,
        version=len(proposal.said),
        is_example=proposal.is_example,
    )


def _may_be_split(proposal: Proposal, took: Took) -> None:
    """Half of something new is nothing: the other half would be a listing of its own."""
    if not took and proposal.kind in (Kind.NEW, Kind.CHANGE):
        raise ValidationError(_("Tick what you accept, or give all of it back."))
    for part, values in took.items():
        if part.startswith(NEW) and values != proposal.sent[part]:
            raise ValidationError(_("A new activity comes in whole, or goes back."))
    if proposal.kind == Kind.NEW and took.get(GROUP) != proposal.sent.get(GROUP):
        raise ValidationError(_("A new group comes in whole, or goes back."))


def _answer(proposal: Proposal, in_part: bool) -> str:
    if proposal.entered_by_id:
        return "entered"
    return "accepted_in_part" if in_part else "accepted"


@transaction.atomic
def give_back(*, proposal: Proposal, version: int, by: User, message: str) -> Proposal:
    """With a question. Nothing that was written is lost.

    ValidationError for a claim or an ending: nobody could change it and send it again.
    """
    if proposal.kind not in (Kind.NEW, Kind.CHANGE):
        raise ValidationError(_("Accept this or decline it: there is nothing to write in it."))
    return _answered(proposal, version, ProposalStatus.RETURNED, "returned", by, message)


@transaction.atomic
def decline(*, proposal: Proposal, version: int, by: User, message: str) -> Proposal:
    """With a reason, which whoever asked reads."""
    return _answered(proposal, version, ProposalStatus.DECLINED, "declined", by, message)


@transaction.atomic
def look_at(*, proposal: Proposal, by: User) -> bool:
    """What went live at once was read, and is right. False when a colleague has done so already."""
    unread = Proposal.objects.to_look_at().filter(pk=proposal.pk)
    return bool(unread.update(looked_at=timezone.now(), looked_by=by))


def _answered(
    proposal: Proposal, version: int, to: ProposalStatus, mail: str, by: User, message: str
) -> Proposal:
    # First of all: who was too late need not write anything.
    locked = _to_decide(proposal, version)
    if not message.strip():
        raise ValidationError({"message": _("Write a line to whoever asked.")})
    moved(locked, to, by, message)
    locked.save()
    mails.send(mail, locked, message=message)
    return locked


def _to_decide(proposal: Proposal, version: int) -> Proposal:
    """Locked, as the moderator read it."""
    take_turn()
    locked = Proposal.objects.select_for_update(of=["self"]).get(pk=proposal.pk)
    must_wait(locked, version)
    return locked


def must_wait(proposal: Proposal, version: int) -> None:
    """Raises DecidedMeanwhile where it does not wait for staff as they have read it."""
    if not proposal.waits:
        last = proposal.moves.select_related("moved_by").last()
        said = {"what": proposal, "status": proposal.get_status_display().lower()}
        if last and last.moved_by:
            said["who"] = last.moved_by
            raise DecidedMeanwhile(
                _("“%(what)s” is now: %(status)s, by %(who)s. Nothing of yours was done.") % said
            )
        raise DecidedMeanwhile(
            _("“%(what)s” is now: %(status)s. Nothing of yours was done.") % said
        )
    if proposal.sent_version != version:
        raise DecidedMeanwhile(
            _("“%s” was changed while you had it open. Look again first.") % proposal
        )


def _of(said: Took, only: dict[str, set[str]] | None) -> Took:
    if only is None:
        return {part: {**values} for part, values in said.items()}
    took = {
        part: {name: value for name, value in values.items() if name in only.get(part, ())}
        for part, values in said.items()
    }
    return {part: values for part, values in took.items() if values}


def _without(said: Took, took: Took) -> Took:
    left = {
        part: {name: value for name, value in values.items() if name not in took.get(part, {})}
        for part, values in said.items()
    }
    return {part: values for part, values in left.items() if values}


def _group(proposal: Proposal) -> Organisation:
    if proposal.organisation is None:
        raise ValueError("A proposal about no group, against its constraint.")
    return proposal.organisation


def _let_in(proposal: Proposal, group: Organisation, by: User) -> None:
    """Whoever asked acts for the group from now on: the first one may invite others."""
    if not proposal.asker_email:
        return
    person = people.of_address(
        email=proposal.asker_email, name=proposal.asker_name, is_example=proposal.is_example
    )
    first = not group.memberships.filter(
        role=Membership.Role.OWNER, confirmed_at__isnull=False
    ).exists()
    role = Membership.Role.OWNER if first else Membership.Role.EDITOR
    Membership.objects.update_or_create(
        organisation=group,
        user=person,
        defaults={"confirmed_at": timezone.now(), "confirmed_by": by},
        create_defaults={"role": role, "confirmed_at": timezone.now(), "confirmed_by": by},
    )
