"""Each value of a proposal as a person reads it."""

from typing import Any

import pytest

from assets.models import AccessFeature
from assets.proposals.fields import ACTIVITY, GROUP, fields_of
from assets.proposals.parts import nothing
from assets.proposals.words import in_words
from tests.assets.make import make_venue

pytestmark = pytest.mark.django_db

RULE = {
    "frequency": "weekly",
    "starts_at": "10:00:00",
    "ends_at": "11:30:00",
    "weekday": 1,
    "week_of_month": None,
    "dates": [],
    "time_of_year": "term",
    "on_bank_holidays": "ask",
    "starts_on": None,
    "ends_before": None,
}
INSURED: dict[str, Any] = {
    "kind": "insurance",
    "name": "",
    "stance": "told",
    "stated_on": "2026-11-03",
    "expires_on": "2027-11-03",
}


@pytest.mark.parametrize(
    ("of", "name", "value", "lines"),
    [
        (GROUP, "name", "Wrens", ["Wrens"]),
        (GROUP, "kind", "faith", ["Faith group"]),
        (GROUP, "description", "One.\n\nTwo.", ["One.", "Two."]),
        (
            GROUP,
            "contacts.phone",
            [{"kind": "phone", "value": "01632 960101", "label": "Jo"}],
            ["01632 960101 · Jo"],
        ),
        (GROUP, "trust", [INSURED | {"stance": "not-asked", "stated_on": None}], []),
        (ACTIVITY, "schedules", [RULE], ["Tuesdays, 10 am to 11.30 am, in term time"]),
        (ACTIVITY, "ways_to_take_part", ["in-person", "online"], ["In person and Online"]),
        (ACTIVITY, "venue", None, []),
        (ACTIVITY, "area_served", "E07000035", ["Derbyshire Dales"]),
        (ACTIVITY, "age_from", 0, ["Birth"]),
        (ACTIVITY, "age_from", 132, ["11 years"]),
        (ACTIVITY, "age_before", 60, ["4 years"]),
        (ACTIVITY, "in_pregnancy", True, ["Yes"]),
        (ACTIVITY, "in_pregnancy", False, ["No"]),
        (ACTIVITY, "needs_groups", ["thriving"], ["Staying well"]),
        (ACTIVITY, "cost", "free", ["Free"]),
        (ACTIVITY, "price", "2.50", ["£2.50"]),
        (ACTIVITY, "price", "2.00", ["£2"]),
        (ACTIVITY, "who_can_refer", ["self"], ["you yourself"]),
        (ACTIVITY, "newcomers_said_on", "2026-11-03", ["3 November 2026"]),
        (ACTIVITY, "waiting_weeks", 3, ["3"]),
    ],
)
def test_a_value_is_told_in_words(of: str, name: str, value: Any, lines: list[str]) -> None:
    assert in_words(of, name, value) == lines


def test_a_statement_says_when_it_runs_out() -> None:
    (line,) = in_words(GROUP, "trust", [INSURED])
    assert line.endswith("; until 2 November 2027")


def test_a_place_is_named_with_its_postcode() -> None:
    venue = make_venue()
    assert in_words(ACTIVITY, "venue", str(venue.pk)) == ["Weir Field Hall, Bakewell, DE45 1DY"]


def test_of_a_home_only_the_village_is_told_whatever_else_was_written() -> None:
    home = {"name": "Rosie Cottage", "address": "1 Secret Lane", "postcode": "DE45 1DY"}
    lines = in_words(ACTIVITY, "new_venue", home | {"place": "bakewell", "shown": "masked"})
    assert lines == ["Bakewell", "Someone's home: only the village is shown"]
    lines = in_words(ACTIVITY, "new_venue", home | {"place": "bakewell", "shown": "public"})
    assert lines == ["Rosie Cottage, 1 Secret Lane, Bakewell, DE45 1DY"]


def test_an_option_that_is_gone_is_left_out() -> None:
    known = AccessFeature.objects.first()
    assert known is not None
    assert in_words(ACTIVITY, "access_features", [known.pk, "gone"]) == [str(known)]


@pytest.mark.parametrize("of", [GROUP, ACTIVITY])
def test_every_value_can_be_told_before_anything_is_said(of: str) -> None:
    for name in fields_of(of):
        assert in_words(of, name, nothing(name)) in ([], ["No"], ["not said"], ["Birth"])
