"""Load how many people of what age live in which area."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assets.management.commands.load_boundaries import text_of
from assets.places.population import PopulationError, load_population


class Command(BaseCommand):
    help = (
        "Loads a CSV with the columns area code, age (7, 5-9 or 90+), people, year and source: "
        "all of it or nothing. Numbers of the same area and year are replaced."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--source", default="", help="where no column says it")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            number = load_population(text=text_of(options["file"]), source=options["source"])
        except PopulationError as error:
            raise CommandError(f"{error} Nothing was loaded.") from error
        if options["verbosity"]:
            self.stdout.write(f"{number:,} numbers loaded.")
