"""What one person has to do in the rounds where they have a seat."""

from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, Value, When

from accounts.models import User
from grants import sight
from grants.interests import may_be_declared
from grants.models import Declaration, Round, RoundStatus, ScoreSheet, Seat, SheetStatus

UNDER_WAY = [RoundStatus.OPEN, RoundStatus.SCORING, RoundStatus.PANEL]


@dataclass(frozen=True)
class MyRound:
    """One round of mine: whether I have declared, and what I was given."""

    round: Round
    has_declared: bool
    sheets: list[ScoreSheet]

    @property
    def may_declare(self) -> bool:
        return not self.has_declared and may_be_declared(self.round)

    @property
    def done(self) -> int:
        return sum(not sheet.is_open for sheet in self.sheets)

    @property
    def left(self) -> list[ScoreSheet]:
        return [sheet for sheet in self.sheets if sheet.is_open]


def rounds_of(person: User) -> list[MyRound]:
    """Those under way in which they have a seat; of who runs rounds, all that are under way."""
    found = Round.objects.filter(status__in=UNDER_WAY)
    if not person.has_perm("grants.run_round"):
        found = found.filter(pk__in=Seat.objects.taken().filter(person=person).values("round"))
    declared = set(Declaration.objects.filter(person=person).values_list("round", flat=True))
    own: dict[object, list[ScoreSheet]] = {}
    for sheet in in_order(sight.own_sheets(person)):
        own.setdefault(sheet.application.round_id, []).append(sheet)
    return [MyRound(one, one.pk in declared, own.get(one.pk, [])) for one in found]


def in_order(sheets: QuerySet[ScoreSheet]) -> QuerySet[ScoreSheet]:
    """What is left first, and of that what fewest have scored; each sheet has `others`."""
    scored = Q(application__sheets__status=SheetStatus.SUBMITTED)
    to_do = Case(When(status=SheetStatus.OPEN, then=Value(0)), default=Value(1))
    annotated = sheets.annotate(others=Count("application__sheets", filter=scored), to_do=to_do)
    ordered = annotated.order_by("to_do", "others", "application__number", "pk")
    return ordered.select_related("application__round")


def next_after(sheet: ScoreSheet) -> ScoreSheet | None:
    """Of what is left to this scorer in this round, what fewest have scored."""
    own = sight.own_sheets(sheet.scorer).filter(
        application__round=sheet.application.round_id, status=SheetStatus.OPEN
    )
    return in_order(own.exclude(pk=sheet.pk)).first()


def to_declare(person: User) -> list[Round]:
    """Rounds in which others wait for this person's declaration."""
    seats = Seat.objects.taken().filter(person=person)
    rounds = Round.objects.filter(pk__in=seats.values("round"), status__in=UNDER_WAY)
    declared = Declaration.objects.filter(person=person).values("round")
    return [one for one in rounds.exclude(pk__in=declared) if may_be_declared(one)]


def to_score(person: User) -> QuerySet[ScoreSheet]:
    """What can be written in now."""
    before = Q(stage=ScoreSheet.Stage.BEFORE, application__round__status=RoundStatus.SCORING)
    after = Q(stage=ScoreSheet.Stage.AFTER, application__round__status=RoundStatus.PANEL)
    return sight.own_sheets(person).filter(before | after, status=SheetStatus.OPEN)
