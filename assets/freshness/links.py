"""The link in a reminder: signed for one address, and good for 60 days. No password.

An address would be readable in logs and in the history of a browser, so a link names a person, or a
group together with a mark of the address that it had.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.urls import reverse

from accounts.models import User
from assets.freshness import recipients
from assets.models import Organisation

LASTS = timedelta(days=60)
PERSON, GROUP = "p", "g"


@dataclass(frozen=True)
class Opened:
    """For whom a link is; `is_old`: it worked once, and asking for a new one is all it does."""

    address: str
    is_old: bool = False


def url(address: str) -> str:
    """A whole address, for a mail. LookupError where nobody is asked at this address."""
    return settings.SITE_URL.geturl() + reverse("still_right", args=[key_of(address)])


def key_of(address: str) -> str:
    """LookupError where nobody is asked at this address."""
    if person := recipients.person_of(address):
        return _signer().sign(f"{PERSON}.{person.pk}.{mark(address)}")
    group = recipients.groups_of(address).order_by("pk").first()
    if group is None:
        raise LookupError("Nobody is asked at this address.")
    return _signer().sign(f"{GROUP}.{group.pk.hex}.{mark(address)}")


def opened(key: str) -> Opened | None:
    """None for a key that is not ours, and where the address has changed since."""
    try:
        named, is_old = _signer().unsign(key, max_age=LASTS), False
    except SignatureExpired:
        named, is_old = _signer().unsign(key), True
    except BadSignature:
        return None
    kind, pk, of_address = named.split(".")
    for address in _addresses(kind, pk):
        if mark(address) == of_address:
            return Opened(address, is_old)
    return None


def _addresses(kind: str, pk: str) -> list[str]:
    if kind == PERSON:
        return list(User.objects.filter(pk=int(pk), is_active=True).values_list("email", flat=True))
    group = UUID(pk)
    known = Organisation.objects.filter(pk=group).exists()
    return recipients.of_groups([group]).get(group, []) if known else []


def mark(address: str) -> str:
    """Stands for an address where it must not be read."""
    return sha256(address.encode()).hexdigest()[:16]


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="still right")
