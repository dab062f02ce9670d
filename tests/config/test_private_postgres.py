"""The private PostgreSQL: where it may be reached, what survives, and what ends it."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from config.private_postgres import PrivatePostgres, PrivatePostgresError, remove, url_of_running
from config.private_postgres.account import ROOT_PLACE

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands it to another account")
# A command that holds the server until its standard input closes, and says so.
HOLDER = """
import sys
from pathlib import Path
from config.private_postgres import PrivatePostgres
with PrivatePostgres(Path(sys.argv[1]) if sys.argv[1] else None) as postgres:
    print(postgres.url, postgres._keeper.pid, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """For kept data. Root's are elsewhere, for pytest's folder is closed to other accounts."""
    yield tmp_path / "kept"
    remove(tmp_path / "kept")


@contextmanager
def holder(folder: Path | None) -> Iterator[tuple["subprocess.Popen[str]", str, int]]:
    """Another command that has a server; its URL and the process that would stop it."""
    command = [sys.executable, "-c", HOLDER, str(folder or "")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        url, keeper = process.stdout.readline().split()
        yield process, url, int(keeper)


def ask(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query.encode())
        return cursor.fetchall() if cursor.description else []


def socket_folder(url: str) -> Path:
    return Path(str(conninfo_to_dict(url)["host"]))


def server_pid(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().split()[0])


def wait_until(happened: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def ended(pid: int) -> bool:
    """Gone, or dead and not yet collected by who inherited it."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z"


def test_it_is_reached_only_through_a_socket_in_a_folder_closed_to_others() -> None:
    with PrivatePostgres(None) as postgres:
        run = socket_folder(postgres.url)
        assert stat.S_IMODE(run.stat().st_mode) == 0o700
        assert ask(postgres.url, "SHOW listen_addresses") == [("",)]
        assert len(f"{run}/.s.PGSQL.5432") <= 103


def test_it_sorts_by_code_point_and_speaks_utf_8() -> None:
    locale = "SELECT datlocprovider, datlocale, datcollate, pg_encoding_to_char(encoding) "
    with PrivatePostgres(None) as postgres:
        found = ask(postgres.url, locale + "FROM pg_database WHERE datname = current_database()")
        assert found == [("b", "C.UTF-8", "C", "UTF8")]
        assert ask(postgres.url, "SELECT lower('ŁÓDŹ')") == [("łódź",)]


def test_nothing_of_a_throwaway_one_is_left() -> None:
    with PrivatePostgres(None) as postgres:
        run = socket_folder(postgres.url)
        pid = server_pid(run / "data")
    assert not run.exists()
    assert ended(pid)


def test_kept_data_are_there_the_next_time(folder: Path) -> None:
    with PrivatePostgres(folder) as postgres:
        ask(postgres.url, "CREATE TABLE kept AS SELECT 7 AS number")
        run = socket_folder(postgres.url)
    assert not run.exists()
    with PrivatePostgres(folder) as postgres:
        assert ask(postgres.url, "SELECT number FROM kept") == [(7,)]
        assert ask(postgres.url, "SHOW fsync") == [("on",)]


def test_killed_it_is_started_again_under_the_same_url(folder: Path) -> None:
    with PrivatePostgres(folder) as postgres:
        ask(postgres.url, "CREATE TABLE kept AS SELECT 7 AS number")
        assert not postgres.restart_if_dead()
        os.kill(server_pid(folder / "data"), signal.SIGKILL)
        wait_until(lambda: not postgres.is_running())
        assert postgres.restart_if_dead()
        assert postgres.is_running()
        assert ask(postgres.url, "SELECT number FROM kept") == [(7,)]


def test_it_ends_with_the_command_that_was_killed(folder: Path) -> None:
    with holder(folder) as (command, url, _):
        pid = server_pid(folder / "data")
        ask(url, "CREATE TABLE kept AS SELECT 7 AS number")
        command.kill()
    with PrivatePostgres(folder) as postgres:
        assert ended(pid)
        assert not socket_folder(url).exists()
        assert ask(postgres.url, "SELECT number FROM kept") == [(7,)]


def test_a_throwaway_one_goes_with_the_command_that_was_killed() -> None:
    with holder(None) as (command, url, _):
        run = socket_folder(url)
        pid = server_pid(run / "data")
        command.kill()
    wait_until(lambda: ended(pid) and not run.exists())


def test_one_left_over_is_stopped_by_the_next_command(folder: Path) -> None:
    with holder(folder) as (command, url, keeper):
        pid = server_pid(folder / "data")
        ask(url, "CREATE TABLE kept AS SELECT 7 AS number")
        os.kill(keeper, signal.SIGKILL)
        command.kill()
    assert not ended(pid)
    with PrivatePostgres(folder) as postgres:
        assert ended(pid)
        assert not socket_folder(url).exists()
        assert ask(postgres.url, "SELECT number FROM kept") == [(7,)]


def test_it_stops_even_when_its_keeper_was_killed() -> None:
    with PrivatePostgres(None) as postgres:
        run = socket_folder(postgres.url)
        pid = server_pid(run / "data")
        os.kill(postgres._keeper.pid, signal.SIGKILL)
    assert ended(pid)
    assert not run.exists()


def test_a_stale_pid_file_is_no_obstacle_and_its_process_is_left_alone(folder: Path) -> None:
    with PrivatePostgres(folder):
        lines = (folder / "data" / "postmaster.pid").read_text().splitlines()
        owner = (folder / "data").stat().st_uid
    with subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None) as stranger:
        stale = "\n".join([str(stranger.pid), *lines[1:]])
        (folder / "data" / "postmaster.pid").write_text(stale)
        with PrivatePostgres(folder) as postgres:
            assert ask(postgres.url, "SELECT 1") == [(1,)]
        assert stranger.poll() is None
        stranger.kill()


def test_a_second_command_is_told_that_the_first_has_it(folder: Path) -> None:
    with PrivatePostgres(folder) as first:
        with (
            pytest.raises(PrivatePostgresError, match="in use by another command"),
            PrivatePostgres(folder, patience=0),
        ):
            pass
        with pytest.raises(PrivatePostgresError, match="in use by another command"):
            remove(folder)
        assert ask(first.url, "SELECT 1") == [(1,)]


def test_a_second_command_waits_for_one_that_is_ending(folder: Path) -> None:
    with holder(folder) as (command, first_url, _):
        command.terminate()
        with PrivatePostgres(folder) as second:
            assert second.url != first_url
            assert ask(second.url, "SELECT 1") == [(1,)]


def test_another_command_finds_the_running_one(folder: Path) -> None:
    assert url_of_running(folder) is None
    with PrivatePostgres(folder) as postgres:
        assert url_of_running(folder) == postgres.url
    assert url_of_running(folder) is None


def test_data_of_another_version_are_told_and_left_alone(folder: Path) -> None:
    with PrivatePostgres(folder):
        pass
    (folder / "data" / "PG_VERSION").write_text("17\n")
    with (
        pytest.raises(PrivatePostgresError, match="made by PostgreSQL 17"),
        PrivatePostgres(folder),
    ):
        pass
    assert (folder / "data" / "PG_VERSION").read_text() == "17\n"


def test_a_half_made_one_is_made_anew(folder: Path) -> None:
    with PrivatePostgres(folder):
        pass
    (folder / "data").rename(folder / "data.unfinished")
    (folder / "data.unfinished" / "PG_VERSION").unlink()
    with PrivatePostgres(folder) as postgres:
        assert ask(postgres.url, "SELECT 1") == [(1,)]


def test_without_a_build_it_says_to_set_database_url() -> None:
    # -S leaves out the installed packages.
    answer = subprocess.run(
        [sys.executable, "-S", "-c", HOLDER, ""], capture_output=True, text=True, timeout=20
    )
    assert "Set DATABASE_URL" in answer.stderr.splitlines()[-1]


@as_root
def test_root_hands_it_to_an_account_that_need_not_reach_the_clone(
    folder: Path, tmp_path: Path
) -> None:
    modes = [parent.stat().st_mode for parent in tmp_path.parents]
    with PrivatePostgres(folder) as postgres:
        run = socket_folder(postgres.url)
        assert Path(f"/proc/{server_pid(folder / 'data')}").stat().st_uid != 0
        assert run.stat().st_uid == folder.stat().st_uid != 0
    assert folder.readlink().parent == ROOT_PLACE
    assert (ROOT_PLACE.stat().st_uid, stat.S_IMODE(ROOT_PLACE.stat().st_mode)) == (0, 0o755)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [parent.stat().st_mode for parent in tmp_path.parents] == modes


@as_root
def test_root_keeps_the_data_in_the_clone_where_the_account_can_enter(tmp_path: Path) -> None:
    reachable = Path(f"/var/tmp/{os.getpid()}-reachable")  # noqa: S108
    reachable.mkdir(mode=0o755)
    try:
        with PrivatePostgres(reachable / "kept"):
            assert not (reachable / "kept").is_symlink()
    finally:
        remove(reachable / "kept")
        reachable.rmdir()
