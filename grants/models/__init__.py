"""The tables of the fund."""

from grants.models.after_award import Repayment, RepaymentReceived, Variation
from grants.models.application_documents import ApplicationDocument
from grants.models.application_records import ApplicationEdit, ApplicationMove
from grants.models.application_status import ApplicationStatus
from grants.models.applications import Applicant, Application
from grants.models.awards import Award, AwardMove, AwardStatus, Letter
from grants.models.bank import BankCall, BankDetails
from grants.models.board_updates import BoardUpdate
from grants.models.checks import Check
from grants.models.conditions import Condition
from grants.models.equality import EqualityAnswer
from grants.models.panel import Attendance, Decision, Meeting, PanelScore, Scenario, ScenarioAward
from grants.models.panel_people import Declaration, Interest, Seat, SeatMove
from grants.models.payments import Hold, Payment, PaymentExport, PaymentMove, PaymentStatus
from grants.models.published import GrantFile, GrantSource, GrantUpload, PublishedGrant
from grants.models.reports import (
    Outcome,
    Report,
    ReportMove,
    ReportOutcome,
    ReportSpending,
    ReportStatus,
    Story,
)
from grants.models.round_form import (
    BudgetHeading,
    CheckKind,
    Criterion,
    EligibilityQuestion,
    Level,
    Question,
    RequiredCheck,
)
from grants.models.round_gaps import RoundGap
from grants.models.round_records import RoundRecord
from grants.models.rounds import Round, RoundMove, RoundStatus
from grants.models.scoring import Score, ScoreSheet, SheetEdit, SheetStatus

__all__ = [
    "Applicant",
    "Application",
    "ApplicationDocument",
    "ApplicationEdit",
    "ApplicationMove",
    "ApplicationStatus",
    "Attendance",
    "Award",
    "AwardMove",
    "AwardStatus",
    "BankCall",
    "BankDetails",
    "BoardUpdate",
    "BudgetHeading",
    "Check",
    "CheckKind",
    "Condition",
    "Criterion",
    "Decision",
    "Declaration",
    "EligibilityQuestion",
    "EqualityAnswer",
    "GrantFile",
    "GrantSource",
    "GrantUpload",
    "Hold",
    "Interest",
    "Letter",
    "Level",
    "Meeting",
    "Outcome",
    "PanelScore",
    "Payment",
    "PaymentExport",
    "PaymentMove",
    "PaymentStatus",
    "PublishedGrant",
    "Question",
    "Repayment",
    "RepaymentReceived",
    "Report",
    "ReportMove",
    "ReportOutcome",
    "ReportSpending",
    "ReportStatus",
    "RequiredCheck",
    "Round",
    "RoundGap",
    "RoundMove",
    "RoundRecord",
    "RoundStatus",
    "Scenario",
    "ScenarioAward",
    "Score",
    "ScoreSheet",
    "Seat",
    "SeatMove",
    "SheetEdit",
    "SheetStatus",
    "Story",
    "Variation",
]
