"""What waits of the fund, for the first page of the staff pages."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from assets.admin.task import Part, Task, Work
from grants import interests, sight
from grants.admin import award_tasks
from grants.admin.score_words import may_score
from grants.models import ApplicationStatus, Round, RoundStatus, Seat
from grants.scoring import mine


def tasks(user: User) -> list[Task]:
    """What they score, and of who runs rounds whom the others wait for."""
    found = []
    if Seat.objects.taken().filter(person=user, round__status__in=mine.UNDER_WAY).exists():
        found += [_to_declare(user), _to_score(user)]
    if user.has_perm("grants.chair_round"):
        found += _to_decide(user)
    if user.has_perm("grants.run_round"):
        found += _undeclared() + award_tasks.tasks(user)
    return found


def _to_declare(user: User) -> Task:
    parts = [
        Part(1, str(one), reverse("admin:grants_scoresheet_declare", args=[one.pk]))
        for one in mine.to_declare(user)
    ]
    return Task(_("Interests to declare"), _("You have declared them."), parts)


def _to_score(user: User) -> Task:
    number = mine.to_score(user).count()
    url = reverse("admin:grants_scoresheet_changelist")
    part = Part(number, _("%d to score") % number, url)
    return Task(_("Applications to score"), _("You have scored all that you were given."), [part])


def _to_decide(user: User) -> list[Task]:
    """Of who has the chair, one part a round; nothing while none of theirs is with the panel."""
    chairs = Seat.objects.taken().filter(person=user, is_chair=True).values("round")
    rounds = sight.rounds_with_results(user).filter(status=RoundStatus.PANEL, pk__in=chairs)
    waiting = Count("applications", filter=Q(applications__status=ApplicationStatus.IN_SCORING))
    parts = [
        Part(
            one.waiting,
            _("%(number)d in “%(round)s”") % {"number": one.waiting, "round": one},
            reverse("admin:grants_round_board", args=[one.pk]),
        )
        for one in rounds.annotate(waiting=waiting)
    ]
    title, nothing = _("Applications to decide on"), _("All are decided, for now.")
    return [Task(title, nothing, parts)] if parts else []


def _undeclared() -> list[Task]:
    """One part a round, of those that are under way; nothing while there is none."""
    parts = []
    for one in Round.objects.filter(status__in=mine.UNDER_WAY):
        number = len(interests.undeclared(one)) if interests.may_be_declared(one) else 0
        words = _("%(number)d in “%(round)s”") % {"number": number, "round": one}
        parts.append(Part(number, words, reverse("admin:grants_seat_round", args=[one.pk])))
    title, nothing = _("Declarations that are missing"), _("All in a seat have declared.")
    return [Task(title, nothing, parts)] if parts else []


WORK = Work(may_score, tasks)
