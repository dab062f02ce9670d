"""Every mail about a proposal: to whoever asked, and to the address that we hold for a group."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.mails import in_every_mail
from accounts.models import User
from accounts.outbox import queue
from assets.models import Membership, Proposal
from assets.models.proposals import Kind, no_web_address
from assets.proposals import links


@dataclass(frozen=True)
class About:
    """`template` is a file in templates/assets/email/."""

    label: str | Promise
    subject: str | Promise
    template: str


MAILS = {
    "begun": About(_("Link to a form"), _("Your link, to go on whenever you like"), "begun"),
    "received": About(_("Receipt"), _("We have what you sent"), "received"),
    "accepted": About(_("Accepted"), _("It is on the board"), "accepted"),
    "accepted_in_part": About(_("Accepted in part"), _("Some of it is on the board"), "in_part"),
    "returned": About(_("Given back"), _("A question about what you sent"), "returned"),
    "declined": About(_("Declined"), _("About what you sent us"), "declined"),
    "vouch": About(_("Is this person one of you?"), _("Is this person one of you?"), "vouch"),
    "entered": About(_("Entered for you"), _("What we wrote down for you"), "entered"),
}
LINK_LEFT_OUT = _("(a link for them alone)")
# Where the subject depends on what was asked for.
SUBJECTS = {
    ("accepted", Kind.CLAIM): _("You look after it now"),
    ("accepted", Kind.ENDING): _("It says that it has ended"),
}


def send(kind: str, proposal: Proposal, *, to: str = "", message: str = "") -> None:
    """Queues one of `MAILS`, once for each move of a proposal. KeyError for any other."""
    about = MAILS[kind]
    address = to or proposal.asker_email
    if not address:
        # Somebody without e-mail: staff ring them.
        return
    others = _begun(address, but=proposal) if kind == "begun" else []
    context = _context(proposal, message) | {"others": others}
    subject = SUBJECTS.get((kind, Kind(proposal.kind)), about.subject)
    body = _text(about.template, context)
    shown = _without_links(body, proposal, others)
    queue.put(
        to=address,
        subject=f"{subject} – {settings.SITE_NAME}",
        body=body,
        reason=f"proposal-{kind.replace('_', '-')}",
        label=str(about.label),
        # A signed link opens a form, or says yes for a group: that alone nobody else may read.
        secret=shown != body,
        shown=shown if shown != body else "",
        once=f"{kind}:{proposal.pk.hex}:{proposal.moves.count()}",
    )


def _context(proposal: Proposal, message: str) -> dict[str, Any]:
    return in_every_mail() | {
        "proposal": proposal,
        "name": proposal.name,
        "asker": proposal.asker_name,
        "message": message,
        "go_on_url": go_on_url(proposal),
        "vouch_url": links.url("vouch", links.key_of(proposal, links.VOUCHING)),
        "confirm_url": links.url("confirm_listing", links.key_of(proposal, links.CONFIRMING)),
        "my_groups_url": links.url("my_groups"),
        "page_url": _page_url(proposal),
    }


def _without_links(body: str, proposal: Proposal, others: "list[Begun]") -> str:
    """What staff may read: everything but what only the person may open."""
    for other in others:
        body = body.replace(other.url, str(LINK_LEFT_OUT))
    for use in (links.WRITING, links.VOUCHING, links.CONFIRMING):
        signed = re.escape(links.key_of(proposal, use))
        body = re.sub(rf"\S*{signed}\S*", str(LINK_LEFT_OUT), body)
    return body


def send_links_again(*, email: str, once: str) -> None:
    """The links of all that was begun from this address, and how to sign in.

    Nothing leaves for an address that we do not know. `once` is of one form on one screen.
    """
    address = User.objects.normalize_email(email)
    begun = _begun(address)
    acts_for_one = Membership.objects.filter(user__email=address, confirmed_at__isnull=False)
    if not begun and not acts_for_one.exists():
        return
    context = in_every_mail() | {"begun": begun, "my_groups_url": links.url("my_groups")}
    queue.put(
        to=address,
        subject=f"{_('Your link, once more')} – {settings.SITE_NAME}",
        body=_text("links_again", context),
        reason="proposal-links-again",
        label=str(_("Link once more")),
        secret=True,
        once=f"links-again:{once}:{address}",
    )


@dataclass(frozen=True)
class Begun:
    """A new group that somebody has begun to list. `name` is empty for what no mail should say."""

    name: str
    day: datetime
    url: str


def _begun(address: str, but: Proposal | None = None) -> list[Begun]:
    found = Proposal.objects.open().filter(kind=Kind.NEW, asker_email=address).order_by("begun_at")
    return [
        Begun(_name_in_mail(one), one.begun_at, go_on_url(one))
        for one in found
        if but is None or one.pk != but.pk
    ]


def _name_in_mail(proposal: Proposal) -> str:
    """A stranger may have begun it under this address, to have an advertisement sent."""
    try:
        no_web_address(proposal.name)
    except ValidationError:
        return ""
    return proposal.name


def go_on_url(proposal: Proposal) -> str:
    """Where whoever asked goes on: the form of a new group, or the page of their groups."""
    if proposal.kind == Kind.NEW:
        return links.url("listing_form", links.key_of(proposal))
    return links.url("my_groups")


def _page_url(proposal: Proposal) -> str:
    group = proposal.organisation
    return links.url("organisation", group.slug) if group and group.is_public else ""


def _text(template: str, context: dict[str, Any]) -> str:
    return render_to_string(f"assets/email/{template}.txt", context).strip() + "\n"
