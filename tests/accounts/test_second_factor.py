"""Staff reach the staff pages with two factors in this session, and no way round."""

import re
import time
from collections.abc import Callable, Iterable, Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver
from time_machine import travel

from accounts import example as examples
from accounts.admin_site import staff_site
from accounts.models import User
from accounts.outbox.models import OutgoingMail
from tests.people import PASSWORD, proven, signed_in

pytestmark = pytest.mark.django_db

ADMIN = "/admin/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def newest_code(to: str) -> str:
    """What somebody reads in their newest mail."""
    mail = OutgoingMail.objects.filter(to=to).latest("pk")
    found = re.search(r"^\d{4}-\d{4}$", mail.body, re.MULTILINE)
    assert found, mail.body
    return found.group()


def app_code(secret: str = SECRET) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def give_password(client: Client, person: User, then: str = ADMIN) -> str:
    """Signs in with a password; where that leads."""
    answer = client.post(
        f"/account/login/?next={then}", {"login": person.email, "password": PASSWORD}
    )
    return str(answer.get("Location", answer.content.decode()))


def reaches_admin(client: Client) -> bool:
    return client.get(ADMIN).status_code == 200


@pytest.fixture
def still() -> Iterator[None]:
    """The clock stands, or a code from the app could change between two lines of a test."""
    with travel("2026-11-24 10:00", tick=False):
        yield


@pytest.fixture
def app(erin: User) -> Authenticator:
    """Erin's app, and the spare codes that come with it."""
    RecoveryCodes.activate(erin)
    return TOTP.activate(erin, SECRET).instance


def test_a_visitor_is_sent_to_sign_in_and_back(client: Client) -> None:
    asked = client.get("/admin/accounts/user/")
    assert asked["Location"] == "/admin/login/?next=/admin/accounts/user/"
    assert client.get(asked["Location"])["Location"] == (
        "/account/login/?next=%2Fadmin%2Faccounts%2Fuser%2F"
    )


def test_a_volunteer_is_told_kindly_that_these_pages_are_for_staff(
    client: Client, vera: User
) -> None:
    answer = signed_in(client, vera).get(ADMIN, follow=True)
    assert answer.status_code == 403
    assert "These pages are for our staff" in answer.content.decode()


def test_a_password_alone_is_one_factor(client: Client, erin: User) -> None:
    signed_in(client, erin, second_factor=False)
    assert not reaches_admin(client)
    led_to = client.get("/admin/login/?next=/admin/accounts/user/")["Location"]
    assert led_to == "/account/second-step/?next=%2Fadmin%2Faccounts%2Fuser%2F"


def test_a_mailed_code_alone_is_one_factor(client: Client, erin: User) -> None:
    client.force_login(erin)
    proven(client, erin, method="code", email=erin.email)
    assert not reaches_admin(client)


def test_a_session_that_proved_nothing_does_not_get_in(client: Client, erin: User) -> None:
    client.force_login(erin)
    assert not reaches_admin(client)


def test_the_same_factor_twice_is_one_factor(client: Client, erin: User) -> None:
    signed_in(client, erin, second_factor=False)
    proven(client, erin, method="password", email=erin.email, reauthenticated=True)
    assert not reaches_admin(client)


def test_a_password_and_a_mailed_code_let_staff_in(client: Client, erin: User) -> None:
    assert give_password(client, erin) == "/account/login/code/confirm/"
    assert not reaches_admin(client)
    answer = client.post("/account/login/code/confirm/", {"code": newest_code(erin.email)})
    assert answer["Location"] == ADMIN
    assert reaches_admin(client)


def test_volunteers_are_not_asked_for_a_code_after_their_password(
    client: Client, vera: User
) -> None:
    assert give_password(client, vera, then="/account/") == "/account/"
    assert OutgoingMail.objects.count() == 0


def test_a_code_to_another_address_does_not_count(client: Client, erin: User) -> None:
    signed_in(client, erin, second_factor=False)
    proven(client, erin, method="code", email="somebody@example.com")
    assert not reaches_admin(client)


