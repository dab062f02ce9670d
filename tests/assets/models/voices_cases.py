"""What breaks the rules of what people say, and of what helps those who help."""

from assets.models import Area
from tests.assets.models.case import NOW, Case
from tests.people import person


def dales(_row: object) -> Area:
    return Area.objects.get(code="E07000035")


EVIDENCE: dict[str, Case] = {
    "evidence_source_known": Case({"source": "gossip"}, {"source": "youth-voice"}),
    "evidence_reaches_nobody": Case(
        {"text": "Ring Jo on 01632 960123."}, {"text": "12 of 30 said so on 01-02-2026."}
    ),
    "evidence_says_something": Case({"text": " … "}, {"text": "No."}),
    "evidence_ages_in_order": Case({"age_before": 132}, {"age_before": 133}),
    "evidence_at_one_place": Case({"area": dales}, {"area": dales, "place": None}),
    "evidence_withdrawn_with_a_reason": Case(
        {"withdrawn_at": NOW, "withdrawn_by": lambda _row: person("erin")},
        {
            "withdrawn_at": NOW,
            "withdrawn_by": lambda _row: person("erin"),
            "withdrawn_why": "Twice",
        },
    ),
}
VOICES = EVIDENCE
