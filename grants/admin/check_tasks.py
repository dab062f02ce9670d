"""What waits before scoring and before paying, for the first page of the staff pages."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from assets.admin.tasks import Part, Task, Work
from grants import bank, checking
from grants.models import Round, RoundStatus

UNDER_WAY = (RoundStatus.OPEN, RoundStatus.SCORING)


def tasks(user: User) -> list[Task]:
    return [
        *(_checks(user) if user.has_perm("grants.check_application") else []),
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
