"""Groups that are here already and look like one that wants to be: hints, for people to judge."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext as _

from assets.models import Contact, Organisation, Proposal, Status, Venue
from assets.models.organisations import SortKey
from assets.models.proposals import Kind
from assets.proposals.fields import GROUP, NEW_VENUE
from assets.saying import Values

SHOWN = 8


@dataclass(frozen=True)
class Lookalike:
    group: Organisation
    why: str


def lookalikes(proposal: Proposal) -> list[Lookalike]:
    """The surest sign first, each group once."""
    group: Values = proposal.said.get(GROUP, {})
    found = [
        *((one, _("the same name")) for one in _named(group.get("name") or "")),
        *((one, _("the same charity number")) for one in _numbered(group)),
        *((one, _("the same phone, e-mail or website")) for one in _reached_by(proposal)),
        *((one, _("the same postcode")) for one in _at(_postcodes(proposal))),
    ]
    once: dict[Organisation, str] = {}
    for one, why in found:
        if one.is_example == proposal.is_example and one != proposal.organisation:
            once.setdefault(one, why)
    return [Lookalike(one, why) for one, why in once.items()][:SHOWN]


def sent_twice(proposal: Proposal) -> QuerySet[Proposal]:
    """Others that wait for us and are called the same."""
    name = proposal.said.get(GROUP, {}).get("name") or ""
    same = Proposal.objects.to_decide().filter(kind=Kind.NEW, sent__group__name__iexact=name)
    return same.exclude(pk=proposal.pk)


def _here() -> QuerySet[Organisation]:
    # What has been taken away is nobody's double.
    found: QuerySet[Organisation] = Organisation.objects.exclude(status=Status.WITHDRAWN)
    return found


def _named(name: str) -> QuerySet[Organisation]:
    return _here().annotate(key=SortKey("name")).filter(key=SortKey(Value(name.strip())))


def _numbered(group: Values) -> QuerySet[Organisation]:
    number = group.get("charity_number") or ""
    return _here().exclude(charity_number="").filter(charity_number=number)


def _reached_by(proposal: Proposal) -> QuerySet[Organisation]:
    same = Q(pk=None)
    for values in proposal.said.values():
        for kind in Contact.Kind:
            for line in values.get(f"contacts.{kind}") or []:
                same |= _same_contact(kind, line["value"])
    contacts = Contact.objects.annotate(bare=Replace("value", Value(" "), Value(""))).filter(same)
    return _here().filter(Q(contacts__in=contacts) | Q(activities__contacts__in=contacts))


def _same_contact(kind: Contact.Kind, value: str) -> Q:
    """Without what makes no difference: spaces, a plus, https and www."""
    if kind == Contact.Kind.WEB:
        bare = value.lower().removeprefix("https://").removeprefix("http://")
        bare = bare.removeprefix("www.").rstrip("/")
        return Q(kind=kind, value__iregex=rf"^https?://(www\.)?{_literally(bare)}/?$")
    if kind == Contact.Kind.EMAIL:
        return Q(kind=kind, value__iexact=value)
    number = value.replace(" ", "").replace("+44", "0")
    either = [number, f"+44{number.removeprefix('0')}"]
    return Q(kind__in=[Contact.Kind.PHONE, Contact.Kind.TEXT], bare__in=either)


def _literally(text: str) -> str:
    """For a regular expression of PostgreSQL."""
    return "".join(one if one.isalnum() else f"\\{one}" for one in text)


def _postcodes(proposal: Proposal) -> set[str]:
    new = (values.get(NEW_VENUE) or {} for values in proposal.said.values())
    return {one["postcode"] for one in new if one.get("postcode")}


def _at(postcodes: set[str]) -> QuerySet[Organisation]:
    """Those that meet where a new place would be."""
    there = Venue.objects.filter(postcode__in=postcodes)
    return _here().filter(activities__venue__in=there)
