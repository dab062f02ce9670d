"""What `make` calls when all is installed: `python -m config.local run`, `test` and so on."""

import http.client
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from config.children import Child
from config.private_postgres import PrivatePostgres, PrivatePostgresError, remove, url_of_running

LOCAL = Path(__file__).resolve().parent.parent / ".local"
KEPT = LOCAL / "postgres"
# Mail that nobody is to get: what the site would have sent, to be read here.
MAIL = (LOCAL / "mail").as_uri()
# Closing the terminal stops it as well, but not under nohup.
STOPS = [signal.SIGINT, signal.SIGTERM]
STOPS += [] if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else [signal.SIGHUP]
CHECKS = ("ruff check .", "ruff format --check .", "mypy .")
# No access log: it would hold what people look for.
SITE = "gunicorn config.wsgi --worker-class gthread --workers 2 --threads 8"
# Whoever pastes a page into the search is answered by us, up to the longest line there can be.
SITE += " --limit-request-line 8190"
SITE += " --graceful-timeout 3 --log-level warning --no-control-socket --bind 127.0.0.1:"


def run() -> int:
    """Serve the site until told to stop, or until a part of it cannot go on."""
    port = _free_port()
    with _database(KEPT) as (url, postgres):
        environment = _environment(url, private=postgres is not None)
        return _call("config.prepare", environment) or _serve(port, environment, postgres)


def test(*arguments: str) -> int:
    """The checks and every test; with arguments of pytest those tests alone."""
    if not arguments and (code := check()):
        return code
    with _database(None) as (url, postgres):
        environment = _throwaway_environment(url, private=postgres is not None)
        tests = f"pytest -n {os.cpu_count() or 1}"
        return _call(tests, environment, *arguments, in_terminal=True)


def check() -> int:
    """Style and types. Reads the settings, but no database."""
    environment = _throwaway_environment("postgresql:///unused", private=True)
    return next((code for each in CHECKS if (code := _call(each, environment))), 0)


def bench(*arguments: str) -> int:
    """Measure the site on a database that is thrown away."""
    with _database(None) as (url, postgres):
        environment = _throwaway_environment(url, private=postgres is not None)
        return _call("bench", environment, *arguments, in_terminal=True)


def manage(*arguments: str) -> int:
    """One of Django's commands on the database of `run`, which may be running or not."""
    url = None if _given_url() else url_of_running(KEPT)
    found = nullcontext((url, True)) if url else _database(KEPT)
    with found as (url, postgres):
        environment = _environment(url, private=bool(postgres))
        return _call("django", environment, *arguments, in_terminal=True)


def clean() -> int:
    remove(KEPT)
    return 0


def _serve(port: int, environment: dict[str, str], postgres: PrivatePostgres | None) -> int:
    parent = os.getppid()
    site = Child(_python(f"{SITE}{port}"), environment)
    mail = Child(_python("django send_mail --loop"), environment)
    with site, mail:
        told = False
        while True:
            if site.ended() is not None:
                print("The web server stopped by itself. What it said is above.", file=sys.stderr)
                return 1
            if not told and _answers(port):
                told = True
                if environment["MAIL_URL"] == MAIL:
                    print(f"\nMail it sends, codes too, is kept in {LOCAL.name}/mail/", flush=True)
                print(f"\nThe site is at {environment['SITE_URL']}/ (Ctrl-C stops it)", flush=True)
            if postgres is not None and postgres.restart_if_dead():
                print("PostgreSQL was killed; it is running again.", flush=True)
            if mail.restart_if_ended(pause=5):
                print("The mail worker had stopped; it is running again.", flush=True)
            if "MAKELEVEL" in os.environ and os.getppid() != parent:
                return 0  # make itself was killed
            time.sleep(0.25)


@contextmanager
def _database(folder: Path | None) -> Iterator[tuple[str, PrivatePostgres | None]]:
    """The URL given to us, or that of a private server, and this server."""
    if url := _given_url():
        yield url, None
    else:
        with PrivatePostgres(folder) as postgres:
            yield postgres.url, postgres


def _given_url() -> str:
    return os.environ.get("DATABASE_URL", "").strip()


def _environment(url: str, *, private: bool) -> dict[str, str]:
    """For the site on this machine. What somebody has set stays as it is."""
    ours = {"MAIL_URL": MAIL, "CONTACT_EMAIL": "ask-us@example.org"}
    theirs = {name: value for name, value in os.environ.items() if value}
    if "SITE_URL" not in theirs:
        ours |= {"SITE_URL": f"http://localhost:{_port()}", "ALLOWED_HOSTS": "127.0.0.1,localhost"}
    if "SECRET_KEY" not in theirs:
        ours["SECRET_KEY"] = _kept_secret_key()
    return ours | theirs | _database_settings(url, private=private)


def _throwaway_environment(url: str, *, private: bool) -> dict[str, str]:
    secret = {"SECRET_KEY": secrets.token_urlsafe(50)}
    return {**os.environ} | secret | _database_settings(url, private=private)


def _database_settings(url: str, *, private: bool) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": url,
        "PRIVATE_POSTGRES": "1" if private else "",
    }


def _kept_secret_key() -> str:
    """Made once, so that a restart signs nobody out."""
    path = LOCAL / "secret-key"
    if not path.exists():
        LOCAL.mkdir(exist_ok=True)
        new = LOCAL / f"secret-key.{os.getpid()}"
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(50))
        new.rename(path)
    return path.read_text()


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not “{text}”.")
    return int(text)


def _free_port() -> int:
    port = _port()
    with socket.socket() as probe:
        # As the web server does, or a port that was free a moment ago would not count as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            sys.exit(
                f"Port {port} cannot be used: {error.strerror}.\n"
                f"Another one can be named: make run PORT={port % 65535 + 1}"
            )
    return port


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", *module.split(), *arguments]


def _call(
    module: str, environment: dict[str, str], *arguments: str, in_terminal: bool = False
) -> int:
    """Run a module of Python's to its end: its exit code."""
    if in_terminal:
        # It answers Ctrl-C itself, and we wait for its answer.
        signal.signal(signal.SIGINT, lambda *_: None)
    with Child(_python(module, *arguments), environment, in_terminal=in_terminal) as child:
        return child.wait()


def _interrupt(*_: object) -> None:
    """Once: what is being stopped must not be stopped from stopping."""
    for stop in STOPS:
        signal.signal(stop, signal.SIG_IGN)
    raise KeyboardInterrupt


def main(name: str, *arguments: str) -> int:
    commands = {"run": run, "test": test, "check": check, "bench": bench, "manage": manage}
    command = (commands | {"clean": clean})[name]
    for stop in STOPS:
        signal.signal(stop, _interrupt)
    try:
        return command(*arguments)
    except PrivatePostgresError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0 if command is run else 130


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
