"""Every parameter of the standard: all that is asked has to fit, and what is wrong is told."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assets import listings
from assets.models import Activity, HarvestStamp, Place, Status, Venue
from assets.openreferral.taxonomies import TAXONOMIES
from tests.assets.make import (
    district,
    make_activity,
    make_organisation,
    make_schedule,
    make_venue,
    publish,
    tag,
)
from tests.assets.openreferral.published import OF_PATHS, ask, names, told

pytestmark = pytest.mark.django_db
NEEDS = TAXONOMIES[0]


@pytest.fixture
def bells_and_chess() -> None:
    """Bells: Bakewell, Tuesday morning, ages 2 to 4. Chess: Matlock, Friday evening, from 11."""
    bells = publish(make_activity(title="Bells", age_from=24, age_before=60))
    make_schedule(bells, weekday=1, starts_at=time(10), ends_at=time(11, 30))
    tag(bells, "needs_groups", "thriving")
    hall = make_venue(postcode="DE4 3AB", place=Place.objects.get(slug="matlock"), name="Hall")
    ringers = make_organisation(name="Ringers")
    chess = publish(
        make_activity(title="Chess", venue=hall, organisation=ringers, age_from=132, kind="club")
    )
    evening = {"starts_at": time(18), "ends_at": time(20)}
    make_schedule(chess, weekday=4, **evening)
    # 12 December 2026 is a Saturday.
    make_schedule(chess, frequency="dates", weekday=None, dates=[date(2026, 12, 12)], **evening)
    for one in (bells, chess):
        listings.refresh(listing=one)


BOTH = ["Bells", "Chess"]
ASKED: list[tuple[dict[str, Any], list[str]]] = [
    ({}, BOTH),
    ({"search": "bells"}, ["Bells"]),
    ({"search": "bells chess"}, []),
    ({"search": "100% \\ ' \""}, []),
    ({"minimum_age": 4}, BOTH),
    ({"minimum_age": 5}, ["Chess"]),
    ({"maximum_age": 10}, ["Bells"]),
    ({"maximum_age": 1}, []),
    ({"minimum_age": 3, "maximum_age": 3.5}, ["Bells"]),
    ({"minimum_age": 5, "maximum_age": 10}, []),
    ({"day": "TU"}, ["Bells"]),
    ({"day": "Friday"}, ["Chess"]),
    ({"day": "SA"}, ["Chess"]),
    ({"day": "tu,fr"}, BOTH),
    ({"day": "TU", "start_time": "12:00"}, []),
    ({"start_time": "12:00"}, ["Chess"]),
    ({"end_time": "11:30:00"}, ["Bells"]),
    ({"postcode": "de451dy", "proximity": 1000}, ["Bells"]),
    ({"postcode": "DE45 1DY", "proximity": 40000}, BOTH),
    ({"postcode": "SW1A 1AA"}, []),
    ({"postcode": "nowhere"}, []),
    ({"taxonomy_term_id": NEEDS.key_of_term("thriving")}, ["Bells"]),
    ({"taxonomy_term_id": NEEDS.key_of_term("getting-help")}, []),
    ({"taxonomy_id": NEEDS.key}, ["Bells"]),
    ({"taxonomy_id": district}, []),
    ({"search": "bells", "day": "FR"}, []),
]


def _called(one: tuple[dict[str, Any], list[str]]) -> str:
    """The same name in every process, which the address of a function has not."""
    return str({name: getattr(said, "__name__", said) for name, said in one[0].items()})


@pytest.mark.parametrize(("asked", "found"), ASKED, ids=map(_called, ASKED))
def test_what_is_asked_has_to_fit(
    bells_and_chess: None, asked: dict[str, Any], found: list[str]
) -> None:
    asked = {name: str(one().pk) if callable(one) else one for name, one in asked.items()}
    assert names(**asked) == found
    at = sorted(one["service"]["name"] for one in told("service_at_locations", **asked))
    assert at == found


def test_tags_of_our_own_few_lists_narrow_too(bells_and_chess: None) -> None:
    kind = next(one for one in TAXONOMIES if one.slug == "kind")
    way = next(one for one in TAXONOMIES if one.slug == "way")
    assert names(taxonomy_term_id=kind.key_of_term("club")) == ["Chess"]
    assert names(taxonomy_term_id=way.key_of_term("in-person")) == BOTH
    both = [kind.key_of_term("club"), NEEDS.key_of_term("thriving")]
    assert names(taxonomy_term_id=both) == []


def test_how_to_come_is_found_as_it_is_told() -> None:
    """To a hidden place nobody just comes along, whatever stands in its listing."""
    online: dict[str, Any] = {"venue": None, "ways_to_take_part": ["online"]}
    club = publish(make_activity(title="Club", how_to_come="just-come", **online))
    hall = publish(make_activity(title="Hall", how_to_come="just-come", venue=make_venue()))
    home = make_venue(name="Home", shown=Venue.Shown.MASKED)
    publish(make_activity(title="Home", how_to_come="just-come", venue=home))
    publish(make_activity(title="Office", how_to_come="ask-first", **online))
    how = next(one for one in TAXONOMIES if one.slug == "come")
    assert names(taxonomy_term_id=how.key_of_term("just-come")) == [club.title, hall.title]
    assert names(taxonomy_term_id=how.key_of_term("ask-first")) == ["Home", "Office"]
    for code, expected in (("just-come", {"Club", "Hall"}), ("ask-first", {"Home", "Office"})):
        said = {
            one["name"]
            for one in told("services")
            for found in ask(f"services/{one['id']}")["attributes"]
            if found["taxonomy_term"]["id"] == str(how.key_of_term(code))
        }
        assert said == expected


def test_what_is_only_for_another_area_is_not_for_a_postcode() -> None:
    county = district().parent
    for area, title in ((county, "Ours"), (None, "Everybody's"), (other_district(), "Theirs")):
        publish(
            make_activity(title=title, area_served=area, venue=None, ways_to_take_part=["online"])
        )
    assert names(postcode="DE45 1DY") == ["Everybody's", "Ours"]
    # What nobody has to travel to is not near anything.
    assert names(postcode="DE45 1DY", proximity=1000) == []
    assert told("service_at_locations") == []


def other_district() -> Any:
    return type(district()).objects.filter(kind="district").exclude(pk=district().pk)[0]


def test_groups_are_found_by_what_they_run_or_are_called(bells_and_chess: None) -> None:
    publish(make_organisation(name="Silent ringers"))
    assert names("organizations", search="chess") == ["Ringers"]
    assert names("organizations", search="silent") == ["Silent ringers"]
    assert names("organizations", day="TU") == ["Weir Field Wrens"]
    full = told("organizations", search="chess", full="true")
    assert [one["name"] for one in full[0]["services"]] == ["Chess"]


def test_of_one_group_what_is_over_is_told_too_where_its_page_names_it(
    bells_and_chess: None,
) -> None:
    group = told("organizations", search="chess")[0]["id"]
    assert names(organization_id=group) == ["Chess"]
    activity = Activity.objects.get(title="Chess")
    listings.move(listing=activity, to=Status.ENDED, by=None)
    assert [one["status"] for one in told("services", organization_id=group)] == ["defunct"]
    listings.move(listing=activity, to=Status.WITHDRAWN, by=None)
    assert told("services", organization_id=group) == []


def test_as_little_as_possible_is_the_key_and_the_date(bells_and_chess: None) -> None:
    for path in ("services", "organizations", "service_at_locations"):
        page = ask(path, minimal="true")
        assert [one.keys() for one in page["contents"]] == [{"id", "modified_date"}] * 2


def test_terms_are_of_a_taxonomy_and_of_no_other_term() -> None:
    slugs = [one["term"] for one in told("taxonomy_terms", taxonomy_id=NEEDS.key, top_only="true")]
    assert slugs[0] == "thriving"
    assert len(slugs) == 5
    parent = NEEDS.key_of_term("thriving")
    assert told("taxonomy_terms", parent_id=parent) == []
    assert names("taxonomies", search="thrive needs") == ["THRIVE needs-based groups"]


def since(moment: str) -> list[str]:
    return names(modified_after=moment)


def test_changes_are_asked_for_by_the_moment(bells_and_chess: None) -> None:
    """In whatever zone; without one it is London's, an hour ahead in summer."""
    at = datetime(2026, 7, 1, 9, tzinfo=UTC)
    for number, one in enumerate(HarvestStamp.objects.order_by("activity__title"), 1):
        one.modified_at, one.written_in = at + timedelta(hours=number), number
        one.save()
    # 10 and 11 o'clock. The last one before the moment may have been seen after it: see `late`.
    assert since("2026-07-01T09:30:00Z") == BOTH
    assert since("2026-07-01T10:30:00Z") == BOTH
    assert since("2026-07-01T11:00:00Z") == BOTH
    assert since("2026-07-01T12:00:00.5+01:00") == ["Chess"]
    assert since("2026-07-01T12:01:00") == ["Chess"]
    assert since("2026-07-01T12:01:00 01:00") == ["Chess"]


