"""Gaps that a round may not fund are told to those who can: a message, drafted and then edited."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import OutgoingMail, User
from accounts.outbox import queue
from assets import evidence
from assets.coverage.cells import Dim
from grants.aiming import beyond
from grants.models import Round
from thrive.models import NeedsGroup

# Of each needs group; the page of gaps has all.
TOLD = 5
SUBJECT = gettext_lazy("What families look for here, and our small grants may not pay for")


def drafted(round: Round) -> str:
    """What is missing by needs group, and how often people spoke of it. Empty: nothing is."""
    found = beyond(round)
    blocks = []
    for needs in NeedsGroup.objects.order_by("reading_order"):
        its = [gap.words for gap in found if gap.keys[Dim.NEEDS] == needs.pk]
        if its:
            lines = [f"- {words}" for words in its[:TOLD]]
            if notes := evidence.beside(needs_group=needs).count():
                said = ngettext(
                    "- %d note of ours speaks of it.", "- %d notes of ours speak of it.", notes
                )
                lines.append(said % notes)
            blocks.append("\n".join([f"{needs.plain_name} ({needs.name}):", *lines]))
    if not blocks:
        return ""
    lead = _(
        "“%(round)s” funds groups that volunteers run. It may not pay for these needs, and they "
        "are met too little here. We tell you because you can."
    ) % {"round": round}
    close = _("The figures are those of %s, counted today.") % settings.SITE_NAME
    return "\n\n".join([lead, *blocks, close])


@transaction.atomic
def tell(*, to: str, subject: str, text: str, by: User) -> OutgoingMail:
    """Queues the message as it was edited, with the name of who sends it under it."""
    return queue.put(
        to=to,
        subject=subject,
        body=f"{text.strip()}\n\n{by}\n{settings.SITE_NAME}\n",
        reason="commissioners",
        label=_("Message to commissioners"),
        secret=False,
    )
