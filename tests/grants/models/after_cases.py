"""What breaks a rule of what comes after an award, and what goes just so far."""

from decimal import Decimal
from typing import Any

from grants.models import Variation
from tests.assets.models.case import NOW, Case
from tests.people import person

APPROVED: dict[str, Any] = {
    "status": "approved",
    "approved_at": NOW,
    "approved_by": lambda _row: person("finn"),
    "account": lambda row: row.award.organisation.bank_details.get(),
}
RHEA: dict[str, Any] = {"released_at": NOW, "released_by": lambda _row: person("rhea")}
RELEASED = APPROVED | RHEA | {"status": "released"}
HELD = {"held_until": "condition", "condition": "A policy"}
MET: dict[str, Any] = {"condition_met_at": NOW, "condition_met_by": lambda _row: person("mona")}
SAID: dict[str, Any] = {"answered_at": NOW, "answered_by": lambda _row: person("mona")}
SENT: dict[str, Any] = {
    "status": "sent",
    "sent_at": NOW,
    "sent_by": lambda _row: person("vera"),
    "children": 5,
}
AGREED: dict[str, Any] = {
    "on_pages": True,
    "child_agreed": True,
    "parent_agreed": True,
    "agreed_how": "said",
    "agreed_on": NOW.date(),
}
GONE: dict[str, Any] = {"withdrawn_at": NOW, "withdrawn_by": lambda _row: person("vera")}


def _asks_too(row: Variation) -> str:
    """A change of the same award waits already."""
    asked = {"award": row.award, "why": "The hall.", "asked_by": person("vera")}
    Variation.objects.create(amount=Decimal(1), **asked)
    return row.why


def _first_outcome(row: Any) -> Any:
    return row.report.outcomes.get().outcome


def _first_heading(row: Any) -> Any:
    return row.report.spending.get().heading


PAYMENTS: dict[str, Case] = {
    "payment_status_known": Case(
        {"status": "lost"},
        {"status": "cancelled"},
        also=("payment_approved_is_whole",),
    ),
    "payment_held_until_known": Case({"held_until": "luck"}, {"held_until": "report"}),
    "payment_number_once": Case({"number": 1}, {"number": 3}),
    "payment_is_something": Case({"amount": Decimal(0)}, {"amount": Decimal("0.01")}),
    "payment_says_whose_money": Case({"funder": ""}, {"funder": "."}),
    "payment_condition_is_said": Case({"held_until": "condition"}, HELD),
    "payment_met_at_and_by": Case({**HELD, "condition_met_at": NOW}, {**HELD, **MET}),
    "payment_approved_is_whole": Case({"status": "approved"}, APPROVED),
    "payment_released_at_and_by": Case(APPROVED | {"status": "released"}, RELEASED),
    "payment_two_people": Case(RELEASED | {"released_by": lambda _row: person("finn")}, RELEASED),
    "payment_waits_for_its_condition": Case(RELEASED | HELD, RELEASED | HELD | MET),
    "paymentmove_goes_somewhere": Case({"to_status": "planned"}, {"to_status": "cancelled"}),
    "paymentmove_from_status_known": Case({"from_status": "lost"}),
    "paymentmove_to_status_known": Case({"to_status": "lost"}),
    "paymentexport_is_of_a_period": Case({"before": lambda row: row.first_day}),
}
CHANGES: dict[str, Case] = {
    "variation_answer_known": Case({"answer": "perhaps"}, also=("variation_answered_is_whole",)),
    "variation_one_at_a_time": Case(
        {"why": _asks_too}, {"why": _asks_too, "answer": "withdrawn", **SAID}
    ),
    "variation_asks_for_something": Case({"purpose": ""}, {"purpose": "", "amount": Decimal(1)}),
    "variation_says_why": Case({"why": ""}, {"why": "."}),
    "variation_answered_is_whole": Case(
        {"answer": "refused", **SAID}, {"answer": "refused", "reason": "No.", **SAID}
    ),
    "variation_agreed_amends": Case(
        {"answer": "agreed", "reason": "Yes.", **SAID},
        {"answer": "agreed", "reason": "Yes.", "amends": "It is a garden now.", **SAID},
    ),
    "repayment_is_something": Case({"amount": Decimal(0)}, {"amount": Decimal("0.01")}),
    "repayment_received_fits": Case({"received": Decimal("50.01")}, {"received": Decimal(50)}),
    "repayment_says_why": Case({"why": ""}, {"why": "."}),
    "repaymentreceived_is_something": Case({"amount": Decimal(0)}, {"amount": Decimal("0.01")}),
}
REPORTS: dict[str, Case] = {
    "report_status_known": Case(
        {"status": "lost"}, {"status": "draft"}, also=("report_sent_is_whole",)
    ),
    "report_sent_is_whole": Case(SENT, SENT | {"is_short": True}),
    "report_written_at_and_by": Case(
        {"written_at": NOW}, {"written_at": NOW, "written_by": lambda _row: person("vera")}
    ),
    "report_spent_is_no_less_than_nothing": Case(
        {"spent": Decimal("-0.01")}, {"spent": Decimal(0)}
    ),
    "reportmove_goes_somewhere": Case({"to_status": "draft"}),
    "reportmove_from_status_known": Case({"from_status": "lost"}),
    "reportmove_to_status_known": Case({"to_status": "lost"}),
    "reportoutcome_once": Case({"outcome": _first_outcome}),
    "reportspending_once": Case({"heading": _first_heading}),
    "reportspending_is_no_less_than_nothing": Case(
        {"amount": Decimal("-0.01")}, {"amount": Decimal(0)}
    ),
    "story_agreed_how_known": Case({"agreed_how": "dream"}, {"agreed_how": "written"}),
    "story_used_with_consent": Case(AGREED | {"parent_agreed": False}, AGREED),
    "story_withdrawn_is_wiped": Case(GONE, GONE | {"text": ""}),
}
AFTER = PAYMENTS | CHANGES | REPORTS
