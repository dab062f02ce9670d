"""What a service tells, what it keeps to itself, and what is left of it once it is over."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.conf import LazySettings

from assets import listings, safety
from assets.models import Activity, Status, Venue
from assets.models.lifecycle import CheckedBy
from assets.openreferral.services import last_year, years
from tests.assets.make import (
    make_activity,
    make_contact,
    make_organisation,
    make_schedule,
    make_venue,
    publish,
    tag,
)
from tests.assets.openreferral.published import ask, told
from tests.assets.test_safety import worry_about
from tests.people import person

pytestmark = pytest.mark.django_db
SECRETS = ("Rosie", "Secret", "blue gate", "DE45")


def shown(activity: Activity) -> Any:
    listings.refresh(listing=activity)
    return ask(f"services/{activity.pk}")


def test_a_service_tells_what_its_page_tells(settings: LazySettings) -> None:
    settings.CONTACT_EMAIL = "team@example.org"
    activity = publish(
        make_activity(
            description="Bells of all sizes.",
            first_visit="Ask for Jo.",
            age_from=18,
            age_before=60,
            cost="paid",
            price=Decimal("2.50"),
            cost_note="a family",
        )
    )
    make_contact(activity, kind="email", value="bells@example.org", label="Ask for Jo")
    listings.check(
        listing=activity, checked_by=CheckedBy.TEAM, by=person("erin"), on=date(2026, 11, 3)
    )
    said = shown(activity)
    assert said["description"] == "Toys, songs and a biscuit.\n\nBells of all sizes.\n\nAsk for Jo."
    assert (said["minimum_age"], said["maximum_age"]) == (1.5, 4)
    assert (said["assured_date"], said["assurer_email"]) == ("2026-11-03", "team@example.org")
    assert (said["status"], said["email"]) == ("active", "bells@example.org")
    cost = said["cost_options"][0]
    assert (cost["option"], cost["amount"]) == ("There is a charge", 2.5)
    contact = said["contacts"][0]
    assert (contact["name"], contact["email"]) == ("Ask for Jo", "bells@example.org")
    address = said["service_at_locations"][0]["location"]["addresses"][0]
    assert {name: value for name, value in address.items() if "id" not in name} == {
        "address_1": "Weir Field Lane",
        "city": "Bakewell",
        "region": "Derbyshire Dales",
        "state_province": "Derbyshire",
        "postal_code": "DE45 1DY",
        "country": "GB",
        "address_type": "physical",
    }


def test_needs_groups_and_themes_are_terms_of_taxonomies() -> None:
    activity = publish(make_activity())
    tag(activity, "needs_groups", "thriving")
    tag(activity, "themes", "youth-voice")
    terms = [one["taxonomy_term"] for one in shown(activity)["attributes"]]
    needs, theme = terms[:2]
    assert (needs["taxonomy"], needs["term"]) == ("THRIVE needs-based groups", "thriving")
    assert (theme["taxonomy"], theme["term"]) == ("Local themes", "youth-voice")
    assert ask(f"taxonomy_terms/{needs['id']}") == needs
    assert needs in ask(f"taxonomies/{needs['taxonomy_id']}")["taxonomy_terms"]


RULES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "weekly": ({"weekday": 1}, {"freq": "WEEKLY", "interval": 1, "byday": "TU"}),
    "fortnightly": (
        {"frequency": "fortnightly", "weekday": 1, "starts_on": date(2026, 11, 3)},
        {"freq": "WEEKLY", "interval": 2, "byday": "TU", "dtstart": "2026-11-03"},
    ),
    "monthly": (
        {"frequency": "monthly", "weekday": 4, "week_of_month": -1},
        {"freq": "MONTHLY", "interval": 1, "byday": "-1FR"},
    ),
    "until": (
        {"weekday": 1, "ends_before": date(2026, 12, 1)},
        {"freq": "WEEKLY", "valid_to": "2026-11-30"},
    ),
    "a date": (
        {"frequency": "dates", "weekday": None, "dates": [date(2026, 12, 5)]},
        {"dtstart": "2026-12-05", "valid_from": "2026-12-05", "valid_to": "2026-12-05"},
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_rules_are_told_as_the_standard_has_them(rule: str) -> None:
    activity = publish(make_activity())
    ours, theirs = RULES[rule]
    make_schedule(activity, starts_at=time(9, 5), **ours)
    said = shown(activity)["schedules"][0]
    assert (said["opens_at"], said["closes_at"]) == ("09:05", "11:30")
    assert {name: said[name] for name in theirs} == theirs
    assert ("freq" in said) == (rule != "a date")


@pytest.mark.parametrize(("before", "last"), [(None, None), (60, 4), (12, 0), (18, 1.5)])
def test_an_upper_age_is_the_last_year_that_counts(before: int | None, last: float | None) -> None:
    assert last_year(before) == last


def test_months_are_parts_of_years() -> None:
    assert [years(months) for months in (0, 6, 24)] == [0, 0.5, 2]


@pytest.mark.parametrize("how", ["masked", "told"])
def test_a_hidden_place_is_its_village_and_nothing_else(how: str) -> None:
    """It was public until a moment ago, with all that could now give it away."""
    venue = make_venue(name="Rosie Cottage", address="1 Secret Lane", getting_there="A blue gate")
    activity = publish(make_activity(venue=venue))
    before = shown(activity)["service_at_locations"][0]["location"]
    assert before["name"] == "Rosie Cottage"
    assert "Just come along" in str(shown(activity))
    venue.refresh_from_db()
    venue.shown = Venue.Shown(how)
    listings.save(listing=venue, by=None)
    everything = [
        shown(activity),
        *(told(path, full="true") for path in ("service_at_locations", "organizations")),
        told("services", search="Rosie", full="true"),
    ]
    assert [secret for secret in (*SECRETS, str(venue.pk)) if secret in str(everything)] == []
    # A place that is not told cannot be gone to without asking.
    assert "Just come along" not in str(everything)
    place = everything[0]["service_at_locations"][0]["location"]
    assert place.keys() == before.keys() - {"addresses"}
    assert place["name"] == "Bakewell"
    assert (place["latitude"], place["longitude"]) != (before["latitude"], before["longitude"])
    # From its own postcode it is as far away as the middle of the village.
    middle = venue.place.point
    metres = make_venue().point.metres_to(middle)
    near = {"postcode": "DE45 1DY"}
    assert told("services", **near, proximity=metres - 1) == []
    assert len(told("services", **near, proximity=metres + 1)) == 1


def test_two_hidden_places_of_a_village_are_one_location() -> None:
    places = []
    for _home in range(2):
        home = publish(make_venue(shown="masked"))
        said = shown(publish(make_activity(venue=home)))
        places.append(said["service_at_locations"][0]["location"])
    assert places[0] == places[1]


OVER = {
    Status.PAUSED: ("Bell tea", "temporarily closed"),
    Status.ENDED: ("Bell tea", "defunct"),
    Status.WITHDRAWN: ("No longer listed", "inactive"),
}


@pytest.mark.parametrize("status", OVER)
def test_what_is_over_is_told_with_nothing_else(status: Status) -> None:
    activity = publish(make_activity(title="Bell tea", summary="A secret word."))
    make_contact(activity)
    make_schedule(activity)
    tag(activity, "needs_groups", "thriving")
    listings.move(listing=activity, to=status, by=None)
    said = ask(f"services/{activity.pk}")
    assert said.pop("last_modified")
    name, theirs = OVER[status]
    assert said == {"id": str(activity.pk), "name": name, "status": theirs}
    assert [one["status"] for one in told("services", full="true")] == [theirs]
    at = told("service_at_locations", full="true")[0]
    assert (at.keys(), at["service"]["name"]) == ({"id", "service_id", "service"}, name)


@pytest.mark.parametrize("status", OVER)
def test_a_group_that_is_over_takes_its_services_with_it(status: Status) -> None:
    activity = publish(make_activity(title="Bell tea"))
    group = activity.organisation
    listings.move(listing=group, to=status, by=None)
    assert ask(f"services/{activity.pk}")["status"] == OVER[status][1]
    said = ask(f"organizations/{group.pk}")
    assert said.keys() == {"id", "name", "description"}
    assert (group.name in str(said)) == (status != Status.WITHDRAWN)


def test_of_what_is_hidden_for_safety_only_the_key_is_left() -> None:
    activity = publish(make_activity(title="Bell tea"))
    worry = worry_about(activity)
    safety.take(worry=worry, by=person("stefan"))
    safety.hide(worry=worry, listing=activity, to=Status.WITHDRAWN, by=person("stefan"))
    said = told("services", full="true")[0]
    assert (said["id"], said["name"]) == (str(activity.pk), "No longer listed")
    assert told("services", organization_id=activity.organisation_id) == []


def test_what_never_was_public_is_not_there() -> None:
    draft = make_activity(title="A draft")
    listings.refresh(listing=draft)
    assert told("services") == told("organizations") == told("service_at_locations") == []
    ask(f"services/{draft.pk}", status=404)
    ask(f"organizations/{draft.organisation_id}", status=404)


def test_a_group_that_lists_nothing_is_an_organization_and_no_service() -> None:
    group = publish(make_organisation(name="Ringers", charity_number="1234567"))
    tag(group, "themes", "youth-voice")
    assert told("services") == []
    said = ask(f"organizations/{group.pk}")
    number = said["organization_identifiers"][0]
    assert (number["identifier_scheme"], number["identifier"]) == ("GB-CHC", "1234567")
    assert said["attributes"][0]["taxonomy_term"]["term"] == "youth-voice"


def test_what_is_made_up_is_left_out_on_a_real_site(settings: LazySettings) -> None:
    example = publish(make_activity(title="Made up", is_example=True))
    publish(make_activity(title="Real"))
    both = [len(told(path)) for path in ("services", "organizations", "service_at_locations")]
    assert both == [2, 2, 2]
    settings.PRIVATE_POSTGRES = False
    left = [told(path) for path in ("services", "organizations", "service_at_locations")]
    assert [len(one) for one in left] == [1, 1, 1]
    assert left[0][0]["name"] == "Real"
    ask(f"services/{example.pk}", status=404)
    ask(f"organizations/{example.organisation_id}", status=404)
