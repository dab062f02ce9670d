"""The HTML of a mail, made from its plain text: the same words, with links to tap."""

from django.template.loader import render_to_string
from django.utils.translation import get_language

from accounts.outbox.models import OutgoingMail

# What stands beneath it is the sender's, as in any plain-text mail (RFC 3676, section 4.3).
SIGNATURE = "\n-- \n"


def as_html(mail: OutgoingMail) -> str:
    """One column, the reader's own type size, no pictures, nothing that tells us it was read."""
    text, _dashes, signature = mail.body.partition(SIGNATURE)
    context = {
        "subject": mail.subject,
        "text": text.strip(),
        "signature": signature.strip(),
        "language": get_language(),
    }
    return render_to_string("account/email/mail.html", context)