def test_an_app_beside_a_password_lets_staff_in(
    client: Client, erin: User, still: None, app: object
) -> None:
    assert give_password(client, erin) == "/account/login/second-step/"
    answer = client.post("/account/login/second-step/", {"code": app_code()})
    assert answer["Location"] == ADMIN
    assert reaches_admin(client)


def test_an_app_beside_a_mailed_code_lets_staff_in(client: Client, erin: User, app: object) -> None:
    client.post("/account/login/code/?next=/admin/", {"email": erin.email})
    client.post("/account/login/code/confirm/?next=/admin/", {"code": newest_code(erin.email)})
    assert not reaches_admin(client)
    client.post("/account/login/second-step/", {"code": app_code()})
    assert reaches_admin(client)


def test_a_spare_code_lets_staff_in_once(client: Client, erin: User, app: object) -> None:
    spare = Authenticator.objects.get(user=erin, type="recovery_codes").wrap()
    code = spare.get_unused_codes()[0]
    give_password(client, erin)
    client.post("/account/login/second-step/", {"code": code})
    assert reaches_admin(client)
    again = Client()
    give_password(again, erin)
    assert again.post("/account/login/second-step/", {"code": code}).status_code == 200
    assert not reaches_admin(again)


def test_a_passkey_counts_as_two(client: Client, erin: User) -> None:
    key = Authenticator.objects.create(user=erin, type="webauthn", data={"name": "Phone"})
    client.force_login(erin)
    proven(client, erin, method="mfa", id=key.pk, type="webauthn", passwordless=True)
    assert reaches_admin(client)


def test_an_app_by_itself_is_one_factor(client: Client, erin: User, app: Authenticator) -> None:
    client.force_login(erin)
    proven(client, erin, method="mfa", id=app.pk, type="totp")
    assert not reaches_admin(client)


def test_a_session_from_before_the_app_was_added_does_not_keep_the_weaker_way(
    client: Client, erin: User
) -> None:
    signed_in(client, erin)
    assert reaches_admin(client)
    TOTP.activate(erin, SECRET)
    assert not reaches_admin(client)


def test_a_removed_app_takes_with_it_what_it_proved(
    client: Client, erin: User, app: Authenticator
) -> None:
    signed_in(client, erin, second_factor=False)
    proven(client, erin, method="mfa", id=app.pk, type="totp")
    assert reaches_admin(client)
    app.delete()
    assert not reaches_admin(client)


def test_the_proofs_of_one_person_do_not_count_for_another(
    client: Client, erin: User, ada: User
) -> None:
    signed_in(client, erin)
    session = client.session
    session["_auth_user_id"] = str(ada.pk)
    session["_auth_user_hash"] = ada.get_session_auth_hash()
    session.save()
    assert client.get("/account/").context["request"].user == ada
    assert not reaches_admin(client)


def test_signing_out_forgets_the_proofs(client: Client, erin: User) -> None:
    signed_in(client, erin)
    client.post("/account/logout/")
    client.force_login(erin)
    assert not reaches_admin(client)


def test_somebody_made_staff_while_signed_in_needs_the_second_step(
    client: Client, vera: User
) -> None:
    give_password(client, vera, then="/account/")
    User.objects.filter(pk=vera.pk).update(is_staff=True)
    assert client.get(ADMIN, follow=True).redirect_chain[-1][0] == (
        "/account/second-step/?next=%2Fadmin%2F"
    )


def test_somebody_who_is_staff_no_longer_is_out_at_once(client: Client, erin: User) -> None:
    signed_in(client, erin)
    User.objects.filter(pk=erin.pk).update(is_staff=False)
    assert not reaches_admin(client)


# --- The second step of a session that is signed in already ---


