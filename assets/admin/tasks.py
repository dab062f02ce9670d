"""What waits of what somebody may do: one task for each kind of work."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Count, Model, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import OutgoingMail, User
from accounts.outbox.models import Status as MailStatus
from assets import safety, youth_voice
from assets.admin import ringing, urgency
from assets.admin.task import Part, Task, Work, part_of
from assets.dates.calendars import running_out, to_confirm
from assets.harvesting import accepting
from assets.harvesting.telling import still_kept
from assets.models import (
    Activity,
    DailyJob,
    Document,
    HarvestDuplicate,
    HelpLine,
    Listing,
    Organisation,
    Problem,
    Proposal,
    Resource,
    SafetyWorry,
    SchoolTerm,
    SharedStory,
    Source,
    TagOpinion,
    Venue,
    YouthVoiceReview,
)
from assets.models.daily import Job
from assets.models.problems import ProblemStatus
from assets.models.proposals import Kind
from assets.models.safety import WorryStatus
from assets.tagging.suggested import to_tag

LISTINGS: list[type[Listing]] = [Organisation, Activity, Venue]
# A night may be missed; longer, somebody should look.
LATE = timedelta(days=2)
# What to be allowed means, where it is not to change.
VERBS: dict[Any, str] = {
    OutgoingMail: "resend",
    Problem: "handle",
    SafetyWorry: "handle",
    TagOpinion: "add",
}


# Each such app adds its own at start-up; it stands first.
OF_OTHER_APPS: list[Work] = []


def may_do(user: User, model: Any) -> bool:
    """Whether what waits of these rows is this person's to do."""
    opts = model._meta
    verb = VERBS.get(model, "change")
    return user.has_perm(f"{opts.app_label}.{verb}_{opts.model_name}")


def tasks(user: User) -> list[Task]:
    """What waits of what this person may do, the most urgent first."""
    found = [] if safety.leads().exists() or not user.is_superuser else [_nobody_leads()]
    found += [one for work in OF_OTHER_APPS if work.may_be_of(user) for one in work.tasks(user)]
    found += [of() for model, of in FIRST.items() if may_do(user, model)]
    found += _of_listings([model for model in LISTINGS if may_do(user, model)])
    return found + [of() for model, of in LAST.items() if may_do(user, model)]


def _of_listings(models: Sequence[type[Listing]]) -> list[Task]:
    publish = Task(_("Drafts to publish"), _("No drafts wait."))
    check = Task(_("Not checked for 180 days"), _("All listings were checked."))
    for model in models:
        counts = model._default_manager.aggregate(
            drafts=Count("pk", filter=urgency.to_publish(model)),
            unchecked=Count("pk", filter=urgency.unchecked()),
        )
        publish.parts.append(part_of(model, counts["drafts"], "publish"))
        check.parts.append(part_of(model, counts["unchecked"], "check"))
    return [publish, check, _to_ring(), _daily()] if models else []


def _to_ring() -> Task:
    """Those whom nobody can write to, or who have not answered for long."""
    words = {
        "old": _("%d not checked for long"),
        "bounced": _("%d with a dead address"),
        "websites": _("%d with a dead website"),
        "silent": _("%d without e-mail"),
        "proofs": _("%d proofs run out"),
    }
    counts = ringing.counts()
    parts = [
        Part(counts[name], said % counts[name], ringing.url(name)) for name, said in words.items()
    ]
    return Task(_("To ring"), _("Nobody to ring today."), parts)


def _daily() -> Task:
    """Of the last time that each job was done: those that failed, and whether it is long ago."""
    last = {job.name: job for job in DailyJob.objects.latest_of_each()}
    whole = last.pop(Job.ALL, None)
    failed = sum(job.failed for job in last.values())
    late = whole is not None and (
        whole.finished_at is None or timezone.now() - whole.begun_at > LATE
    )
    url = reverse("admin:assets_dailyjob_changelist")
    parts = [
        Part(failed, _("%d failed") % failed, f"{url}?failed__exact=1"),
        Part(int(late), _("not done for two days"), url),
    ]
    return Task(_("Daily jobs"), _("All were done."), parts)


def _other_directories() -> Task:
    """What came from them and waits: drafts, what may be here already, and what they dropped."""
    url = reverse("admin:assets_source_changelist")
    drafts = accepting.waiting().count()
    asked = HarvestDuplicate.objects.filter(answer="").count()
    words = ngettext("%d draft", "%d drafts", drafts) % drafts
    kept = still_kept()
    number = sum(kept.values())
    parts = [
        Part(drafts, words, url),
        Part(asked, _("%d may be here already") % asked, url),
        Part(
            number,
            _("%d gone there, still here") % number,
            reverse("admin:assets_harvest_change", args=[*kept]) if len(kept) == 1 else url,
        ),
    ]
    return Task(_("From other directories"), _("Nothing waits."), parts)


def _help_lines() -> Task:
    part = part_of(HelpLine, HelpLine.objects.overdue().count(), "check")
    return Task(_("Help lines to check again"), _("All were checked."), [part])


def _resources() -> Task:
    part = part_of(Resource, Resource.objects.due().count(), "check")
    return Task(_("What there is to read, due for a check"), _("All were checked."), [part])


def _youth_voice() -> Task:
    number = youth_voice.due().count()
    words = ngettext("%d standard", "%d standards", number) % number
    url = reverse("admin:assets_voicestandard_changelist", query={"do": "look"})
    return Task(
        _("Youth voice to look at again"), _("All were looked at."), [Part(number, words, url)]
    )


