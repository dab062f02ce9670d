"""Giving applications to those who score: all to all, or so many each.

What somebody has begun stays theirs. Nobody is given what they have an interest in, and nobody
anything before they have declared.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from grants import assigning, sight
from grants.interests import in_turn, void
from grants.models import Application, Declaration, Round, RoundStatus, ScoreSheet, Seat
from grants.models.application_status import TO_SCORE
from grants.models.scoring import SheetStatus

BEGUN = Q(status=SheetStatus.SUBMITTED) | Q(version__gt=1)


@dataclass(frozen=True)
class Given:
    """How many sheets were given and taken back; a warning where scorers cannot be compared."""

    given: int
    taken_back: int
    warning: str


@transaction.atomic
def give(*, round: Round, each: int | None, by: User) -> Given:
    """Every application gets `each` scorers; all who may score it, where that is None.

    Done again after somebody left or joined, it fills what is missing and evens out the load.
    Raises ValidationError, with each reason, where that cannot be.
    """
    locked = in_turn(round)
    if locked.status != RoundStatus.SCORING:
        raise ValidationError(_("Applications are given out while the round is being scored."))
    seats = ready(locked)
    if not seats:
        raise ValidationError(_("Nobody in a seat has declared their interests yet."))
    applications = list(to_score(locked))
    now = ScoreSheet.objects.filter(
        application__in=applications, stage=ScoreSheet.Stage.BEFORE
    ).exclude(status=SheetStatus.VOID)
    plan = assigning.assign(
        applications=[str(one.pk) for one in applications],
        scorers=[str(seat.person_id) for seat in seats],
        each=each,
        conflicts=_conflicts(locked, seats),
        kept=[_pair(sheet) for sheet in now.filter(BEGUN)],
        seed=locked.pk.int % 2**32,
        names=_names(applications, by),
    )
    taken_back = _take_back(now, plan)
    given = _give(now, plan, by)
    return Given(given, taken_back, plan.warning)


def ready(round: Round) -> list[Seat]:
    """Those who may be given something."""
    declared = Declaration.objects.filter(round=round).values("person")
    seats = Seat.objects.taken().filter(round=round, person__in=declared)
    return list(seats.select_related("person").order_by("pk"))


def to_score(round: Round) -> list[Application]:
    found = Application.objects.sent().filter(round=round, status__in=TO_SCORE)
    return list(found.select_related("round").order_by("number"))


def _conflicts(round: Round, seats: list[Seat]) -> set[assigning.Pair]:
    return {
        (str(key), str(seat.person_id))
        for seat in seats
        for key in Application.objects.filter(sight.concerns(seat.person), round=round)
        .order_by()
        .values_list("pk", flat=True)
    }


def _names(applications: list[Application], by: User) -> dict[str, str]:
    """For messages. Whoever gives out what they may not see learns nothing by it."""
    seen = set(sight.applications(by).values_list("pk", flat=True))
    hidden = _("an application that you do not see")
    return {
        str(one.pk): f"“{one.title}” ({one.reference})" if one.pk in seen else hidden
        for one in applications
    }


def _pair(sheet: ScoreSheet) -> assigning.Pair:
    return str(sheet.application_id), str(sheet.scorer_id)


def _take_back(now: QuerySet[ScoreSheet], plan: assigning.Assignment) -> int:
    kept = set(plan.pairs)
    others = [sheet for sheet in now.select_for_update() if _pair(sheet) not in kept]
    for sheet in others:
        void(sheet, _("It was given to somebody else."))
    return len(others)


def _give(now: QuerySet[ScoreSheet], plan: assigning.Assignment, by: User) -> int:
    there = {_pair(sheet) for sheet in now.all()}
    new = [
        ScoreSheet(application_id=application, scorer_id=int(scorer), assigned_by=by)
        for application, scorer in plan.pairs
        if (application, scorer) not in there
    ]
    ScoreSheet.objects.bulk_create(new)
    return len(new)
