"""What other funders gave to the same group."""

import pytest

from grants.threesixty.elsewhere import found_of, found_of_applicant, found_of_organisation
from tests.assets.make import make_activity, make_organisation, make_venue
from tests.grants.awarded import make_ours, make_theirs
from tests.grants.make import make_application

pytestmark = pytest.mark.django_db

GROUP = {"id": "X-1", "name": "Bell Ringers", "postalCode": "de451dy"}


def titles(grants: object) -> list[str]:
    return [one.title for one in grants]  # type: ignore[attr-defined]


def test_a_charity_is_found_by_its_number_whatever_its_name() -> None:
    make_theirs(1, awardDate="2023-01-01")
    make_theirs(2)
    make_theirs(3, recipientOrganization=[GROUP])
    make_ours()
    found = found_of(name="Another name", charity_number="1234567")
    assert titles(found) == ["A garden 2", "A garden 1"]


def test_a_company_is_found_by_its_number() -> None:
    make_theirs(1, recipientOrganization=[{"id": "GB-COH-01234567", "name": "B"}])
    assert titles(found_of(name="x", company_number="01234567")) == ["A garden 1"]


def test_without_a_number_name_and_postcode_go_together() -> None:
    make_theirs(1, recipientOrganization=[GROUP])
    make_theirs(2, recipientOrganization=[GROUP | {"postalCode": "DE4 3AB"}])
    assert titles(found_of(name="bell ringers", postcodes=("DE45 1DY",))) == ["A garden 1"]
    assert titles(found_of(name="Bell Ringers")) == []
    assert titles(found_of(name="Ringers", postcodes=("DE45 1DY",))) == []


def test_a_group_is_found_by_where_it_meets_but_not_by_what_it_hides() -> None:
    group = make_organisation(name="Bell Ringers")
    venue = make_venue()
    make_activity(organisation=group, venue=venue)
    make_theirs(1, recipientOrganization=[GROUP | {"postalCode": venue.postcode}])
    assert titles(found_of_organisation(group)) == ["A garden 1"]
    application = make_application(organisation=group)
    assert titles(found_of_applicant(application)) == ["A garden 1"]


def test_of_a_group_that_is_not_in_the_directory_nothing_is_guessed() -> None:
    make_theirs(1, recipientOrganization=[GROUP])
    application = make_application(group_name="Bell Ringers")
    application.organisation = None
    assert titles(found_of_applicant(application)) == []
