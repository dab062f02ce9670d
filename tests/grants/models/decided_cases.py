"""What breaks a rule of what was decided and given, and what goes just so far."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from grants.models import Meeting, Round
from tests.assets.models.case import NOW, Case
from tests.grants.make import make_application
from tests.people import person

LONG_AGO, FAR_OFF = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
ACCEPTED: dict[str, Any] = {
    "status": "accepted",
    "accepted_at": NOW,
    "accepted_by": lambda _row: person("vera"),
    "accepted_name": "Vera Holt",
    "agreement": "As it stood.",
}
PAID: dict[str, Any] = {"planned": Decimal(500), "paid": Decimal(500)}
READ: dict[str, Any] = {"read_at": NOW, "read_by": lambda _row: person("mona")}
MET: dict[str, Any] = {"met_at": NOW, "met_by": lambda _row: person("mona")}
WAIVED: dict[str, Any] = {
    "waived_at": NOW,
    "waived_by": lambda _row: person("mona"),
    "waived_why": "They have shown it before.",
}


def _while_it_meets(row: Meeting) -> Round:
    return Meeting.objects.create(round=row.round, began_by=person("cora")).round


def _who_is_there(row: Any) -> Any:
    return row.meeting.attendances.get().seat


PANEL: dict[str, Case] = {
    "meeting_one_at_a_time": Case(
        {"round": _while_it_meets}, {"round": _while_it_meets, "ended_at": FAR_OFF}
    ),
    "meeting_ends_after_it_began": Case({"ended_at": LONG_AGO}, {"ended_at": FAR_OFF}),
    "attendance_here_once": Case(
        {"seat": _who_is_there}, {"seat": _who_is_there, "left_at": FAR_OFF}
    ),
    "attendance_leaves_after_coming": Case({"left_at": LONG_AGO}, {"left_at": FAR_OFF}),
    "attendance_left_for_is_left": Case(
        {"left_for": lambda row: make_application(round=row.meeting.round)},
        {
            "left_for": lambda row: make_application(round=row.meeting.round),
            "left_at": FAR_OFF,
        },
    ),
    "panelscore_is_of_100": Case({"points": Decimal("100.1")}, {"points": Decimal(100)}),
    "panelscore_scored_is_of_100": Case({"scored": Decimal("-0.1")}, {"scored": Decimal(0)}),
    "panelscore_says_why": Case({"reason": ""}, {"reason": "."}),
    "decision_outcome_known": Case({"outcome": "perhaps"}, {"outcome": "open"}),
    "decision_award_has_an_amount": Case(
        {"outcome": "award"}, {"outcome": "award", "amount": Decimal("0.01")}
    ),
    "decision_says_why": Case({"reason": ""}, {"reason": "."}),
    "scenario_kind_known": Case({"kind": "dream"}, {"kind": "own"}),
    "scenario_name_once": Case({"name": "Strict"}, {"name": "strict"}),
    "scenarioaward_once": Case({"application": lambda row: row.scenario.awards.get().application}),
    "scenarioaward_is_something": Case({"amount": Decimal(0)}, {"amount": Decimal("0.01")}),
}
EQUALITY: dict[str, Case] = {
    "equalityanswer_led_by_known": Case({"led_by": ["rich"]}, {"led_by": ["poor", "young"]}),
    "equalityanswer_is_for_known": Case({"is_for": ["rich"]}, {"is_for": ["poor", "young"]}),
    "equalityanswer_says_something": Case({"led_by": []}, {"led_by": [], "is_for": ["faith"]}),
}
AWARDS: dict[str, Case] = {
    "award_status_known": Case(
        {"status": "lost"}, {"status": "lapsed"}, also=("award_accepted_at_and_by",)
    ),
    "award_subsidy_known": Case({"subsidy": "huge"}, {"subsidy": "minimal"}),
    "award_is_something": Case({"amount": Decimal(0)}, {"amount": Decimal("0.01")}),
    "award_never_overpaid": Case(
        ACCEPTED | {"planned": Decimal(400), "paid": Decimal("400.01")},
        ACCEPTED | {"planned": Decimal(500), "paid": Decimal(500)},
    ),
    "award_returned_fits": Case(
        {"returned": Decimal("500.01")},
        {"returned": Decimal(500)},
        also=("award_given_back_is_not_paid",),
    ),
    "award_repaid_fits": Case(
        ACCEPTED | PAID | {"repaid": Decimal(1)},
        ACCEPTED | PAID | {"repaid": Decimal(500), "returned": Decimal(500)},
    ),
    "award_given_back_is_not_paid": Case(
        ACCEPTED | PAID | {"returned": Decimal("0.01")},
        ACCEPTED | {"planned": Decimal(400), "returned": Decimal(100)},
    ),
    "award_paid_was_accepted": Case({"planned": Decimal(1)}, ACCEPTED | {"planned": Decimal(1)}),
    "award_starts_before_it_ends": Case(
        {"ends_before": lambda row: row.starts_on},
        {"ends_before": lambda row: row.starts_on + timedelta(days=1)},
    ),
    "award_accepted_at_and_by": Case({"accepted_at": NOW}, ACCEPTED),
    "awardmove_goes_somewhere": Case({"to_status": "offered"}, {"to_status": "lapsed"}),
    "awardmove_from_status_known": Case({"from_status": "lost"}, {"from_status": "complete"}),
    "awardmove_to_status_known": Case({"to_status": "lost"}, {"to_status": "declined"}),
    "letter_kind_known": Case({"kind": "poem"}, {"kind": "decline"}),
    "letter_once": Case({"kind": "award"}),
    "letter_subsidy_known": Case(
        {"subsidy": "huge"}, {"kind": "decline"}, also=("letter_only_an_award_offers",)
    ),
    "letter_only_an_award_offers": Case({"amount": Decimal(1)}, {"kind": "decline"}),
    "condition_once": Case(
        {"words": "Show us your policy."}, {"due_on": lambda row: row.due_on + timedelta(days=1)}
    ),
    "condition_says_what": Case({"words": ""}, {"words": "."}),
    "condition_met_at_and_by": Case({"met_at": NOW}, MET),
    "condition_waived_says_why": Case({"waived_at": NOW}, WAIVED),
    "condition_met_or_waived": Case(MET | WAIVED, MET),
    "letter_read_at_and_by": Case({"read_at": NOW}, READ),
    "letter_sent_was_read": Case({"sent_at": NOW}, READ | {"sent_at": NOW}),
    "roundrecord_what_known": Case({"what": "dreamt"}, {"what": "pot"}),
    "roundrecord_version_once": Case({"version": 1}, {"version": 3}),
}
DECIDED = PANEL | EQUALITY | AWARDS