def test_the_second_step_by_mail_leads_back(client: Client, erin: User) -> None:
    signed_in(client, erin, second_factor=False)
    before = client.session.session_key
    sent = client.post("/account/second-step/send/", {"next": "/admin/accounts/role/"})
    assert sent["Location"] == "/account/second-step/code/?next=%2Fadmin%2Faccounts%2Frole%2F"
    answer = client.post(sent["Location"], {"code": newest_code(erin.email)})
    assert answer["Location"] == "/admin/accounts/role/"
    assert reaches_admin(client)
    # Whoever had read the old session's key is left behind.
    assert client.session.session_key != before


def test_an_app_can_be_added_right_after_the_second_step(client: Client, erin: User) -> None:
    signed_in(client, erin, second_factor=False)
    add = "/account/extra/app/add/"
    sent = client.post("/account/second-step/send/", {"next": add})
    answer = client.post(sent["Location"], {"code": newest_code(erin.email)})
    assert answer["Location"] == add
    assert client.get(add).status_code == 200


def test_the_second_step_never_leads_to_another_site(client: Client, erin: User) -> None:
    signed_in(client, erin, second_factor=False)
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        sent = client.post("/account/second-step/send/", {"next": elsewhere})
        assert sent["Location"] == "/account/second-step/code/?next=%2Fadmin%2F"


def test_three_wrong_codes_are_enough(client: Client, erin: User) -> None:
    signed_in(client, erin, second_factor=False)
    client.post("/account/second-step/send/")
    right = newest_code(erin.email)
    for _wrong in range(2):
        assert client.post("/account/second-step/code/", {"code": "0000-0000"}).status_code == 200
    assert client.post("/account/second-step/code/", {"code": "0000-0000"}).status_code == 302
    client.post("/account/second-step/code/", {"code": right})
    assert not reaches_admin(client)


def test_a_code_for_the_second_step_grows_old(client: Client, erin: User) -> None:
    with travel("2026-11-24 10:00", tick=False):
        signed_in(client, erin, second_factor=False)
        client.post("/account/second-step/send/")
    with travel("2026-11-24 10:16", tick=False):
        client.post("/account/second-step/code/", {"code": newest_code(erin.email)})
        assert not reaches_admin(client)


def test_a_code_cannot_be_a_second_step_after_a_code(client: Client, erin: User) -> None:
    client.force_login(erin)
    proven(client, erin, method="code", email=erin.email)
    client.post("/account/second-step/send/")
    assert OutgoingMail.objects.count() == 0
    assert "Give your password" in client.get("/account/second-step/").content.decode()


def test_a_password_after_a_mailed_code_is_the_second_step(client: Client, erin: User) -> None:
    client.force_login(erin)
    proven(client, erin, method="code", email=erin.email)
    answer = client.post("/account/confirm/?next=/admin/", {"password": PASSWORD})
    assert answer["Location"] == ADMIN
    assert reaches_admin(client)


def test_a_mailed_code_is_not_offered_to_somebody_with_an_app(
    client: Client, erin: User, app: object
) -> None:
    signed_in(client, erin, second_factor=False)
    page = client.get("/account/second-step/").content.decode()
    assert "Use your app or a spare code" in page
    assert "E-mail me a code" not in page
    client.post("/account/second-step/send/")
    assert OutgoingMail.objects.count() == 0


def test_the_app_is_the_second_step_of_an_older_session(
    client: Client, erin: User, still: None, app: object
) -> None:
    signed_in(client, erin, second_factor=False)
    before = client.session.session_key
    client.post("/account/confirm/app/?next=/admin/", {"code": app_code()})
    assert reaches_admin(client)
    assert client.session.session_key != before


def test_codes_for_the_second_step_are_limited(client: Client, erin: User) -> None:
    signed_in(client, erin, second_factor=False)
    for _time in range(6):
        client.post("/account/second-step/send/")
    assert OutgoingMail.objects.count() == 3


def test_those_who_need_no_second_step_are_led_on(
    client_of: Callable[[str], Client],
) -> None:
    assert client_of("erin").get("/account/second-step/")["Location"] == ADMIN
    assert client_of("vera").get("/account/second-step/")["Location"] == "/account/"


