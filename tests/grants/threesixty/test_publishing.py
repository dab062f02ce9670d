"""Ours: told as the standard has it, checked before, and written as open data."""

import csv
import json
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from assets.models import Place
from grants.models import Award, PublishedGrant
from grants.threesixty.awarded import Recipient
from grants.threesixty.before_publishing import advice_on
from grants.threesixty.of_award import awarded_of
from grants.threesixty.publishing import advice_before, publish
from grants.threesixty.reading import read_grants
from tests.assets.make import make_activity, make_organisation, make_venue
from tests.assets.make import publish as publish_listing
from tests.grants.awarded import awarded, make_ours, make_theirs, said
from tests.grants.make import make_application, make_round

pytestmark = pytest.mark.django_db

SCHEMAS = Path(__file__).parents[4] / "shared" / "standards" / "360giving"
TODAY = date(2026, 11, 22)
WHOLE = {
    "amountAwarded": 2500,
    "plannedDates": [{"duration": 12}],
    "grantProgramme": [{"title": "Gardens"}],
}


def test_an_award_says_all_that_the_standard_asks() -> None:
    grant = make_ours()
    said_of_it = grant.said
    assert said_of_it.pop("dateModified")
    assert said_of_it == {
        "id": "360G-golden-GGO1-001",
        "title": "Bells 1",
        "description": "Hand bells for a club of twelve children.",
        "currency": "GBP",
        "amountAppliedFor": 650.5,
        "amountAwarded": 500,
        "awardDate": "2026-06-01",
        "plannedDates": [{"startDate": "2026-07-01", "endDate": "2027-06-30", "duration": 12}],
        "recipientOrganization": [
            {
                "id": "GB-CHC-1234567",
                "name": "Bell Ringers",
                "charityNumber": "1234567",
                "postalCode": "DE45 1AA",
            }
        ],
        "beneficiaryLocation": [
            {
                "name": "Derbyshire Dales",
                "countryCode": "GB",
                "geoCode": "E07000035",
                "geoCodeType": "NMD",
            },
            {"name": "Bakewell", "countryCode": "GB"},
        ],
        "fundingOrganization": [{"id": "360G-golden-fund", "name": "Public Health"}],
        "grantProgramme": [{"code": "GGO1", "title": "Spring 2026"}],
        "fromOpenCall": "Yes",
        "classifications": [
            {"vocabulary": "THRIVE needs groups", "code": "thriving", "title": "Thriving"},
            {"vocabulary": "Local themes", "code": "youth-voice", "title": "Youth voice"},
        ],
        "dataSource": "http://localhost:8000",
        "locationScope": "GLS050",
    }
    assert (grant.place_names, grant.needs, grant.themes) == (
        ["Bakewell"],
        ["thriving"],
        ["youth-voice"],
    )


@pytest.mark.parametrize(
    ("recipient", "identifier", "postcode"),
    [
        (Recipient("A", "k1", "", "01234567", "DE4 3AB"), "GB-COH-01234567", "DE4 3AB"),
        (Recipient("A", "k1", "", "", "DE4 3AB", at_home=True), "360G-golden-k1", "DE4"),
    ],
)
def test_a_recipient_has_its_identifier_and_a_home_half_a_postcode(
    recipient: Recipient, identifier: str, postcode: str
) -> None:
    group = make_ours(recipient=recipient).said["recipientOrganization"][0]
    assert (group["id"], group["postalCode"]) == (identifier, postcode)


def test_publishing_twice_is_one_grant_and_the_same_again_changes_nothing() -> None:
    first = make_ours()
    again = make_ours()
    assert PublishedGrant.objects.get() == first
    assert again.said == first.said
    paid = make_ours(paid=Decimal("500.00"))
    assert PublishedGrant.objects.get().amount_disbursed == Decimal(500)
    assert paid.pk == first.pk


def test_what_was_another_funders_is_not_taken_over() -> None:
    theirs = make_theirs()
    PublishedGrant.objects.filter(pk=theirs.pk).update(identifier="360G-golden-GGO1-001")
    with pytest.raises(ValidationError, match="Another funder’s grant has this identifier"):
        make_ours()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"awarded": Decimal(0)}, "The amount awarded is 0."),
        (
            {"recipient": Recipient("A", "k", "12345", "", "DE4 3AB")},
            "The charity number does not have 6 or 7 digits.",
        ),
        (
            {"recipient": Recipient("A", "k", "", "123456", "DE4 3AB")},
            "The company number does not have 8 characters: keep the zeros.",
        ),
        ({"reference": "GGO1-\n1"}, "Identifier: There is a line break in it."),
        ({"description": "Ask jo@example.org"}, "There is an e-mail address in the text."),
        ({"awarded_on": date(2999, 1, 1)}, "The award date is in the future."),
        ({"ends_before": date(2026, 7, 1)}, "It starts after it ends."),
        ({"title": " "}, "Title: It is empty."),
    ],
)
def test_what_would_be_wrong_is_not_published(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError) as caught:
        publish(award=awarded(**changes))
    assert caught.value.messages == [says]
    assert not PublishedGrant.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": "Hand bells for a club of twelve children."}, "The description says the same"),
        ({"title": "x" * 141}, "The title is longer than 140 characters."),
        ({"recipient": Recipient("A", "k")}, "There is no postcode for who gets it."),
        ({"programme": ""}, "It says no programme."),
        ({"starts_on": None}, "It does not say how long it is for."),
    ],
)
def test_what_would_be_less_useful_is_told_and_published(
    changes: dict[str, Any], says: str
) -> None:
    award = awarded(**changes)
    told = advice_before(award)
    assert [one.says.startswith(says) for one in told] == [True]
    assert publish(award=award).title


