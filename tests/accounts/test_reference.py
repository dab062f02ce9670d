"""One file says who may do what, and the database follows it."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from accounts import reference
from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def roles(tmp_path: Path) -> Path:
    """A file to write roles in."""
    path = tmp_path / "roles.toml"
    path.write_text('[role.Helper]\n"view" = ["accounts.user"]\n')
    return path


def codes(role: str) -> list[str]:
    held = Group.objects.get(name=role).permissions.order_by("codename")
    return list(held.values_list("codename", flat=True))


def test_the_roles_of_the_site_are_what_the_file_says() -> None:
    assert reference.load() == []
    assert set(Group.objects.values_list("name", flat=True)) == {
        "Directory editor",
        "Safeguarding lead",
        "Steering group",
        "People manager",
        "Grants manager",
        "Chair",
        "Scorer",
        "Payment approver",
        "Payment releaser",
    }


def test_nobody_but_administrators_deletes() -> None:
    assert not Group.objects.filter(permissions__codename__startswith="delete_").exists()


def test_the_steering_group_only_looks() -> None:
    assert {code.partition("_")[0] for code in codes("Steering group")} == {"view"}


def test_an_editor_reads_no_mail_and_sees_no_people() -> None:
    assert {"view_user", "read_outgoingmail", "view_role"} & set(codes("Directory editor")) == set()


def test_a_file_is_followed_and_says_what_changed(roles: Path) -> None:
    assert "Role “Helper” added." in reference.load(roles)
    assert codes("Helper") == ["view_user"]
    roles.write_text('[role.Helper]\n"view, add" = ["accounts.user"]\n')
    assert reference.load(roles) == ["Helper: + add user"]
    roles.write_text('[role.Helper]\n"add" = ["accounts.user"]\n')
    assert reference.load(roles) == ["Helper: − view user"]
    assert reference.load(roles) == []


def test_a_role_that_is_gone_from_the_file_is_taken_from_people(roles: Path, erin: User) -> None:
    assert "Role “Directory editor” is not in roles.toml: removed." in reference.load(roles)
    assert list(erin.groups.all()) == []


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('"view" = ["accounts.usr"]', "lets “Helper” view “accounts.usr”"),
        ('"paint" = ["accounts.user"]', "lets “Helper” paint “accounts.user”"),
        ('"view" = ["nowhere.*"]', "lets “Helper” view “nowhere.*”"),
        ('"delete" = ["accounts.outgoingmail"]', "lets “Helper” delete “accounts.outgoingmail”"),
    ],
)
def test_a_permission_that_does_not_exist_is_named(roles: Path, line: str, named: str) -> None:
    roles.write_text(f"[role.Helper]\n{line}\n")
    with pytest.raises(reference.ReferenceDataError, match="no such permission") as raised:
        reference.load(roles)
    assert named in str(raised.value)


def test_the_command_loads_every_app_and_says_when_nothing_changed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Group.objects.get(name="Steering group").delete()
    call_command("load_reference")
    assert "Role “Steering group” added." in capsys.readouterr().out
    call_command("load_reference")
    assert capsys.readouterr().out == "Nothing to change.\n"
    call_command("load_reference", verbosity=0)
    assert capsys.readouterr().out == ""
