"""What breaks the rules of other directories."""

from tests.assets.make import make_organisation
from tests.assets.models.case import Case
from tests.people import person

HARVESTS: dict[str, Case] = {
    "activityconcept_is_a_key": Case({"concept": "judo"}, {"concept": ""}),
    "activityconcept_sport_has_its_first_day": Case(
        {"first_chosen_at": None}, {"first_chosen_at": None, "concept": ""}
    ),
    "source_every_night_has_an_address": Case(
        {"every_night": True}, {"every_night": True, "address": "https://example.org/"}
    ),
    "source_has_a_licence": Case({"licence": ""}, {"licence": "-"}),
    "harvest_outcome_known": Case(
        {"outcome": "half"}, {"outcome": "read"}, also=("harvest_refused_says_why",)
    ),
    "harvest_refused_says_why": Case(
        {"outcome": "refused"}, {"outcome": "refused", "why": "It is broken."}
    ),
    "harvestduplicate_answer_known": Case({"answer": "maybe"}, {"answer": "same"}),
    "harvestduplicate_once": Case({"key": "one"}, {"key": "three"}),
    "harvestduplicate_of_one_listing": Case(
        {"activity": None},
        {"activity": None, "organisation": lambda _row: make_organisation()},
    ),
    "harvestduplicate_answered_by_goes_with_answer": Case(
        {"answered_by": lambda _row: person("erin")},
        {"answered_by": lambda _row: person("erin"), "answer": "other"},
    ),
}
