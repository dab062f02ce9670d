"""Starts, watches and stops the server."""

import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

from config.private_postgres.account import RUN_PREFIX, Account, PrivatePostgresError

DATABASE = "thrive"
IN_USE = "The private PostgreSQL is in use by another command (`make run`?). Stop that one first."
# Its standard input is a pipe that the system closes when the command that started it has ended,
# by kill -9 too. The server is stopped here and nowhere else.
KEEPER = """
read -r _
"$1" stop -D "$2" -m "$3"
rm -rf "$4"
"""
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "jit": "off",
}
# Nothing here outlives the command, so nothing need survive a power cut.
THROWAWAY_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PrivatePostgres:
    """A server while the context lasts: kept in `folder`, or thrown away when that is None.

    It ends with the process that entered the context, however that process ends.
    """

    url: str

    def __init__(self, folder: Path | None, *, patience: float = 15) -> None:
        """`patience`: seconds to wait for another command that has the folder in use."""
        self._folder = folder
        self._patience = patience
        self._account = Account(folder)
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with ExitStack() as undo:
            self._bin = self._account.find_binaries()
            self._run = self._account.make_folder_for_run()
            undo.callback(shutil.rmtree, self._run, ignore_errors=True)
            kept = self._folder and self._account.make_folder_for_data(self._folder)
            self._home = kept or self._run
            self._data = self._home / "data"
            self._log = self._home / "log"
            self._in_use = undo.enter_context(_lock_file(self._home / "in-use.lock"))
            if not _take(self._in_use, self._patience):
                raise PrivatePostgresError(IN_USE)
            self._log.unlink(missing_ok=True)
            self._keeper = self._keep(subprocess.PIPE)
            undo.callback(self._stop)
            self._start()
            self._create_database()
            self.url = _url(self._run, DATABASE)
            self._undo = undo.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._undo.close()

    def is_running(self) -> bool:
        return self._server is not None and self._server.poll() is None

    def restart_if_dead(self) -> bool:
        """Whether it had died and was started again, under the same URL."""
        if self.is_running():
            return False
        self._start()
        return True

    def _start(self) -> None:
        """Every process of the server inherits the lock: while it is taken, one of them lives."""
        with _lock_file(self._home / "server.lock") as lock:
            runs_before = _pid_file(self._data)[4:5]
            if not _take(lock):
                self._wait_for_left_over(lock)
            self._clear_left_over(runs_before)
            self._make_data(lock)
            settings = SETTINGS | ({} if self._folder else THROWAWAY_SETTINGS)
            options = [word for item in settings.items() for word in ("-c", "=".join(item))]
            server = [self._bin / "postgres", "-D", self._data, "-k", self._run, *options]
            self._server = self._popen(server, keep=[lock])
        self._wait_until_ready()

    def _wait_for_left_over(self, lock: int) -> None:
        """One whose command and keeper were both killed, or the rest of one that was killed."""
        if not _take(lock, patience=1):
            self._popen([self._bin / "pg_ctl", "stop", "-D", self._data, "-m", "fast"]).wait()
        if not _take(lock, patience=60):
            raise PrivatePostgresError(f"An earlier PostgreSQL in {self._home} does not end.")

    def _clear_left_over(self, runs: list[str]) -> None:
        """Nothing of it lives: its files name processes that are gone, or are somebody else's."""
        for run in runs:
            if run != str(self._run) and run.startswith(RUN_PREFIX):
                self._popen(["rm", "-rf", run]).wait()
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        (self._run / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _make_data(self, lock: int) -> None:
        version = self._data / "PG_VERSION"
        if version.exists():
            self._require_same_version(version.read_text().strip())
            return
        unfinished = self._home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        options = "--auth-local=trust --auth-host=reject --no-instructions --encoding=UTF8"
        options += " --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8"
        if self._folder is None:
            options += " --no-sync"
        initdb = [self._bin / "initdb", "-D", unfinished, "-U", DATABASE, *options.split()]
        if self._popen(initdb, keep=[lock]).wait() != 0:
            raise PrivatePostgresError(f"PostgreSQL could not be set up. {self._last_words()}")
        unfinished.rename(self._data)

    def _require_same_version(self, theirs: str) -> None:
        told = subprocess.check_output([self._bin / "postgres", "--version"], text=True)
        ours = told.split()[-1].partition(".")[0]
        if ours != theirs:
            raise PrivatePostgresError(
                f"The data in {self._home} were made by PostgreSQL {theirs}. This is PostgreSQL "
                f"{ours}, which cannot read them. `make clean` removes them."
            )

    def _wait_until_ready(self) -> None:
        """Recovering from a crash it already answers, so an answer would not do: line 8 says."""
        give_up = time.monotonic() + 120
        while _pid_file(self._data)[7:8] != ["ready"]:
            if not self.is_running() or time.monotonic() > give_up:
                raise PrivatePostgresError(f"PostgreSQL did not start. {self._last_words()}")
            time.sleep(0.01)

    def _create_database(self) -> None:
        import psycopg  # not above: `make clean` needs nothing installed

        with psycopg.connect(_url(self._run, "postgres"), autocommit=True) as connection:
            named = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(named, [DATABASE]).fetchone() is None:
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _keep(self, stdin: int) -> "subprocess.Popen[bytes]":
        """It has the folder in use as well, so that the next command waits for the end."""
        how = "fast" if self._folder else "immediate"
        keeper = ["sh", "-c", KEEPER, "keeper", self._bin / "pg_ctl", self._data, how, self._run]
        return self._popen(keeper, stdin=stdin, keep=[self._in_use])

    def _stop(self) -> None:
        self._keeper.communicate()  # closes the pipe
        if self._keeper.returncode != 0:  # it was killed: another does its work, at once
            self._keep(subprocess.DEVNULL).wait()
        if self._server is not None:
            self._server.wait()

    def _popen(
        self,
        command: Sequence[object],
        *,
        stdin: int = subprocess.DEVNULL,
        keep: Sequence[int] = (),
    ) -> "subprocess.Popen[bytes]":
        return self._account.popen(command, log=self._log, stdin=stdin, keep=keep)

    def _last_words(self) -> str:
        """The end of the log, for what nobody foresaw."""
        try:
            return "It said:\n" + "\n".join(self._log.read_text().splitlines()[-8:])
        except OSError:
            return "It said nothing."


def url_of_running(folder: Path) -> str | None:
    """The URL of the server that another command runs in `folder`; None when none does."""
    if not (folder / "in-use.lock").exists():
        return None
    with _lock_file(folder / "in-use.lock") as lock:
        while not _take(lock, patience=0.1):
            lines = _pid_file(folder / "data")
            if lines[7:8] == ["ready"]:
                return _url(Path(lines[4]), DATABASE)
    return None


def remove(folder: Path) -> None:
    """Remove the kept data, wherever they really are."""
    if folder.exists():
        with _lock_file(folder / "in-use.lock") as lock:
            if not _take(lock):
                raise PrivatePostgresError(IN_USE)
            shutil.rmtree(folder.resolve())
    folder.unlink(missing_ok=True)


def _url(run: Path, database: str) -> str:
    return f"postgresql:///{database}?host={run}&user={DATABASE}"


def _pid_file(data: Path) -> list[str]:
    """Lines of postmaster.pid; the fifth is the socket's folder, the eighth the server's state."""
    try:
        return [line.strip() for line in (data / "postmaster.pid").read_text().splitlines()]
    except FileNotFoundError:
        return []


@contextmanager
def _lock_file(path: Path) -> Iterator[int]:
    """Nothing is ever written to it, so a link put there in root's way can do no harm."""
    lock = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    try:
        yield lock
    finally:
        os.close(lock)


def _take(lock: int, patience: float = 0) -> bool:
    """Whether we have it now: it is the system that frees it, so kill -9 does too.

    It belongs to the open file: whoever inherited that has it as well, and it is free when the
    last of them has gone.
    """
    give_up = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= give_up:
                return False
            time.sleep(0.05)
        else:
            return True