def _stories() -> Task:
    number = SharedStory.objects.to_read().count()
    words = ngettext("%d story", "%d stories", number) % number
    url = reverse("admin:assets_sharedstory_changelist", query={"do": "read"})
    return Task(_("Stories to read"), _("No story waits."), [Part(number, words, url)])


def _tags() -> Task:
    """What stands in no cell of the coverage; the desk has what is contested and unsure, too."""
    number = to_tag().filter(needs_groups=None).count()
    words = ngettext("%d activity", "%d activities", number) % number
    url = reverse("admin:assets_tagopinion_changelist")
    return Task(_("To tag"), _("Every activity has a needs group."), [Part(number, words, url)])


def _worries() -> Task:
    counts = SafetyWorry.objects.aggregate(
        new=Count("pk", filter=Q(status=WorryStatus.NEW)),
        taken=Count("pk", filter=Q(status=WorryStatus.TAKEN)),
    )
    url = reverse("admin:assets_safetyworry_changelist")
    parts = [
        Part(
            counts["new"],
            _("%d nobody has opened") % counts["new"],
            f"{url}?status__exact={WorryStatus.NEW}",
        ),
        Part(
            counts["taken"],
            _("%d to close") % counts["taken"],
            f"{url}?status__exact={WorryStatus.TAKEN}",
        ),
    ]
    return Task(_("Worries about safety"), _("All are closed."), parts)


def _nobody_leads() -> Task:
    """Until then worries reach administrators alone."""
    give = _("give two people the role “Safeguarding lead”")
    part = Part(1, give, reverse("admin:accounts_user_changelist"))
    return Task(_("Nobody looks after worries about safety"), "", [part])


def _problems() -> Task:
    number = Problem.objects.filter(status=ProblemStatus.NEW).count()
    url = reverse(
        "admin:assets_problem_changelist", query={"status__exact": str(ProblemStatus.NEW)}
    )
    part = Part(number, _("%d to look at") % number, url)
    return Task(_("What people say is wrong"), _("Nobody has told us of anything."), [part])


def _proposals() -> Task:
    """Kind by kind; and what went live at once, which nobody has looked at since."""
    kinds = Proposal.objects.to_decide().order_by().values("kind")
    counts = {row["kind"]: row["number"] for row in kinds.annotate(number=Count("pk"))}
    new, changes, claims, ended = (counts.get(kind, 0) for kind in Kind)
    words = {
        Kind.NEW: ngettext("%d new group", "%d new groups", new),
        Kind.CHANGE: ngettext("%d change", "%d changes", changes),
        Kind.CLAIM: ngettext("%d “this is us”", "%d “this is us”", claims),
        Kind.ENDING: ngettext("%d has ended", "%d have ended", ended),
    }
    url = reverse("admin:assets_proposal_changelist")
    parts = [
        Part(number, said % number, f"{url}?do=decide&kind__exact={kind}")
        for kind, said in words.items()
        for number in [counts.get(kind, 0)]
    ]
    live = Proposal.objects.to_look_at().count()
    parts.append(Part(live, _("%d live, to look at") % live, f"{url}?do=look"))
    return Task(_("Groups ask us"), _("No group waits for us."), parts)


def _documents() -> Task:
    number = Document.objects.waiting().count()
    words = ngettext("%d document", "%d documents", number) % number
    url = f"{reverse('admin:assets_document_changelist')}?status__exact=waiting"
    return Task(_("Documents to read"), _("No documents wait."), [Part(number, words, url)])


def _terms() -> Task:
    """Dates that families rely on: those nobody has seen in print, and those that run out."""
    unsure, ending = to_confirm().count(), running_out().count()
    url = reverse("admin:assets_schoolterm_changelist")
    known_for_long = ngettext("%d council’s dates run out", "dates of %d councils run out", ending)
    parts = [
        Part(unsure, _("%d to confirm") % unsure, f"{url}?do=confirm"),
        Part(ending, known_for_long % ending, f"{url}?do=add"),
    ]
    return Task(_("School terms"), _("All are known and confirmed."), parts)


def _mail() -> Task:
    failed = Q(status=MailStatus.FAILED)
    unknown = Q(status=MailStatus.UNKNOWN)
    counts = OutgoingMail.objects.aggregate(
        failed=Count("pk", filter=failed), unknown=Count("pk", filter=unknown)
    )
    url = reverse("admin:accounts_outgoingmail_changelist")
    parts = [
        Part(
            counts["failed"],
            _("%d not sent") % counts["failed"],
            f"{url}?status__exact={MailStatus.FAILED}",
        ),
        Part(
            counts["unknown"],
            _("%d not known") % counts["unknown"],
            f"{url}?status__exact={MailStatus.UNKNOWN}",
        ),
    ]
    return Task(_("Mail to look at"), _("No mail has gone wrong."), parts)


# What waits of which rows; listings stand between these two.
FIRST: dict[type[Model], Callable[[], Task]] = {
    SafetyWorry: _worries,
    Problem: _problems,
    Proposal: _proposals,
    Document: _documents,
    SharedStory: _stories,
}
LAST: dict[type[Model], Callable[[], Task]] = {
    TagOpinion: _tags,
    Source: _other_directories,
    HelpLine: _help_lines,
    Resource: _resources,
    YouthVoiceReview: _youth_voice,
    SchoolTerm: _terms,
    OutgoingMail: _mail,
}
