"""The links of an alert: signed, and good for as long as its row is there."""

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.urls import reverse

from assets.models import Alert
from assets.shortlist import PARAMETER

CONFIRM, STOP = "alert_confirm", "alert_stop"


def url(alert: Alert, to: str) -> str:
    """A whole address, for a mail. `to` is CONFIRM or STOP: neither key opens the other."""
    return settings.SITE_URL.geturl() + reverse(to, args=[key_of(alert, to)])


def key_of(alert: Alert, to: str) -> str:
    return Signer(salt=to).sign(alert.pk.hex)


def alert_link(parameters: QueryDict) -> str:
    """From a search to the page where it can be followed."""
    asked = parameters.copy()
    for name in ("view", "page", "sort", "at", "zoom", "around", "starting", PARAMETER):
        asked.pop(name, None)
    query = asked.urlencode()
    return reverse("alerts") + (f"?{query}" if query else "")


def is_ours(key: str, to: str) -> bool:
    return _pk(key, to) is not None


def found(key: str, to: str) -> Alert | None:
    """None for a key that is not ours, and for what has ended."""
    pk = _pk(key, to)
    return Alert.objects.filter(pk=pk).first() if pk else None


def _pk(key: str, to: str) -> UUID | None:
    try:
        return UUID(Signer(salt=to).unsign(key))
    except BadSignature:
        return None
