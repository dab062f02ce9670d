"""Sound rows of the fund: rounds, what they ask, what came in."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db.models import Model

from accounts.sealing import seal
from assets.models import Area
from grants.models import (
    Applicant,
    Application,
    ApplicationDocument,
    ApplicationEdit,
    ApplicationMove,
    BankCall,
    BankDetails,
    BudgetHeading,
    Check,
    Criterion,
    EligibilityQuestion,
    Level,
    Question,
    RequiredCheck,
    Round,
    RoundMove,
)
from grants.models.bank import SEALED_AS
from tests.assets.make import make_organisation
from tests.assets.models.case import NOW
from tests.grants.make import make_application, make_round
from tests.grants.models.after_rows import AFTER
from tests.grants.models.decided_rows import DECIDED
from tests.grants.models.gap_cases import GAP_ROWS
from tests.grants.models.panel_rows import PANEL
from tests.grants.models.published_cases import PUBLISHED_ROWS
from tests.people import person


def a_round() -> Round:
    return Round(
        slug="testing",
        code="T1",
        title="Testing",
        area=Area.objects.get(code="E07000035"),
        summary="Small grants.",
        about="For what helps.",
        who_may_apply="Groups.",
        funder="Public Health",
        pot=Decimal(10_000),
        smallest_award=Decimal(100),
        largest_award=Decimal(5_000),
        opens_at=datetime(2027, 1, 4, 9, tzinfo=UTC),
        closes_at=datetime(2027, 2, 4, 9, tzinfo=UTC),
        decisions_on=date(2027, 3, 20),
        spend_from=date(2027, 4, 1),
        spend_before=date(2028, 4, 1),
    )


def part(model: type[Model], **fields: Any) -> Callable[[], Any]:
    """One more part of a draft, with the number 3."""
    return lambda: model(round=make_round(status="draft"), number=3, **fields)


def level() -> Level:
    criterion = make_round(status="draft").criteria.first()
    return Level(criterion=criterion, points=4, name="More", description="More than that.")


def required_check() -> RequiredCheck:
    """The second of two."""
    first = RequiredCheck.objects.create(round=make_round(status="draft"), kind="rules")
    return RequiredCheck(round=first.round, kind="account")


def application() -> Application:
    """The second of two of one round."""
    first = make_application(round=make_round())
    group = make_organisation(name="Weir Field Wrens")
    return Application(
        round=first.round,
        organisation=group,
        group_name=group.name,
        status="submitted",
        number=2,
        title="Wrens on Wednesdays",
        minimum=Decimal(500),
        ideal=Decimal(1_000),
        total_cost=Decimal(1_200),
        people=20,
        starts_on=date(2027, 4, 1),
        ends_before=date(2028, 4, 1),
        submitted_at=NOW,
        submitted_by=person("vera"),
    )


def application_edit() -> ApplicationEdit:
    """The second of two."""
    first = ApplicationEdit.objects.create(application=make_application(), version=2, part="you")
    return ApplicationEdit(application=first.application, version=3, part="you")


def bank_details(*, version: int = 1, first: BankDetails | None = None) -> BankDetails:
    """An account; the next one of the same group, where there is a first."""
    application = first.application if first else make_application()
    group = application.organisation
    assert group is not None
    return BankDetails(
        application=application,
        organisation=group,
        version=version,
        account_name="Weir Field Wrens",
        sealed=seal("000000 00000000", what=SEALED_AS),
        ending="000",
        first_signatory="Jo Reed",
        second_signatory="Al Moss",
        given_by=person("vera"),
    )


def saved(row: Any) -> Any:
    row.save()
    return row


FUND: dict[type[Model], Callable[[], Any]] = (
    PANEL
    | DECIDED
    | AFTER
    | PUBLISHED_ROWS
    | GAP_ROWS
    | {
        Applicant: lambda: Applicant(
            application=make_application(), person=person("pam"), added_by=person("vera")
        ),
        Application: application,
        ApplicationDocument: lambda: ApplicationDocument(
            application=make_application(),
            name="rules.pdf",
            media_type="application/pdf",
            data=b"",
            once=uuid4(),
            brought_by=person("vera"),
        ),
        ApplicationEdit: application_edit,
        ApplicationMove: lambda: ApplicationMove(
            application=make_application(), from_status="draft", to_status="submitted"
        ),
        BankCall: lambda: BankCall(
            details=saved(bank_details()),
            number="01632 960123",
            spoke_to="Jo",
            is_right=True,
            rung_by=person("finn"),
        ),
        BankDetails: lambda: bank_details(version=2, first=saved(bank_details())),
        BudgetHeading: part(BudgetHeading, name="Biscuits"),
        Check: lambda: Check(
            application=make_application(),
            kind="rules",
            outcome="passed",
            reason="Seen.",
            done_by=person("mona"),
        ),
        Criterion: part(Criterion, name="Joy", weight=Decimal(10)),
        EligibilityQuestion: part(
            EligibilityQuestion, text="Are you a group?", why_not="Groups only."
        ),
        Level: level,
        Question: part(Question, text="Who helps?"),
        RequiredCheck: required_check,
        Round: a_round,
        RoundMove: lambda: RoundMove(round=make_round(), from_status="draft", to_status="open"),
    }
)
