"""When a report is due, and of how much: settled when the group says yes to the award."""

from datetime import date, timedelta

from django.db import transaction

from grants import award_moves
from grants.models import Award, AwardStatus, Report


def due_of(award: Award) -> date:
    """So many days after the last day of the grant, as its round says."""
    last_day = award.ends_before - timedelta(days=1)
    return last_day + timedelta(days=award.application.round.report_within)


def open_report(award: Award) -> Report:
    """The report that the group will write; there already, it is the same."""
    report, _made = Report.objects.get_or_create(
        award=award,
        defaults={
            "due_on": due_of(award),
            "is_short": award.amount <= award.application.round.short_report_to,
        },
    )
    return report


@transaction.atomic
def begin_due(*, on: date) -> int:
    """Awards whose time is over wait for their reports from this day on: how many."""
    over = Award.objects.filter(status=AwardStatus.ACCEPTED, ends_before__lte=on)
    begun = 0
    for one in over.select_related("application__round"):
        award = award_moves.locked(one)
        if award.status == AwardStatus.ACCEPTED and award.ends_before <= on:
            open_report(award)
            award_moves.move_award(award, AwardStatus.REPORTING, by=None)
            begun += 1
    return begun
