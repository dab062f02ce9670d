"""A real site's settings pass Django's own check, and a wrong value stops the start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def manage(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    real = {"SITE_URL": "https://directory.example.org", "CONTACT_EMAIL": "hello@example.org"}
    environment = os.environ | real | changes
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        # The tests' own leave to mix threads is none of a real site's business.
        env={
            name: value
            for name, value in environment.items()
            if value != "(unset)" and name != "DJANGO_ALLOW_ASYNC_UNSAFE"
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deployment_check_is_silent() -> None:
    done = manage("check", "--deploy", "--fail-level=INFO")
    assert (done.returncode, done.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    ), done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "(unset)"),
        ("DATABASE_URL", "(unset)"),
        ("DATABASE_URL", "mysql://localhost/thrive"),
        ("DATABASE_URL", "postgresql://localhost"),
        ("SITE_URL", "directory.example.org"),
        ("SITE_URL", "https://directory.example.org:port"),
        ("MAIL_URL", "carrier-pigeon://loft"),
        ("CONTACT_EMAIL", "(unset)"),
        ("PRIVATE_POSTGRES", "perhaps"),
        ("BEHIND_PROXY", "2"),
        ("LOG_LEVEL", "loud"),
        ("MAP_TILES", "https://{s}.tiles.example.org/{z}/{x}/{y}.png"),
    ],
)
def test_a_wrong_value_stops_the_start_and_says_which(name: str, value: str) -> None:
    done = manage("check", **{name: value})
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(f"django.core.exceptions.ImproperlyConfigured: {name} ")


def test_a_wrong_database_address_does_not_give_its_password_away() -> None:
    done = manage("check", DATABASE_URL="postgresql://ada:secret-word@[nowhere/thrive")
    assert done.returncode == 1
    assert "secret-word" not in done.stderr + done.stdout


def test_no_migration_is_missing() -> None:
    done = manage("makemigrations", "--check", "--dry-run")
    assert (done.returncode, done.stdout) == (0, "No changes detected\n"), done.stderr
