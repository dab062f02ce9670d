"""Load other funders' grants from a file in the 360Giving standard, or take such a load back."""

from pathlib import Path
from time import monotonic
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from accounts.models import User
from grants.models import GrantFile
from grants.threesixty.checking import in_words
from grants.threesixty.loading import load, undo
from grants.threesixty.reading import FileNotRead, GrantsRead, read_grants


class Command(BaseCommand):
    help = (
        "Loads other funders' grants from a 360Giving file (JSON, CSV or XLSX): all of it or "
        "nothing. What is wrong is told in groups, and ends with exit code 1. The same file twice "
        "changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--publisher", default="", help="who published it, if it does not say")
        parser.add_argument("--licence", default="", help="its licence, if it does not say")
        parser.add_argument("--fetched", default="", metavar="DAY", help="such as 2026-11-24")
        parser.add_argument("--check", action="store_true", help="tell everything, load nothing")
        parser.add_argument("--as", dest="email", default="", metavar="EMAIL", help="who loads it")
        parser.add_argument("--undo", type=int, metavar="NUMBER", help="take a load back")

    def handle(self, *_args: Any, **options: Any) -> None:
        by = _person(options["email"])
        try:
            if options["undo"] is not None:
                self._undo(options["undo"], by)
            elif options["file"] is None:
                raise CommandError("Say which file to load.")
            else:
                self._load(by, options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def _load(self, by: User | None, options: dict[str, Any]) -> None:
        started = monotonic()
        read = _read(options["file"])
        for line in in_words(read.problems):
            self.stderr.write(line)
        if read.problems:
            raise CommandError(f"{read.wrong:,} things are wrong with it. Nothing was loaded.")
        loaded = load(
            read=read,
            publisher=options["publisher"] or read.publisher,
            licence=options["licence"] or read.licence,
            fetched_on=_day(options["fetched"]),
            by=by,
            check=options["check"],
        )
        done = f"{loaded.made:,} new, {loaded.changed:,} changed, {loaded.same:,} as before"
        seconds = f"{monotonic() - started:.1f} s"
        if options["check"]:
            self.stdout.write(f"{done} ({seconds}). It was a check: nothing was loaded.")
        elif loaded.file is None:
            self.stdout.write(f"Nothing has changed ({seconds}).")
        else:
            back = f"To take it back: manage.py load_360giving --undo {loaded.file.pk}"
            self.stdout.write(f"{done} ({seconds}). {back}")

    def _undo(self, number: int, by: User | None) -> None:
        file = GrantFile.objects.filter(pk=number).first()
        if file is None:
            raise CommandError(f"There is no load {number}.")
        self.stdout.write(f"Taken back: {undo(file=file, by=by):,} grants.")


def _read(path: Path) -> GrantsRead:
    try:
        return read_grants(path.name, path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except FileNotRead as error:
        raise CommandError(str(error)) from error


def _day(typed: str) -> Any:
    try:
        found = parse_date(typed) if typed else timezone.localdate()
    except ValueError:
        found = None
    if found is None:
        raise CommandError("Write the day like 2026-11-24.")
    return found


def _person(email: str) -> User | None:
    if not email:
        return None
    found = User.objects.filter(email__iexact=email, is_staff=True, is_active=True).first()
    if found is None:
        raise CommandError(f"There is no member of staff with the address {email}.")
    return found
