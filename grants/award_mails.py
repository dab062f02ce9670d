"""Every mail about an award, but for the letter that offers it. No link in one is a key."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.mails import in_every_mail
from accounts.models import OutgoingMail, User
from accounts.outbox import queue
from assets.words import long_date
from grants import sight
from grants.models import Award
from grants.money import in_pounds


@dataclass(frozen=True)
class About:
    """`template` is a file in templates/grants/email/. Who looks after mail reads the subject."""

    subject: str | Promise
    template: str


AGREED = About(_("What we have agreed"), "agreed")
REMINDER = About(_("We wait for your answer"), "offer_reminder")
LAPSED = About(_("About your application"), "offer_lapsed")


def agreed(award: Award) -> None:
    """To everybody who wrote the application, and to who runs rounds."""
    url = reverse("application_agreed", args=[award.application_id])
    _send(AGREED, award, _writers(award), url)
    _send(AGREED, award, _managers(award), reverse("admin:grants_award_change", args=[award.pk]))


def remind(award: Award) -> int:
    """To everybody who wrote the application. How many are told for the first time."""
    return _send(REMINDER, award, _writers(award), _decision(award))


def lapsed(award: Award) -> int:
    return _send(LAPSED, award, _writers(award), _decision(award))


def _decision(award: Award) -> str:
    return reverse("application_decision", args=[award.application_id])


def _writers(award: Award) -> list[User]:
    return [one.person for one in award.application.applicants.select_related("person")]


def _managers(award: Award) -> list[User]:
    """Who runs rounds by their role, and has nothing to do with this group."""
    runs_rounds = User.objects.filter(
        is_active=True,
        is_staff=True,
        groups__permissions__codename="run_round",
        groups__permissions__content_type__app_label="grants",
    )
    return [
        one for one in runs_rounds.distinct() if not sight.has_interest_of(one, award.application)
    ]


def _send(about: About, award: Award, people: Iterable[User], path: str) -> int:
    """How many had not been told of it."""
    site = settings.SITE_URL.geturl()
    context: dict[str, Any] = in_every_mail() | {
        "award": award,
        "application": award.application,
        "amount": in_pounds(award.amount),
        "answer_by": long_date(award.offer_ends_on),
        "url": site + path,
    }
    body = render_to_string(f"grants/email/{about.template}.txt", context).strip() + "\n"
    about_it = {f"award-{about.template}-{award.pk}-{one.pk}": one for one in people}
    there = OutgoingMail.objects.filter(once__in=[*about_it]).count()
    for once, person in about_it.items():
        queue.put(
            to=person.email,
            subject=f"{about.subject} – {settings.SITE_NAME}",
            body=body,
            reason=f"award-{about.template.replace('_', '-')}",
            label=gettext("Letter of the fund"),
            # It tells who was given what.
            secret=True,
            once=once,
        )
    return len(about_it) - there
