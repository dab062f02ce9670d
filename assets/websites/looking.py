"""Which websites to look at today, and what came of it."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from assets.models import Activity, Contact, Organisation, WebsiteLook
from assets.websites.opening import DoesNotOpen, MayOpen, is_public, open_address

# A website is asked once in so many days at most, and so many websites on one day.
EVERY = timedelta(days=14)
ON_ONE_DAY = 30
# On so many different days it did not open: then somebody rings.
DEAD_AFTER = 2


@dataclass(frozen=True)
class Looked:
    number: int
    dead: int


def look(*, may_open: MayOpen = is_public) -> Looked:
    """Open what is due, one after the other. Nothing is locked meanwhile."""
    dead = 0
    due = _due()
    for address in due:
        why = ""
        try:
            open_address(address, may_open=may_open)
        except DoesNotOpen as refused:
            why, dead = str(refused), dead + 1
        _write_down(address, why)
    return Looked(len(due), dead)


def dead() -> QuerySet[WebsiteLook]:
    return WebsiteLook.objects.filter(dead_days__gte=DEAD_AFTER)


def shown() -> QuerySet[Contact]:
    """The websites that families are shown, but for made-up ones on a real site."""
    groups, activities = Organisation.objects.public(), Activity.objects.public()
    if not settings.PRIVATE_POSTGRES:
        groups = groups.filter(is_example=False)
        activities = activities.filter(is_example=False)
    web = Contact.objects.filter(kind=Contact.Kind.WEB)
    return web.filter(Q(organisation__in=groups) | Q(activity__in=activities))


def _due() -> list[str]:
    """Never looked at first, then those of longest ago; of one website one address."""
    looked = dict(WebsiteLook.objects.values_list("address", "looked_on"))
    today = timezone.localdate()
    lately = {_host(one) for one, day in looked.items() if day > today - EVERY}
    first = timezone.localdate() - timedelta(days=36500)
    addresses = set(shown().values_list("value", flat=True))
    due: dict[str, str] = {}
    for address in sorted(addresses, key=lambda one: (looked.get(one, first), one)):
        host = _host(address)
        if host not in lately:
            due.setdefault(host, address)
    return list(due.values())[:ON_ONE_DAY]


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or address).removeprefix("www.")
    except ValueError:
        return address


def _write_down(address: str, why: str) -> None:
    before = WebsiteLook.objects.filter(address=address).first()
    days = before.dead_days if before else 0
    WebsiteLook.objects.update_or_create(
        address=address,
        defaults={
            "looked_on": timezone.localdate(),
            "dead_days": days + 1 if why else 0,
            "why": why,
        },
    )
