"""Every mail to a group about its award. It goes to people who sign in: no link in it is a key."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.mails import in_every_mail
from accounts.models import User
from accounts.outbox import queue
from grants.models import Award


@dataclass(frozen=True)
class About:
    """`template` is a file in templates/grants/email/."""

    label: str | Promise
    subject: str | Promise
    template: str


MAILS = {
    "paid": About(_("Payment"), _("Money is on its way to you"), "paid"),
    "answered": About(_("Answer to a change"), _("The change you asked for"), "answered"),
    "to-repay": About(_("Money to pay back"), _("Money to pay back"), "to_repay"),
    "returned": About(_("Report given back"), _("Your report: a little is missing"), "returned"),
    "thanked": About(_("Report accepted"), _("Thank you for your report"), "thanked"),
    "due-before": About(_("Report, soon"), _("Your report is due soon"), "report_due"),
    "due-today": About(_("Report, today"), _("Your report is due"), "report_due"),
    "due-after": About(_("Report, late"), _("We wait for your report"), "report_due"),
}


def send_all(kind: str, award: Award, *, about: str, **context: Any) -> int:
    """Queues one of `MAILS` for each of the group, once `about` this: how many.

    KeyError for any other kind.
    """
    what = MAILS[kind]
    site = settings.SITE_URL.geturl()
    said = in_every_mail() | {
        "award": award,
        "application": award.application,
        "round": award.application.round,
        "url": site + reverse("own_award", args=[award.pk]),
        "report_url": site + reverse("own_report", args=[award.pk]),
        **context,
    }
    people = list(_of_group(award))
    for person in people:
        queue.put(
            to=person.email,
            subject=f"{what.subject} – {settings.SITE_NAME}",
            body=render_to_string(f"grants/email/{what.template}.txt", said).strip() + "\n",
            reason=f"award-{kind}",
            label=str(what.label),
            # It tells what somebody was given.
            secret=True,
            once=f"award-{kind}-{about}-{person.pk}",
        )
    return len(people)


def _of_group(award: Award) -> Iterator[User]:
    """Who wrote the application, and who said yes to the award."""
    seen = set()
    wrote = award.application.applicants.select_related("person")
    for person in [*(one.person for one in wrote), award.accepted_by]:
        if person and person.is_active and person.pk not in seen:
            seen.add(person.pk)
            yield person
