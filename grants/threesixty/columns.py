"""The columns by which a grant is found, read from all that it says."""

import calendar
import re
import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from grants.models.published import LONGEST_NAME
from grants.threesixty.checking import Said, is_day, moment_of

# What our own classifications are called.
NEEDS = "THRIVE needs groups"
THEMES = "Local themes"
CHARITY, COMPANY = "GB-CHC-", "GB-COH-"
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?) ?([0-9][A-Z]{2})?")


def key_of(identifier: str) -> uuid.UUID:
    """The same for the same grant, however often it is loaded: its page stays where it is."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"360giving:{identifier}")


def columns_of(said: Said) -> dict[str, Any]:
    """Field → value of a `PublishedGrant`, but for whose it is. `said` has been checked."""
    planned = (said.get("plannedDates") or [{}])[0]
    funder = said["fundingOrganization"][0]
    programme = (said.get("grantProgramme") or [{}])[0]
    return {
        "id": key_of(said["id"]),
        "identifier": said["id"],
        "title": said["title"],
        "description": said["description"],
        "currency": said["currency"],
        "amount_awarded": _amount(said["amountAwarded"]),
        "amount_applied_for": _amount(said.get("amountAppliedFor")),
        "amount_disbursed": _amount(said.get("amountDisbursed")),
        "award_date": day_of(said["awardDate"]),
        "starts_on": day_of(planned.get("startDate")),
        "ends_on": day_of(planned.get("endDate"), last=True),
        "months": _months(planned.get("duration")),
        "funder_id": funder["id"],
        "funder_name": funder["name"],
        **_recipient(said),
        "programme": _short(programme.get("title") or programme.get("code")),
        "from_open_call": {"Yes": True, "No": False}.get(said.get("fromOpenCall", "")),
        "place_names": _places(said),
        "needs": _codes(said, NEEDS),
        "themes": _codes(said, THEMES),
        "said": said,
    }


def day_of(text: str | None, *, last: bool = False) -> date | None:
    """The day in London; of a month or a year its first, or its last."""
    if not text:
        return None
    if is_day(text):
        return date.fromisoformat(text)
    # Midnight of a summer's day here is eleven in the evening before by the clock of the zone Z.
    if moment := moment_of(text):
        return timezone.localdate(moment)
    year, month = int(text[:4]), int(text[5:7] or (12 if last else 1))
    return date(year, month, calendar.monthrange(year, month)[1] if last else 1)


def digits_of(number: str) -> str:
    """A charity's or company's number as we compare it: no spaces, no signs, in capitals."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())[:40]


def postcode_of(text: str) -> str:
    """“DE4 3AB” whatever its case and spaces; what is no postcode stays as it is."""
    found = POSTCODE.fullmatch("".join(text.upper().split()))
    return " ".join(one for one in found.groups() if one) if found else text[:40]


def _recipient(said: Said) -> dict[str, Any]:
    """The first of them. Of one person neither name nor number: they are not ours to show."""
    if person := said.get("recipientIndividual"):
        return {"recipient_id": person["id"]}
    group = said["recipientOrganization"][0]
    identifier = group["id"]
    charity = group.get("charityNumber") or _after(identifier, CHARITY)
    company = group.get("companyNumber") or _after(identifier, COMPANY)
    return {
        "recipient_id": identifier,
        "recipient_name": group["name"],
        "recipient_charity_number": digits_of(charity),
        "recipient_company_number": digits_of(company),
        "recipient_postcode": postcode_of(group.get("postalCode") or ""),
    }


def _after(identifier: str, scheme: str) -> str:
    return identifier.removeprefix(scheme) if identifier.startswith(scheme) else ""


def _amount(number: int | float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number)).quantize(Decimal("0.01"))


def _months(number: int | float | None) -> Decimal | None:
    """Nothing where it cannot be one: a few files say days, or years of our Lord."""
    return _amount(number) if number is not None and 0 <= number < 10_000 else None


def _places(said: Said) -> list[str]:
    names = (_short(one.get("name")) for one in said.get("beneficiaryLocation") or [])
    return list(dict.fromkeys(name for name in names if name))


def _codes(said: Said, vocabulary: str) -> list[str]:
    found = (
        one.get("code", "")[:50]
        for one in said.get("classifications") or []
        if one.get("vocabulary") == vocabulary
    )
    return list(dict.fromkeys(code for code in found if code))


def _short(text: str | None) -> str:
    return " ".join((text or "").split())[:LONGEST_NAME]
