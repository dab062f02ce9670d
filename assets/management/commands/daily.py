"""Everything that is to be done once a day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assets.daily import run
from assets.daily.jobs import JOBS
from assets.dates import calendars
from assets.words import long_date


class Command(BaseCommand):
    help = (
        "Does what is to be done every day: the dates of the coming year, “is this still right?” "
        "to groups, and clearing up. Run it every night. Twice does no harm, and a day that was "
        "missed is made good by the next. What it did is in the staff pages, under “Daily jobs”."
    )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            done = run.run(JOBS)
        except run.IsOn:
            self.stdout.write("Another run is on, so this one did nothing.")
            return
        if options["verbosity"]:
            for job in done:
                self.stdout.write(f"{job.get_name_display()}: {job.said}")
        for term in calendars.running_out():
            self.stderr.write(
                f"The school terms of {term.authority} are known only until "
                f"{long_date(term.ends_before)}: add the next ones on the staff pages."
            )
        if failed := [str(job.get_name_display()) for job in done if job.failed]:
            raise CommandError(f"These did not work: {'; '.join(failed)}.")
