"""Several senders at once, and stopping one: with real connections and processes."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from accounts.outbox import queue, sender
from accounts.outbox.models import OutgoingMail

MAILS = 40
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def folder(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    settings: LazySettings,
    tmp_path: Path,
) -> Iterator[Path]:
    """Where mail goes. Rows are really committed, for other connections to see, then removed."""
    settings.OUTBOX_TRANSPORT = {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": tmp_path},
    }
    with django_db_blocker.unblock():
        yield tmp_path
        OutgoingMail.objects.all().delete()


def put(number: int) -> None:
    queue.put(
        to=f"group{number}@example.com",
        subject="Hello",
        body="Text",
        reason="test",
        label="Test",
        secret=False,
    )


def delivered(folder: Path) -> list[str]:
    texts = [path.read_text() for path in folder.iterdir()]
    return sorted(line for text in texts for line in text.splitlines() if line.startswith("To: "))


def test_many_senders_at_once_send_each_mail_once(folder: Path) -> None:
    for number in range(MAILS):
        put(number)
    start = threading.Barrier(4)

    def worker() -> None:
        start.wait()
        while sender.send_one():
            pass
        connections.close_all()

    threads = [threading.Thread(target=worker) for _sender in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert delivered(folder) == sorted(f"To: group{number}@example.com" for number in range(MAILS))
    assert list(OutgoingMail.objects.values_list("status", "attempts").distinct()) == [("sent", 1)]


def test_a_sender_told_to_stop_finishes_and_goes(folder: Path) -> None:
    put(1)
    database = connection.settings_dict
    url = (
        f"postgresql://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}"
        f"?host={database['HOST']}&port={database['PORT'] or 5432}"
    )
    environment = os.environ | {"DATABASE_URL": url, "MAIL_URL": folder.as_uri()}
    command = [sys.executable, "manage.py", "send_mail", "--loop"]
    loop = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        until(lambda: OutgoingMail.objects.filter(status="sent").exists())
        loop.send_signal(signal.SIGTERM)
        assert loop.wait(timeout=10) == 0
    finally:
        loop.kill()
        loop.wait()
    assert delivered(folder) == ["To: group1@example.com"]


def until(true: object) -> None:
    for _attempt in range(150):
        if true():  # type: ignore[operator]
            return
        time.sleep(0.1)
    pytest.fail("It did not happen within 15 seconds.")
