"""Somebody who follows a search, and what lies in the outbox for them."""

import re

from django.test import Client

from accounts.models import OutgoingMail
from assets.alerts import verbs
from assets.alerts.sealed import what, whose
from assets.models import Alert

JO = "jo@example.com"


def follow(search: str = "", *, address: str = JO) -> Alert:
    """Asked for and confirmed, now."""
    verbs.ask(address=address, search=search)
    alert = Alert.objects.get(whose=whose(address), what=what(search))
    verbs.confirm(alert=alert)
    OutgoingMail.objects.all().delete()
    alert.refresh_from_db()
    return alert


def ask(query: str, **typed: str) -> int:
    """Fills in the form on the page of this search and sends it: the status of the answer."""
    page = Client().get(f"/alerts/?{query}").content.decode()
    key = re.search(r'name="key" value="([^"]*)"', page)
    assert key
    said = {"key": key[1], "email": JO, **typed}
    return Client().post(f"/alerts/?{query}", said).status_code


def mails(reason: str = "alert") -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(reason__startswith=reason).order_by("pk"))


def links_in(mail: OutgoingMail, page: str) -> list[str]:
    """The paths of the links that lead to this page."""
    return re.findall(rf"https?://[^/]+(/alerts/{page}/\S+/)", mail.body)
