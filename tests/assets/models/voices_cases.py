"""What breaks the rules of what people say, and of what helps those who help."""

from datetime import date

from assets.models import Area
from tests.assets.models.case import NOW, TODAY, Case
from tests.people import person


def dales(_row: object) -> Area:
    return Area.objects.get(code="E07000035")


EMBEDDING: dict[str, Case] = {
    "embedhost_is_a_host": Case({"host": "a.org; script-src *"}, {"host": "a-b.org.uk:8443"}),
    "embedhost_says_whose": Case({"whose": ""}),
}
ALERTS: dict[str, Case] = {
    "alert_once": Case({"what": "b" * 64}, {"what": "d" * 64}),
    "alert_number_once": Case({"number": 2}, {"number": 3}),
    "alert_only_so_many": Case({"number": 6}, {"number": 5}),
    "alert_holds_something": Case({"whose": "jo@example.com"}),
    "alert_told_once_confirmed": Case(
        {"told_until": NOW}, {"told_until": NOW, "confirmed_at": NOW, "asked_again_at": NOW}
    ),
}
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
RESOURCES: dict[str, Case] = {
    "resource_readers_known": Case({"readers": []}, {"readers": ["families", "workers"]}),
    "resource_behind_a_lock": Case({"address": "http://example.org/"}),
    "resource_checked_again_later": Case(
        {"checked_on": TODAY, "check_again_by": TODAY},
        {"checked_on": TODAY, "check_again_by": date(2026, 11, 4)},
    ),
}
LEARNING: dict[str, Case] = {
    "learningnote_kind_known": Case({"kind": "song"}, {"kind": "training"}),
    "learningnote_reader_known": Case({"reader": "cats"}, {"reader": "families"}),
    "learningnote_of_one_page": Case(
        {"needs_group_id": "thriving"}, {"needs_group_id": "thriving", "theme": None}
    ),
    "learningnote_call_has_its_line": Case(
        {"kind": "call"}, {"kind": "call", "help_line_id": "999", "reader": "", "text": ""}
    ),
    "learningnote_read_has_its_source": Case(
        {"kind": "read"}, {"kind": "read", "resource_id": "childline"}
    ),
    "learningnote_reviewed_by_somebody": Case(
        {"reviewer": "Dr Ada Wright"}, {"reviewer": "Dr Ada Wright", "reviewed_on": TODAY}
    ),
    "learningnote_own_advice_is_reviewed": Case(
        {"kind": "advice"}, {"kind": "advice", "is_public": False}
    ),
}
YOUTH_VOICE: dict[str, Case] = {
    "youthvoicereview_how_known": Case({"how": "badly"}, {"how": "well"}),
    "youthvoicereview_reaches_nobody": Case(
        {"heard": "Write to jo@example.org"}, {"heard": "Write to us @ the forum"}
    ),
    "youthvoicereview_changed_by_what_was_heard": Case(
        {"changed": "A later bus."}, {"changed": "A later bus.", "heard": "It goes too early."}
    ),
    "youthvoicereview_once_a_day": Case(
        {"looked_on": lambda row: row.standard.reviews.get().looked_on}
    ),
}
CONSENT = {"child_agreed": True, "agreed_how": "said", "agreed_on": TODAY}
STORIES: dict[str, Case] = {
    "sharedstory_agreed_how_known": Case({"agreed_how": "nodding"}, {"agreed_how": "written"}),
    "sharedstory_whose_known": Case({"whose": "cat"}, {"whose": "parent"}),
    "sharedstory_reaches_nobody": Case(
        {"text": "Ring my mum on 01632 960123."}, {"text": "I am 15, and on 2 teams."}
    ),
    "sharedstory_withdrawn_is_wiped": Case(
        {"withdrawn_at": NOW, "withdrawn_by": lambda _row: person("erin")},
        {
            "withdrawn_at": NOW,
            "withdrawn_by": lambda _row: person("erin"),
            "text": "",
            "title": "",
        },
    ),
    "sharedstory_public_with_consent": Case(
        CONSENT | {"published_at": NOW, "published_by": lambda _row: person("erin")},
        CONSENT
        | {"published_at": NOW, "published_by": lambda _row: person("erin"), "parent_agreed": True},
    ),
    "sharedstory_read_by_a_colleague": Case(
        CONSENT
        | {
            "parent_agreed": True,
            "published_at": NOW,
            "published_by": lambda row: row.noted_by,
        },
        CONSENT
        | {"parent_agreed": True, "published_at": NOW, "published_by": lambda _row: person("ada")},
    ),
}
VOICES = ALERTS | EMBEDDING | EVIDENCE | RESOURCES | LEARNING | YOUTH_VOICE | STORIES
