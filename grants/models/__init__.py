"""The tables of the fund."""

from grants.models.application_records import ApplicationEdit, ApplicationMove
from grants.models.application_status import ApplicationStatus
from grants.models.applications import Applicant, Application, ApplicationDocument
from grants.models.checks import BankDetails, Check
from grants.models.panel_people import Declaration, Interest, Seat, SeatMove
from grants.models.published import GrantFile, GrantSource, GrantUpload, PublishedGrant
from grants.models.round_form import (
    BudgetHeading,
    CheckKind,
    Criterion,
    EligibilityQuestion,
    Level,
    Question,
    RequiredCheck,
)
from grants.models.rounds import Round, RoundMove, RoundStatus
from grants.models.scoring import Score, ScoreSheet, SheetEdit, SheetStatus

__all__ = [
    "Applicant",
    "Application",
    "ApplicationDocument",
    "ApplicationEdit",
    "ApplicationMove",
    "ApplicationStatus",
    "BankDetails",
    "BudgetHeading",
    "Check",
    "CheckKind",
    "Criterion",
    "Declaration",
    "EligibilityQuestion",
    "GrantFile",
    "GrantSource",
    "GrantUpload",
    "Interest",
    "Level",
    "PublishedGrant",
    "Question",
    "RequiredCheck",
    "Round",
    "RoundMove",
    "RoundStatus",
    "Score",
    "ScoreSheet",
    "Seat",
    "SeatMove",
    "SheetEdit",
    "SheetStatus",
]
