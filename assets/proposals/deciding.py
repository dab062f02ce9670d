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
    took = _of(locked.said, only)
    if only is not None:
        _may_be_split(locked, took)
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
    rest = bool(locked.said) and locked.kind == Kind.CHANGE
    to = ProposalStatus.RETURNED if rest else ProposalStatus.ACCEPTED
    if locked.kind == Kind.NEW:
        locked.said = took
    moved(locked, to, by, message, took)
    locked.save()
    mails.send(_answer(locked, rest), locked, message=message)
    return locked


def _may_be_split(proposal: Proposal, took: Took) -> None:
    """Half of something new is nothing: the other half would be a listing of its own."""
    if not took and proposal.kind in (Kind.NEW, Kind.CHANGE):
        raise ValidationError(_("Tick what you accept, or give all of it back."))
    for part, values in took.items():
        if part.startswith(NEW) and values != proposal.said[part]:
            raise ValidationError(_("A new activity comes in whole, or goes back."))
    if proposal.kind == Kind.NEW and took != proposal.said:
        raise ValidationError(_("A new group comes in whole, or goes back."))


def _answer(proposal: Proposal, rest: bool) -> str:
    if rest:
        return "accepted_in_part"
    return "entered" if proposal.entered_by_id else "accepted"


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
    if not message.strip():
        raise ValidationError({"message": _("Write a line to whoever asked.")})
    locked = _to_decide(proposal, version)
    moved(locked, to, by, message)
    locked.save()
    mails.send(mail, locked, message=message)
    return locked


def _to_decide(proposal: Proposal, version: int) -> Proposal:
    """Locked, as the moderator read it."""
    take_turn()
    locked = Proposal.objects.select_for_update(of=["self"]).get(pk=proposal.pk)
    if locked.status != ProposalStatus.SENT:
        last = locked.moves.select_related("moved_by").last()
        said = {"what": locked, "status": locked.get_status_display().lower()}
        if last and last.moved_by:
            said["who"] = last.moved_by
            raise DecidedMeanwhile(
                _("“%(what)s” is now: %(status)s, by %(who)s. Nothing of yours was done.") % said
            )
        raise DecidedMeanwhile(
            _("“%(what)s” is now: %(status)s. Nothing of yours was done.") % said
        )
    if locked.version != version:
        raise DecidedMeanwhile(
            _("“%s” was changed while you had it open. Look again first.") % locked
        )
    return locked


def _of(said: Took, only: dict[str, set[str]] | None) -> Took:
    if only is None:
        return {part: {**values} for part, values in said.items()}
    took = {
        part: {name: value for name, value in values.items() if name in only.get(part, ())}
        for part, values in said.items()
    }
    return {part: values for part, values in took.items() if values}


def _group(proposal: Proposal) -> Organisation:
    if proposal.organisation is None:
        raise ValueError("A proposal about no group, against its constraint.")
    return proposal.organisation


def _let_in(proposal: Proposal, group: Organisation, by: User) -> None:
    """Whoever asked acts for the group from now on: the first one may invite others."""
    if not proposal.asker_email:
        return
    person = people.of_address(email=proposal.asker_email, name=proposal.asker_name)
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
