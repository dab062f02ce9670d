"""What `make` calls: how it starts, what it says when it cannot, and that it leaves nothing."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config import local
from config.private_postgres import PrivatePostgres, remove

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_COPIED = (".git", ".venv", ".local", "staticfiles", "__pycache__", ".*_cache", ".hypothesis")
OURS = ("DATABASE_URL", "PRIVATE_POSTGRES", "SECRET_KEY", "SITE_URL", "MAIL_URL", "STATIC_ROOT")
# A command with one child that would run for a minute.
PARENT = """
import os, sys
from config.children import Child
with Child([sys.executable, "-c", sys.argv[1]], os.environ) as child:
    print(child._process.pid, flush=True)
    child.wait()
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def clone(tmp_path: Path) -> Iterator[Path]:
    """A copy of the site where nothing has been run yet."""
    shutil.copytree(ROOT, tmp_path / "clone", ignore=shutil.ignore_patterns(*NOT_COPIED))
    yield tmp_path / "clone"
    remove(tmp_path / "clone" / ".local" / "postgres")


def environment(**more: str) -> dict[str, str]:
    """That of somebody who has set nothing but these."""
    theirs = {name: value for name, value in os.environ.items() if name not in OURS}
    return theirs | more


@contextmanager
def command(*words: str, cwd: Path = ROOT, **more: str) -> Iterator["subprocess.Popen[str]"]:
    """`python -m config.local …`, running."""
    with subprocess.Popen(
        [sys.executable, "-m", "config.local", *words],
        cwd=cwd,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def read_until(process: "subprocess.Popen[str]", text: str) -> str:
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if text in line:
            return said
    raise AssertionError(said)


def status(port: int, path: str) -> int | None:
    """Of the answer, or None without one."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def wait_until(happened: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < give_up
        time.sleep(0.05)


def alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def server_pid(kept: Path) -> int:
    return int((kept / "data" / "postmaster.pid").read_text().split()[0])


def test_a_fresh_clone_serves_until_told_to_stop_and_later_from_a_given_database(
    clone: Path, port: int
) -> None:
    kept = clone / ".local" / "postgres"
    with command("run", cwd=clone, PORT=str(port)) as run:
        said = read_until(run, "The site is at")
        assert f"http://localhost:{port}/" in said
        assert "Example sign-ins" in said
        assert status(port, "/activities/") == 200
        # Our own “use fewer words”, not the web server's 414.
        assert status(port, f"/activities/?q={'x' * 8000}") == 400
        os.kill(server_pid(kept), signal.SIGKILL)
        read_until(run, "PostgreSQL was killed; it is running again.")
        wait_until(lambda: status(port, "/activities/") == 200)
        server = server_pid(kept)
        run.send_signal(signal.SIGINT)
        assert run.wait(timeout=30) == 0
        assert run.stdout is not None
        assert "Traceback" not in run.stdout.read()
    assert not alive(server)
    assert status(port, "/healthz") is None
    with (
        PrivatePostgres(kept) as given,
        command("run", cwd=clone, PORT=str(port), DATABASE_URL=given.url) as run,
    ):
        # All was there: nothing to tell but the address, and no example sign-ins on this one.
        assert read_until(run, "The site is at").split("\n")[:4] == [
            "",
            "Mail it sends, codes too, is kept in .local/mail/",
            "",
            f"The site is at http://localhost:{port}/ (Ctrl-C stops it)",
        ]
        assert status(port, "/activities/") == 200
        run.kill()
        run.wait()
        wait_until(lambda: status(port, "/healthz") is None)


def test_a_taken_port_is_told_before_anything_starts(clone: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with command("run", cwd=clone, PORT=str(port)) as run:
            assert f"Port {port} cannot be used" in run.communicate()[0]
            assert run.returncode == 1
    assert not (clone / ".local").exists()


@pytest.mark.parametrize("wrong", ["0", "65536", "http", "-1", "8000 "])
def test_a_wrong_port_is_told(wrong: str) -> None:
    with command("run", PORT=wrong) as run:
        assert run.communicate()[0].startswith("PORT must be a number from 1 to 65535")
        assert run.returncode == 1


def test_a_wrong_database_url_is_told_without_repeating_it(clone: Path, port: int) -> None:
    wrong = "mysql://me:secret@localhost/thrive"
    with command("run", cwd=clone, PORT=str(port), DATABASE_URL=wrong) as run:
        said = run.communicate()[0]
    assert "DATABASE_URL must start with postgresql://" in said
    assert "secret" not in said
    assert run.returncode == 1


def test_one_of_djangos_commands_runs_on_the_kept_database(clone: Path) -> None:
    with command("manage", "migrate", "contenttypes", "--plan", cwd=clone) as manage:
        assert "Create model ContentType" in manage.communicate(timeout=60)[0]
        assert manage.returncode == 0
    assert (clone / ".local" / "postgres" / "data").exists()


def test_the_secret_key_is_made_once_and_closed_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "LOCAL", tmp_path / ".local")
    first = local._kept_secret_key()
    assert local._kept_secret_key() == first
    assert len(first) >= 50
    assert [path.name for path in (tmp_path / ".local").iterdir()] == ["secret-key"]
    assert (tmp_path / ".local" / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_child_ends_with_the_command_that_started_it(number: signal.Signals) -> None:
    child = [sys.executable, "-c", PARENT, "import time; time.sleep(60)"]
    with subprocess.Popen(child, stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert alive(pid)
        parent.send_signal(number)
    wait_until(lambda: not alive(pid))


def test_make_help_lists_every_target() -> None:
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert targets is not None
    told = subprocess.check_output(["make", "--silent"], cwd=ROOT, text=True)
    listed = set(re.findall(r"^make (\w+)", told, re.MULTILINE))
    assert listed | {"help"} == set(targets[1].split())


@pytest.mark.parametrize("name", ["requirements", "requirements-local", "requirements-dev"])
def test_a_lock_file_has_exact_versions_with_hashes_and_no_address(name: str) -> None:
    text = (ROOT / f"{name}.txt").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert [
        line for line in lines if not re.match(r"[\w.\[\]-]+==\S+ .*--hash=sha256:", line)
    ] == []
    assert "://" not in text
