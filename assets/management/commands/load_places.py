"""Load the postcodes of a district and around it, the areas they lie in, and our places there."""

import re
from argparse import ArgumentTypeError
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from assets.places.load import DEFAULT_AROUND_KM, load_places
from assets.places.onspd import OnspdError, Wanted
from assets.venues import follow_places

# As many as the record of a load has room for.
MOST_DISTRICTS = 18


def district_code(text: str) -> str:
    if not re.fullmatch(r"[EWSN]\d{8}", text):
        raise ArgumentTypeError(f"“{text}” is not the code of a district, like E07000035.")
    return text


def kilometres(text: str) -> int:
    if not text.isdecimal() or int(text) > 100:
        raise ArgumentTypeError(f"“{text}” is not a number of kilometres from 0 to 100.")
    return int(text)


class Command(BaseCommand):
    help = (
        "Loads postcodes, areas and places. Without options: what was asked for last time, or "
        f"this site's district and {DEFAULT_AROUND_KM} km around it. With options: exactly that; "
        "postcodes of anywhere else are removed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--district",
            action="append",
            default=[],
            type=district_code,
            metavar="CODE",
            help="a district with what is around it; may be given more than once",
        )
        parser.add_argument(
            "--around-km",
            type=kilometres,
            default=DEFAULT_AROUND_KM,
            metavar="KM",
            help=f"how far around each --district (default: {DEFAULT_AROUND_KM})",
        )
        parser.add_argument(
            "--all-of",
            action="append",
            default=[],
            type=district_code,
            metavar="CODE",
            help="a district alone; may be given more than once",
        )
        parser.add_argument(
            "--again", action="store_true", help="even if this edition is loaded already"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        started = monotonic()
        try:
            with transaction.atomic():
                loaded = load_places(wanted(options), again=options["again"])
                if not loaded.was_there:
                    follow_places()
        except OnspdError as error:
            raise CommandError(str(error)) from error
        what = loaded.what
        summary = f"{what.postcodes:,} postcodes and {what.places} places ({what})"
        if loaded.was_there:
            self.say(options, f"Already loaded: {summary}.")
        else:
            self.say(
                options,
                f"Loaded {summary} in {monotonic() - started:.1f} s; "
                f"{loaded.gone:,} postcodes removed.",
            )

    def say(self, options: dict[str, Any], words: str) -> None:
        if options["verbosity"]:
            self.stdout.write(words)


def wanted(options: dict[str, Any]) -> Wanted | None:
    around = [(code, options["around_km"]) for code in options["district"]]
    alone = [(code, 0) for code in options["all_of"]]
    if len(around + alone) > MOST_DISTRICTS:
        raise CommandError(f"That is more than {MOST_DISTRICTS} districts.")
    return Wanted(tuple(around + alone)) if around or alone else None
