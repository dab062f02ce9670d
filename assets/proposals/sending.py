"""Sent to us once, however often the button is pressed; a trusted group's words go live at once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assets.models import Proposal
from assets.models.proposals import OPEN, Kind, ProposalStatus
from assets.proposals import mails
from assets.proposals.applying import CannotBeTaken, Problem, Took, bring, problems
from assets.proposals.fields import GROUP, fields_of, of_part
from assets.proposals.parts import NEW, nothing, values_of
from assets.proposals.writing import NotOpen, keep_as_sent, moved
from assets.saying import Values
from assets.turns import take_turn


@transaction.atomic
def send(*, proposal: Proposal, by: User | None, mail: bool = True) -> Proposal:
    """Send what is written. A second press, or a colleague's, finds it sent and changes nothing.

    Raises CannotBeTaken while something is missing, and NotOpen where it is closed. A claim or an
    ending is sent as it is said (`claiming`), and never again: ValueError.
    """
    if proposal.kind not in (Kind.NEW, Kind.CHANGE):
        raise ValueError("A claim or an ending is sent when it is said.")
    take_turn()
    locked = Proposal.objects.select_for_update(of=["self"]).get(pk=proposal.pk)
    if locked.status in (ProposalStatus.SENT, ProposalStatus.ACCEPTED):
        return locked
    if locked.status not in OPEN:
        raise NotOpen
    found = problems(locked, locked.said) if locked.said else _nothing_said()
    if found:
        raise CannotBeTaken(found)
    live = _live_at_once(locked)
    moved(locked, ProposalStatus.SENT, by, took=live)
    if live:
        take(locked, live, by)
        keep_as_sent(locked)
        locked.went_live_at, locked.looked_at, locked.looked_by = timezone.now(), None, None
        if not locked.said:
            moved(locked, ProposalStatus.ACCEPTED, by)
    locked.save()
    if mail and locked.status == ProposalStatus.SENT:
        mails.send("received", locked)
    return locked


def _nothing_said() -> list[Problem]:
    return [Problem(GROUP, "", _("Nothing has been changed yet."))]


def _live_at_once(proposal: Proposal) -> Took:
    """The words and times that a trusted group changes in what is public already."""
    group = proposal.organisation
    if proposal.kind != Kind.CHANGE or not (group and group.is_trusted):
        return {}
    live = {
        part: {n: v for n, v in values.items() if fields_of(of_part(part))[n].live}
        for part, values in proposal.said.items()
        if not part.startswith(NEW)
    }
    return {part: values for part, values in live.items() if values}


def take(proposal: Proposal, took: Took, by: User | None) -> None:
    """Bring it in, and leave in a locked proposal what it would still change.

    That is what was not taken, and what was written since it was sent: of what is on the board
    now, a new activity too.
    """
    asked = {
        part: values_of(proposal, part)
        for part in took
        if part in proposal.said or not part.startswith(NEW)
    }
    proposal.organisation, brought = bring(proposal, took, by)
    said, was = {**proposal.said}, {**proposal.was}
    for part, values in took.items():
        mine, before = said.pop(part, {}), was.pop(part, {})
        now = asked.get(part, {})
        left: Values = {
            name: now[name]
            for name in {**mine, **values}
            if name in now and (name not in values or now[name] != values[name])
        }
        if left:
            key = str(brought[part].pk) if part.startswith(NEW) else part
            said[key] = left
            was[key] = {n: values.get(n, before.get(n, nothing(n))) for n in left}
    proposal.said, proposal.was = said, was
