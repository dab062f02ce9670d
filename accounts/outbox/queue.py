"""Putting a mail into the outbox."""

from datetime import datetime

from accounts.outbox.models import FINISHED, OutgoingMail, Status


def put(
    *,
    to: str,
    subject: str,
    body: str,
    reason: str,
    label: str,
    secret: bool,
    shown: str = "",
    good_until: datetime | None = None,
    once: str = "",
    stop_url: str = "",
) -> OutgoingMail:
    """Queues one mail in the caller's transaction: it leaves when that commits.

    `body` is plain text; the sender makes the HTML beside it. `reason` is a short code for
    filters, `label` what staff read. `secret` for anything that holds a code or a signed link;
    `shown` is what staff may read of it all the same.
    `good_until`: after that it is not sent at all. `once` names what the mail is about: a second
    mail about it is never queued, and the first one is the answer.
    `stop_url` is for a mail that somebody asked to have again and again: their mail program can
    press there for them (RFC 8058).
    """
    mail = OutgoingMail(
        to=to,
        subject=" ".join(subject.split())[:200],
        body=body,
        reason=reason,
        label=label[:100],
        secret=secret,
        shown=shown,
        good_until=good_until,
        once=once,
        stop_url=stop_url,
    )
    if not once:
        mail.save()
        return mail
    # Whoever is first, by whatever clock: the other one waits here, and then reads the first.
    OutgoingMail.objects.bulk_create([mail], ignore_conflicts=True)
    return OutgoingMail.objects.get(once=once)


def forget(*, once: str) -> None:
    """Takes away the mail about this, with the address it went to. One on its way stays."""
    OutgoingMail.objects.filter(once=once, status__in=FINISHED).delete()


def forget_about(beginning: str, *, waiting: bool) -> None:
    """Takes away all mails whose `once` begins so, with their address. One on its way stays.

    With `waiting`, also what has not left yet.
    """
    gone = (*FINISHED, Status.QUEUED) if waiting else FINISHED
    OutgoingMail.objects.filter(once__startswith=beginning, status__in=gone).delete()
