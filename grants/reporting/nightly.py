"""What reports need every day: awards that are over wait for theirs, and groups are reminded."""

from django.utils import timezone
from django.utils.translation import gettext as _

from grants.reporting import opening, reminding


def reports() -> str:
    """What it did, in words. Twice on a day does nothing more."""
    today = timezone.localdate()
    begun, mails = opening.begin_due(on=today), reminding.remind(on=today)
    return _("%(begun)d reports are due now, %(mails)d reminders") % {
        "begun": begun,
        "mails": mails,
    }
