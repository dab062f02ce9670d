"""Brings the database and the static files up to date before the site is served.

`python -m config.prepare`, in the environment that the settings need. One process for all of it,
for each of Django's commands by itself would load everything again.
"""

import fcntl
import hashlib
import io
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor


def main() -> None:
    django.setup()
    with ThreadPoolExecutor(max_workers=1) as beside:
        static = beside.submit(_collect_static_files)
        _prepare_database()
        static.result()
    if settings.PRIVATE_POSTGRES:
        call_command("example_sign_ins")


def _prepare_database() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _say("Setting up the database")
        _quietly("migrate")
    _quietly("createcachetable")
    _quietly("load_reference")
    if not apps.get_model("assets", "Postcode").objects.exists():
        _say("Loading places and postcodes")
    _quietly("load_places")
    if settings.PRIVATE_POSTGRES and not apps.get_model("assets", "Organisation").objects.exists():
        _say("Loading the example district")
        _quietly("load_example")
    if settings.PRIVATE_POSTGRES:
        # Nobody runs it by night on one's own machine.
        call_command("write_dates", verbosity=0, stderr=io.StringIO())


def _collect_static_files() -> None:
    """Takes seconds, so only when a file has changed since the last time."""
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with (root / "collected-from").open("a+") as collected:
        # Two at once: the second waits, then finds everything done.
        fcntl.flock(collected, fcntl.LOCK_EX)
        collected.seek(0)
        digest = _digest_of_static_files()
        if collected.read() == digest:
            return
        _say("Collecting static files")
        collected.truncate(0)
        call_command("collectstatic", interactive=False, verbosity=0)
        collected.write(digest)


def _digest_of_static_files() -> str:
    """Of their names, sizes and times of change."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            digest.update(f"{name} {file.st_size} {file.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _quietly(command: str) -> None:
    call_command(command, verbosity=0, stdout=io.StringIO())


def _say(text: str) -> None:
    sys.stdout.write(f"{text} …\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main()
    except (ImproperlyConfigured, CommandError, OperationalError) as error:
        sys.exit(f"The site cannot start. {error}")
