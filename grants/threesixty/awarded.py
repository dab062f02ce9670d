"""An award of ours as the standard has it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from assets.models import Area, Organisation, Place
from grants.models import Application
from grants.threesixty.checking import Said
from grants.threesixty.columns import CHARITY, COMPANY, NEEDS, THEMES
from thrive.models import NeedsGroup, Theme

# Source: the standard's codelist of location scopes: within one local authority.
ONE_AUTHORITY = "GLS050"
DISTRICT = "NMD"


@dataclass(frozen=True)
class Recipient:
    """`key` names a group for good that is no registered charity or company: its id with us.

    `at_home`: the postcode is somebody's home, of which only the first half is told.
    """

    name: str
    key: str
    charity_number: str = ""
    company_number: str = ""
    postcode: str = ""
    at_home: bool = False


@dataclass(frozen=True)
class Awarded:
    """All that `publishing.publish` needs to know. Amounts are pounds; `ends_before` is not in it.

    `reference` is the application's, such as “GGO2-007”; `programme` is the round's title.
    """

    reference: str
    title: str
    description: str
    awarded: Decimal
    awarded_on: date
    recipient: Recipient
    funder: str
    programme_code: str
    programme: str
    area: Area
    asked_for: Decimal | None = None
    paid: Decimal | None = None
    starts_on: date | None = None
    ends_before: date | None = None
    department: str = ""
    from_open_call: bool = True
    places: tuple[Place, ...] = ()
    needs_groups: tuple[NeedsGroup, ...] = ()
    themes: tuple[Theme, ...] = ()
    application: Application | None = None
    organisation: Organisation | None = None
    is_example: bool = False


def said_of(award: Awarded) -> Said:
    """As the standard's JSON has it: a field with nothing to say is not there."""
    funder = {"id": settings.GRANTS_FUNDER_ID, "name": award.funder, "department": award.department}
    programme = {"code": award.programme_code, "title": award.programme}
    said: Said = {
        "id": f"{settings.GRANTS_PREFIX}-{award.reference}",
        "title": award.title,
        "description": award.description,
        "currency": "GBP",
        "amountAppliedFor": _number(award.asked_for),
        "amountAwarded": _number(award.awarded),
        "amountDisbursed": _number(award.paid),
        "awardDate": award.awarded_on.isoformat(),
        "plannedDates": _period(award),
        "recipientOrganization": [_recipient(award.recipient)],
        "beneficiaryLocation": _locations(award),
        "fundingOrganization": [_kept(funder)],
        "grantProgramme": [programme] if award.programme else [],
        "fromOpenCall": "Yes" if award.from_open_call else "No",
        "classifications": _classifications(award),
        "dateModified": timezone.now().isoformat(timespec="seconds"),
        "dataSource": settings.SITE_URL.geturl(),
        "locationScope": ONE_AUTHORITY,
    }
    return _kept(said)


def _kept(said: Said) -> Said:
    return {key: value for key, value in said.items() if value not in (None, "", [], [{}])}


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _period(award: Awarded) -> list[dict[str, Any]]:
    first, before = award.starts_on, award.ends_before
    period: Said = {}
    if first:
        period["startDate"] = first.isoformat()
    if before:
        period["endDate"] = (before - timedelta(days=1)).isoformat()
    if first and before and (months := _months(first, before)):
        period["duration"] = months
    return [period]


def _months(first: date, before: date) -> int:
    """Whole ones, rounded up: of five weeks, two."""
    months = 12 * (before.year - first.year) + before.month - first.month
    return months + (before.day > first.day)


def _recipient(group: Recipient) -> Said:
    if group.charity_number:
        identifier = f"{CHARITY}{group.charity_number}"
    elif group.company_number:
        identifier = f"{COMPANY}{group.company_number}"
    else:
        identifier = f"{settings.GRANTS_PREFIX}-{group.key}"
    postcode = group.postcode.split(" ")[0] if group.at_home else group.postcode
    return _kept(
        {
            "id": identifier,
            "name": group.name,
            "charityNumber": group.charity_number,
            "companyNumber": group.company_number,
            "postalCode": postcode,
        }
    )


def _locations(award: Awarded) -> list[Said]:
    """The district, by its code, and the places in it that the award is for, by name."""
    area = award.area
    district = {
        "name": area.name,
        "countryCode": "GB",
        "geoCode": area.code,
        "geoCodeType": DISTRICT,
    }
    return [district, *({"name": one.name, "countryCode": "GB"} for one in award.places)]


def _classifications(award: Awarded) -> list[Said]:
    needs = [(NEEDS, one.slug, one.name) for one in award.needs_groups]
    themes = [(THEMES, one.slug, one.name) for one in award.themes]
    return [
        {"vocabulary": vocabulary, "code": code, "title": title}
        for vocabulary, code, title in [*needs, *themes]
    ]
