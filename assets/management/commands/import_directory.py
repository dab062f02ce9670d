"""Bring in groups, venues and activities from a spreadsheet, or take such a load back."""

import csv
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from assets.importing.asked import Choice, Loaded, Options
from assets.importing.hsds import read_hsds
from assets.importing.known import Duplicate
from assets.importing.load import load
from assets.importing.mapping import COMES_IN_AS, Mapping, given, read_mapping
from assets.importing.problems import TableError
from assets.importing.table import Table, read_table
from assets.importing.undo import undo
from assets.models import ImportBatch, Status

KINDS = {"group": "groups", "venue": "places", "activity": "activities"}
DONE = {
    "made": "added",
    "changed": "changed",
    "same": "as before",
    "skipped": "left as ours",
    "asked": "to choose about",
}


class Command(BaseCommand):
    help = (
        "Brings in groups, places and activities from a CSV or XLSX file, or from a folder of "
        "HSDS tables: all of it or nothing. Problems are told by row and column, and end with "
        "exit code 1. The same file twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="a file, or a folder of HSDS tables")
        parser.add_argument(
            "--mapping",
            default="template",
            help=f"which column is what: {', '.join(given())}, or a .toml file of your own",
        )
        parser.add_argument(
            "--check", action="store_true", help="tell everything, and load nothing"
        )
        parser.add_argument(
            "--as", dest="email", default="", metavar="EMAIL", help="who loads it, for the history"
        )
        parser.add_argument(
            "--status",
            choices=[str(one.value) for one in COMES_IN_AS],
            help="what the rows come in as, if not what the mapping says",
        )
        parser.add_argument(
            "--duplicates",
            choices=Choice.values,
            default=Choice.ASK,
            help="rows that look like what is here: tell them and stop (the default), keep ours "
            "as it is, change ours to what the file says, or add them as others",
        )
        parser.add_argument("--template", action="store_true", help="write an empty template")
        parser.add_argument("--undo", type=int, metavar="NUMBER", help="take a load back")

    def handle(self, *_args: Any, **options: Any) -> None:
        by = _person(options["email"])
        if options["template"]:
            self._write_template()
        elif options["undo"] is not None:
            self._undo(options["undo"], by)
        elif options["file"] is None:
            raise CommandError("Say which file to bring in.")
        else:
            self._load(by, options)

    def _load(self, by: User | None, options: dict[str, Any]) -> None:
        started = monotonic()
        try:
            mapping = read_mapping(options["mapping"])
            table = _read(options["file"], mapping)
        except TableError as error:
            raise CommandError(str(error)) from error
        loaded = load(
            table,
            mapping,
            Options(
                by=by,
                file_name=options["file"].name,
                check=options["check"],
                status=Status(options["status"]) if options["status"] else None,
                duplicates=Choice(options["duplicates"]),
            ),
        )
        self._tell(loaded)
        if not loaded.is_whole:
            raise CommandError(_in_short(loaded))
        if options["verbosity"]:
            self.stdout.write(_end(loaded, options["check"], monotonic() - started))

    def _tell(self, loaded: Loaded) -> None:
        for note in loaded.notes:
            self.stdout.write(note)
        for problem in loaded.problems:
            self.stderr.write(str(problem))
        for duplicate in loaded.duplicates:
            self.stderr.write(str(duplicate))
        for kind, plural in KINDS.items():
            told = [
                f"{loaded.totals[kind, done]:,} {words}"
                for done, words in DONE.items()
                if loaded.totals[kind, done]
            ]
            if told:
                self.stdout.write(f"{plural.capitalize()}: {', '.join(told)}.")

    def _undo(self, number: int, by: User | None) -> None:
        batch = ImportBatch.objects.filter(pk=number).first()
        if batch is None:
            raise CommandError(f"There is no load {number}.")
        try:
            undone = undo(batch=batch, by=by)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for left in undone.left:
            self.stderr.write(left)
        self.stdout.write(
            f"Withdrawn: {undone.withdrawn:,}. Put back as before: {undone.put_back:,}. "
            f"Left as they are: {len(undone.left):,}."
        )

    def _write_template(self) -> None:
        columns = read_mapping("template").heads
        csv.writer(self.stdout, lineterminator="\n").writerow(columns)


def _person(email: str) -> User | None:
    if not email:
        return None
    found = User.objects.filter(email__iexact=email, is_staff=True, is_active=True).first()
    if found is None:
        raise CommandError(f"There is no member of staff with the address {email}.")
    return found


def _read(path: Path, mapping: Mapping) -> Table:
    if mapping.reads == "hsds":
        return read_hsds(path)
    try:
        return read_table(path.name, path.read_bytes())
    except OSError as error:
        raise TableError(f"{path} cannot be read: {error.strerror}.") from error


def _in_short(loaded: Loaded) -> str:
    said = []
    if loaded.problems:
        rows = len({(one.file, one.row) for one in loaded.problems})
        said.append(f"{len(loaded.problems):,} problems in {rows:,} rows.")
    if loaded.duplicates:
        said.append(_question(loaded.duplicates))
    return " ".join([*said, "Nothing was loaded."])


def _question(duplicates: list[Duplicate]) -> str:
    return (
        f"{len(duplicates):,} rows may be here already: look, and choose with --duplicates skip, "
        "update or add."
    )


def _end(loaded: Loaded, check: bool, seconds: float) -> str:
    if check:
        return f"Nothing is wrong with it ({seconds:.1f} s). It was a check: nothing was loaded."
    if loaded.batch is None:
        return f"Nothing has changed ({seconds:.1f} s)."
    return (
        f"Loaded in {seconds:.1f} s. To take it back: "
        f"manage.py import_directory --undo {loaded.batch.pk}"
    )
