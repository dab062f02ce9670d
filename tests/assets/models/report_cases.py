"""What breaks the rules of problems and of worries about safety."""

from typing import Any
from uuid import uuid4

from tests.assets import make
from tests.assets.models.case import NOW, Case
from tests.people import person


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
    "safetyrecord_what_known": Case(
        {"what": "sung", "from_status": "", "to_status": ""},
        {"what": "hidden", "from_status": "", "to_status": ""},
    ),
    "safetyrecord_a_move_goes_somewhere": Case({"to_status": "new"}, {"to_status": "closed"}),
}
