"""A person is known by their address, whatever its letters' case."""

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from accounts import example
from accounts.models import User

pytestmark = pytest.mark.django_db


def test_addresses_are_kept_in_small_letters() -> None:
    assert User.objects.create_user(" Nell@Example.COM ").email == "nell@example.com"
    assert User.objects.get_by_natural_key("NELL@example.com").email == "nell@example.com"


def test_two_people_cannot_have_one_address(vera: User) -> None:
    with pytest.raises(IntegrityError, match="accounts_user_email_key"):
        User.objects.create_user("Vera@Example.com")


def test_the_database_refuses_capital_letters() -> None:
    with pytest.raises(IntegrityError, match="user_email_in_small_letters"):
        User(email="Nell@example.com").save()


def test_the_database_refuses_an_administrator_who_is_not_staff(ada: User) -> None:
    with pytest.raises(IntegrityError, match="user_superuser_is_staff"):
        User.objects.filter(pk=ada.pk).update(is_staff=False)


def test_an_address_that_is_taken_is_said_in_words(vera: User) -> None:
    with pytest.raises(ValidationError) as raised:
        User(email="VERA@example.com", password="x").full_clean()
    assert "There is already an account with this e-mail address." in raised.value.messages


def test_a_person_needs_an_address() -> None:
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user("  ")


def test_without_a_password_none_fits() -> None:
    nell = User.objects.create_user("nell@example.com")
    assert not nell.has_usable_password()
    assert not nell.check_password("")


def test_somebody_without_a_name_is_called_by_their_address() -> None:
    assert str(User(email="nell@example.com")) == "nell@example.com"
    assert str(User(email="nell@example.com", name="Nell")) == "Nell"


def test_an_administrator_is_made_on_the_command_line() -> None:
    call_command("createsuperuser", email="Root@Example.com", interactive=False, verbosity=0)
    root = User.objects.get(email="root@example.com")
    assert (root.is_staff, root.is_superuser) == (True, True)


# --- Example people ---


def test_example_people_are_made_once_and_taken_away(settings: LazySettings) -> None:
    settings.PRIVATE_POSTGRES = True
    example.load()
    assert len(example.load()) == len(example.SIGN_INS)
    assert User.objects.filter(is_example=True).count() == len(example.SIGN_INS)
    assert example.remove() == len(example.SIGN_INS)
    assert not User.objects.filter(is_example=True).exists()


def test_example_people_are_not_made_elsewhere(settings: LazySettings) -> None:
    settings.PRIVATE_POSTGRES = False
    with pytest.raises(example.NotPrivateError):
        example.load()
    with pytest.raises(CommandError, match="only on the private PostgreSQL"):
        call_command("example_sign_ins")
    assert not User.objects.exists()


def test_example_sign_ins_are_printed(
    settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PRIVATE_POSTGRES = True
    call_command("example_sign_ins")
    assert "No example people yet" in capsys.readouterr().out
    example.load()
    call_command("example_sign_ins")
    printed = capsys.readouterr().out
    assert "no second step" in printed
    for sign_in in example.SIGN_INS:
        assert f"{sign_in.email} " in printed
    assert printed.count(example.PASSWORD) == len(example.SIGN_INS)
