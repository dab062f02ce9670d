"""The mails of an alert. None of them holds the words that somebody searched for.

What is new is what came onto the board since the last letter and fits the search exactly: nothing
is widened, and no slip mended. Nothing new, no mail.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mails import in_every_mail
from accounts.outbox import queue
from assets.alerts import links, search
from assets.alerts.sealed import unseal, whose
from assets.asked import Asked
from assets.cards import cards
from assets.models import Activity, Alert, Organisation
from assets.models.alerts import ASKED_BEFORE, CONFIRM_WITHIN, MOST
from assets.search import answer
from assets.search.query import Found, Sort

# What was saved is seen by everybody after this long: no change takes an hour.
SETTLED = timedelta(hours=1)
# In one mail; the page has the rest.
SHOWN = 20
ALL = 100_000


@dataclass(frozen=True)
class Written:
    letters: int = 0
    asked: int = 0
    ended: int = 0


def write() -> Written:
    """Today's letters. Called again on the same day it finds nothing more to do."""
    now = timezone.now()
    ended = _end(now)
    asked = sum(_ask_again(pk, now) for pk in _keys(Alert.objects.to_ask_again(now)))
    due = Alert.objects.due(now)
    first = due.order_by("told_until").values_list("told_until", flat=True).first()
    if first is None:
        return Written(0, asked, ended)
    fresh = _fresh(first, now - SETTLED)
    return Written(sum(_write(pk, now, fresh) for pk in _keys(due)), asked, ended)


def about(alert: Alert) -> str:
    """What the names of all its mails in the outbox begin with."""
    return f"alert:{alert.pk.hex}:"


def put_confirm(alert: Alert, address: str) -> None:
    days = {"days": CONFIRM_WITHIN.days, "url": links.url(alert, links.CONFIRM)}
    subject, today = _("Shall we tell you what is new?"), timezone.localdate()
    _put(address, subject, "confirm", days, f"{about(alert)}asked:{today}")


def put_known(alert: Alert, address: str) -> None:
    """Somebody asked for what they have: said in a mail, not on the page."""
    urls = {"url": links.url(alert, links.STOP)}
    subject, today = _("You get this already"), timezone.localdate()
    _put(address, subject, "known", urls, f"{about(alert)}known:{today}")


def put_full(address: str) -> None:
    once = f"alert-full:{whose(address)}:{timezone.localdate()}"
    _put(address, _("You follow five searches already"), "full", {"most": MOST}, once)


def _end(now: datetime) -> int:
    """Erases what nobody said yes to, and what nobody wants any more."""
    ended = 0
    for unwanted in (Alert.objects.never_confirmed(now), Alert.objects.over(now)):
        for pk in _keys(unwanted):
            ended += _erase(pk, unwanted)
    return ended


@transaction.atomic
def _erase(pk: UUID, unwanted: QuerySet[Alert]) -> bool:
    """Looked at once more: a yes may have come meanwhile."""
    alert = unwanted.select_for_update().filter(pk=pk).first()
    if alert is None:
        return False
    queue.forget_about(about(alert), waiting=True)
    alert.delete()
    return True


@transaction.atomic
def _ask_again(pk: UUID, now: datetime) -> bool:
    alert = _claim(pk)
    said = unseal(alert) if alert else None
    if alert is None or said is None:
        return False
    alert.asked_again_at = now
    alert.save()
    stop_url = links.url(alert, links.STOP)
    told = {
        "days": ASKED_BEFORE.days,
        "what": search.in_words(search.without_words(said.search)),
        "url": links.url(alert, links.CONFIRM),
        "stop_url": stop_url,
    }
    once = f"{about(alert)}still:{now:%Y-%m-%d}"
    _put(said.address, _("Do you still want this?"), "still", told, once, stop_url)
    return True


@transaction.atomic
def _write(pk: UUID, now: datetime, fresh: dict[UUID, datetime]) -> bool:
    """One letter, and up to when it tells, together. False where there is nothing to tell."""
    alert = _claim(pk)
    said = unseal(alert) if alert else None
    if alert is None or alert.told_until is None or said is None:
        return False
    since, alert.told_until = alert.told_until, now - SETTLED
    alert.save()
    asked = search.read(said.search)
    new = list(_new(asked, {pk for pk, at in fresh.items() if at > since})) if asked else []
    if not new:
        return False
    # One row of the outbox for each alert is enough to know whether its letter left.
    queue.forget_about(about(alert), waiting=False)
    stop_url = links.url(alert, links.STOP)
    told = {
        "cards": cards(new[:SHOWN]),
        "more": max(0, len(new) - SHOWN),
        "what": search.in_words(search.without_words(said.search)),
        "stop_url": stop_url,
    }
    once = f"{about(alert)}new:{since:%Y-%m-%d}"
    _put(said.address, _("New on the board"), "new", told, once, stop_url)
    return True


def _claim(pk: UUID) -> Alert | None:
    """None where it was stopped, or another run has it."""
    return Alert.objects.select_for_update(skip_locked=True).filter(pk=pk).first()


def _keys(alerts: QuerySet[Alert]) -> list[UUID]:
    return list(alerts.order_by("pk").values_list("pk", flat=True))


def _fresh(since: datetime, until: datetime) -> dict[UUID, datetime]:
    """What came onto the board in between, and when; on a real site, nothing that is made up."""
    came = Q(first_public_at__gt=since, first_public_at__lte=until)
    if not settings.PRIVATE_POSTGRES:
        came &= Q(is_example=False)
    of_both = (
        listings.filter(came).values_list("pk", "first_public_at")
        for listings in (Activity.objects.public(), Organisation.objects.public())
    )
    return {pk: at for pk, at in chain.from_iterable(of_both) if at}


def _new(asked: Asked, fresh: set[UUID]) -> Iterator[Found]:
    if not fresh:
        return
    query = replace(asked.query, sort=Sort.NAME, page=1, size=ALL, counted=False)
    for found in answer.search(query, some_words=False).found:
        if (found.activity_id or found.organisation_id) in fresh:
            yield found


def _put(
    address: str, subject: str, template: str, told: Mapping[str, object], once: str, stop: str = ""
) -> None:
    body = render_to_string(f"assets/alerts/{template}.txt", {**in_every_mail(), **told})
    queue.put(
        to=address,
        subject=f"{subject} – {settings.SITE_NAME}",
        body=body.strip() + "\n",
        reason=f"alert-{template}",
        label=_("What is new on the board"),
        # It holds a link, and tells what somebody follows.
        secret=True,
        once=once,
        stop_url=stop,
    )
