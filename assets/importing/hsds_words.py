"""What an HSDS service says in sentences: for whom it is, how to come, what it costs.

HSDS 3 has ages as numbers; older sheets say them among whom else a service is for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from assets.importing.problems import NotUnderstood
from assets.importing.reading.ages import find_ages, read_ages
from assets.importing.reading.costs import LONGEST_NOTE
from assets.importing.table import Cell, Row

LONGEST_SUMMARY = 250
NOTHING = frozenset({"none", "none.", "n/a", "no", "-", ""})
# How many rows a note names.
NAMED = 12


def of_service(service: Row) -> Row:
    """Its ages, and its description with what has no field of its own here."""
    row: Row = {}
    if ages := _ages(service):
        row["services.ages"] = ages
    if about := list(_about(service)):
        at = service.get("description", service["id"])
        row["services.about"] = replace(at, text="\n\n".join(about))
    return row


def without_an_age(services: Iterable[Row]) -> Iterator[str]:
    """A note of those that say whom they are for, but no age that we can read."""
    rows = [one["id"].row for one in services if _is_for_somebody(one) and not _ages(one)]
    if rows:
        named = ", ".join(map(str, rows[:NAMED])) + (" …" if len(rows) > NAMED else "")
        said = _(
            "services.csv, rows %s: whom it is for is said without an age. They come in for "
            "all ages, and what is said stands in their description."
        )
        yield said % named


def _about(service: Row) -> Iterator[str]:
    # A short one stands in the summary already.
    if len(description := _text(service, "description")) > LONGEST_SUMMARY:
        yield description
    if _is_for_somebody(service) and not _is_age_alone(_text(service, "eligibility")):
        yield _("Who it is for: %s") % _text(service, "eligibility")
    if how := _said(service, "application_process"):
        yield _("How to come: %s") % how
    if papers := _said(service, "required_documents"):
        yield _("What to bring: %s") % papers
    if len(fees := _text(service, "fees")) > LONGEST_NOTE:
        yield _("What it costs: %s") % fees


def _ages(service: Row) -> Cell | None:
    low, high = _text(service, "minimum_age"), _text(service, "maximum_age")
    if low or high:
        text = f"{low or 0} to {high}" if high else f"{low}+"
        return replace(service["minimum_age" if low else "maximum_age"], text=text)
    for column in ("eligibility", "audience"):
        said = _text(service, column)
        if text := said if _is_age_alone(said) else find_ages(said):
            return replace(service[column], text=text)
    return None


def _is_for_somebody(service: Row) -> bool:
    return bool(_said(service, "eligibility"))


def _is_age_alone(said: str) -> bool:
    try:
        read_ages(said)
    except NotUnderstood:
        return False
    return True


def _said(row: Row, column: str) -> str:
    text = _text(row, column)
    return "" if text.lower() in NOTHING else text


def _text(row: Row, column: str) -> str:
    return row[column].text if column in row else ""
