"""What breaks a rule of the fund, and what goes just so far."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from assets.models import Organisation
from tests.assets.models.case import NOW, TODAY, Case
from tests.grants.models.after_cases import AFTER
from tests.grants.models.decided_cases import DECIDED
from tests.grants.models.gap_cases import GAPS
from tests.grants.models.published_cases import PUBLISHED
from tests.people import person

ROUNDS: dict[str, Case] = {
    "round_status_known": Case({"status": "lost"}, {"status": "closed"}),
    "round_never_overspent": Case(
        {"committed": Decimal("10000.01")}, {"committed": Decimal(10_000)}
    ),
    "round_awards_fit": Case(
        {"largest_award": Decimal("99.99")}, {"largest_award": Decimal(10_000)}
    ),
    "round_opens_before_it_closes": Case(
        {"closes_at": lambda row: row.opens_at},
        {"closes_at": lambda row: row.opens_at + timedelta(seconds=1)},
    ),
    "round_spend_from_before": Case(
        {"spend_before": lambda row: row.spend_from},
        {"spend_before": lambda row: row.spend_from + timedelta(days=1)},
    ),
    "round_has_a_quorum": Case({"quorum": 0}, {"quorum": 1}),
    "round_young_weight_counts": Case(
        {"young_weight": Decimal("5.01")}, {"young_weight": Decimal(5)}
    ),
    "round_short_report_counts": Case(
        {"short_report_to": Decimal("-0.01")}, {"short_report_to": Decimal(0)}
    ),
    "round_slug_is_free": Case({"slug": "awards"}, {"slug": "awards-2027"}),
}
MOVES: dict[str, Case] = {
    f"{moved}move_{name}": case
    for moved in ("round", "application")
    for name, case in {
        "goes_somewhere": Case({"to_status": "draft"}),
        "from_status_known": Case({"from_status": "lost"}),
        "to_status_known": Case({"to_status": "lost"}),
    }.items()
}
FORM: dict[str, Case] = {
    f"{part}_{name}": case
    for part in ("eligibilityquestion", "question", "criterion", "budgetheading")
    for name, case in {
        "number_once": Case({"number": 1}, {"number": 9}),
        "counts_from_one": Case({"number": 0}),
    }.items()
} | {
    "question_words_in_reason": Case({"most_words": 9}, {"most_words": 1500}),
    "criterion_weight_counts": Case({"weight": Decimal(0)}, {"weight": Decimal(100)}),
    "level_points_once": Case({"points": 3}, {"points": 5}),
    "requiredcheck_kind_known": Case({"kind": "horoscope"}, {"kind": "insurance"}),
    "requiredcheck_once": Case({"kind": "rules"}, {"kind": "eligible"}),
}
ENTERED: dict[str, Any] = {"entered_by": lambda _row: person("mona"), "entered_for": "Jo"}
NOT_SENT = {"number": None, "submitted_at": None, "submitted_by": None}


def _first_group(row: Any) -> Organisation:
    group = row.round.applications.get().organisation
    assert isinstance(group, Organisation)
    return group


APPLICATIONS: dict[str, Case] = {
    "application_status_known": Case({"status": "lost"}, {"status": "in-scoring"}),
    "application_number_once": Case({"number": 1}, {"number": 3}),
    "application_one_a_group": Case(
        {"organisation": _first_group}, {"organisation": _first_group, "status": "withdrawn"}
    ),
    "application_sent_is_whole": Case({"people": None}, {"people": None, "status": "withdrawn"}),
    "application_sent_at_and_numbered": Case(
        {"status": "withdrawn", "number": None}, {"status": "withdrawn", **NOT_SENT}
    ),
    "application_draft_is_not_sent": Case({"status": "draft"}, {"status": "draft", **NOT_SENT}),
    "application_amounts_fit": Case(
        {"minimum": Decimal("1000.01")}, {"minimum": Decimal(1_000), "total_cost": Decimal(1_000)}
    ),
    "application_starts_before_it_ends": Case(
        {"ends_before": lambda row: row.starts_on},
        {"ends_before": lambda row: row.starts_on + timedelta(days=1)},
    ),
    "application_ages_fit": Case(
        {"age_from": 60, "age_before": 60}, {"age_from": 60, "age_before": 61}
    ),
    "application_award_fits": Case(
        {"status": "to-award", "award": Decimal("1000.01")},
        {"status": "to-award", "award": Decimal(1_000)},
    ),
    "application_has_a_group": Case({"group_name": ""}, {"organisation": None}),
    "applicant_once": Case({"person": lambda _row: person("vera")}),
    "applicationdocument_kind_known": Case({"kind": "horoscope"}, {"kind": "rules"}),
    "applicationdocument_type_is_safe": Case(
        {"media_type": "text/html"}, {"media_type": "image/png"}
    ),
    "applicationedit_once": Case({"version": 2}),
    "check_kind_known": Case({"kind": "horoscope"}, {"kind": "equality"}),
    "check_outcome_known": Case({"outcome": "perhaps"}, {"outcome": "waived"}),
    "check_says_why": Case({"reason": ""}, {"reason": "."}),
    "check_eligible_is_of_one_round": Case(
        {"kind": "eligible", "expires_on": TODAY}, {"kind": "rules", "expires_on": TODAY}
    ),
    "check_account_is_theirs_or_a_hosts": Case(
        {"kind": "account"}, {"kind": "account", "two_sign": True}
    ),
    "application_entered_how_known": Case({"entered_how": "rumour", **ENTERED}),
    "application_entered_says_for_whom": Case(
        {"entered_for": "Jo"}, {"entered_how": "paper", **ENTERED}
    ),
    "bankdetails_version_once": Case({"version": 1}, {"version": 3}),
    "bankdetails_is_sealed": Case({"sealed": ""}),
    "bankdetails_ends_in_digits": Case({"ending": "12x"}, {"ending": "123"}),
    "bankdetails_has_a_name": Case({"account_name": ""}, {"account_name": "W"}),
    "bankdetails_two_sign": Case({"second_signatory": "JO REED"}, {"second_signatory": "Jo Reid"}),
    "bankcall_says_whom": Case({"spoke_to": ""}, {"spoke_to": "J"}),
    "bankcall_wrong_says_what": Case(
        {"is_right": False}, {"is_right": False, "note": "They have another one."}
    ),
}
CORA = {"person": lambda _row: person("cora")}
PANEL: dict[str, Case] = {
    "seat_once": Case(CORA),
    "seat_one_chair": Case({"is_chair": True}, {"is_chair": True, "left_at": NOW}),
    "seat_young_is_no_chair": Case(
        {"is_chair": True, "is_young": True, "left_at": NOW}, {"is_young": True}
    ),
    "declaration_once": Case(CORA),
    "interest_kind_known": Case({"kind": "rumour"}, {"kind": "helped"}),
    "interest_once": Case(CORA),
    "interest_says_why": Case({"why": ""}, {"why": "."}),
    "seatmove_what_known": Case({"what": "danced"}, {"what": "handed-over"}),
    "scoresheet_status_known": Case({"status": "lost"}),
    "scoresheet_stage_known": Case({"stage": "during"}, {"stage": "after"}),
    "scoresheet_once": Case(
        {"scorer": lambda _row: person("cora")},
        {"scorer": lambda _row: person("cora"), "stage": "after"},
    ),
    "scoresheet_submitted_has_a_time": Case(
        {"status": "submitted"}, {"status": "submitted", "submitted_at": NOW}
    ),
    "scoresheet_void_says_why": Case(
        {"status": "void", "void_at": NOW},
        {"status": "void", "void_at": NOW, "void_why": "They left."},
    ),
    "score_once": Case(
        {"criterion": lambda row: row.sheet.scores.get().criterion, "level": None},
        {"level": None},
    ),
    "score_is_one_or_the_other": Case(
        {"does_not_apply": True}, {"does_not_apply": True, "level": None}
    ),
    "sheetedit_once": Case({"version": 2}),
}
FUND = ROUNDS | MOVES | FORM | APPLICATIONS | PANEL | DECIDED | AFTER | PUBLISHED | GAPS
