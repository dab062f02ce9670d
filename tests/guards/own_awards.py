"""What stands in the addresses of an award that was accepted: one of Vera's."""

from decimal import Decimal

from grants.models import Award, Payment, Report
from grants.reporting import opening
from tests.grants.make import make_round
from tests.grants.paid import make_award, planned
from tests.people import person


def of_vera() -> Award:
    found = Award.objects.filter(accepted_by=person("vera")).first()
    return found or make_award(2_000, round=make_round(status="decided"))


def payment() -> Payment:
    award = of_vera()
    return award.payments.first() or planned(award, Decimal(100))


def report() -> Report:
    award = of_vera()
    return Report.objects.filter(award=award).first() or opening.open_report(award)
