"""Every mail about accounts: what it is called, and what it says.

All are secret in the outbox: they hold codes, or tell who has an account here.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.outbox import queue
from accounts.outbox.models import OutgoingMail

CODE_LASTS = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


@dataclass(frozen=True)
class Kind:
    """`template` is a file in templates/account/email/; `text` is the sentence it is given."""

    label: str | Promise
    subject: str | Promise
    template: str
    text: str | Promise = ""
    lasts: timedelta | None = None


def _code(label: str | Promise, text: str | Promise) -> Kind:
    return Kind(label, _("Your code"), "code", text, lasts=CODE_LASTS)


def _notice(label: str | Promise, text: str | Promise) -> Kind:
    return Kind(label, label, "notice", text)


_CONFIRM = _code(_("Code to confirm an address"), _("You gave us this e-mail address."))

KINDS = {
    "login_code": _code(_("Code to sign in"), _("You asked to sign in.")),
    "second_step_code": _code(
        _("Code for the second step"), _("You asked to open the staff pages.")
    ),
    "email_confirmation": _CONFIRM,
    "email_confirmation_signup": _CONFIRM,
    "password_reset_code": _code(
        _("Code for a new password"), _("You asked to choose a new password.")
    ),
    "account_already_exists": Kind(
        _("Account exists already"), _("You have an account already"), "account_exists"
    ),
    "unknown_account": Kind(
        _("No account with this address"), _("No account with this address"), "unknown_account"
    ),
    "welcome": Kind(_("Welcome"), _("An account for you"), "welcome"),
    "email_changed": _notice(
        _("Your e-mail address was changed"), _("You now sign in with another e-mail address.")
    ),
    "address_changed_by_staff": _notice(
        _("Your e-mail address was changed"),
        _("Our staff have changed the e-mail address that you sign in with."),
    ),
    "email_deleted": _notice(
        _("An e-mail address was removed"), _("An e-mail address was taken off your account.")
    ),
    "password_changed": _notice(_("Your password was changed"), _("Your password was changed.")),
    "password_set": _notice(_("You have a password now"), _("A password was added.")),
    "password_reset": _notice(_("Your password was changed"), _("Your password was changed.")),
    "totp_activated": _notice(
        _("An app was added"), _("An app that makes codes was added to your account.")
    ),
    "totp_deactivated": _notice(
        _("An app was removed"), _("The app that makes codes was taken off your account.")
    ),
    "webauthn_added": _notice(_("A passkey was added"), _("A passkey was added to your account.")),
    "webauthn_removed": _notice(
        _("A passkey was removed"), _("A passkey was taken off your account.")
    ),
    "recovery_codes_generated": _notice(
        _("New spare codes"), _("New spare codes were made. The old ones no longer work.")
    ),
    "second_steps_removed": _notice(
        _("Your second step was removed"),
        _("Our staff have taken the app, passkeys and spare codes off your account."),
    ),
}


def send(kind: str, to: str, context: dict[str, Any]) -> OutgoingMail:
    """Queues one of `KINDS`. KeyError for any other."""
    chosen = KINDS[kind]
    about = in_every_mail() | {"text": chosen.text}
    return queue.put(
        to=to,
        subject=f"{chosen.subject} – {settings.SITE_NAME}",
        body=render_to_string(f"account/email/{chosen.template}.txt", context | about).strip()
        + "\n",
        reason=kind.replace("_", "-"),
        label=str(chosen.label),
        secret=True,
        good_until=timezone.now() + chosen.lasts if chosen.lasts else None,
    )


def in_every_mail() -> dict[str, Any]:
    """What any mail may say of the site: its name, its addresses, how to come in."""
    site = settings.SITE_URL.geturl()
    return {
        "site_name": settings.SITE_NAME,
        "site_url": site,
        "contact": settings.CONTACT_EMAIL,
        "sign_in_url": site + reverse("account_request_login_code"),
        "sign_up_url": site + reverse("account_signup"),
        "new_password_url": site + reverse("account_reset_password"),
        "minutes": int(CODE_LASTS.total_seconds() // 60),
    }
