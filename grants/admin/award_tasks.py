"""What waits of letters and awards, for the first page of the staff pages of who runs rounds."""

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.outbox.models import Status as MailStatus
from assets.admin.task import Part, Task
from grants import sight
from grants.models import (
    Application,
    ApplicationStatus,
    Award,
    Condition,
    Letter,
    PublishedGrant,
    Round,
    RoundStatus,
)
from grants.releasing import TOLD as TO_TELL
from grants.releasing import says_so
from grants.threesixty.telling import TOLD


def tasks(user: User) -> list[Task]:
    rounds = list(sight.rounds_to_total(user).exclude(status=RoundStatus.DRAFT))
    return [_letters(rounds), _awards(user, rounds)]


def _letters(rounds: list[Round]) -> Task:
    """Of rounds with the panel those to read; of those that went, what did not arrive."""
    parts = []
    sent = Letter.objects.filter(application__round__in=rounds, sent_at__isnull=False)
    lost = sent.filter(mails__status__in=[MailStatus.FAILED, MailStatus.UNKNOWN])
    drafts = Letter.objects.filter(
        application__round__in=rounds,
        application__round__status=RoundStatus.PANEL,
        application__status__in=TO_TELL,
        read_at=None,
    ).select_related("application")
    to_read = sum(says_so(one, one.application) for one in drafts)
    counts = {_("%d to read"): to_read, _("%d not sent"): lost.distinct().count()}
    for words, number in counts.items():
        parts.append(Part(number, words % number, reverse("admin:grants_letter_changelist")))
    return Task(_("Letters of the fund"), _("All were read, and have arrived."), parts)


def _awards(user: User, rounds: list[Round]) -> Task:
    """Conditions past their day, who could have freed money, and what is not told and should be."""
    seen = sight.applications(user)
    url = reverse("admin:grants_award_changelist")
    overdue = Condition.objects.overdue().filter(application__in=seen).count()
    told = Award.objects.filter(application__in=seen, status__in=TOLD, returned__lt=F("amount"))
    known = PublishedGrant.objects.ours().exclude(application=None)
    secret = told.exclude(application__in=known.values("application")).count()
    decided = [one for one in rounds if one.status == RoundStatus.DECIDED]
    in_line = Application.objects.filter(
        round__in=decided,
        status=ApplicationStatus.RESERVE,
        minimum__lte=F("round__pot") - F("round__committed"),
    ).count()
    letters = reverse("admin:grants_letter_changelist")
    parts = [
        Part(in_line, _("%d in line, and there is enough") % in_line, letters),
        Part(overdue, _("%d conditions overdue") % overdue, f"{url}?conditions=overdue"),
        Part(secret, _("%d not published") % secret, url),
    ]
    return Task(_("Awards"), _("Nothing waits."), parts)
