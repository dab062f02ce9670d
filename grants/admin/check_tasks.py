"""What waits before scoring and before paying, for the first page of the staff pages."""

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from assets.admin.task import Part, Task, Work
from grants import bank, checking, sight
from grants.models import Check, Condition, Round, RoundStatus
from grants.models.application_status import TAKES_DOCUMENTS

UNDER_WAY = (RoundStatus.OPEN, RoundStatus.SCORING)


def tasks(user: User) -> list[Task]:
    checks = user.has_perm("grants.check_application")
    return [
        *(_checks(user) if checks else []),
        *(_later_documents(user) if checks else []),
        *(_accounts(user) if bank.is_finance(user) else []),
    ]


def _checks(user: User) -> list[Task]:
    """One part a round; nothing while none is under way."""
    parts = []
    for one in Round.objects.filter(status__in=UNDER_WAY):
        number = sum(bool(looked) for looked in checking.to_do(one, user).values())
        words = _("%(number)d in “%(round)s”") % {"number": number, "round": one}
        parts.append(Part(number, words, reverse("admin:grants_application_round", args=[one.pk])))
    return [Task(_("Applications to check"), _("All checks are done."), parts)] if parts else []


def _later_documents(user: User) -> list[Task]:
    """Documents that a group added once it had sent, until a check or a condition is ticked."""
    same = {"application": OuterRef("application")}
    later = sight.documents(user).filter(
        ~Exists(Check.objects.filter(done_at__gt=OuterRef("brought_at"), **same)),
        ~Exists(Condition.objects.filter(met_at__gt=OuterRef("brought_at"), **same)),
        brought_at__gt=F("application__submitted_at"),
        application__status__in=TAKES_DOCUMENTS,
    )
    number = later.count()
    words = ngettext("%d came after it was sent", "%d came after it was sent", number) % number
    url = reverse("admin:grants_application_changelist")
    part = Part(number, words, url)
    return [Task(_("Documents of applications"), _("None has come since."), [part])]


def _accounts(user: User) -> list[Task]:
    """Accounts that wait for a call."""
    groups = [one.organisation for one in bank.awards_to_pay(user).select_related("organisation")]
    waiting = [one for one in bank.last_of(groups).values() if not hasattr(one, "call")]
    part = Part(
        len(waiting),
        _("%d to ring about") % len(waiting),
        reverse("admin:grants_bankdetails_changelist"),
    )
    return [Task(_("Bank details"), _("No account waits for a call."), [part])]


def _may_be_of(user: User) -> bool:
    return user.has_perm("grants.check_application") or bank.is_finance(user)


WORK = Work(_may_be_of, tasks)
