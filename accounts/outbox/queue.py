"""Putting a mail into the outbox."""

from datetime import datetime

from accounts.outbox.models import OutgoingMail


def put(
    *,
    to: str,
    subject: str,
    body: str,
    reason: str,
    label: str,
    secret: bool,
    good_until: datetime | None = None,
) -> OutgoingMail:
    """Queues one plain-text mail in the caller's transaction: it leaves when that commits.

    `reason` is a short code for filters, `label` what staff read. `secret` for anything that
    holds a code or a signed link. `good_until`: after that it is not sent at all.
    """
    return OutgoingMail.objects.create(
        to=to,
        subject=" ".join(subject.split())[:200],
        body=body,
        reason=reason,
        label=label[:100],
        secret=secret,
        good_until=good_until,
    )
