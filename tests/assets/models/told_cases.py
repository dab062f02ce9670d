"""What breaks a rule of what people tell us: proposals, documents, problems, worries."""

from datetime import date
from typing import Any
from uuid import uuid4

from assets.models import Proposal
from tests.assets import make
from tests.assets.models.case import NOW, Case
from tests.people import person
from thrive.models import TagRule


def _one_more(row: Any, **changes: Any) -> Any:
    """The group of a row of the same kind that is there already."""
    fields = {"kind": row.kind, "status": "draft", "asker_email": "vera@example.com"}
    Proposal.objects.create(organisation=row.organisation, **fields | changes)
    return row.organisation


SENT = {"sent_at": NOW, "sent_version": 1}
WEBSITES: dict[str, Case] = {
    "websitelook_dead_says_why": Case({"dead_days": 1}, {"dead_days": 1, "why": "Not found"})
}
PROPOSALS: dict[str, Case] = {
    "proposal_kind_known": Case(
        {"kind": "wish"}, {"kind": "claim"}, also=("proposal_is_about_a_group",)
    ),
    "proposal_status_known": Case(
        {"status": "lost"},
        {"status": "returned", **SENT},
        also=("proposal_sent_has_a_time", "proposal_closed_has_a_time"),
    ),
    "proposal_asked_known": Case({"asked": "by owl"}, {"asked": "paper"}),
    "proposal_is_about_a_group": Case(
        {"organisation": None}, {"organisation": None, "kind": "new"}
    ),
    "proposal_activity_has_ended": Case(
        {"activity": lambda _row: make.make_activity()},
        {"activity": lambda _row: make.make_activity(), "kind": "ending"},
    ),
    "proposal_sent_has_a_time": Case({"status": "sent"}, {"status": "sent", **SENT}),
    "proposal_sent_is_kept": Case({"sent_at": NOW}, SENT),
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
DOCUMENTS: dict[str, Case] = {
    "document_kind_known": Case({"kind": "dbs"}, {"kind": "safeguarding"}),
    "document_status_known": Case({"status": "lost"}, {"status": "refused"}),
    "document_type_is_safe": Case({"media_type": "image/svg+xml"}, {"media_type": "image/png"}),
    "documentopening_once": Case(
        {"opened_by": lambda row: row.document.openings.create(opened_by=row.opened_by).opened_by},
        {"opened_by": lambda _row: person("ada")},
    ),
    "documentmove_goes_somewhere": Case({"to_status": "waiting"}, {"to_status": "refused"}),
    "documentmove_from_status_known": Case({"from_status": "lost"}, {"from_status": "refused"}),
    "documentmove_to_status_known": Case({"to_status": "lost"}, {"to_status": "dropped"}),
}
SEEN: dict[str, Case] = {
    "boundary_days_in_order": Case(
        {"valid_until": date(2025, 5, 1)}, {"valid_until": date(2025, 5, 2)}
    ),
    "boundary_current_once": Case(
        {"area": lambda row: make.make_boundary(area=row.area).area},
        {"area": lambda row: make.make_boundary(area=row.area, valid_until=date(2025, 6, 1)).area},
    ),
    "boundary_has_a_source": Case({"source": ""}),
    "population_ages_in_order": Case({"age_before": 11}, {"age_before": 12}),
    "population_once": Case(
        {"area": lambda row: make.make_population(area=row.area).area},
        {"area": lambda row: make.make_population(area=row.area, year=2023).area},
    ),
    "population_has_a_source": Case({"source": ""}),
    "notfound_first_day": Case({"month": date(2026, 11, 2)}, {"month": date(2026, 12, 1)}),
    "notfound_once": Case(
        {"place": lambda row: make.make_not_found().place},
        {"place": lambda row: make.make_not_found(month=date(2026, 10, 1)).place},
    ),
    "seeninmonth_of_one_listing": Case(
        {"activity": None},
        {"activity": None, "organisation": lambda _row: make.make_organisation()},
    ),
    "seeninmonth_first_day": Case({"month": date(2026, 11, 2)}, {"month": date(2026, 12, 1)}),
    "seeninmonth_once": Case(
        {"activity": lambda row: row.activity.seen.create(month=row.month).activity}
    ),
}


def again_of(row: Any) -> Any:
    """One like it that is there already."""
    other = type(row)(
        **{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    )
    other.pk, other.key = None if row.pk is None else uuid4(), uuid4()
    other.save(force_insert=True)
    return other


OTHER_LISTING = {"organisation": lambda _row: make.make_organisation()}
REPORTS: dict[str, Case] = {
    f"{report}_{name}": case
    for report in ("problem", "safetyworry")
    for name, case in {
        "key_once": Case({"key": lambda row: again_of(row).key}),
        "of_one_listing": Case(OTHER_LISTING, OTHER_LISTING | {"activity": None}),
    }.items()
} | {
    "problem_kind_known": Case({"kind": "ugly"}, {"kind": "hard"}),
    "problem_status_known": Case(
        {"status": "lost", "finished_at": NOW}, {"status": "nothing", "finished_at": NOW}
    ),
    "problem_finished_when_its_status_says_so": Case(
        {"status": "handled"}, {"status": "handled", "finished_at": NOW}
    ),
    "problem_answered_at_and_by": Case(
        {"answer": "Thank you."},
        {"answer": "Thank you.", "answered_at": NOW, "answered_by": lambda _row: person("erin")},
    ),
    "problemmove_goes_somewhere": Case({"to_status": "new"}, {"to_status": "nothing"}),
    "problemmove_from_status_known": Case({"from_status": "lost"}, {"from_status": "nothing"}),
    "problemmove_to_status_known": Case({"to_status": "lost"}, {"to_status": "nothing"}),
    "safetyworry_status_known": Case({"status": "lost"}, {"status": "taken"}),
    "safetyworry_closed_with_an_outcome": Case(
        {"status": "closed", "closed_at": NOW},
        {"status": "closed", "closed_at": NOW, "outcome": "put-right"},
    ),
    "safetyworry_words_until_wiped": Case(
        {"words": ""},
        {
            "words": "",
            "wiped_at": NOW,
            "status": "closed",
            "closed_at": NOW,
            "outcome": "passed-on",
        },
    ),
    "hiding_of_one_listing": Case(OTHER_LISTING, OTHER_LISTING | {"activity": None}),
    "hiding_once": Case(
        {"activity": lambda row: row.worry.hidings.create(activity=row.activity).activity},
        {"shown_at": NOW},
    ),
    "safetyrecord_what_known": Case(
        {"what": "sung", "from_status": "", "to_status": ""},
        {"what": "hidden", "from_status": "", "to_status": ""},
    ),
    "safetyrecord_a_move_goes_somewhere": Case({"to_status": "new"}, {"to_status": "closed"}),
}
RULES: dict[str, Case] = {
    "tagrule_run_by_known": Case({"run_by": "robots"}, {"run_by": "volunteers"}),
    "tagrule_yields_to_known": Case({"yields_to": "traffic"}, {"yields_to": "anything"}),
    "tagrule_name_once": Case(
        {"name": lambda _row: TagRule.objects.all()[0].name.upper()}, {"name": "Another"}
    ),
    "tagrule_suggests_something": Case(
        {"needs_groups": []}, {"needs_groups": [], "themes": ["mobility"]}
    ),
    "tagrule_looks_at_something": Case({"says": []}, {"says": [], "kinds": ["club"]}),
    "tagrule_help_is_of_professionals": Case(
        {"needs_groups": ["getting-advice", "getting-help"]},
        {"needs_groups": ["getting-help"], "run_by": "professionals"},
    ),
    "tagrule_ages_in_order": Case(
        {"age_from": 60, "age_before": 60}, {"age_from": 60, "age_before": 61}
    ),
    "tagopinion_own_once": Case(
        {"activity": lambda row: again_of(row).activity},
        {"activity": lambda row: again_of(row).activity, "settles": True},
    ),
    "tagopinion_says_something": Case({"needs_groups": []}, {"needs_groups": [], "unsure": True}),
}
TOLD = RULES | WEBSITES | PROPOSALS | DOCUMENTS | SEEN | REPORTS
