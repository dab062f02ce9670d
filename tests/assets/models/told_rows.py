"""Sound rows of what people tell us: proposals, documents, problems, worries."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django.db.models import Model

from assets.models import (
    Boundary,
    Call,
    Document,
    DocumentMove,
    DocumentOpening,
    HarvestStamp,
    Hiding,
    NotFound,
    Population,
    Problem,
    ProblemMove,
    Proposal,
    ProposalEdit,
    ProposalMove,
    SafetyRecord,
    SafetyWorry,
    SeenInMonth,
    TagOpinion,
    WebsiteLook,
)
from tests.assets import make
from tests.assets.models.case import NOW
from tests.people import person
from thrive.models import TagRule


def problem() -> Problem:
    activity = make.make_activity()
    return Problem(key=uuid4(), activity=activity, kind="wrong", words="It is on Fridays.")


def worry() -> SafetyWorry:
    return SafetyWorry(key=uuid4(), activity=make.make_activity(), words="The gate is open.")


def saved(row: Any) -> Any:
    row.save()
    return row


def changes() -> dict[str, Any]:
    asker = {"asker_name": "Vera Holt", "asker_email": "vera@example.com"}
    return {"kind": "change", "organisation": make.make_organisation()} | asker


def document() -> Document:
    return Document(
        organisation=make.make_organisation(),
        kind="insurance",
        name="policy.pdf",
        media_type="application/pdf",
        data=b"",
        once=uuid4(),
        brought_by=person("vera"),
    )


def document_move() -> DocumentMove:
    shown = document()
    shown.save()
    states = {"from_status": "waiting", "to_status": "seen"}
    return DocumentMove(document=shown, moved_by=person("erin"), **states)


def document_opening() -> DocumentOpening:
    return DocumentOpening(document=saved(document()), opened_by=person("erin"))


TOLD: dict[type[Model], Callable[[], Any]] = {
    Call: lambda: Call(organisation=make.make_organisation(), called_by=person("erin")),
    Document: document,
    DocumentMove: document_move,
    DocumentOpening: document_opening,
    HarvestStamp: lambda: HarvestStamp(
        activity=make.make_activity(), modified_at=NOW, written_in=1
    ),
    Proposal: lambda: Proposal(**changes()),
    ProposalEdit: lambda: ProposalEdit(
        proposal=Proposal.objects.create(**changes()), version=2, part="group"
    ),
    ProposalMove: lambda: ProposalMove(
        proposal=Proposal.objects.create(**changes()), from_status="draft", to_status="sent"
    ),
    Hiding: lambda: Hiding(worry=saved(worry()), activity=make.make_activity()),
    Problem: problem,
    ProblemMove: lambda: ProblemMove(
        problem=saved(problem()),
        from_status="new",
        to_status="handled",
        moved_by=person("erin"),
    ),
    SafetyRecord: lambda: SafetyRecord(
        worry=saved(worry()), what="moved", from_status="new", to_status="taken"
    ),
    SafetyWorry: worry,
    WebsiteLook: lambda: WebsiteLook(address="https://example.org/", looked_on=date(2026, 11, 3)),
    Boundary: lambda: Boundary(area=make.district(), valid_from=date(2025, 5, 1), source="made up"),
    Population: lambda: Population(
        area=make.district(), year=2024, age_from=11, age_before=16, people=900, source="made up"
    ),
    NotFound: lambda: NotFound(month=date(2026, 11, 1)),
    SeenInMonth: lambda: SeenInMonth(activity=make.make_activity(), month=date(2026, 11, 1)),
    TagOpinion: lambda: TagOpinion(
        activity=make.make_activity(), person=person("erin"), needs_groups=["thriving"]
    ),
    TagRule: lambda: TagRule(
        name="Zorbing",
        description="Balls that roll downhill.",
        message="Fun.",
        needs_groups=["thriving"],
        says=["zorbing"],
    ),
}
