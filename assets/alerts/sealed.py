"""The address and the search of an alert: sealed in the table, found again by a mark."""

import json
from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from django.utils.crypto import salted_hmac

from accounts import sealing
from assets.models import Alert

WHAT = "alert"


@dataclass(frozen=True)
class Said:
    """`search` is a query string, as `assets.alerts.search` writes it."""

    address: str
    search: str


def seal(said: Said) -> str:
    return sealing.seal(json.dumps([said.address, said.search]), what=WHAT)


def unseal(alert: Alert) -> Said | None:
    """None where the key that sealed it is gone for good: see SECRET_KEY_FALLBACKS."""
    try:
        return Said(*json.loads(sealing.unseal(alert.sealed, what=WHAT)))
    except InvalidToken:
        return None


def whose(address: str) -> str:
    """The same for one address, however its letters are written. 64 hexadecimal digits."""
    return _mark("alert address", address.lower())


def what(search: str) -> str:
    return _mark("alert search", search)


def _mark(salt: str, text: str) -> str:
    return salted_hmac(salt, text, algorithm="sha256").hexdigest()
