"""Adding people and looking after their accounts. The admin calls these."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts import mails
from accounts.models import User


def who(request: HttpRequest) -> User:
    """The person signed in. PermissionDenied when nobody is."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def own_address(person: Any) -> EmailAddress:
    """The one address that allauth knows for this person, made if it is missing."""
    theirs = EmailAddress.objects.filter(user=person)
    address, _made = theirs.get_or_create(
        user=person,
        email=person.email,
        defaults={"primary": not theirs.filter(primary=True).exists()},
    )
    return address


@transaction.atomic
def add(*, person: User) -> None:
    """Saves a new person, who has no password yet, and writes to them how to get in.

    Their first code by e-mail confirms the address.
    """
    person.set_unusable_password()
    person.save()
    own_address(person)
    mails.send("welcome", person.email, {"person": person})


@transaction.atomic
def of_address(*, email: str, name: str = "", is_example: bool = False) -> User:
    """The person of this address, added without a password if we do not know them.

    Their first code by e-mail confirms the address: until then nobody comes in by it. One of an
    example is an example, and goes with it.
    """
    address = User.objects.normalize_email(email)
    person, made = User.objects.get_or_create(
        email=address, defaults={"name": name, "is_example": is_example}
    )
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
        own_address(person)
    return person


@transaction.atomic
def change_address(*, person: User, email: str, was: str) -> None:
    """Gives somebody a new address, to be confirmed by code. The old one is told."""
    person.email = User.objects.normalize_email(email)
    person.save(update_fields=["email"])
    EmailAddress.objects.filter(user=person).delete()
    own_address(person)
    mails.send("address_changed_by_staff", was, {"person": person})


@transaction.atomic
def remove_second_steps(*, person: User) -> int:
    """Takes app, passkeys and spare codes off an account (a lost phone, say). How many."""
    number: int = Authenticator.objects.filter(user=person).delete()[0]
    if number:
        mails.send("second_steps_removed", person.email, {"person": person})
    return number


def permissions_of(person: User) -> set[int]:
    """All that somebody's roles allow, also while they may not sign in."""
    held = Permission.objects.filter(Q(group__user=person) | Q(user=person))
    return set(held.values_list("pk", flat=True))


def may_look_after(by: User, person: User) -> bool:
    """Nobody changes the account of somebody who may do more than they may themselves.

    A new address alone would be enough to sign in as that person.
    """
    if by.is_superuser:
        return True
    return not person.is_superuser and permissions_of(person) <= permissions_of(by)


def roles_to_give(by: User) -> QuerySet[Group]:
    """The roles that hold nothing beyond what the giver may do."""
    if by.is_superuser:
        return Group.objects.all()
    beyond = Permission.objects.exclude(pk__in=permissions_of(by))
    return Group.objects.exclude(permissions__in=beyond)