def test_a_whole_grant_needs_no_advice() -> None:
    assert advice_before(awarded()) == []
    assert advice_on(said(1) | WHOLE, today=TODAY) == []


def test_a_line_break_in_any_identifier_is_told() -> None:
    funder = [{"id": "GB-\n1", "name": "Trust"}]
    told = advice_on(said(1, fundingOrganization=funder) | WHOLE, today=TODAY)
    assert [one.says for one in told] == ["There is a line break in an identifier."]


def test_open_data_is_ours_alone_and_open_to_every_site(client: Client) -> None:
    make_ours(1)
    make_ours(2, places=tuple(Place.objects.filter(slug__in=["bakewell", "matlock"])))
    make_theirs()
    answer = client.get("/grants/360giving.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert not answer.cookies
    package = answer.json()
    assert package["version"] == "1.4"
    assert package["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert [one["id"] for one in package["grants"]] == [
        "360G-golden-GGO1-001",
        "360G-golden-GGO1-002",
    ]


def test_our_own_files_read_as_they_were_written(client: Client) -> None:
    make_ours(1, description="=1+1 is no formula,\nbut two lines")
    make_ours(2, places=tuple(Place.objects.filter(slug__in=["bakewell", "matlock"])))
    package = client.get("/grants/360giving.json")
    table = client.get("/grants/360giving.csv")
    assert table["Content-Type"] == "text/csv; charset=utf-8"
    ours = [one.said for one in PublishedGrant.objects.newest_first()]
    for name, answer in (("x.json", package), ("x.csv", table)):
        read = read_grants(name, answer.content)
        assert read.problems == []
        assert read.grants == ours
    rows = list(csv.DictReader(StringIO(table.content.decode("utf-8-sig"))))
    assert rows[0]["Recipient Org:Identifier"] == "GB-CHC-1234567"
    assert rows[0]["Classifications:1:Code"] == "youth-voice"
    assert rows[0]["Description"].startswith("'=1+1")


def test_what_is_made_up_stays_at_home_on_a_real_site(
    client: Client, settings: LazySettings
) -> None:
    make_ours(1, is_example=True)
    settings.PRIVATE_POSTGRES = True
    assert client.get("/grants/360giving.json").status_code == 200
    settings.PRIVATE_POSTGRES = False
    for ending in ("json", "csv"):
        answer = client.get(f"/grants/360giving.{ending}")
        assert (answer.status_code, answer.content) == (404, b"There is no grant to tell of yet.\n")
    make_ours(2)
    grants = client.get("/grants/360giving.json").json()["grants"]
    assert [one["id"] for one in grants] == ["360G-golden-GGO1-002"]


def test_our_package_fits_the_publishers_schema(client: Client) -> None:
    if not SCHEMAS.exists():
        pytest.skip("The publishers’ schemas are not beside this clone.")
    from jsonschema import Draft202012Validator, FormatChecker
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    package = json.loads((SCHEMAS / "360-giving-package-schema.json").read_text())
    grant = json.loads((SCHEMAS / "360-giving-schema.json").read_text())
    named = {"$ref": package["properties"]["grants"]["items"]["$ref"]}
    # The package refers to a version before the grant's own.
    addresses = [grant["$id"], named["$ref"]]
    registry = Registry().with_resources(
        [(one, DRAFT202012.create_resource(grant)) for one in addresses]
    )
    make_ours(1, paid=Decimal("250.25"), department="Children", is_example=True)
    make_ours(2, recipient=Recipient("A", "k"), places=(), starts_on=None, programme="")
    written = client.get("/grants/360giving.json").json()
    validator = Draft202012Validator(package, registry=registry, format_checker=FormatChecker())
    assert [one.message for one in validator.iter_errors(written)] == []
    broken = written | {"grants": [written["grants"][0] | {"awardDate": "soon"}]}
    assert len(list(validator.iter_errors(broken))) > 0


def test_an_award_is_published_with_what_its_application_and_round_say() -> None:
    group = make_organisation(name="Bell Ringers")
    venue = publish_listing(make_venue())
    make_activity(organisation=group, venue=venue)
    made = make_application(organisation=group, round=make_round(funder="Public Health"))
    award = Award.objects.create(
        application=made,
        organisation=group,
        amount=Decimal(750),
        starts_on=date(2027, 4, 1),
        ends_before=date(2028, 4, 1),
        offer_ends_on=date(2027, 3, 31),
    )
    grant = publish(award=awarded_of(award))
    assert (grant.application, grant.organisation) == (made, group)
    assert (grant.title, grant.description) == (made.title, made.summary)
    assert (grant.amount_awarded, grant.amount_applied_for) == (Decimal(750), Decimal(1_000))
    assert (grant.funder_name, grant.programme) == ("Public Health", made.round.title)
    assert (grant.starts_on, grant.ends_on) == (date(2027, 4, 1), date(2028, 3, 31))
    assert grant.recipient_id == f"360G-golden-org-{group.pk}"
    assert grant.recipient_postcode == venue.postcode
    assert grant.place_names == [one.name for one in made.places.all()]


def test_where_a_group_meets_is_not_told_before_its_place_is_public() -> None:
    group = make_organisation(name="Bell Ringers")
    make_activity(organisation=group, venue=make_venue())
    award = Award(
        application=make_application(organisation=group),
        organisation=group,
        amount=Decimal(750),
        starts_on=date(2027, 4, 1),
        ends_before=date(2028, 4, 1),
        offered_at=timezone.now(),
    )
    assert awarded_of(award).recipient.postcode == ""
