"""Load the example district."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assets import example
from assets.example_rows import ExampleError
from assets.models import Activity, Organisation


class Command(BaseCommand):
    help = (
        "Loads the example district: made-up groups at real places, each marked as an example. "
        "Needs load_reference and load_places first. Does nothing where any of it is there."
    )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            loaded = example.load()
        except ExampleError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] == 0:
            return
        if loaded:
            groups = Organisation.objects.filter(is_example=True).count()
            activities = Activity.objects.public().filter(is_example=True).count()
            self.stdout.write(f"Loaded {groups} example groups with {activities} activities.")
        else:
            self.stdout.write("There are example rows already: nothing was changed.")
