"""Sends what is in the outbox: claim, send, say how it went. Any number may run at once."""

import logging
import smtplib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import formatdate
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail import get_connection as mail_connection
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.outbox.html import as_html
from accounts.outbox.models import OutgoingMail, Status

logger = logging.getLogger(__name__)

# How long to wait after each attempt that met “not now”; after the last, it has failed.
BACK_OFF = [timedelta(minutes=m) for m in (1, 5, 20, 60, 240, 720)]


@dataclass(frozen=True)
class Outcome:
    status: Status
    error: str = ""


def transport_is_set_up() -> bool:
    return bool(settings.OUTBOX_TRANSPORT["BACKEND"])


def claim_next() -> OutgoingMail | None:
    """Takes one due mail for this sender alone. Committed before anything is sent."""
    with transaction.atomic():
        # Rows that another sender is claiming now are passed over, not waited for.
        due = OutgoingMail.objects.due().order_by("due_at", "pk")
        mail = due.select_for_update(skip_locked=True).first()
        if mail is None:
            return None
        claimed = mail.move(
            Status.CLAIMED,
            claim=uuid.uuid4(),
            claimed_at=timezone.now(),
            attempts=mail.attempts + 1,
        )
        return mail if claimed else None


def send_one() -> bool:
    """Claims and sends one mail. False when none is due."""
    mail = claim_next()
    if mail is None:
        return False
    _finish(mail, _send(mail))
    return True


def send_due(stop: Callable[[], bool]) -> None:
    """Sends all that is due, or until `stop()` says so after a mail."""
    while not stop() and send_one():
        pass


def tidy() -> None:
    """Closes claims whose sender vanished, gives up what waited too long, wipes old texts."""
    for mail in OutgoingMail.objects.abandoned():
        # It may have left, or not: only a person can find out, so it is never repeated here.
        mail.move(Status.UNKNOWN, note=_("The sender stopped before it could say."))
    for mail in OutgoingMail.objects.too_late():
        mail.move(Status.FAILED, note=_("It waited until it was of no use."), last_error="too late")
    OutgoingMail.objects.with_old_bodies().update(body="", shown="")


def _send(mail: OutgoingMail) -> Outcome:
    transport = settings.OUTBOX_TRANSPORT
    options: Any = transport.get("OPTIONS", {})
    connection = mail_connection(str(transport["BACKEND"]), **options)
    try:
        connection.open()
    except Exception as error:  # whatever the transport raises: nothing has left yet
        return Outcome(Status.QUEUED, _describe(error))
    try:
        connection.send_messages([_message(mail)])
    except Exception as error:
        return Outcome(_status_after(error), _describe(error))
    finally:
        _close(connection)
    return Outcome(Status.SENT)


def _message(mail: OutgoingMail) -> EmailMultiAlternatives:
    headers = {
        # The same for every attempt, so that a mail server can notice a repeat.
        "Message-ID": f"<outbox.{mail.pk}.{mail.created_at:%Y%m%d%H%M%S%f}@{_domain()}>",
        "Date": formatdate(mail.created_at.timestamp()),
        "Auto-Submitted": "auto-generated",
    }
    if mail.stop_url:
        # One press in the mail program, without opening anything (RFC 8058).
        headers["List-Unsubscribe"] = f"<{mail.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(mail.subject, mail.body, to=[mail.to], headers=headers)
    message.attach_alternative(as_html(mail), "text/html")
    return message


def _domain() -> str:
    return settings.SITE_URL.hostname or "localhost"


def _status_after(error: Exception) -> Status:
    """What we know after the other side was reached. Only an answer with a number is certain."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        return Status.FAILED if all(code >= 500 for code in codes) else Status.QUEUED
    if isinstance(error, smtplib.SMTPDataError):
        return Status.FAILED if error.smtp_code >= 500 else Status.QUEUED
    if isinstance(error, smtplib.SMTPResponseException):
        # Our own name or password was refused: ours to put right, so it waits.
        return Status.QUEUED
    return Status.UNKNOWN


def _describe(error: Exception) -> str:
    """The kind of problem. Never its text: mail servers repeat addresses there."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({str(code) for code, _text in error.recipients.values()})
        return f"{type(error).__name__} {' '.join(codes)}"
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()


def _finish(mail: OutgoingMail, outcome: Outcome) -> None:
    changes: dict[str, object] = {"last_error": outcome.error}
    status = outcome.status
    if status == Status.QUEUED:
        if mail.attempts > len(BACK_OFF):
            status = Status.FAILED
        else:
            changes["due_at"] = timezone.now() + BACK_OFF[mail.attempts - 1]
    if mail.move(status, note=outcome.error, **changes):
        return
    # We took so long that our claim was given up. A sure answer is still worth having.
    logger.warning("Mail %s was given up while it was being sent.", mail.pk)
    if status == Status.SENT:
        mail.status = Status.UNKNOWN
        mail.move(Status.SENT, note=_("The sender came back."), last_error="")


def _close(connection: object) -> None:
    try:
        connection.close()  # type: ignore[attr-defined]
    except Exception as error:  # the mail has left, or not, by now: closing changes nothing
        logger.warning("Closing the mail connection: %s", type(error).__name__)
