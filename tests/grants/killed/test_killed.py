"""PostgreSQL is killed in the middle of the work: what was begun is whole or not there at all.

A server of its own, as a real site's: what it has said is stored, is stored. It is killed as
`kill -9` does, with all its processes, just as it is asked the n-th thing.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection
from psycopg import sql
from pytest_django import DjangoDbBlocker

from accounts.outbox.models import OutgoingMail, Status
from config.private_postgres import PrivatePostgres, remove
from tests.accounts.test_outbox import BACKEND, PostOffice
from tests.grants.killed.flows import FLOWS, SENDING, Flow

POINTS = 4


class Server:
    """A PostgreSQL that may be killed, with the site's own tables."""

    def __init__(self, postgres: PrivatePostgres, folder: Path) -> None:
        self.postgres, self.folder = postgres, folder

    def copy(self, template: str, name: str) -> None:
        connection.close()
        drop, create = "DROP DATABASE IF EXISTS {} (FORCE)", "CREATE DATABASE {} TEMPLATE {}"
        with psycopg.connect(self.postgres.url, autocommit=True) as asked:
            asked.execute(sql.SQL(drop).format(sql.Identifier(name)))
            names = sql.Identifier(name), sql.Identifier(template)
            asked.execute(sql.SQL(create).format(*names))
        connection.settings_dict["NAME"] = name

    def kill(self) -> None:
        postmaster = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for pid in (postmaster, *map(int, children)):
            os.kill(pid, signal.SIGKILL)

    def start_again(self) -> None:
        connection.close()
        self.postgres._server.wait()  # type: ignore[union-attr]
        assert self.postgres.restart_if_dead()


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("killed") / "kept"
    before = dict(connection.settings_dict)
    connection.close()
    try:
        with PrivatePostgres(folder) as postgres, django_db_blocker.unblock():
            address = urlsplit(postgres.url)
            connection.settings_dict |= {
                "NAME": address.path[1:],
                **{key.upper(): value[0] for key, value in parse_qs(address.query).items()},
            }
            for command in ("migrate", "createcachetable", "load_reference"):
                call_command(command, verbosity=0)
            made = Server(postgres, folder.resolve())
            yield made
            connection.close()
    finally:
        connection.settings_dict.clear()
        connection.settings_dict.update(before)
        remove(folder)


@pytest.fixture
def post_office(settings: LazySettings) -> type[PostOffice]:
    settings.OUTBOX_TRANSPORT = {"BACKEND": BACKEND}
    PostOffice.delivered, PostOffice.answers = [], []
    return PostOffice


@contextmanager
def at_statement(number: int, then: Callable[[], None]) -> Iterator[list[str]]:
    asked: list[str] = []

    def count(execute: Any, statement: str, *rest: Any) -> Any:
        asked.append(statement)
        if len(asked) == number:
            then()
        return execute(statement, *rest)

    with connection.execute_wrapper(count):
        yield asked


def nothing() -> None:
    """Only counted."""


def points_of(how_many: int) -> list[int]:
    """From the first statement to the last, evenly apart."""
    return sorted({1 + round(at * (how_many - 1) / (POINTS - 1)) for at in range(POINTS)})


def killed_at(server: Server, number: int, flow: Flow) -> None:
    """It was asked, and never answered."""
    with pytest.raises((OperationalError, InterfaceError)), at_statement(number, server.kill):
        flow.act()
    server.start_again()


@pytest.mark.parametrize("name", FLOWS)
def test_what_was_begun_is_whole_or_not_begun_and_is_done_again(server: Server, name: str) -> None:
    flow = FLOWS[name]
    server.copy("thrive", "prepared")
    flow.prepare()
    before = flow.stands()
    server.copy("prepared", "tried")
    with at_statement(0, nothing) as asked:
        flow.act()
    after = flow.stands()
    assert before != after
    points = points_of(len(asked))
    assert len(points) == POINTS
    for point in points:
        server.copy("prepared", "tried")
        killed_at(server, point, flow)
        assert flow.stands() in (before, after), point
        flow.act()
        assert flow.stands() == after, point


def test_no_letter_goes_twice(server: Server, post_office: type[PostOffice]) -> None:
    server.copy("thrive", "prepared")
    SENDING.prepare()
    server.copy("prepared", "tried")
    with at_statement(0, nothing) as asked:
        SENDING.act()
    letters = sorted(mail.subject for mail in post_office.delivered)
    assert letters
    for point in points_of(len(asked)):
        post_office.delivered.clear()
        server.copy("prepared", "tried")
        killed_at(server, point, SENDING)
        SENDING.act()
        sent = [(*mail.to, mail.subject, mail.body) for mail in post_office.delivered]
        assert len(sent) == len(set(sent))
        # One that was on its way may have arrived or not: it is told of, and not sent again.
        waiting = OutgoingMail.objects.filter(status=Status.CLAIMED).count()
        assert len(letters) - waiting <= len(sent) <= len(letters)
        assert waiting <= 1
