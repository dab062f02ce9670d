"""People to try the site with. Their passwords are known to everybody, so they exist only on the
private PostgreSQL of one's own machine: elsewhere they are not made, and cannot sign in.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import people
from accounts.models import User

PASSWORD = "moss-and-limestone"  # noqa: S105 (public on purpose, see above)


class NotPrivateError(Exception):
    """Example sign-ins were asked for on a database that is not private."""


@dataclass(frozen=True)
class SignIn:
    email: str
    name: str
    about: str | Promise
    role: str = ""
    is_staff: bool = True
    is_superuser: bool = False


SIGN_INS = [
    SignIn("admin@example.org", "Ada Admin", _("may do everything"), is_superuser=True),
    SignIn("editor@example.org", "Erin Editor", _("looks after the listings"), "Directory editor"),
    SignIn(
        "safety@example.org",
        "Gwen Guardian",
        _("looks after worries about safety"),
        "Safeguarding lead",
    ),
    SignIn("steering@example.org", "Stefan Steering", _("sees everything"), "Steering group"),
    SignIn("grants@example.org", "Mona Manager", _("runs the fund"), "Grants manager"),
    SignIn("scorer@example.org", "Sal Scorer", _("scores applications"), "Scorer"),
    SignIn("chair@example.org", "Cora Chair", _("chairs the panel"), "Chair"),
    SignIn("approver@example.org", "Finn Finance", _("approves payments"), "Payment approver"),
    SignIn("releaser@example.org", "Rhea Release", _("releases payments"), "Payment releaser"),
    SignIn("volunteer@example.org", "Vera Volunteer", _("runs a group"), is_staff=False),
]


@transaction.atomic
def load() -> list[User]:
    """Makes the example people, or makes them again. The roles must be there already.

    NotPrivateError anywhere but on the private PostgreSQL.
    """
    if not settings.PRIVATE_POSTGRES:
        raise NotPrivateError("Example sign-ins exist only on the private PostgreSQL.")
    return [_make(sign_in) for sign_in in SIGN_INS]


@transaction.atomic
def remove() -> int:
    """Takes them all away again. ProtectedError while a record still names one. How many."""
    examples = User.objects.filter(is_example=True)
    number = examples.count()
    examples.delete()
    return number


def _make(sign_in: SignIn) -> User:
    person, _made = User.objects.update_or_create(
        email=sign_in.email,
        defaults={
            "name": sign_in.name,
            "is_active": True,
            "is_staff": sign_in.is_staff,
            "is_superuser": sign_in.is_superuser,
            "is_example": True,
        },
    )
    person.set_password(PASSWORD)
    person.save()
    person.groups.set([Group.objects.get(name=sign_in.role)] if sign_in.role else [])
    address = people.own_address(person)
    address.verified = True
    address.save()
    return person
