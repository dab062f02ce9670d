"""Every mail to those who apply. It goes to a person who signs in, so no link in it is a key."""

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
from grants.models import Application


@dataclass(frozen=True)
class About:
    """`template` is a file in templates/grants/email/."""

    label: str | Promise
    subject: str | Promise
    template: str


MAILS = {
    "received": About(_("Receipt"), _("We have your application"), "received"),
    "invited": About(_("Invitation"), _("Write an application with us"), "invited"),
    "withdrawn": About(_("Taken back"), _("Your application was taken back"), "withdrawn"),
    "withdrawn-for-them": About(
        _("Taken back"), _("Your application was taken back"), "withdrawn_for_them"
    ),
    "ineligible": About(_("May not be funded"), _("About your application"), "ineligible"),
    "eligible": About(_("May be funded"), _("We look at your application again"), "eligible"),
    "account-asked": About(_("Account asked for"), _("Where may the money go?"), "account_asked"),
    "account-given": About(_("Account given"), _("We have your bank details"), "account_given"),
}


def send(
    kind: str,
    application: Application,
    *,
    to: str,
    by: User | None = None,
    about: Any = None,
    page: str = "application",
) -> None:
    """Queues one of `MAILS`, once for each address. KeyError for any other.

    `about` is the row that it tells of, where it may be sent of several; `page` is where its link
    leads.
    """
    mail = MAILS[kind]
    site = settings.SITE_URL.geturl()
    context: dict[str, Any] = in_every_mail() | {
        "application": application,
        "round": application.round,
        "by": by,
        "about": about,
        "url": site + reverse(page, args=[application.pk]),
    }
    told = [str(about.pk)] if about else []
    queue.put(
        to=to,
        subject=f"{mail.subject} – {settings.SITE_NAME}",
        body=render_to_string(f"grants/email/{mail.template}.txt", context).strip() + "\n",
        reason=f"application-{kind}",
        label=str(mail.label),
        # It tells who applies for what.
        secret=True,
        once="-".join(["application", kind, str(application.pk), *told, to]),
    )


def send_all(
    kind: str, application: Application, *, about: Any = None, page: str = "application"
) -> None:
    """To everybody who writes it."""
    for applicant in application.applicants.select_related("person"):
        send(kind, application, to=applicant.person.email, about=about, page=page)
