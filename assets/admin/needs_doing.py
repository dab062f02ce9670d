"""The first page of the staff pages: what waits for somebody, and how much of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import OutgoingMail, User
from accounts.outbox.models import Status as MailStatus
from assets import safety
from assets.admin import ringing, urgency
from assets.dates.calendars import running_out, to_confirm
from assets.models import (
    Activity,
    DailyJob,
    HelpLine,
    Listing,
    Organisation,
    Problem,
    Proposal,
    SafetyWorry,
    SchoolTerm,
    Venue,
)
from assets.models.daily import Job
from assets.models.problems import ProblemStatus
from assets.models.proposals import Kind
from assets.models.safety import WorryStatus
from assets.words import long_date

LISTINGS: list[type[Listing]] = [Organisation, Activity, Venue]
# What to be allowed means, where it is not to change.
VERBS: dict[Any, str] = {OutgoingMail: "resend", Problem: "handle", SafetyWorry: "handle"}
# How many listings the first page names.
SHOWN = 12
# A night may be missed; longer, somebody should look.
LATE = timedelta(days=2)


@dataclass(frozen=True)
class Part:
    """“3 groups”, and where they are listed."""

    count: int
    words: str
    url: str


@dataclass(frozen=True)
class Task:
    """One kind of work; `nothing` is said when none of it waits."""

    title: str | Promise
    nothing: str | Promise
    parts: list[Part] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(part.count for part in self.parts)


@dataclass(frozen=True)
class Waiting:
    """One listing that waits, and why."""

    name: str
    url: str
    kind: str
    why: str
    since: date


def has_work(user: User) -> bool:
    """Whether anything could ever wait for this person, or they only look."""
    kinds = (Proposal, *LISTINGS, HelpLine, SchoolTerm, *VERBS)
    return any(_may_do(user, model) for model in kinds)


def tasks(user: User) -> list[Task]:
    """What waits of what this person may do."""
    publish = Task(_("Drafts to publish"), _("No drafts wait."))
    check = Task(_("Not checked for 180 days"), _("All listings were checked."))
    for model in LISTINGS:
        if _may_do(user, model):
            counts = model._default_manager.aggregate(
                drafts=Count("pk", filter=urgency.DRAFT),
                unchecked=Count("pk", filter=urgency.unchecked()),
            )
            publish.parts.append(_part(model, counts["drafts"], "publish"))
            check.parts.append(_part(model, counts["unchecked"], "check"))
    found = [_worries()] if _may_do(user, SafetyWorry) else []
    if user.is_superuser and not safety.leads().exists():
        found.append(_nobody_leads())
    if _may_do(user, Problem):
        found.append(_problems())
    if _may_do(user, Proposal):
        found.append(_proposals())
    if publish.parts:
        found += [publish, check, _to_ring()]
    if _may_do(user, HelpLine):
        number = HelpLine.objects.overdue().count()
        part = _part(HelpLine, number, "check")
        found.append(Task(_("Help lines to check again"), _("All were checked."), [part]))
    if _may_do(user, SchoolTerm):
        found += [_terms(), _daily()]
    if _may_do(user, OutgoingMail):
        found.append(_mail())
    return found


def waiting(user: User) -> list[Waiting]:
    """What has waited longest: what groups ask for, then drafts, then those to check."""
    asked = list(_asked()) if _may_do(user, Proposal) else []
    drafts: list[Waiting] = []
    unchecked: list[Waiting] = []
    for model in LISTINGS:
        if _may_do(user, model):
            drafts += _drafts(model)
            unchecked += _unchecked(model)
    drafts.sort(key=lambda one: one.since)
    unchecked.sort(key=lambda one: one.since)
    return [*asked, *drafts, *unchecked][:SHOWN]


def _asked() -> Iterator[Waiting]:
    waits = Proposal.objects.to_decide().select_related("organisation", "activity")
    for proposal in waits[:SHOWN]:
        if proposal.sent_at:
            since = timezone.localdate(proposal.sent_at)
            url = reverse("admin:assets_proposal_change", args=[proposal.pk])
            why = _("Waits for us since %s") % long_date(since)
            yield Waiting(proposal.name, url, proposal.get_kind_display(), why, since)


def _drafts(model: Any) -> Iterator[Waiting]:
    found = model.objects.filter(urgency.DRAFT).order_by("created_at")
    for listing in _with_names(found)[:SHOWN]:
        since = timezone.localdate(listing.created_at)
        yield _waiting(listing, _("Draft since %s") % long_date(since), since)


def _unchecked(model: Any) -> Iterator[Waiting]:
    oldest_first = [F("last_checked_on").asc(nulls_first=True), "created_at"]
    found = model.objects.filter(urgency.unchecked()).order_by(*oldest_first)
    for listing in _with_names(found)[:SHOWN]:
        since = listing.last_checked_on or date.min
        never = listing.last_checked_on is None
        why = _("Never checked") if never else _("Last checked on %s") % long_date(since)
        yield _waiting(listing, why, since)


def _with_names(listings: Any) -> Any:
    return listings.select_related("place") if listings.model is Venue else listings


def _waiting(listing: Any, why: str, since: date) -> Waiting:
    opts = listing._meta
    url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[listing.pk])
    return Waiting(str(listing), url, capfirst(opts.verbose_name), why, since)


def _part(model: Any, count: int, do: str) -> Part:
    opts = model._meta
    name = opts.verbose_name if count == 1 else opts.verbose_name_plural
    url = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist", query={"do": do})
    return Part(count, f"{count} {name}", url)


def _proposals() -> Task:
    """Kind by kind; and what went live at once, which nobody has looked at since."""
    kinds = Proposal.objects.to_decide().order_by().values("kind")
    counts = {row["kind"]: row["number"] for row in kinds.annotate(number=Count("pk"))}
    words = {
        Kind.NEW: lambda n: ngettext("%d new group", "%d new groups", n),
        Kind.CHANGE: lambda n: ngettext("%d change", "%d changes", n),
        Kind.CLAIM: lambda n: ngettext("%d “this is us”", "%d “this is us”", n),
        Kind.ENDING: lambda n: ngettext("%d has ended", "%d have ended", n),
    }
    url = reverse("admin:assets_proposal_changelist")
    parts = [
        Part(n := counts.get(kind, 0), said(n) % n, f"{url}?do=decide&kind__exact={kind}")
        for kind, said in words.items()
    ]
    live = Proposal.objects.to_look_at().count()
    parts.append(Part(live, _("%d live, to look at") % live, f"{url}?do=look"))
    return Task(_("Groups ask us"), _("No group waits for us."), parts)


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


def _to_ring() -> Task:
    """Those whom nobody can write to, or who have not answered for long."""
    words = {
        "old": _("%d not checked for long"),
        "bounced": _("%d with a dead address"),
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
    last = DailyJob.objects.order_by("name", "-begun_at").distinct("name")
    failed = sum(job.failed for job in last if job.name != Job.ALL)
    late = sum(
        timezone.now() - job.begun_at > LATE or job.finished_at is None
        for job in last
        if job.name == Job.ALL
    )
    url = reverse("admin:assets_dailyjob_changelist")
    parts = [
        Part(failed, _("%d failed") % failed, f"{url}?failed__exact=1"),
        Part(late, _("not done for two days"), url),
    ]
    return Task(_("Daily jobs"), _("All were done."), parts)


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
    return Task(_("Mail to look at"), _("All mail has left."), parts)


def _may_do(user: User, model: Any) -> bool:
    opts = model._meta
    verb = VERBS.get(model, "change")
    return user.has_perm(f"{opts.app_label}.{verb}_{opts.model_name}")
