"""Sound rows of what comes after an award: payments, changes, what comes back, reports."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from grants.models import (
    Outcome,
    Payment,
    PaymentExport,
    PaymentMove,
    Repayment,
    RepaymentReceived,
    Report,
    ReportMove,
    ReportOutcome,
    ReportSpending,
    Story,
    Variation,
)
from tests.grants.models.decided_rows import award
from tests.grants.paid import DUE, make_award, planned
from tests.people import person


def payment() -> Payment:
    """The second of two."""
    first = planned(make_award(), 400)
    return Payment(
        award=first.award, number=2, amount=Decimal(100), due_on=DUE, funder="Public Health"
    )


def payment_move() -> PaymentMove:
    return PaymentMove(payment=planned(make_award()), from_status="planned", to_status="approved")


def payment_export() -> PaymentExport:
    return PaymentExport(
        first_day=DUE, before=date(2027, 5, 1), total=Decimal(0), made_by=person("finn")
    )


def variation() -> Variation:
    """The second of two: the first is answered."""
    made = make_award()
    asked = {"award": made, "why": "The hall has closed.", "asked_by": person("vera")}
    answered = {"answered_at": made.accepted_at, "answered_by": person("mona")}
    Variation.objects.create(
        amount=Decimal(400), answer="refused", reason="No.", **asked, **answered
    )
    return Variation(purpose="A garden instead.", **asked)


def repayment() -> Repayment:
    return Repayment(
        award=make_award(), amount=Decimal(50), why="Left.", due_on=DUE, asked_by=person("mona")
    )


def repayment_received() -> RepaymentReceived:
    asked = repayment()
    asked.save()
    return RepaymentReceived(
        repayment=asked, amount=Decimal(50), came_on=DUE, noted_by=person("rhea")
    )


def report() -> Report:
    made = award()
    made.save()
    return Report(award=made, is_short=False, due_on=DUE)


def _report() -> Report:
    return Report.objects.get(award=make_award(2_000))


def report_move() -> ReportMove:
    return ReportMove(
        report=_report(), from_status="draft", to_status="sent", moved_by=person("vera")
    )


def report_outcome() -> ReportOutcome:
    """The second of two."""
    first, second = Outcome.objects.all()[:2]
    its = ReportOutcome.objects.create(report=_report(), outcome=first, before=5, after=10)
    return ReportOutcome(report=its.report, outcome=second, before=5, after=10)


def report_spending() -> ReportSpending:
    """The second of two."""
    its = _report()
    first, second = its.award.application.round.budget_headings.all()
    ReportSpending.objects.create(report=its, heading=first, amount=Decimal(10))
    return ReportSpending(report=its, heading=second, amount=Decimal(10))


AFTER: dict[type[Model], Callable[[], Any]] = {
    Payment: payment,
    PaymentExport: payment_export,
    PaymentMove: payment_move,
    Repayment: repayment,
    RepaymentReceived: repayment_received,
    Report: report,
    ReportMove: report_move,
    ReportOutcome: report_outcome,
    ReportSpending: report_spending,
    Story: lambda: Story(report=_report(), text="One of them was shy."),
    Variation: variation,
}
