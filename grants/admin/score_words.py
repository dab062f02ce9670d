"""What scoring pages say of sheets: side by side, criterion by criterion."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from grants.models import Criterion, Score, ScoreSheet


@dataclass(frozen=True)
class Column:
    """What one person said: by criterion, in the order of the round."""

    sheet: ScoreSheet
    is_young: bool
    scores: list[tuple[Criterion, str, str]]


def may_score(person: User) -> bool:
    """Or who runs rounds: they declare their interests here as well."""
    return person.has_perm("grants.score_round") or person.has_perm("grants.run_round")


def columns(sheets: QuerySet[ScoreSheet]) -> list[Column]:
    """In two queries more than the sheets, and one for who is young."""
    found = sheets.select_related("scorer", "application__round").prefetch_related(
        "scores__level", "scores__criterion"
    )
    rows = list(found)
    young: set[int] = set()
    if rows:
        seats = rows[0].application.round.seats.filter(is_young=True)
        young = set(seats.values_list("person", flat=True))
    return [Column(one, one.scorer_id in young, said(one.scores.all())) for one in rows]


def said(scores: Iterable[Score]) -> list[tuple[Criterion, str, str]]:
    ordered = sorted(scores, key=lambda score: score.criterion.number)
    return [(one.criterion, one.in_words, one.reason) for one in ordered]
