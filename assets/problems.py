"""The verbs of “Something wrong here?”: told us, answered, forgotten in time."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mails import in_every_mail
from accounts.models import User
from accounts.outbox import queue
from assets.models import Activity, Organisation, Problem, ProblemMove, Venue

# From the day it is done with.
ADDRESS_KEPT = timedelta(days=90)

Reportable = Activity | Organisation | Venue


def about(listing: Reportable) -> dict[str, Reportable]:
    """“activity”: it. The column of a report that names this listing."""
    return {str(listing._meta.model_name): listing}


@transaction.atomic
def report(
    *, key: UUID, listing: Reportable, kind: Problem.Kind, words: str, email: str = ""
) -> Problem:
    """Keeps what somebody told us. Sent again, however often, it is the one that was kept."""
    told = Problem(key=key, kind=kind, words=words, email=email, **about(listing))
    told.full_clean(validate_unique=False, validate_constraints=False)
    # Whoever is first, by whatever clock: the other one waits here, and then reads the first.
    Problem.objects.bulk_create([told], ignore_conflicts=True)
    return Problem.objects.get(key=key)


def finish(*, problem: Problem, to: str, by: User, why: str) -> bool:
    """Handled, or nothing to do. False when a colleague was faster."""
    return problem.move(to, by=by, why=why, finished_at=timezone.now())


def reopen(*, problem: Problem, by: User, why: str) -> bool:
    return problem.move("new", by=by, why=why, finished_at=None)


@transaction.atomic
def answer(*, problem: Problem, words: str, by: User) -> bool:
    """Writes to whoever told us, once. False when somebody has, or no address is left."""
    now = timezone.now()
    unanswered = Problem.objects.filter(pk=problem.pk, answered_at=None).exclude(email="")
    if not unanswered.update(answer=words, answered_at=now, answered_by=by):
        return False
    problem.refresh_from_db()
    context = in_every_mail() | {
        "words": words,
        "listing": problem.listing,
        "told_on": problem.reported_at,
    }
    queue.put(
        to=problem.email,
        subject=_("What you told us about %(what)s") % {"what": problem.listing},
        body=render_to_string("assets/email/problem_answer.txt", context).strip() + "\n",
        reason="problem-answer",
        label=_("Answer to a problem"),
        secret=False,
        once=_mail_about(problem),
    )
    return True


@transaction.atomic
def wipe_addresses(now: datetime) -> int:
    """Forgets where to answer, 90 days after a problem is done with. How many."""
    old = Problem.objects.filter(finished_at__lte=now - ADDRESS_KEPT).exclude(email="")
    done = list(old)
    for problem in done:
        queue.forget(once=_mail_about(problem))
    return old.filter(pk__in=[problem.pk for problem in done]).update(email="")


@transaction.atomic
def forget_words(*, venue: Venue) -> None:
    """What people wrote of a place, and what was answered, may say where it is."""
    told = Problem.objects.filter(venue=venue)
    for problem in told:
        queue.forget(once=_mail_about(problem))
    ProblemMove.objects.filter(problem__in=told).update(why="")
    told.update(words="", answer="")


def _mail_about(problem: Problem) -> str:
    return f"problem-answer:{problem.pk}"
