"""Coming in: with a password or a code; and nothing that tells strangers who has an account."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.test import Client

from accounts.models import User
from accounts.outbox.models import OutgoingMail
from tests.people import PASSWORD, person, proven, signed_in

pytestmark = pytest.mark.django_db

NEW = "a heron stands in the Wye"


def newest_code(to: str) -> str:
    found = re.search(r"^\d{4}-\d{4}$", OutgoingMail.objects.filter(to=to).latest("pk").body, re.M)
    assert found
    return found.group()


def who_is_in(client: Client) -> str | None:
    """The address of whoever this client is signed in as."""
    answer = client.get("/account/")
    return str(answer.context["request"].user.email) if answer.status_code == 200 else None


def reasons() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("reason", flat=True))


# --- Making an account ---


def test_an_account_is_made_with_an_address_and_its_code(client: Client) -> None:
    answer = client.post("/account/signup/", {"email": "Nell@Example.com"})
    assert answer["Location"] == "/account/confirm-email/"
    assert who_is_in(client) is None
    client.post("/account/confirm-email/", {"code": newest_code("nell@example.com")})
    assert who_is_in(client) == "nell@example.com"
    assert EmailAddress.objects.get().verified


def test_a_new_account_has_no_password_that_a_stranger_could_have_left(client: Client) -> None:
    given = {"email": "nell@example.com", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/account/signup/", given)
    assert not User.objects.get(email="nell@example.com").has_usable_password()


def test_signing_up_twice_looks_the_same_and_writes_to_the_owner(
    client: Client, vera: User
) -> None:
    answer = client.post("/account/signup/", {"email": "vera@example.com"})
    assert answer["Location"] == "/account/confirm-email/"
    assert reasons() == ["account-already-exists"]
    assert User.objects.count() == 1


def test_a_password_is_chosen_afterwards(client: Client) -> None:
    client.post("/account/signup/", {"email": "nell@example.com"})
    client.post("/account/confirm-email/", {"code": newest_code("nell@example.com")})
    client.post("/account/password/set/", {"password1": NEW, "password2": NEW})
    other = Client()
    other.post("/account/login/", {"login": "nell@example.com", "password": NEW})
    assert who_is_in(other) == "nell@example.com"


@pytest.mark.parametrize("password", ["short", "password1234", "vera@example.com"])
def test_a_password_that_others_would_guess_is_refused(client: Client, password: str) -> None:
    vera = person("vera")
    signed_in(client, vera)
    given = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post("/account/password/change/", given).status_code == 200
    vera.refresh_from_db()
    assert vera.check_password(PASSWORD)


# --- Signing in ---


def test_the_address_may_be_typed_in_any_case(client: Client, vera: User) -> None:
    client.post("/account/login/", {"login": " VERA@Example.COM ", "password": PASSWORD})
    assert who_is_in(client) == "vera@example.com"


def test_a_wrong_password_and_an_unknown_address_read_the_same(client: Client, vera: User) -> None:
    def said(login: str) -> str:
        page = client.post("/account/login/", {"login": login, "password": "wrong"})
        return re.sub(r'value="[^"]*"', "", page.content.decode())

    assert "do not go together" in said("vera@example.com")
    assert said("vera@example.com") == said("nobody@example.com")


def test_a_code_by_e_mail_is_enough_for_a_volunteer(client: Client, vera: User) -> None:
    client.post("/account/login/code/?next=/groups/", {"email": vera.email})
    answer = client.post(
        "/account/login/code/confirm/", {"code": newest_code(vera.email), "next": "/groups/"}
    )
    assert answer["Location"] == "/groups/"
    assert who_is_in(client) == vera.email


def test_asking_for_a_code_reads_the_same_for_an_unknown_address(
    client: Client, vera: User
) -> None:
    def page(email: str) -> str:
        asking = Client()
        answer = asking.post("/account/login/code/", {"email": email}, follow=True)
        text = answer.content.decode().replace(email, "")
        return re.sub(r'value="[^"]*"', "", text)

    assert page("vera@example.com") == page("nobody@example.com")
    assert reasons() == ["login-code", "unknown-account"]


def test_a_code_works_once(client: Client, vera: User) -> None:
    client.post("/account/login/code/", {"email": vera.email})
    code = newest_code(vera.email)
    client.post("/account/login/code/confirm/", {"code": code})
    again = Client()
    again.post("/account/login/code/", {"email": vera.email})
    again.post("/account/login/code/confirm/", {"code": code})
    assert who_is_in(again) is None


def test_a_code_works_only_in_the_browser_that_asked(client: Client, vera: User) -> None:
    client.post("/account/login/code/", {"email": vera.email})
    thief = Client()
    thief.post("/account/login/code/confirm/", {"code": newest_code(vera.email)})
    assert who_is_in(thief) is None


def test_a_new_code_can_be_asked_for(client: Client, vera: User) -> None:
    client.post("/account/login/code/", {"email": vera.email})
    first = newest_code(vera.email)
    client.post("/account/login/code/confirm/", {"action": "resend"})
    second = newest_code(vera.email)
    assert first != second
    client.post("/account/login/code/confirm/", {"code": second})
    assert who_is_in(client) == vera.email


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(client: Client, vera: User, elsewhere: str) -> None:
    answer = client.post(
        "/account/login/", {"login": vera.email, "password": PASSWORD, "next": elsewhere}
    )
    assert answer["Location"] == "/account/"


def test_somebody_who_may_no_longer_sign_in_is_out_at_once(client: Client, vera: User) -> None:
    signed_in(client, vera)
    User.objects.filter(pk=vera.pk).update(is_active=False)
    assert who_is_in(client) is None
    answer = client.post("/account/login/", {"login": vera.email, "password": PASSWORD})
    assert answer["Location"] == "/account/inactive/"
    assert who_is_in(client) is None


def test_signing_out_needs_a_press_of_a_button(client: Client, vera: User) -> None:
    signed_in(client, vera)
    assert "Sign out?" in client.get("/account/logout/").content.decode()
    assert who_is_in(client) == vera.email
    client.post("/account/logout/")
    assert who_is_in(client) is None


# --- A forgotten password ---


def test_a_forgotten_password_is_replaced_with_a_code(client: Client, vera: User) -> None:
    elsewhere = signed_in(Client(), vera)
    client.post("/account/password/reset/", {"email": vera.email})
    client.post("/account/password/reset/code/", {"code": newest_code(vera.email)})
    client.post("/account/password/reset/new/", {"password1": NEW, "password2": NEW})
    vera.refresh_from_db()
    assert vera.check_password(NEW)
    assert reasons() == ["password-reset-code", "password-reset"]
    # Whoever was signed in with the old one is out, and a new password is not yet a sign-in.
    assert who_is_in(elsewhere) is None
    assert who_is_in(client) is None


def test_a_new_password_of_an_editor_still_needs_the_app(client: Client, erin: User) -> None:
    TOTP.activate(erin, "JBSWY3DPEHPK3PXP")
    client.post("/account/password/reset/", {"email": erin.email})
    client.post("/account/password/reset/code/", {"code": newest_code(erin.email)})
    client.post("/account/password/reset/new/", {"password1": NEW, "password2": NEW})
    answer = client.post("/account/login/", {"login": erin.email, "password": NEW})
    assert answer["Location"] == "/account/login/second-step/"
    assert who_is_in(client) is None


def test_a_forgotten_password_of_nobody_reads_the_same(client: Client) -> None:
    answer = client.post("/account/password/reset/", {"email": "nobody@example.com"})
    assert answer["Location"] == "/account/password/reset/code/"
    assert reasons() == ["unknown-account"]


# --- Limits, counted in the database for all processes ---


def test_attempts_are_counted_where_every_process_sees_them() -> None:
    assert isinstance(caches["default"], DatabaseCache)


def test_too_many_tries_from_two_browsers_get_our_page(vera: User) -> None:
    one, two = Client(), Client()
    for _time in range(5):
        one.post("/account/password/reset/", {"email": vera.email})
    answer = two.post("/account/password/reset/", {"email": vera.email})
    assert answer.status_code == 429
    assert "That was too many tries" in answer.content.decode()
    assert OutgoingMail.objects.count() == 5


def test_guessing_a_password_ends_after_five_tries(vera: User) -> None:
    for _time in range(5):
        Client().post("/account/login/", {"login": vera.email, "password": "wrong"})
    client = Client()
    answer = client.post("/account/login/", {"login": vera.email, "password": PASSWORD})
    assert "That was too many tries" in answer.content.decode()
    assert who_is_in(client) is None


def test_codes_to_one_address_are_limited(vera: User) -> None:
    for _time in range(5):
        Client().post("/account/login/code/", {"email": vera.email})
    assert OutgoingMail.objects.count() == 3


# --- Garbage ---

ANSWERS = [
    "",
    "{",
    "null",
    "[]",
    '"x"',
    "{}",
    '{"id": 1}',
    '{"response": 1}',
    '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}',
    '{"id": "é", "rawId": "é", "response": {"clientDataJSON": "é", "userHandle": "é"}}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": '
    '{"clientDataJSON": "AAAA", "attestationObject": "AAAA"}}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": '
    '{"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "A", "userHandle": "Z"}}',
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_passkeys_answer_may_be_garbage(client: Client, vera: User, answer: str) -> None:
    client.get("/account/login/passkey/", headers={"Accept": "application/json"})
    said = client.post("/account/login/passkey/", {"credential": answer})
    assert said["Location"] == "/account/login/"
    signed_in(client, vera)
    proven(client, vera, method="password", reauthenticated=True)
    client.get("/account/extra/passkeys/add/")
    added = client.post("/account/extra/passkeys/add/", {"credential": answer})
    assert added.status_code == 200
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("code", ["", "x" * 9999, "１２３４５６７８", "\x00", "<b>", "'; --", "💥"])
def test_a_code_may_be_garbage(client: Client, vera: User, code: str) -> None:
    client.post("/account/login/code/", {"email": vera.email})
    assert client.post("/account/login/code/confirm/", {"code": code}).status_code == 200
    assert who_is_in(client) is None


# --- What every account page holds to ---

PAGES_FOR_ALL = ["login", "login/code", "signup", "inactive", "password/reset"]
PAGES_FOR_PEOPLE = ["", "email", "password/change", "extra", "extra/passkeys", "logout"]


@pytest.mark.parametrize("page", PAGES_FOR_ALL)
def test_a_page_for_all_keeps_nothing_about_a_visitor(client: Client, page: str) -> None:
    answer = client.get(f"/account/{page}/")
    assert answer.status_code == 200
    assert set(answer.cookies) <= {"csrftoken"}
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("page", [*PAGES_FOR_ALL, *PAGES_FOR_PEOPLE])
def test_every_page_has_one_heading_and_no_inline_code(
    client_of: Callable[[str], Client], page: str
) -> None:
    who = "vera" if page in PAGES_FOR_PEOPLE else "visitor"
    text = client_of(who).get(f"/account/{page}/".replace("//", "/")).content.decode()
    assert text.count("<h1>") == 1
    assert re.search(r"<title>\s*\S", text)
    assert " style=" not in text
    assert not re.search(r"<script(?![^>]*(src=|application/json))", text)
    assert not re.search(r" on\w+=", text)
    assert "placeholder=" not in text


@pytest.mark.parametrize("page", PAGES_FOR_PEOPLE)
def test_pages_of_an_account_are_for_who_has_one(client: Client, page: str) -> None:
    answer = client.get(f"/account/{page}/".replace("//", "/"))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"] or page == "logout"


def test_what_was_typed_is_kept_and_what_is_wrong_is_said(client: Client) -> None:
    page = client.post("/account/signup/", {"email": "not an address"}).content.decode()
    assert 'value="not an address"' in page
    assert "There is a problem" in page
    assert page.count("Write an e-mail address, such as jo@example.org.") == 2