WRONG: list[dict[str, Any]] = [
    {"page": 0},
    {"page": "x"},
    {"page": 10**40},
    {"per_page": 501},
    {"per_page": -1},
    {"format": "xml"},
    {"minimum_age": "NaN"},
    {"minimum_age": "1e999"},
    {"maximum_age": -1},
    {"minimum_age": 5, "maximum_age": 4},
    {"start_time": "25:00"},
    {"day": "Blueday"},
    {"proximity": 5},
    {"postcode": "DE45 1DY", "proximity": "inf"},
    {"taxonomy_id": "x"},
    {"taxonomy_term_id": "x"},
    {"organization_id": "x"},
    {"modified_after": "yesterday"},
    {"modified_after": "2026-13-01"},
    {"modified_after": "0001-01-01T00:00:00Z"},
    {"minimal": "maybe"},
    {"minimal": "true", "full": "true"},
    {"search": "a\0b"},
    {"search": "x" * 201},
    {"page": ["1", "2"]},
]


@pytest.mark.parametrize("asked", WRONG, ids=[str(one)[:40] for one in WRONG])
def test_what_is_wrong_is_told(asked: dict[str, Any]) -> None:
    for path in ("services", "service_at_locations", "organizations"):
        said = ask(path, 400, **asked)
        assert said["status"] == 400
        assert {*said["errors"]} & {*asked}


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("modifed_after", "modified_after"),
        ("perPage", "per_page"),
        ("post_code", "postcode"),
        ("pgae", "page"),
    ],
)
@pytest.mark.parametrize("path", OF_PATHS)
def test_a_slip_in_a_name_is_told(path: str, slip: str, meant: str) -> None:
    answer = Client().get(f"/open-referral/{path}", {slip: "2026-11-01"})
    assert answer.status_code == 400
    assert answer.json()["errors"] == {slip: [f"We do not know this. Did you mean {meant}?"]}


