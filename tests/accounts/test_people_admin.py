"""Looking after people: nobody gains more than they had."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.outbox.models import OutgoingMail
from tests.people import person

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/accounts/user/"
ClientOf = Callable[[str], Client]


def role(name: str) -> Group:
    return Group.objects.get(name=name)


def change(client: Client, who: User, **given: object) -> int:
    """Saves the form as it stands, with some fields different."""
    whole: dict[str, object] = {
        "email": who.email,
        "name": who.name,
        "is_active": "on" if who.is_active else "",
        "is_staff": "on" if who.is_staff else "",
        "is_superuser": "on" if who.is_superuser else "",
        "groups": [group.pk for group in who.groups.all()],
    }
    filled = {name: value for name, value in (whole | given).items() if value != ""}
    status = client.post(f"{PEOPLE}{who.pk}/change/", filled).status_code
    who.refresh_from_db()
    return status


def test_a_new_person_has_no_password_and_is_told_how_to_come_in(client_of: ClientOf) -> None:
    answer = client_of("pam").post(
        f"{PEOPLE}add/", {"email": "New@Example.com", "name": "Nell", "is_active": "on"}
    )
    assert answer.status_code == 302
    nell = User.objects.get(email="new@example.com")
    assert not nell.has_usable_password()
    assert list(EmailAddress.objects.filter(user=nell).values_list("email", "verified")) == [
        ("new@example.com", False)
    ]
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.reason) == ("new@example.com", "welcome")
    assert "/account/login/code/" in mail.body


def test_the_address_of_a_new_person_is_confirmed_by_their_first_code(
    client_of: ClientOf, client: Client
) -> None:
    client_of("pam").post(f"{PEOPLE}add/", {"email": "nell@example.com", "is_active": "on"})
    client.post("/account/login/code/", {"email": "nell@example.com"})
    code = OutgoingMail.objects.get(reason="login-code").body.split("\n\n")[2]
    answer = client.post("/account/login/code/confirm/", {"code": code})
    assert answer["Location"] == "/account/"
    assert EmailAddress.objects.get(email="nell@example.com").verified


def test_the_same_address_in_other_letters_is_refused_in_words(client_of: ClientOf) -> None:
    person("vera")
    answer = client_of("pam").post(f"{PEOPLE}add/", {"email": "VERA@example.com"})
    assert "There is already an account with this e-mail address." in answer.content.decode()
    assert User.objects.filter(email__iexact="vera@example.com").count() == 1


def test_a_people_manager_can_make_somebody_staff_with_a_role_they_hold(
    client_of: ClientOf, vera: User
) -> None:
    pam = client_of("pam")
    change(pam, vera, is_staff="on", groups=[role("People manager").pk])
    assert vera.is_staff
    assert list(vera.groups.all()) == [role("People manager")]


def test_a_people_manager_cannot_give_a_role_with_more_than_they_have(
    client_of: ClientOf, vera: User
) -> None:
    answer = change(client_of("pam"), vera, is_staff="on", groups=[role("Directory editor").pk])
    assert answer == 200
    assert list(vera.groups.all()) == []


def test_a_people_manager_who_edits_the_directory_too_can_give_both_roles(
    client_of: ClientOf, vera: User, pam: User
) -> None:
    pam.groups.add(role("Directory editor"))
    change(client_of("pam"), vera, is_staff="on", groups=[role("Directory editor").pk])
    assert list(vera.groups.all()) == [role("Directory editor")]


def test_a_people_manager_cannot_make_an_administrator(
    client_of: ClientOf, vera: User, pam: User
) -> None:
    client = client_of("pam")
    for who in (vera, pam):
        change(client, who, is_staff="on", is_superuser="on")
        assert not who.is_superuser
    client.post(
        f"{PEOPLE}add/",
        {"email": "x@example.com", "is_active": "on", "is_staff": "on", "is_superuser": "on"},
    )
    assert not User.objects.get(email="x@example.com").is_superuser


@pytest.mark.parametrize("who", ["ada", "erin", "stefan"])
def test_a_people_manager_cannot_change_somebody_who_may_do_more(
    client_of: ClientOf, who: str
) -> None:
    above = person(who)
    client = client_of("pam")
    answer = change(client, above, email="pam2@example.com", is_active="")
    assert answer == 403
    assert (above.email, above.is_active) == (f"{who}@example.com", True)


def test_somebody_switched_off_is_still_who_they_were(client_of: ClientOf, erin: User) -> None:
    """Else: take an editor who has left, change the address, switch them on, sign in as them."""
    User.objects.filter(pk=erin.pk).update(is_active=False)
    assert change(client_of("pam"), erin, email="pam2@example.com", is_active="on") == 403
    assert (erin.email, erin.is_active) == ("erin@example.com", False)


def test_nobody_changes_what_they_may_do_themselves(client_of: ClientOf, ada: User) -> None:
    change(client_of("ada"), ada, is_superuser="", is_staff="", is_active="", name="Ada")
    assert (ada.is_superuser, ada.is_staff, ada.is_active) == (True, True, True)
    assert ada.name == "Ada"


def test_an_administrator_gives_a_new_address_and_the_old_one_is_told(
    client_of: ClientOf, erin: User
) -> None:
    change(client_of("ada"), erin, email="Erin@New.example")
    assert erin.email == "erin@new.example"
    assert list(EmailAddress.objects.filter(user=erin).values_list("email", "verified")) == [
        ("erin@new.example", False)
    ]
    assert OutgoingMail.objects.get().to == "erin@example.com"


def test_a_lost_phone_is_taken_off_and_it_is_on_record(client_of: ClientOf, erin: User) -> None:
    TOTP.activate(erin, "JBSWY3DPEHPK3PXP")
    answer = client_of("ada").post(f"{PEOPLE}{erin.pk}/remove-second-steps/")
    assert answer.status_code == 302
    assert not Authenticator.objects.filter(user=erin).exists()
    assert OutgoingMail.objects.get().reason == "second-steps-removed"
    assert LogEntry.objects.get().object_id == str(erin.pk)


@pytest.mark.parametrize("who", ["pam", "erin", "stefan"])
def test_others_cannot_take_off_an_editors_phone(client_of: ClientOf, erin: User, who: str) -> None:
    TOTP.activate(erin, "JBSWY3DPEHPK3PXP")
    client = client_of(who)
    # Erin's own session is older than her phone, so she is asked for it first.
    assert client.post(f"{PEOPLE}{erin.pk}/remove-second-steps/").status_code in (302, 403)
    assert Authenticator.objects.filter(user=erin).exists()


def test_nobody_is_deleted(client_of: ClientOf, vera: User) -> None:
    assert client_of("ada").post(f"{PEOPLE}{vera.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=vera.pk).exists()


def test_there_is_no_page_to_set_somebodys_password(client_of: ClientOf, vera: User) -> None:
    client = client_of("ada")
    assert client.get(f"{PEOPLE}{vera.pk}/password/").status_code in (302, 404)
    assert (
        "password" not in client.get(f"{PEOPLE}{vera.pk}/change/").context["adminform"].form.fields
    )


def test_the_sealed_password_cannot_be_asked_about_by_address(client_of: ClientOf) -> None:
    for lookup in ("password__startswith=pbkdf2", "emailaddress__email=x", "is_superuser=1"):
        assert client_of("pam").get(f"{PEOPLE}?{lookup}").status_code == 400


def test_roles_are_to_read(client_of: ClientOf) -> None:
    editor = role("Directory editor")
    for who in ("pam", "ada"):
        client = client_of(who)
        page = client.get(f"/admin/accounts/role/{editor.pk}/change/")
        assert page.status_code == 200
        assert "activities (assets.activity): add, change, view" in page.content.decode()
        assert (
            client.post(f"/admin/accounts/role/{editor.pk}/change/", {"name": "All"}).status_code
            == 403
        )
        assert client.get("/admin/accounts/role/add/").status_code == 403


@pytest.mark.parametrize(
    ("who", "people", "roles", "outbox"),
    [
        ("vera", 302, 302, 302),
        ("stefan", 403, 403, 403),
        ("erin", 403, 403, 200),
        ("pam", 200, 200, 200),
        ("ada", 200, 200, 200),
    ],
)
def test_who_sees_people_roles_and_the_outbox(
    client_of: ClientOf, who: str, people: int, roles: int, outbox: int
) -> None:
    client = client_of(who)
    seen = [
        client.get(f"/admin/accounts/{model}/").status_code
        for model in ("user", "role", "outgoingmail")
    ]
    assert seen == [people, roles, outbox]


def test_the_list_of_people_says_who_relies_on_mail_alone(
    client_of: ClientOf, erin: User, vera: User
) -> None:
    TOTP.activate(erin, "JBSWY3DPEHPK3PXP")
    client = client_of("ada")
    own = client.get(f"{PEOPLE}?second_step=own").context["cl"].queryset
    mail = client.get(f"{PEOPLE}?second_step=mail").context["cl"].queryset
    assert [found.email for found in own] == ["erin@example.com"]
    assert [found.email for found in mail] == ["ada@example.com"]


def test_the_list_of_people_takes_no_more_queries_for_more_people(
    client_of: ClientOf,
) -> None:
    client = client_of("ada")
    client.get(PEOPLE)
    counts = []
    for who in (None, "erin", "pam"):
        if who:
            person(who)
        with CaptureQueriesContext(connection) as asked:
            client.get(PEOPLE)
        counts.append(len(asked))
    assert len(set(counts)) == 1
