"""Whether the fund is fair: answers of groups about themselves, only ever as sums of a round.

Nobody of the team reads one answer, and no sum is told before the letters have gone: it can sway
nobody. What is small is not told, nor what would tell it by subtraction (`grants.small_numbers`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from grants.models import Application, ApplicationStatus, EqualityAnswer, Round, RoundStatus
from grants.models.equality import Community
from grants.small_numbers import may_tell

TOLD_IN = (RoundStatus.DECIDED, RoundStatus.CLOSED)


@dataclass(frozen=True)
class Line:
    """None where it is not told."""

    community: Community
    applied: int | None
    awarded: int | None


@transaction.atomic
def answer(*, application: Application, led_by: Iterable[str], is_for: Iterable[str]) -> None:
    """Keeps it in place of an earlier answer; nothing ticked takes the answer back.

    Raises ValidationError for a community that is not on the list.
    """
    said = {"led_by": sorted(set(led_by)), "is_for": sorted(set(is_for))}
    if not any(said.values()):
        EqualityAnswer.objects.filter(application=application).delete()
        return
    row = EqualityAnswer(application=application, **said)
    row.full_clean(validate_unique=False, validate_constraints=False)
    EqualityAnswer.objects.update_or_create(application=application, defaults=said)


def is_told(round: Round) -> bool:
    return round.status in TOLD_IN


def answers_of(round: Round) -> int:
    """How many groups that sent an application have answered."""
    return EqualityAnswer.objects.filter(_sent(round)).count()


def sums(round: Round, side: str) -> list[Line]:
    """How many groups of each community applied, and how many were awarded a grant.

    `side` is `led_by` or `is_for`. Every community has its line: that one is missing would tell,
    too. Call it only where `is_told`.
    """
    rows = list(
        EqualityAnswer.objects.filter(_sent(round)).values_list(side, "application__status")
    )
    everybody = len(rows)
    awarded_in_all = sum(status == ApplicationStatus.AWARDED for _ticked, status in rows)
    lines = []
    for community in Community:
        own = [status for ticked, status in rows if community in ticked]
        awarded = sum(status == ApplicationStatus.AWARDED for status in own)
        lines.append(_line(community, len(own), awarded, everybody, awarded_in_all))
    return lines


def _line(community: Community, applied: int, awarded: int, of: int, awarded_of: int) -> Line:
    if not may_tell(applied, of):
        return Line(community, None, None)
    # Of the rest, too, nobody learns what became of a few.
    others = (of - applied, awarded_of - awarded)
    both = may_tell(applied, awarded) and may_tell(*others)
    return Line(community, applied, awarded if both else None)


def _sent(round: Round) -> Q:
    return Q(application__round=round, application__submitted_at__isnull=False)
