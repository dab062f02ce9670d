"""What a grant is found by, read from what it says."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from grants.threesixty.columns import columns_of, day_of, postcode_of
from tests.grants.awarded import said


def column(name: str, **fields: Any) -> Any:
    return columns_of(said(**fields))[name]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-06-30", date(2026, 6, 30)),
        ("2026-01-26T00:00:00+00:00", date(2026, 1, 26)),
        # Midnight in London, in summer.
        ("2026-06-30T23:00:00Z", date(2026, 7, 1)),
        ("2026-02", date(2026, 2, 1)),
        ("2026", date(2026, 1, 1)),
        (None, None),
    ],
)
def test_a_day_is_the_day_in_london(text: str | None, day: date | None) -> None:
    assert day_of(text) == day


def test_a_month_or_a_year_ends_on_its_last_day() -> None:
    assert day_of("2028-02", last=True) == date(2028, 2, 29)
    assert day_of("2026", last=True) == date(2026, 12, 31)


def test_amounts_are_exact() -> None:
    assert column("amount_awarded", amountAwarded=1234.1) == Decimal("1234.10")
    assert column("amount_disbursed") is None


def test_a_recipients_numbers_are_read_from_its_identifier_too() -> None:
    group = {"id": "GB-COH-00123456", "name": "Ringers", "charityNumber": "123 4567"}
    found = columns_of(said(recipientOrganization=[group]))
    assert found["recipient_company_number"] == "00123456"
    assert found["recipient_charity_number"] == "1234567"


def test_one_person_has_no_name_here() -> None:
    grant = said(recipientIndividual={"id": "1", "name": "Jo Private"})
    del grant["recipientOrganization"]
    found = columns_of(grant)
    assert "recipient_name" not in found
    assert found["recipient_id"] == "1"


def test_places_are_named_once() -> None:
    places = [{"name": "Matlock"}, {"name": None}, {"name": " Matlock "}, {"geoCode": "X"}]
    assert column("place_names", beneficiaryLocation=places) == ["Matlock"]


@pytest.mark.parametrize(
    ("typed", "read"), [("de43ab", "DE4 3AB"), (" DE4  3AB", "DE4 3AB"), ("DE4", "DE4")]
)
def test_a_postcode_is_read_however_it_is_written(typed: str, read: str) -> None:
    assert postcode_of(typed) == read
