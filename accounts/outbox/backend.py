"""Django's own mail, through the outbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from accounts.outbox import queue


class OutboxBackend(BaseEmailBackend):
    """For code that calls `EmailMessage.send()`. Ours calls `queue.put` and gives a reason."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queues one mail per address. ValueError for anything but plain text."""
        for message in email_messages:
            if message.attachments or getattr(message, "alternatives", None):
                raise ValueError("The outbox carries plain text only.")
            if message.content_subtype != "plain":
                raise ValueError("The outbox carries plain text only.")
            for address in message.recipients():
                queue.put(
                    to=address,
                    subject=str(message.subject),
                    body=str(message.body),
                    reason="other",
                    label=_("Other mail"),
                    # Nobody told us what is in it, so nobody may read it.
                    secret=True,
                )
        return len(email_messages)
