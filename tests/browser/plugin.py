"""A real Chromium, and a real server over this worker's own copy of the example district."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.db import connection
from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker

from tests.browser.watch import Watch

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """CHROMIUM, else what the machine has. Playwright's own download is found by itself."""
    if named := os.environ.get("CHROMIUM"):
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(playwright: Any) -> dict[str, Any]:
    """Without a Chromium a newcomer's run skips; in CI that is a failure."""
    path = find_chromium() or playwright.chromium.executable_path
    if not Path(path).exists():
        missing = "No Chromium here: install Debian's chromium, or set CHROMIUM to its path."
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    # Chromium's own sandbox does not work for root, which CI is.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": path, "args": [*quiet, *sandbox, "--disable-quic"]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "en-GB", "timezone_id": "Europe/London"}


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(server: "subprocess.Popen[bytes]", url: str) -> None:
    for _attempt in range(200):
        if server.poll() is not None:
            break
        try:
            with urlopen(f"{url}/healthz") as answer:  # noqa: S310 (our own address)
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail("The site under test did not start; its own words are above.")


@pytest.fixture(scope="session")
def site(databases: tuple[str, str, str]) -> Iterator[str]:
    """The address of the running site, such as http://localhost:40123: passkeys want a name."""
    with running(databases[2]) as url:
        yield url


@contextmanager
def running(database_name: str, **settings: str) -> Iterator[str]:
    """A server of its own, with settings in its environment."""
    port = _free_port()
    url = f"http://localhost:{port}"
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database_name}")
    environment = os.environ | {
        "SITE_URL": url,
        "DATABASE_URL": _with_empty_host(database.geturl()),
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        # The example sign-ins may come in, as they may where a newcomer tries the site.
        "PRIVATE_POSTGRES": "1",
        **settings,
    }
    command = [sys.executable, "-m", "gunicorn", "--worker-class=gthread", "--threads=8"]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level=error", "tests.browser.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait_until_up(server, url)
        yield url
    finally:
        server.terminate()
        server.wait(10)


def _with_empty_host(url: str) -> str:
    """urllib drops the empty host of postgresql:///name; PostgreSQL wants its three slashes."""
    return url if "://" in url else url.replace(":/", ":///", 1)


@pytest.fixture
def watched(page: Page, site: str) -> Iterator[Watch]:
    """A page that notes every request to another host, cookie, console error and CSP report."""
    watch = Watch(page, site)
    yield watch
    assert watch.troubles() == []


@pytest.fixture
def seen_by_browser(
    databases: tuple[str, str, str],
    site: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """What a test stores, the browser sees. It stays there: the test takes it away again."""
    connection.close()
    before, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], databases[2]
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before
