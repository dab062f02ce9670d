"""Links that open one proposal without an account: signed, so that nobody can guess one."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from assets.models import Proposal

# One for each use: a link for one thing is no good for another.
WRITING, VOUCHING = "write in a proposal", "vouch for a claim"
CONFIRMING = "confirm what was entered for a group"


def key_of(proposal: Proposal, use: str = WRITING) -> str:
    """The part of the address that only we can make: the same each time."""
    return Signer(salt=use).sign(proposal.pk.hex)


def found_by(key: str, use: str = WRITING) -> Proposal | None:
    """The proposal of this key, or None for a key that is not ours."""
    try:
        pk = UUID(Signer(salt=use).unsign(key))
    except (BadSignature, ValueError):
        return None
    related = Proposal.objects.select_related("organisation", "activity__organisation")
    return related.filter(pk=pk).first()


def url(name: str, *args: Any) -> str:
    """A whole address, for a mail."""
    return settings.SITE_URL.geturl() + reverse(name, args=args)
