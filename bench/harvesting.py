"""Brings the open data of a generated district into an empty one, while it changes.

Says how long each reading took, the memory of the process that reads, and whether anything of what
is public there was missed.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assets.models import Activity, Organisation, Source, Status, Venue
from bench.openreferral import change, most_megabytes

NAME = "The other directory"
# Seconds from one change over there to the next.
BETWEEN = 2.0


@dataclass(frozen=True)
class Reading:
    """Seconds; megabytes of the process at most; how many of theirs are public; how many of these
    are not here by their title. After the first reading that is what changed once it was read.
    """

    what: str
    seconds: float
    megabytes: float
    services: int
    missed: int


def prepare_there() -> None:
    """What is generated says that it is made up, and such things are refused."""
    for listings in (Organisation, Venue, Activity):
        listings.objects.update(is_example=False)


def prepare_here(site: str) -> None:
    Source.objects.create(name=NAME, licence="OGL", address=f"{site}/open-referral/")


def readings(there: Callable[[], None], here: Callable[[], None], url: str) -> Iterator[Reading]:
    """`there` and `here` turn to the database of the one and of the other, which is at `url`."""
    for what, changes in (("all, while it changes", True), ("what changed meanwhile", False)):
        there()
        seconds, megabytes = _read(url, changes)
        theirs = Counter(Activity.objects.public().values_list("title", flat=True))
        here()
        over = (Status.WITHDRAWN, Status.ENDED)
        ours = Counter(Activity.objects.exclude(status__in=over).values_list("title", flat=True))
        yield Reading(what, seconds, megabytes, theirs.total(), (theirs - ours).total())


def _read(url: str, changes: bool) -> tuple[float, float]:
    began, number = time.perf_counter(), 0
    reader = subprocess.Popen(
        [sys.executable, "manage.py", "harvest", NAME],
        env=os.environ | {"DATABASE_URL": url, "HARVEST_PRIVATE_NETWORKS": "1"},
    )
    megabytes = 0.0
    while reader.poll() is None:
        # Looked at as it goes: what is told at the end counts the memory of this process, too.
        megabytes = max(megabytes, most_megabytes(reader.pid))
        time.sleep(BETWEEN)
        if changes:
            number += 1
            change(number)
    return time.perf_counter() - began, megabytes
