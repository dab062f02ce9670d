"""What breaks a rule of the proposals, and what goes just so far. The sound row is a draft."""

from typing import Any

from assets.models import Proposal
from tests.assets import make
from tests.assets.models.case import NOW, Case
from tests.people import person


def _one_more(row: Any, **changes: Any) -> Any:
    """The group of a row of the same kind that is there already."""
    fields = {"kind": row.kind, "status": "draft", "asker_email": "vera@example.com"}
    Proposal.objects.create(organisation=row.organisation, **fields | changes)
    return row.organisation


PROPOSALS: dict[str, Case] = {
    "proposal_kind_known": Case(
        {"kind": "wish"}, {"kind": "claim"}, also=("proposal_is_about_a_group",)
    ),
    "proposal_status_known": Case(
        {"status": "lost"},
        {"status": "returned", "sent_at": NOW},
        also=("proposal_sent_has_a_time", "proposal_closed_has_a_time"),
    ),
    "proposal_is_about_a_group": Case(
        {"organisation": None}, {"organisation": None, "kind": "new"}
    ),
    "proposal_activity_has_ended": Case(
        {"activity": lambda _row: make.make_activity()},
        {"activity": lambda _row: make.make_activity(), "kind": "ending"},
    ),
    "proposal_sent_has_a_time": Case({"status": "sent"}, {"status": "sent", "sent_at": NOW}),
    "proposal_closed_has_a_time": Case(
        {"status": "dropped"}, {"status": "dropped", "closed_at": NOW}
    ),
    "proposal_looked_at_and_by": Case(
        {"looked_at": NOW}, {"looked_at": NOW, "looked_by": lambda _row: person("erin")}
    ),
    "proposal_claim_is_vouched_for": Case(
        {"vouched_at": NOW}, {"vouched_at": NOW, "kind": "claim"}
    ),
    "proposal_can_be_answered": Case(
        {"kind": "claim", "asker_email": ""},
        {"kind": "claim", "asker_email": "", "entered_by": lambda _row: person("erin")},
    ),
    "proposal_one_change_at_a_time": Case(
        {"organisation": _one_more},
        {"organisation": lambda row: _one_more(row, status="dropped", closed_at=NOW)},
    ),
    "proposal_claimed_once": Case(
        {"kind": "claim", "asker_email": "VERA@example.com", "organisation": _one_more},
        {"kind": "claim", "asker_email": "ben@example.com", "organisation": _one_more},
    ),
    "proposal_ended_once": Case(
        {"kind": "ending", "organisation": _one_more},
        {
            "kind": "ending",
            "organisation": lambda row: _one_more(
                row, activity=make.make_activity(organisation=row.organisation)
            ),
        },
    ),
    "proposalmove_goes_somewhere": Case({"to_status": "draft"}, {"to_status": "dropped"}),
    "proposalmove_from_status_known": Case({"from_status": "lost"}, {"from_status": "returned"}),
    "proposalmove_to_status_known": Case({"to_status": "lost"}, {"to_status": "declined"}),
    "proposaledit_once": Case(
        {"version": lambda row: row.proposal.edits.create(version=7, part="group").version},
        {"version": 8},
    ),
}
