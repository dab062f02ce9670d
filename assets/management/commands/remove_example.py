"""Remove the example district."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assets.example_removal import remove
from assets.example_rows import ExampleError


class Command(BaseCommand):
    help = (
        "Removes every example row, the example people too, and nothing else. All or nothing: "
        "refused while something real stands on one of them."
    )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            removed = remove()
        except ExampleError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] > 0:
            counted = ", ".join(f"{number} {what}" for what, number in removed.items())
            self.stdout.write(f"Removed: {counted}.")
