"""What became of the example's awards: all are paid, and most have told us how it went."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.sealing import seal
from grants.models import (
    Award,
    AwardMove,
    AwardStatus,
    BankCall,
    BankDetails,
    BudgetHeading,
    Outcome,
    Payment,
    PaymentStatus,
    Report,
    ReportMove,
    ReportOutcome,
    ReportSpending,
    ReportStatus,
    Story,
)
from grants.models.bank import SEALED_AS
from grants.reporting import opening

FILE = Path(__file__).parent / "example" / "reports.toml"
Row = dict[str, Any]


def load(awards: list[Award], *, wrote: User, approved: User, released: User) -> None:
    """`wrote` is of the groups, the two others of our team: two people, as always."""
    told = {row["title"]: row for row in tomllib.loads(FILE.read_text("utf-8"))["report"]}
    for award in awards:
        _pay(award, approved, released)
        report = opening.open_report(award)
        if row := told.get(award.application.title):
            _tell(award, report, row, wrote)


def _pay(award: Award, approved: User, released: User) -> None:
    when = award.accepted_at
    Award.objects.filter(pk=award.pk).update(planned=award.amount, paid=award.amount)
    award.refresh_from_db()
    Payment.objects.create(
        award=award,
        number=1,
        amount=award.amount,
        due_on=award.starts_on,
        status=PaymentStatus.RELEASED,
        funder=award.application.round.funder,
        cost_code=award.application.round.cost_code,
        account=_account(award, approved),
        approved_at=when,
        approved_by=approved,
        released_at=when,
        released_by=released,
    )


def _account(award: Award, rung_by: User) -> BankDetails:
    """No account that anybody has: its digits are all nought."""
    wrote = award.accepted_by or rung_by
    given = BankDetails.objects.filter(organisation=award.organisation).count()
    details = BankDetails.objects.create(
        application=award.application,
        organisation=award.organisation,
        version=given + 1,
        account_name=award.organisation.name,
        sealed=seal("000000 00000000", what=SEALED_AS),
        ending="000",
        first_signatory="Somebody of the group",
        second_signatory="Somebody else of the group",
        given_by=wrote,
    )
    BankCall.objects.create(
        details=details,
        rung_by=rung_by,
        number="01632 960123",
        spoke_to="Somebody of the group",
        is_right=True,
    )
    return details


def _tell(award: Award, report: Report, row: Row, by: User) -> None:
    """As if it had been written, sent and accepted last week."""
    is_whole = not report.is_short
    Report.objects.filter(pk=report.pk).update(
        status=ReportStatus.SENT,
        children=row["children"],
        sessions=row.get("sessions") if is_whole else None,
        spent=award.amount if is_whole else None,
        sent_at=timezone.now() - timedelta(days=7),
        sent_by=by,
    )
    Story.objects.create(report=report, text=row["story"], **_consent(on_pages=row["on_pages"]))
    if is_whole:
        for slug, before, after in row["outcomes"]:
            outcome = Outcome.objects.get(slug=slug)
            ReportOutcome.objects.create(report=report, outcome=outcome, before=before, after=after)
        heading = BudgetHeading.objects.get(round=award.application.round, number=1)
        ReportSpending.objects.create(report=report, heading=heading, amount=award.amount)
    Report.objects.filter(pk=report.pk).update(status=ReportStatus.ACCEPTED)
    for before, after in (
        (ReportStatus.DRAFT, ReportStatus.SENT),
        (ReportStatus.SENT, ReportStatus.ACCEPTED),
    ):
        ReportMove.objects.create(report=report, from_status=before, to_status=after, moved_by=by)
    for was, now in (
        (AwardStatus.ACCEPTED, AwardStatus.REPORTING),
        (AwardStatus.REPORTING, AwardStatus.COMPLETE),
    ):
        AwardMove.objects.create(award=award, from_status=was, to_status=now, moved_by=by)
    Award.objects.filter(pk=award.pk).update(status=AwardStatus.COMPLETE)


def _consent(*, on_pages: bool) -> Row:
    if not on_pages:
        return {}
    agreed = {"agreed_how": Story.How.WRITTEN, "agreed_on": timezone.localdate()}
    return {"on_pages": True, "child_agreed": True, "parent_agreed": True, **agreed}
