"""The dates of the coming year, one day further: `daily` does this, too."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from assets.dates import calendars, nightly
from assets.words import long_date


class Command(BaseCommand):
    help = (
        "Writes every date on which something happens, from a week ago to a year ahead, and adds "
        "the bank holidays of a new year; then what the search knows of them. “daily” does it, "
        "too; twice does no harm. Warns when the school terms that we know will soon be over."
    )

    def handle(self, *_args: Any, **options: Any) -> None:
        started = monotonic()
        written = nightly.write()
        if options["verbosity"]:
            self.stdout.write(f"{written:,} dates written in {monotonic() - started:.1f} s.")
        for term in calendars.running_out():
            self.stderr.write(
                f"The school terms of {term.authority} are known only until "
                f"{long_date(term.ends_before)}: add the next ones on the staff pages. "
                "Until then nothing “in term time” or “in the school holidays” is shown there "
                "after that day."
            )
