"""The cast, and how each of them comes in.

Ada looks after everything. Erin edits the directory. Gwen is the safeguarding lead. Stefan, of the
steering group, only looks. Pam looks after people. Vera runs a group and has an account. A visitor
has none.

Of the fund: Mona runs it. Cora chairs, Sal scores. Finn says that a payment is right, Rhea lets it
go.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.test import Client

from accounts.models import User

PASSWORD = "limestone walls keep sheep in"
VISITOR = "visitor"


@dataclass(frozen=True)
class Character:
    name: str
    role: str = ""
    is_staff: bool = True
    is_superuser: bool = False


CAST = {
    "ada": Character("Ada Wright", is_superuser=True),
    "erin": Character("Erin Marsh", "Directory editor"),
    "gwen": Character("Gwen Rowe", "Safeguarding lead"),
    "stefan": Character("Stefan Nowak", "Steering group"),
    "pam": Character("Pam Gill", "People manager"),
    "mona": Character("Mona Fell", "Grants manager"),
    "cora": Character("Cora Dale", "Chair"),
    "sal": Character("Sal Okoro", "Scorer"),
    "finn": Character("Finn Ash", "Payment approver"),
    "rhea": Character("Rhea Lock", "Payment releaser"),
    "vera": Character("Vera Holt", is_staff=False),
}
# Everybody who may ask for a page: the columns of the permission table.
EVERYBODY = [VISITOR, *reversed(CAST)]


def person(who: str) -> User:
    """One of the cast, made when first asked for: PASSWORD, confirmed address, role."""
    found = User.objects.filter(email=f"{who}@example.com").first()
    return found or _make(who, CAST[who])


def _make(who: str, character: Character) -> User:
    made = User.objects.create_user(
        f"{who}@example.com",
        PASSWORD,
        name=character.name,
        is_staff=character.is_staff,
        is_superuser=character.is_superuser,
    )
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    if character.role:
        made.groups.add(Group.objects.get(name=character.role))
    return made


def signed_in(client: Client, person: User, *, second_factor: bool = True) -> Client:
    """Signs in as allauth would have: a password, and a code by e-mail for the second factor."""
    client.force_login(person, backend="accounts.backends.AccountBackend")
    proven(client, person, method="password", email=person.email)
    if second_factor:
        proven(client, person, method="code", email=person.email)
    return client


def proven(client: Client, person: User, **record: object) -> None:
    """Adds one of allauth's notes to this client's session: `method`, and what goes with it."""
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, person, **record)
    request.session.save()


@pytest.fixture
def ada(db: None) -> User:
    return person("ada")


@pytest.fixture
def erin(db: None) -> User:
    return person("erin")


@pytest.fixture
def gwen(db: None) -> User:
    return person("gwen")


@pytest.fixture
def stefan(db: None) -> User:
    return person("stefan")


@pytest.fixture
def pam(db: None) -> User:
    return person("pam")


@pytest.fixture
def mona(db: None) -> User:
    return person("mona")


@pytest.fixture
def cora(db: None) -> User:
    return person("cora")


@pytest.fixture
def sal(db: None) -> User:
    return person("sal")


@pytest.fixture
def finn(db: None) -> User:
    return person("finn")


@pytest.fixture
def rhea(db: None) -> User:
    return person("rhea")


@pytest.fixture
def vera(db: None) -> User:
    return person("vera")


@pytest.fixture
def client_of(db: None) -> Callable[[str], Client]:
    """`client_of("erin")`: a client as she has it, with her second factor if she is staff."""

    def made(who: str) -> Client:
        return Client() if who == VISITOR else signed_in(Client(), person(who))

    return made
