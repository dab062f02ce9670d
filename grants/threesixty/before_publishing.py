"""What a publisher looks for before a grant is told to everybody, each in one plain sentence.

Source: the checks of 360Giving's own Data Quality Tool, https://dataquality.threesixtygiving.org/.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from assets.models.organisations import CHARITY_NUMBER, COMPANY_NUMBER
from grants.threesixty.checking import Said
from grants.threesixty.columns import day_of

LONGEST_TITLE = 140
EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")


@dataclass(frozen=True)
class Advice:
    """`stops`: it would be wrong to publish this. Otherwise it is only less useful."""

    says: str
    stops: bool = False


def advice_on(said: Said, *, today: date) -> list[Advice]:
    """Of a grant that fits the standard. What stops it first."""
    stops = [Advice(says, stops=True) for says in _wrong(said, today)]
    return [*stops, *(Advice(says) for says in _missing(said))]


def _wrong(said: Said, today: date) -> Iterator[str]:
    if not said["amountAwarded"]:
        yield _("The amount awarded is 0.")
    for group in said.get("recipientOrganization") or []:
        if not _fits(CHARITY_NUMBER, group.get("charityNumber")):
            yield _("The charity number does not have 6 or 7 digits.")
        if not _fits(COMPANY_NUMBER, group.get("companyNumber")):
            yield _("The company number does not have 8 characters: keep the zeros.")
    if any(re.search(r"[\r\n]", text) for name, text in _texts(said) if name == "id"):
        yield _("There is a line break in an identifier.")
    if any(EMAIL.search(text) for _name, text in _texts(said)):
        yield _("There is an e-mail address in the text.")
    awarded = day_of(said["awardDate"])
    if awarded and awarded > today:
        yield _("The award date is in the future.")
    for period in said.get("plannedDates") or []:
        first, last = day_of(period.get("startDate")), day_of(period.get("endDate"), last=True)
        if first and last and first > last:
            yield _("It starts after it ends.")


def _missing(said: Said) -> Iterator[str]:
    if said["title"].strip().lower() == said["description"].strip().lower():
        yield _("The description says the same as the title.")
    if len(said["title"]) > LONGEST_TITLE:
        yield _("The title is longer than 140 characters.")
    groups = said.get("recipientOrganization") or []
    if not all(group.get("postalCode") for group in groups):
        yield _("There is no postcode for who gets it.")
    if not said.get("grantProgramme"):
        yield _("It says no programme.")
    if not any(_lasts(period) for period in said.get("plannedDates") or []):
        yield _("It does not say how long it is for.")


def _lasts(period: Said) -> bool:
    return bool(period.get("duration") or (period.get("startDate") and period.get("endDate")))


def _fits(pattern: str, number: str | None) -> bool:
    return not number or bool(re.fullmatch(pattern, number))


def _texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a grant, with the name of its field."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, name)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, key)
