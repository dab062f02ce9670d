"""The ground under every test: a database cloned per worker, and nothing left from the last test.

Building a database (migrations, reference data, 100,000 postcodes) takes seconds; copying one
takes a tenth of one. So the first worker builds two, the plain one and the one with the example
district, and every worker copies both.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation
from psycopg import sql
from pytest_django import DjangoDbBlocker

from tests import pseudo_language

ROOT = Path(__file__).resolve().parent.parent
# Any number: it is the name of the lock under which the databases are built.
BUILDING = 20_261_121

pytest_plugins = ["tests.people", "tests.browser.plugin"]


def pytest_configure(config: pytest.Config) -> None:
    """Static files are collected once, as on a real site; workers find them by the environment."""
    pseudo_language.switch_on()
    # Playwright's event loop runs in this thread; nothing of ours is asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    if hasattr(config, "workerinput"):
        return
    folder = tempfile.mkdtemp(prefix="thrive-static-")
    os.environ["STATIC_ROOT"] = settings.STATIC_ROOT = folder
    call_command("collectstatic", interactive=False, verbosity=0)
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def _fingerprint() -> str:
    """Changes when anything changes that the built databases are made from."""
    made_from = hashlib.sha256()
    for pattern in (
        "migrations/*.py",
        "reference/**/*",
        "example/**/*",
        "places/**/*",
        "dates/*.py",
        "*.py",
    ):
        for app in ("accounts", "thrive", "assets", "grants"):
            for path in sorted((ROOT / app).glob(pattern)):
                if path.is_file() and "__pycache__" not in path.parts:
                    made_from.update(path.read_bytes())
    return made_from.hexdigest()[:12]


def _maintenance() -> psycopg.Connection:
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _clone(server: psycopg.Connection, template: str, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(sql.Identifier(name)))
    server.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )


def _build(server: psycopg.Connection, plain: str, example: str) -> None:
    known = {row[0] for row in server.execute("SELECT datname FROM pg_database")}
    if example in known:
        return
    for name in (plain, example, f"{plain}_new", f"{example}_new"):
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(sql.Identifier(name)))
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(f"{plain}_new")))
    _use(f"{plain}_new")
    for command in ("migrate", "createcachetable", "load_reference", "load_places"):
        call_command(command, verbosity=0)
    connection.close()
    _clone(server, f"{plain}_new", f"{example}_new")
    _use(f"{example}_new")
    call_command("load_example", verbosity=0)
    connection.close()
    # Named last, so that a run which was stopped half-way leaves nothing that looks finished.
    for name in (plain, example):
        server.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(f"{name}_new"), sql.Identifier(name)
            )
        )


@pytest.fixture(scope="session")
def databases(worker_id: str, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[str, str, str]]:
    """Names of this worker's own databases: plain, with the example district, and for a browser."""
    mark = _fingerprint()
    plain, example = f"template_{mark}", f"template_{mark}_example"
    names = tuple(f"test_{worker_id}_{use}" for use in ("plain", "example", "browser"))
    before = str(connection.settings_dict["NAME"])
    with django_db_blocker.unblock(), _maintenance() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [BUILDING])
        try:
            _build(server, plain, example)
        finally:
            server.execute("SELECT pg_advisory_unlock(%s)", [BUILDING])
        for template, name in zip((plain, example, example), names, strict=True):
            _clone(server, template, name)
        _use(before)
        yield names[0], names[1], names[2]
        _use(before)
        for name in names:
            server.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(sql.Identifier(name))
            )


@pytest.fixture(scope="session")
def django_db_setup(databases: tuple[str, str, str]) -> None:
    """pytest-django's own would run every migration for every worker."""
    _use(databases[0])


@contextmanager
def site(name: str, *, back_to: str) -> Iterator[None]:
    """Inside, everything is asked of the database of this name; what changes is rolled back."""
    _use(name)
    caches["pieces"].clear()
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        _use(back_to)


@pytest.fixture
def example_district(
    databases: tuple[str, str, str], django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The database with the example district; what the test changes is rolled back."""
    with django_db_blocker.unblock(), site(databases[1], back_to=databases[0]):
        yield


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What one test rendered is not shown to the next, which reads in our own language again."""
    caches["pieces"].clear()
    translation.deactivate()
