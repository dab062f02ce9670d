"""What waits once awards are accepted, for the first page of the staff pages."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from assets.admin.task import Part, Task, Work
from grants import sight
from grants.models import AwardStatus, Payment, PaymentStatus, Report, ReportStatus, Variation
from grants.models.reports import OPEN


def may_see(user: User) -> bool:
    return user.has_perm("grants.view_payment")


def tasks(user: User) -> list[Task]:
    """Of what they may see: what they can do something about."""
    seen = sight.awards(user)
    found = []
    if user.has_perm("grants.approve_payment"):
        found.append(_payments(user, PaymentStatus.PLANNED))
    if user.has_perm("grants.release_payment"):
        found.append(_payments(user, PaymentStatus.APPROVED))
    if user.has_perm("grants.review_report"):
        reports = Report.objects.filter(award__in=seen)
        to_read = reports.filter(status=ReportStatus.SENT).count()
        late = reports.filter(status__in=OPEN, due_on__lt=timezone.localdate()).count()
        url = reverse("admin:grants_report_changelist")
        parts = [
            Part(to_read, ngettext("%d to read", "%d to read", to_read) % to_read, url),
            Part(late, ngettext("%d late", "%d late", late) % late, url),
        ]
        found.append(Task(_("Reports"), _("None is to be read, and none is late."), parts))
    if user.has_perm("grants.run_round"):
        found += [_to_plan(user), _changes(user)]
    return found


def _payments(user: User, status: PaymentStatus) -> Task:
    number = Payment.objects.filter(award__in=sight.awards(user), status=status).count()
    is_new = status == PaymentStatus.PLANNED
    title = _("Payments to approve") if is_new else _("Payments to release")
    words = ngettext("%d payment", "%d payments", number) % number
    part = Part(number, words, reverse("admin:grants_payment_changelist"))
    return Task(title, _("No payment waits."), [part])


def _to_plan(user: User) -> Task:
    """Awards that a group has said yes to, and for which nothing is planned to be paid."""
    number = sight.awards(user).filter(status=AwardStatus.ACCEPTED, planned=0).count()
    words = ngettext("%d award without one", "%d awards without one", number) % number
    part = Part(number, words, reverse("admin:grants_payment_changelist"))
    return Task(_("Payments to plan"), _("Every award has its payments."), [part])


def _changes(user: User) -> Task:
    """One part for each, as each is on the page of its award."""
    waiting = Variation.objects.filter(
        award__in=sight.awards(user), answer=Variation.Answer.ASKED
    ).select_related("award__application__round")
    parts = [
        Part(
            1,
            f"{one.award.application.reference} {one.award.application}",
            reverse("admin:grants_payment_of", args=[one.award.application_id]),
        )
        for one in waiting
    ]
    return Task(_("Changes that groups ask for"), _("No change waits for an answer."), parts)


WORK = Work(may_see, tasks)
