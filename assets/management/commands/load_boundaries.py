"""Load the boundaries of wards, parishes or small areas, from a day on."""

import re
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assets.places.boundaries import load_boundaries
from assets.places.geojson import BoundaryError


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a day, like 2025-05-01.") from None


def text_of(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"“{path}” cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"“{path}” is not text in UTF-8.") from error


class Command(BaseCommand):
    help = (
        "Loads a GeoJSON of wards, parishes or LSOAs (fields such as WD24CD and WD24NM; longitude "
        "and latitude), all of it or nothing. Areas of the same kind that are not in it end on "
        "the day given. The same file twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--from",
            dest="valid_from",
            type=day,
            required=True,
            metavar="DATE",
            help="the first day on which they are so drawn",
        )
        parser.add_argument("--source", required=True, help="who drew them, which edition, licence")
        parser.add_argument(
            "--district",
            default=settings.DISTRICT,
            metavar="CODE",
            help="theirs where the file has no field such as LAD24CD (default: this site's)",
        )
        parser.add_argument(
            "--ours-only", action="store_true", help="leave out areas of districts we do not have"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        district = options["district"]
        if not re.fullmatch(r"[EWSN][0-9]{8}", district):
            raise CommandError(f"“{district}” is not the code of a district, like E07000035.")
        try:
            loaded = load_boundaries(
                text=text_of(options["file"]),
                valid_from=options["valid_from"],
                source=options["source"],
                district=district,
                others_too=options["ours_only"],
            )
        except BoundaryError as error:
            raise CommandError(f"{error} Nothing was loaded.") from error
        if options["verbosity"]:
            self.stdout.write(
                f"{loaded.drawn} areas drawn, {loaded.same} as they were, {loaded.ended} ended."
            )