# --- Ways round ---

KEYS = [
    "/account/email/",
    "/account/extra/",
    "/account/extra/app/add/",
    "/account/extra/app/remove/",
    "/account/extra/passkeys/",
    "/account/extra/passkeys/add/",
    "/account/extra/passkeys/1/name/",
    "/account/extra/passkeys/1/remove/",
    "/account/extra/spare-codes/",
    "/account/extra/spare-codes/new/",
    "/account/extra/spare-codes/download/",
]


@pytest.mark.parametrize("path", KEYS)
def test_staff_cannot_add_or_read_a_factor_before_the_second_step(
    client: Client, erin: User, app: object, path: str
) -> None:
    signed_in(client, erin, second_factor=False)
    # The password was given a moment ago, which is enough for allauth.
    proven(client, erin, method="password", email=erin.email, reauthenticated=True)
    for answer in (client.get(path), client.post(path, {"code": "123456", "email": "a@b.example"})):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/second-step/")


def test_a_password_does_not_show_the_spare_codes_of_somebody_with_an_app(
    client: Client, vera: User
) -> None:
    RecoveryCodes.activate(vera)
    TOTP.activate(vera, SECRET)
    signed_in(client, vera, second_factor=False)
    asked = client.get("/account/extra/spare-codes/")
    assert asked["Location"] == "/account/confirm/app/?next=%2Faccount%2Fextra%2Fspare-codes%2F"
    assert client.post("/account/confirm/", {"password": PASSWORD})["Location"] == (
        "/account/confirm/app/"
    )


