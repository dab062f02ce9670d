"""When and who stay together: `…_at` or `…_on`, and `…_by` of the same name."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import Model

from tests.assets.models.rows import build
from tests.assets.models.test_constraints import OURS
from tests.grants.models.after_cases import APPROVED
from tests.people import person

# Pairs of which one half may be missing, and why.
MAY_LACK = {
    **{
        f"{listing}Move.moved_by": "empty when a command did it"
        for listing in (
            "Organisation",
            "Activity",
            "Venue",
            "Round",
            "Application",
            "Seat",
            "Award",
            "Payment",
        )
    },
    "ActivityConcept.chosen_by": "empty when a command did it",
    "Evidence.noted_by": "empty when a command did it",
    "SharedStory.noted_by": "empty when a command did it",
    "YouthVoiceReview.looked_by": "empty when a command did it",
    "BoardUpdate.written_by": "empty when a command did it",
    "EmbedHost.added_by": "empty when who added it was erased",
    "RoundRecord.made_by": "empty when a command did it",
    "ApplicationEdit.written_by": "empty when a command did it",
    "ScoreSheet.assigned_by": "empty when a command did it",
    "ProposalMove.moved_by": "somebody may ask without an account",
    "ProposalEdit.written_by": "somebody may write without an account",
    "SafetyRecord.recorded_by": "empty when a command did it",
    "GrantFile.loaded_by": "empty when a command did it",
    "GrantFile.undone_by": "empty when a command did it",
    "ImportBatch.loaded_by": "empty when a command did it",
    "ImportBatch.undone_by": "empty when a command did it",
    **{
        f"{tag}.added_by": "a rule or an import adds tags too, and a person may be erased"
        for tag in (
            "ActivityNeedsGroup",
            "ActivityTheme",
            "OrganisationTheme",
            "OrganisationWayOfWorking",
            "VenueWayOfWorking",
        )
    },
}

APPROVED_BESIDE = {name: APPROVED[name] for name in ("status", "account")}
# What else goes with a pair.
BESIDE: dict[str, dict[str, Any]] = {
    "Award.accepted_at": {"status": "accepted", "accepted_name": "Vera", "agreement": "Yes."},
    "Condition.waived_at": {"waived_why": "The hall has one."},
    "SharedStory.published_at": {
        "child_agreed": True,
        "parent_agreed": True,
        "agreed_how": "said",
        "agreed_on": date(2026, 11, 3),
    },
    "SharedStory.withdrawn_at": {"title": "", "text": ""},
    "Evidence.withdrawn_at": {"withdrawn_why": "Noted twice"},
    "Payment.approved_at": APPROVED_BESIDE,
    "Payment.condition_met_at": {"held_until": "condition", "condition": "A policy"},
    "Payment.released_at": APPROVED | {"status": "released"},
    "Report.sent_at": {"status": "sent", "children": 5, "is_short": True},
    "Story.withdrawn_at": {"text": ""},
    "Variation.answered_at": {"answer": "refused", "reason": "No."},
}


def pairs() -> list[tuple[type[Model], str, str]]:
    found = []
    for model in OURS:
        names = {field.name for field in model._meta.concrete_fields}
        for name in sorted(names):
            stem, _underscore, ending = name.rpartition("_")
            if ending in ("at", "on") and f"{stem}_by" in names:
                found.append((model, name, f"{stem}_by"))
    return found


def value_of(field: Any) -> Any:
    if isinstance(field, models.DateTimeField):
        return datetime(2026, 11, 3, 12, tzinfo=UTC)
    if isinstance(field, models.DateField):
        return date(2026, 11, 3)
    if isinstance(field, models.ForeignKey):
        return lambda _row: person("erin")
    return field.choices[0][0]


PAIRS = pairs()
HALVES = [(model, when, who, half) for model, when, who in PAIRS for half in (when, who)]


@pytest.mark.parametrize(
    ("model", "when", "who", "half"),
    [pytest.param(*one, id=f"{one[0].__name__}.{one[3]}") for one in HALVES],
)
def test_neither_half_of_when_and_who_may_be_missing(
    db: None, model: type[Model], when: str, who: str, half: str
) -> None:
    whole: dict[str, Any] = {
        name: value_of(model._meta.get_field(name)) for name in (when, who)
    } | BESIDE.get(f"{model.__name__}.{when}", {})
    build(model, whole).validate_constraints()
    field: Any = model._meta.get_field(half)
    if getattr(field, "auto_now_add", False):
        assert not field.null  # Django always writes it, and the column cannot be empty
        return
    row = build(model, whole | {half: "" if isinstance(field, models.CharField) else None})
    if f"{model.__name__}.{half}" in MAY_LACK:
        row.save(force_insert=True)
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_exceptions_are_pairs_that_exist() -> None:
    assert MAY_LACK.keys() - {f"{model.__name__}.{who}" for model, _when, who in PAIRS} == set()


def test_the_pairs_we_know_are_found() -> None:
    assert {(model.__name__, when) for model, when, _who in PAIRS} >= {
        ("Activity", "last_checked_on"),
        ("Membership", "confirmed_at"),
        ("VenueMove", "moved_at"),
        ("OrganisationAssurance", "checked_on"),
    }
