"""The verbs of our team: a report is given back with what is missing, or accepted."""

from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from grants import award_moves, repaying, sight
from grants.after_mails import send_all
from grants.models import Award, AwardStatus, Report, ReportStatus
from grants.money import in_pounds
from grants.reporting.moving import move

REPAY_WITHIN = timedelta(days=28)


@transaction.atomic
def give_back(*, report: Report, missing: str, by: User) -> Report:
    """With what is missing, in words that the group reads. Raises ReportMoved."""
    _award, its = _locked(report, by)
    if not missing.strip():
        raise ValidationError(_("Say what is missing."))
    move(its, ReportStatus.RETURNED, by=by, why=missing.strip())
    send_all("returned", its.award, about=f"{its.pk}-{its.moves.count()}", missing=missing.strip())
    return its


@transaction.atomic
def accept(*, report: Report, by: User, note: str = "") -> Report:
    """The award is complete. What is left of it goes back into the pot, or is asked back.

    Accepted already, it is the same again. Raises ReportMoved, PermissionDenied, and
    ValidationError while payments are planned that the group did not need.
    """
    award, its = _locked(report, by)
    if its.status == ReportStatus.ACCEPTED:
        return its
    move(its, ReportStatus.ACCEPTED, by=by, why=note.strip())
    if award.status == AwardStatus.ACCEPTED:
        # They were quicker than the calendar.
        award_moves.move_award(award, AwardStatus.REPORTING, by=by)
    owed = _settle(award, its.spent) if its.spent is not None else Decimal(0)
    award_moves.move_award(award, AwardStatus.COMPLETE, by=by, why=note.strip())
    if owed:
        repaying.owe(
            award,
            amount=owed,
            why=_("It was not spent, as your report says."),
            due_on=timezone.localdate() + REPAY_WITHIN,
            by=by,
        )
    send_all("thanked", award, about=str(its.pk))
    return its


def unspent(report: Report) -> Decimal:
    """Pounds that the group has left, as it tells; nothing where it was not asked."""
    if report.spent is None:
        return Decimal(0)
    left: Decimal = report.award.kept - report.spent
    return max(left, Decimal(0))


def _settle(award: Award, spent: Decimal) -> Decimal:
    """What was never paid and is not needed goes back; what was paid and not spent: how much."""
    on_its_way = award.planned - award.repaid
    if on_its_way > spent and award.planned > award.paid:
        raise ValidationError(
            _("They spent %s. Cancel the payments that they do not need first.") % in_pounds(spent)
        )
    back = award.kept - max(spent, on_its_way)
    if back > 0:
        award_moves.change(award, returned=award.returned + back)
        award_moves.give_back(award, back)
    owed: Decimal = min(max(on_its_way - spent, Decimal(0)), repaying.most_to_ask(award))
    return owed


def _locked(report: Report, by: User) -> tuple[Award, Report]:
    award = award_moves.locked(report.award)
    if not by.has_perm("grants.review_report") or sight.has_interest_of(by, award.application):
        raise PermissionDenied
    its = Report.objects.select_for_update(of=["self"]).get(pk=report.pk)
    its.award = award
    return award, its