def paths_of(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[str]:
    """An address for each pattern, with something in every gap."""
    for pattern in patterns:
        here = re.sub(r"<[\w:]+>", "1", re.sub(r"\(\?P.*", "accounts/", str(pattern.pattern)))
        if isinstance(pattern, URLResolver):
            yield from paths_of(pattern.url_patterns, before + here)
        else:
            yield before + here


def test_every_page_of_the_admin_stands_behind_the_second_step(client: Client, ada: User) -> None:
    paths = set(paths_of(staff_site.urls[0], ADMIN))
    assert {"/admin/jsi18n/", "/admin/password_change/", "/admin/accounts/user/1/change/"} <= paths
    signed_in(client, ada, second_factor=False)
    asked = {path: client.get(path) for path in sorted(paths - {"/admin/logout/"})}
    let_in = [path for path, answer in asked.items() if answer.status_code != 302]
    assert let_in == []
    led_to = {answer["Location"].partition("?")[0] for answer in asked.values()}
    assert led_to == {"/admin/login/", "/account/second-step/"}


def test_the_admin_has_no_sign_in_of_its_own(client: Client, ada: User) -> None:
    answer = client.post("/admin/login/", {"username": ada.email, "password": PASSWORD})
    assert answer["Location"] == "/account/login/?next=%2Fadmin%2F"
    assert "_auth_user_id" not in client.session


def test_the_admins_sign_in_does_not_go_in_circles(client: Client, erin: User) -> None:
    signed_in(client, erin)
    assert client.get("/admin/login/?next=/admin/login/")["Location"] == ADMIN
    assert client.get("/admin/login/?next=//evil.example")["Location"] == ADMIN


def test_the_admin_sends_passwords_and_signing_out_to_the_account(
    client: Client, erin: User
) -> None:
    signed_in(client, erin)
    assert client.get("/admin/password_change/")["Location"] == "/account/password/change/"
    assert client.post("/admin/logout/")["Location"] == "/account/login/"
    assert not reaches_admin(client)


def test_the_default_admin_site_is_not_in_reach(client: Client, ada: User) -> None:
    signed_in(client, ada)
    # allauth registers its own tables there, seeds of apps among them.
    for path in ("mfa/authenticator/", "account/emailaddress/", "auth/group/", "sessions/session/"):
        assert client.get(f"/admin/{path}").status_code == 404


def test_another_address_of_staff_is_no_way_in(client: Client, erin: User) -> None:
    """Somebody who knows the password has put an address of their own on the account, before."""
    EmailAddress.objects.create(user=erin, email="thief@example.com", verified=False)
    client.post("/account/login/", {"login": "thief@example.com", "password": PASSWORD})
    assert list(OutgoingMail.objects.values_list("to", flat=True)) == [erin.email]


def test_a_new_address_is_nowhere_until_its_code_was_given(client: Client, vera: User) -> None:
    signed_in(client, vera, second_factor=False)
    proven(client, vera, method="password", email=vera.email, reauthenticated=True)
    client.post("/account/email/", {"action_add": "1", "email": "vera@new.example"})
    assert list(EmailAddress.objects.values_list("email", flat=True)) == [vera.email]
    client.post("/account/confirm-email/", {"code": newest_code("vera@new.example")})
    vera.refresh_from_db()
    assert vera.email == "vera@new.example"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [(vera.email, True)]
    assert OutgoingMail.objects.filter(to="vera@example.com", reason="email-changed").count() == 1


def test_an_administrator_made_on_the_command_line_gets_in_by_one_code(client: Client) -> None:
    call_command("createsuperuser", email="Root@Example.com", interactive=False, verbosity=0)
    root = User.objects.get(email="root@example.com")
    root.set_password(PASSWORD)
    root.save()
    assert give_password(client, root) == "/account/login/code/confirm/"
    client.post("/account/login/code/confirm/", {"code": newest_code(root.email)})
    assert reaches_admin(client)
    assert EmailAddress.objects.get(user=root).verified


def test_a_new_app_is_proven_by_using_it(client: Client, erin: User, still: None) -> None:
    signed_in(client, erin)
    proven(client, erin, method="password", email=erin.email, reauthenticated=True)
    secret = client.get("/account/extra/app/add/").context["form"].secret
    added = client.post("/account/extra/app/add/", {"code": app_code(secret)})
    assert added["Location"] == "/account/extra/spare-codes/"
    assert not reaches_admin(client)
    client.post("/account/confirm/app/?next=/admin/", {"code": app_code(secret)})
    assert reaches_admin(client)


def test_what_apps_are_made_from_is_sealed_in_the_database(erin: User) -> None:
    TOTP.activate(erin, SECRET)
    kept = Authenticator.objects.get(user=erin)
    assert SECRET not in str(kept.data)
    assert kept.wrap().validate_code("000000") is False


# --- Example sign-ins ---


@pytest.fixture
def example(settings: LazySettings) -> User:
    settings.PRIVATE_POSTGRES = True
    return next(made for made in examples.load() if made.is_superuser)


def come_in(client: Client, person: User) -> str:
    given = {"login": person.email, "password": examples.PASSWORD}
    answer = client.post("/account/login/", given)
    return str(answer.get("Location"))


def test_an_example_sign_in_needs_no_second_step_on_the_private_database(
    client: Client, example: User
) -> None:
    assert come_in(client, example) == "/account/"
    assert reaches_admin(client)


def test_an_example_sign_in_does_not_exist_elsewhere(
    client: Client, example: User, settings: LazySettings
) -> None:
    settings.PRIVATE_POSTGRES = False
    assert come_in(client, example) == "/account/inactive/"
    assert client.get("/account/").status_code == 302
    client.post("/account/login/code/", {"email": example.email})
    answer = client.post("/account/login/code/confirm/", {"code": newest_code(example.email)})
    assert answer["Location"] == "/account/inactive/"
    assert not reaches_admin(client)


def test_an_example_session_ends_when_the_database_is_not_private_any_more(
    client: Client, example: User, settings: LazySettings
) -> None:
    come_in(client, example)
    proven(client, example, method="code", email=example.email)
    assert reaches_admin(client)
    settings.PRIVATE_POSTGRES = False
    assert not reaches_admin(client)
    assert client.get("/account/").status_code == 302
