"""What a page says of one grant."""

from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets import offered
from assets.words import joined, long_date
from grants.models import PublishedGrant
from grants.money import in_pounds


@dataclass(frozen=True)
class Licence:
    """`url` is empty where it is no web address."""

    words: str
    url: str


@dataclass(frozen=True)
class Entry:
    """A grant in the list. `theirs`: whose it is, where it is not ours."""

    key: UUID
    title: str
    recipient: str
    amount: str
    awarded_on: str
    text: str
    places: str
    theirs: str
    is_example: bool


def entry_of(grant: PublishedGrant) -> Entry:
    return Entry(
        key=grant.pk,
        title=grant.title,
        recipient=recipient_of(grant),
        amount=money(grant.amount_awarded, grant.currency),
        awarded_on=long_date(grant.award_date),
        text=grant.description,
        places=joined(grant.place_names),
        theirs="" if grant.is_ours else grant.funder_name,
        is_example=grant.is_example,
    )


def money(amount: Decimal, currency: str) -> str:
    """“£1,200”; in other money “EUR 1,200”."""
    said = in_pounds(amount)
    return said if currency == "GBP" else said.replace("£", f"{currency} ")


def recipient_of(grant: PublishedGrant) -> str:
    return grant.recipient_name or _("One person")


def licence_of(grant: PublishedGrant) -> Licence | None:
    if grant.file is None:
        return None
    said = grant.file.licence
    is_address = said.startswith(("https://", "http://"))
    known = "creativecommons.org/licenses/by/4.0" in said
    return Licence("CC BY 4.0" if known else said, said if is_address else "")


def period_of(grant: PublishedGrant) -> str:
    """“1 April 2027 to 31 March 2028”, “12 months”; empty where it says neither."""
    if grant.starts_on and grant.ends_on:
        dates = {"first": long_date(grant.starts_on), "last": long_date(grant.ends_on)}
        return _("%(first)s to %(last)s") % dates
    if grant.months:
        said = ngettext("%(months)s month", "%(months)s months", ceil(grant.months))
        return said % {"months": f"{grant.months.normalize():f}"}
    return _("From %s") % long_date(grant.starts_on) if grant.starts_on else ""


def tags_of(grant: PublishedGrant) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Our needs groups and themes that it names: address and name of each."""
    choices = offered.choices()
    needs = [(slug, name) for slug, name in choices["needs"] if slug in grant.needs]
    return needs, [(slug, name) for slug, name in choices["theme"] if slug in grant.themes]


def group_url(grant: PublishedGrant) -> str:
    """The group's own page, where it has one that anybody may see."""
    group = grant.organisation
    return reverse("organisation", args=[group.slug]) if group and group.is_public else ""
