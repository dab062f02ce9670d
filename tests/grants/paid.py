"""Awards that were accepted, with an account that was rung back, for tests of what comes after."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from grants import offers, paying, releasing
from grants.models import Award, BankCall, BankDetails, Payment, Report, Round
from grants.reporting import reviewing, writing
from tests.grants import make
from tests.grants.make import make_application, make_round
from tests.people import person

DUE = date(2027, 4, 1)


def make_offer(amount: Decimal | int = 1_000, **fields: Any) -> Award:
    """Awarded out of the pot, and not answered yet. `fields` are of its application."""
    its_round = fields.pop("round", None) or make_round(status="decided")
    asked = {"minimum": Decimal(1), "ideal": Decimal(amount), "total_cost": Decimal(amount)}
    application = make_application(
        round=its_round, status="awarded", award=Decimal(amount), **(asked | fields)
    )
    Round.objects.filter(pk=its_round.pk).update(committed=its_round.committed + Decimal(amount))
    its_round.refresh_from_db()
    return releasing.offer(application)


def make_award(amount: Decimal | int = 1_000, **fields: Any) -> Award:
    """Accepted by Vera, with an account that Finn has rung back."""
    offered = make_offer(amount, **fields)
    award = offers.accept(award=offered, name="Vera Holt", agreement="Terms.", by=person("vera"))
    make_account(award)
    return award


def make_account(award: Award, number: str = "00001234", *, is_rung: bool = True) -> BankDetails:
    details = make.make_account(
        award, account_name="Weir Field Wrens", sort_code="000000", account_number=number
    )
    if is_rung:
        BankCall.objects.create(
            details=details,
            rung_by=person("finn"),
            number="01632 960123",
            spoke_to="Jo",
            is_right=True,
        )
    return details


def planned(award: Award, amount: Decimal | int = 400, **how: Any) -> Payment:
    said: dict[str, Any] = {"amount": Decimal(amount), "due_on": DUE, "cost_code": "YP-12"}
    plan = paying.Plan(**(said | how))
    return paying.plan(award=award, plan=plan, by=person("mona"), once=uuid4())


def approved(award: Award, amount: Decimal | int = 400, **how: Any) -> Payment:
    return paying.approve(payment=planned(award, amount, **how), by=person("finn"))


def released(award: Award, amount: Decimal | int = 400, **how: Any) -> Payment:
    return paying.release(payment=approved(award, amount, **how), by=person("rhea"))


def money_of(award: Award) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Planned, paid, returned, repaid."""
    award.refresh_from_db()
    return award.planned, award.paid, award.returned, award.repaid


def typed(report: Report, **other: Any) -> dict[str, Any]:
    """What a group types into a whole report: 20 children, a story that may stand on our pages."""
    said: dict[str, Any] = {
        "children": "20",
        "story": "One of them was shy and now leads the warm-up.",
        "uses": ["pages"],
        "said_yes": ["child", "parent"],
        "agreed_how": "written",
        "agreed_on": "3 November 2026",
    }
    if not report.is_short:
        spent = {"spent-1": str(report.award.kept), "spent-2": "0", "unspent": ""}
        row = {"outcome-1": "friends", "before-1": "6", "after-1": "14"}
        said |= {"sessions": "12", **row, **spent}
    return said | other


def sent(award: Award, **other: Any) -> Report:
    """A report that the group has written and sent."""
    report = Report.objects.get(award=award)
    report = writing.write(report=report, typed=typed(report, **other), base={}, by=person("vera"))
    return writing.send(report=report, by=person("vera"))


def accepted(award: Award, **other: Any) -> Report:
    return reviewing.accept(report=sent(award, **other), by=person("mona"))
