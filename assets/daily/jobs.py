"""The jobs of every day, in their order. Each says what it did, and may be done twice."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import OutgoingMail
from accounts.outbox import sender
from assets import problems, safety
from assets.alerts import letters
from assets.daily import abandoned
from assets.dates import nightly
from assets.freshness import reminders
from assets.harvesting import reading
from assets.importing import uploads
from assets.models import DailyJob, Harvest, ImportUpload, Proposal, ProposalMove, Source
from assets.models.daily import Job
from assets.models.proposals import Kind
from assets.websites import looking

# What the app above this one has to do every day: each says in words what it did.
OF_THE_FUND: list[Callable[[], str]] = []
# How long we keep who asked for something, once it is done.
ASKER_KEPT = timedelta(days=180)
JOBS_KEPT = timedelta(days=400)


def dates() -> str:
    written = nightly.write()
    return ngettext("%d date written", "%d dates written", written) % written


def ask() -> str:
    written = reminders.write()
    if not written.mails:
        return _("Nobody to ask today")
    words = ngettext("%(mails)d mail written", "%(mails)d mails written", written.mails)
    also = ngettext("about %(number)d listing", "about %(number)d listings", written.listings)
    return f"{words}, {also}" % {"mails": written.mails, "number": written.listings}


def tell_of_worries() -> str:
    told = safety.escalate_unseen(timezone.now())
    return ngettext("Told again of %d worry", "Told again of %d worries", told) % told


def close_abandoned() -> str:
    closed = abandoned.close()
    words = ngettext("%d person told", "%d people told", closed.told) % closed.told
    also = ngettext("%d form dropped", "%d forms dropped", closed.dropped) % closed.dropped
    return f"{words}, {also}"


@transaction.atomic
def forget_askers() -> str:
    """Who asked for what was done long ago: their name and how to reach them, and our letters."""
    old = Proposal.objects.filter(closed_at__lte=timezone.now() - ASKER_KEPT)
    known = ~Q(asker_name="") | ~Q(asker_email="") | ~Q(asker_phone="")
    number = old.filter(known).update(asker_name="", asker_email="", asker_phone="")
    old.filter(kind=Kind.CLAIM).exclude(said={}).update(said={}, sent={}, sent_before={})
    ProposalMove.objects.filter(proposal__in=old).exclude(message="").update(message="")
    return ngettext("%d person forgotten", "%d people forgotten", number) % number


def forget_told() -> str:
    now = timezone.now()
    number = problems.wipe_addresses(now) + safety.wipe_words(now)
    return ngettext("%d report wiped", "%d reports wiped", number) % number


def look_at_websites() -> str:
    """Asks other people’s machines: only where the setting says so."""
    if not settings.CHECK_WEBSITES:
        return _("Turned off")
    looked = looking.look()
    words = ngettext("%d website looked at", "%d websites looked at", looked.number)
    also = ngettext("%d does not open", "%d do not open", looked.dead)
    return f"{words % looked.number}, {also % looked.dead}"


def read_feeds() -> str:
    """Asks the machines of other directories: only those that staff have set.

    One that breaks us keeps nobody from reading the others, and is told at the end.
    """
    read, broken = [], []
    for one in Source.objects.filter(every_night=True):
        try:
            read.append(reading.read(source=one, by=None))
        except Exception as error:
            error.add_note(str(one))
            broken.append(error)
    if broken:
        raise ExceptionGroup("Directories that could not be read", broken)
    refused = [one for one in read if one.outcome == Harvest.Outcome.REFUSED]
    words = ngettext("%d directory read", "%d directories read", len(read) - len(refused))
    also = ngettext("%d refused", "%d refused", len(refused))
    return f"{words % (len(read) - len(refused))}, {also % len(refused)}"


def see_to_the_fund() -> str:
    return "; ".join(work() for work in OF_THE_FUND)


def tell_of_what_is_new() -> str:
    """Numbers alone: who follows what is theirs."""
    written = letters.write()
    parts = [
        ngettext("%d letter written", "%d letters written", written.letters) % written.letters,
        ngettext("%d person asked again", "%d people asked again", written.asked) % written.asked,
        ngettext("%d alert ended", "%d alerts ended", written.ended) % written.ended,
    ]
    return ", ".join(parts)


def forget_uploads() -> str:
    old = ImportUpload.objects.filter(uploaded_at__lt=timezone.now() - uploads.KEPT)
    number = old.delete()[0]
    return ngettext("%d sheet forgotten", "%d sheets forgotten", number) % number


def tidy_outbox() -> str:
    with_text = OutgoingMail.objects.with_old_bodies().count()
    sender.tidy()
    return ngettext("%d old text wiped", "%d old texts wiped", with_text) % with_text


def clear_sessions() -> str:
    call_command("clearsessions")
    return _("Done")


def forget_jobs() -> str:
    number = DailyJob.objects.filter(begun_at__lt=timezone.now() - JOBS_KEPT).delete()[0]
    return ngettext("%d line forgotten", "%d lines forgotten", number) % number


JOBS: dict[Job, Callable[[], str]] = {
    Job.DATES: dates,
    Job.REMINDERS: ask,
    Job.WORRIES: tell_of_worries,
    Job.PROPOSALS: close_abandoned,
    Job.ASKERS: forget_askers,
    Job.TOLD: forget_told,
    Job.WEBSITES: look_at_websites,
    Job.FEEDS: read_feeds,
    Job.FUND: see_to_the_fund,
    Job.ALERTS: tell_of_what_is_new,
    Job.UPLOADS: forget_uploads,
    Job.OUTBOX: tidy_outbox,
    Job.SESSIONS: clear_sessions,
    Job.JOBS: forget_jobs,
}
