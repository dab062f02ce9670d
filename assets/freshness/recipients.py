"""Whom we ask whether a listing is still right: those who act for its group, else its own address.

A group's own address is the one that it gave us for everybody to read. It is asked only where
nobody acts for the group who may sign in.
"""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.models import User
from assets.models import Contact, Membership, Organisation


def memberships() -> QuerySet[Membership]:
    """Those that count: confirmed, of people who may sign in.

    Example people exist on one's own machine alone.
    """
    counted = Membership.objects.filter(confirmed_at__isnull=False, user__is_active=True)
    return counted if settings.PRIVATE_POSTGRES else counted.exclude(user__is_example=True)


def of_groups(groups: Collection[UUID]) -> dict[UUID, list[str]]:
    """The addresses of each group that has any, in two queries."""
    found: dict[UUID, list[str]] = defaultdict(list)
    members = memberships().filter(organisation__in=groups).order_by("user__email")
    for group, email in members.values_list("organisation", "user__email"):
        found[group].append(email)
    contacts = Contact.objects.filter(kind=Contact.Kind.EMAIL, organisation__in=groups)
    # The first one is the one that the page has on top.
    for group, email in contacts.order_by("pk").values_list("organisation", "value"):
        found.setdefault(group, [User.objects.normalize_email(email)])
    return dict(found)


def groups_of(address: str) -> QuerySet[Organisation]:
    """The groups about which this address is asked."""
    members = memberships()
    own = Contact.objects.filter(kind=Contact.Kind.EMAIL, value__iexact=address)
    maybe = Organisation.objects.filter(
        Q(pk__in=members.filter(user__email=address).values("organisation"))
        | Q(pk__in=own.values("organisation"))
    )
    asked = of_groups(list(maybe.order_by().values_list("pk", flat=True)))
    return Organisation.objects.filter(
        pk__in=[group for group, addresses in asked.items() if address in addresses]
    )


def person_of(address: str) -> User | None:
    """Whose address it is, if they have an account."""
    return User.objects.filter(email=address, is_active=True).first()
