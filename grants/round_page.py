"""All that anybody may read of a round, ready for its page, its preview and its document."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from assets.words import long_date
from grants.aiming import gaps_of
from grants.models import (
    BudgetHeading,
    Criterion,
    EligibilityQuestion,
    Question,
    RequiredCheck,
    Round,
    RoundGap,
    RoundStatus,
)
from grants.money import in_pounds
from grants.round_words import in_london, plain_number
from thrive.models import NeedsGroup

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One thing that happens, and when."""

    what: str
    when: str


@dataclass(frozen=True)
class RoundPage:
    round: Round
    state: str
    needs_groups: list[NeedsGroup]
    gaps: list[RoundGap]
    eligibility_questions: list[EligibilityQuestion]
    questions: list[Question]
    budget_headings: list[BudgetHeading]
    checks: list[RequiredCheck]
    criteria: list[Criterion]
    steps: list[Step]
    pot: str
    smallest: str
    largest: str
    young_scorers: str
    decisions_on: str


def round_page(round: Round) -> RoundPage:
    """In a fixed number of queries."""
    return RoundPage(
        round=round,
        state=state_in_words(round),
        needs_groups=[*round.needs_groups.order_by("reading_order")],
        gaps=gaps_of(round),
        eligibility_questions=[*round.eligibility_questions.all()],
        questions=[*round.questions.all()],
        budget_headings=[*round.budget_headings.all()],
        checks=[*round.required_checks.all()],
        criteria=[*round.criteria.prefetch_related("levels")],
        steps=_steps(round),
        pot=in_pounds(round.pot),
        smallest=in_pounds(round.smallest_award),
        largest=in_pounds(round.largest_award),
        young_scorers=_young_scorers(round),
        decisions_on=long_date(round.decisions_on),
    )


def state_in_words(round: Round) -> str:
    """“Open until noon on 3 November 2026.”"""
    if round.status in (RoundStatus.DRAFT, RoundStatus.OPEN):
        if round.opens_at > timezone.now():
            return _("Opens at %s.") % in_london(round.opens_at)
        if round.closes_at > timezone.now():
            return _("Open until %s.") % in_london(round.closes_at)
        return _("It closed at %s.") % in_london(round.closes_at)
    return round.public_words


def _steps(round: Round) -> list[Step]:
    last_day = round.spend_before - A_DAY
    return [
        Step(_("You can apply from"), in_london(round.opens_at)),
        Step(_("It closes at"), in_london(round.closes_at)),
        Step(_("You hear from us by"), long_date(round.decisions_on)),
        Step(_("You can spend the money from"), long_date(round.spend_from)),
        Step(_("The last day to spend it is"), long_date(last_day)),
    ]


def _young_scorers(round: Round) -> str:
    if round.young_weight == 1:
        return _("Where young people score too, their view counts as much as anyone else’s.")
    said = _("Where young people score too, their view counts %s times as much as an adult’s.")
    return said % plain_number(round.young_weight)
