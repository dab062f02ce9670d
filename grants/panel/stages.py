"""A round goes to its panel, or back to be scored again: what has to be so before it can."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from grants import interests, rounds
from grants.models import ApplicationStatus, Meeting, Round, RoundStatus, ScoreSheet, SheetStatus


class NotIn(ValidationError):
    """Some scores are not in: the panel can meet without them, if somebody says so."""


@transaction.atomic
def move(
    *, round: Round, to: RoundStatus, by: User, why: str = "", without_the_rest: bool = False
) -> None:
    """As `rounds.move`, with what belongs to it. Raises NotIn, ValidationError and MoveRefused.

    To the panel: everything has been checked, and all scores are in. `without_the_rest`: those
    that are not in count no more, as nobody scores who has seen what the others gave.
    """
    interests.in_turn(round)
    if to == RoundStatus.DECIDED:
        raise ValidationError(_("A round is decided when its decisions are released."))
    if to == RoundStatus.PANEL:
        _ready_for_the_panel(round, without_the_rest=without_the_rest)
    if round.status == RoundStatus.PANEL and Meeting.objects.filter(round=round, ended_at=None):
        raise ValidationError(_("The panel is meeting. End the meeting first."))
    rounds.move(round=round, to=to, by=by, why=why)


def not_in(round: Round) -> QuerySet[ScoreSheet]:
    """Of what is still to be decided."""
    return ScoreSheet.objects.filter(
        application__round=round,
        application__status__in=[ApplicationStatus.SUBMITTED, ApplicationStatus.IN_SCORING],
        status=SheetStatus.OPEN,
    )


def _ready_for_the_panel(round: Round, *, without_the_rest: bool) -> None:
    waiting = round.applications.filter(status=ApplicationStatus.SUBMITTED)
    if number := waiting.count():
        said = _("Applications whose checks are not done: %d. Hand them to the scorers first.")
        raise ValidationError(said % number)
    sheets = not_in(round)
    if number := sheets.count():
        if not without_the_rest:
            said = _("Score sheets that are not in: %d. Wait for them, or go on without them.")
            raise NotIn(said % number)
        for sheet in sheets.select_for_update(of=["self"]):
            interests.void(sheet, _("It was not in when the panel met."))