def test_what_the_standard_does_not_know_is_passed_over(bells_and_chess: None) -> None:
    for name in ("utm_source", "age", "_"):
        assert names("services", **{name: "1"}) == BOTH


def test_pages_say_where_they_are() -> None:
    for number in range(5):
        publish(make_activity(title=f"Bells {number}"))
    pages = [ask("services", per_page=2, page=number) for number in (1, 2, 3, 4)]
    keys = [one["id"] for page in pages for one in page["contents"]]
    assert len({*keys}) == 5
    told_of_pages = [
        [value for name, value in page.items() if name != "contents"] for page in pages
    ]
    assert told_of_pages == [
        [5, 3, 1, 2, True, False, False],
        [5, 3, 2, 2, False, False, False],
        [5, 3, 3, 1, False, True, False],
        [5, 3, 4, 0, False, False, True],
    ]
    nothing = ask("services", search="zebra")
    assert [nothing[name] for name in ("total_pages", "first_page", "last_page", "empty")] == [
        0,
        True,
        True,
        True,
    ]


@pytest.mark.parametrize("end", ["", "/"])
@pytest.mark.parametrize("path", ["", *(f"/{path}" for path in OF_PATHS)])
def test_every_address_answers_with_and_without_a_slash(path: str, end: str) -> None:
    path = f"/open-referral{path}{end}"
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.cookies == {}
    again = Client().get(path, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    refused = Client(enforce_csrf_checks=True).post(path)
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_a_script_of_any_website_may_ask_again_by_the_tag(bells_and_chess: None) -> None:
    path = "/open-referral/services"
    first = Client().options(
        path,
        headers={
            "origin": "https://county.example.org",
            "access-control-request-method": "GET",
            "access-control-request-headers": "if-none-match",
        },
    )
    allowed = {name: first[name] for name in first.headers if name.startswith("Access-Control")}
    assert (first.status_code, first.content) == (204, b"")
    assert allowed == {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, HEAD",
        "Access-Control-Allow-Headers": "If-None-Match",
        "Access-Control-Max-Age": "86400",
        "Access-Control-Expose-Headers": "ETag",
    }
    assert Client().get(path)["Access-Control-Expose-Headers"] == "ETag"


def test_the_base_says_which_standard_it_is() -> None:
    said = ask("")
    assert said["version"] == "HSDS-UK-3.0"
    assert said["openapi_url"].endswith(reverse("open_referral_document"))
    assert ask("openapi.json")["openapi"] == "3.0.3"


KEYS = ["x", "00000000-0000-0000-0000-000000000000", "%00", "x/y"]
NOWHERE = ["locations", "openapi.yaml", "services/x/y/z", "Services", "%0a"]


@pytest.mark.parametrize("path", [f"{path}/{key}" for path in OF_PATHS for key in KEYS] + NOWHERE)
def test_what_is_not_there_is_told_in_json(path: str) -> None:
    answer = Client().get(f"/open-referral/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_change_changes_the_tag() -> None:
    activity = publish(make_activity())
    path = f"/open-referral/services/{activity.pk}"
    before = Client().get(path)["ETag"]
    activity.title = "Bells"
    listings.save(listing=activity, by=None)
    assert Client().get(path, headers={"if-none-match": before}).status_code == 200
