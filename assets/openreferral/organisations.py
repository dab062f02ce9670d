"""A group as an organization."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from assets.models import Contact, Organisation
from assets.openreferral.ids import key_of
from assets.openreferral.taxonomies import OF_GROUPS, attributes
from assets.over import how_over

NO_LONGER_LISTED = "No longer listed"
NUMBERS = (Contact.Kind.PHONE, Contact.Kind.TEXT)


def reach(contacts: Iterable[Contact], kind: Contact.Kind) -> str:
    """The first way of this kind; empty where there is none."""
    return next((one.value for one in contacts if one.kind == kind), "")


def organisation(group: Organisation, *, full: bool) -> dict[str, Any]:
    """`group` comes with its district, contacts, themes and ways of working.

    Gone, it has at most its name.
    """
    said: dict[str, Any] = {"id": str(group.pk)}
    if not group.is_public:
        named = how_over(group).is_named
        why = f"{group.name} {group.public_words}" if named else NO_LONGER_LISTED
        return said | {"name": group.name if named else NO_LONGER_LISTED, "description": why}
    contacts = list(group.contacts.all())
    said |= {
        "name": group.name,
        "description": "\n\n".join(filter(None, (group.summary, group.description))),
        "email": reach(contacts, Contact.Kind.EMAIL),
        "website": reach(contacts, Contact.Kind.WEB),
        "uri": settings.SITE_URL.geturl() + reverse("organisation", args=[group.slug]),
    }
    if full:
        said["organization_identifiers"] = _identifiers(group)
        said["contacts"] = [contact({"organization_id": str(group.pk)}, one) for one in contacts]
        said["attributes"] = attributes(group, OF_GROUPS, "organization")
    return {name: value for name, value in said.items() if value}


def contact(of: dict[str, str], one: Contact) -> dict[str, Any]:
    """A way to reach a service or a group: `of` names which."""
    said: dict[str, Any] = {"id": key_of("contact", one.pk), **of}
    said["title"] = str(one.get_kind_display())
    if one.label:
        said["name"] = one.label
    if one.kind in NUMBERS:
        phone = {"id": key_of("phone", one.pk), "contact_id": said["id"]}
        said["phones"] = [phone | {"number": one.value, "description": said["title"]}]
    elif one.kind == Contact.Kind.EMAIL:
        said["email"] = one.value
    else:
        said["url"] = one.value
    return said


def _identifiers(group: Organisation) -> list[dict[str, str]]:
    numbers = (
        ("GB-CHC", "Charity number", group.charity_number),
        ("GB-COH", "Company number", group.company_number),
    )
    return [
        {
            "id": key_of("identifier", group.pk, scheme),
            "organization_id": str(group.pk),
            "identifier_scheme": scheme,
            "identifier_type": what,
            "identifier": number,
        }
        for scheme, what, number in numbers
        if number
    ]
