"""Read other directories' feeds: all of a feed or nothing, as drafts."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assets.harvesting.files import open_file
from assets.harvesting.reading import read, read_from
from assets.harvesting.refused import FeedRefused
from assets.harvesting.telling import in_words
from assets.models import Harvest, Source


class Command(BaseCommand):
    help = (
        "Reads the feeds of other directories (Open Referral UK). What is new comes in as drafts, "
        "what they have no longer is withdrawn. A feed that is refused changes nothing, says why, "
        "and ends with exit code 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", nargs="?", help="its name; without one, all that are set")
        parser.add_argument("--file", type=Path, help="a .json or .ndjson file instead of its feed")
        parser.add_argument("--licence", default="", help="makes the source, under this licence")
        parser.add_argument("--whole", action="store_true", help="all of it, and not only changes")
        parser.add_argument(
            "--many-gone", action="store_true", help="even where most of it would be withdrawn"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["source"] is None:
            if options["file"]:
                raise CommandError("Say whose file it is.")
            sources = [*Source.objects.exclude(address="")]
        else:
            sources = [_source(options["source"], options["licence"])]
        refused = [one for one in sources if not self._read(one, options)]
        if refused:
            raise CommandError(f"Refused: {', '.join(map(str, refused))}.")

    def _read(self, source: Source, options: dict[str, Any]) -> bool:
        many = options["many_gone"]
        if options["file"]:
            try:
                with open_file(options["file"]) as file:
                    name = options["file"].name
                    done = read_from(source=source, by=None, name=name, file=file, many_gone=many)
            except FeedRefused as why:
                raise CommandError(str(why)) from why
        else:
            done = read(source=source, by=None, whole=options["whole"], many_gone=many)
        self.stdout.write(f"{source}: {in_words(done)}")
        if options["verbosity"] > 1:
            for kind, name, words, *_listing in done.told:
                self.stdout.write(f"  {kind}: {name}: {words}")
        return done.outcome == Harvest.Outcome.READ


def _source(name: str, licence: str) -> Source:
    found = Source.objects.filter(name=name).first()
    if found is None and not licence:
        raise CommandError(f"There is no source “{name}”. Make it with --licence, or in the admin.")
    return found or Source.objects.create(name=name, licence=licence)
