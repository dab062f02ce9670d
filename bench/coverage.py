"""How long the grid of what is there and what is missing takes, over a generated district."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.test import Client
from django.urls import reverse

from assets.coverage import Asked, Dim, Measure, cells, gaps

TIMES = 7


@dataclass(frozen=True)
class Took:
    """Milliseconds, in one process."""

    what: str
    p50: float
    most: float


def timings() -> Iterator[Took]:
    """Raises RuntimeError where the page does not come."""
    settings.ALLOWED_HOSTS = ["testserver"]
    two = (Dim.THEME, Dim.PLACE)
    yield _took("a grid, by number", lambda: cells(Asked(two)))
    yield _took("a grid, by hours a week", lambda: cells(Asked(two, measure=Measure.HOURS)))
    yield _took("a grid, by what is within reach", lambda: cells(Asked(two, measure=Measure.REACH)))
    yield _took("what is missing, in words", lambda: gaps(Asked()))
    client = Client()
    yield _took("the page", lambda: _page(client))


def _page(client: Client) -> None:
    status = client.get(reverse("coverage"), secure=settings.SECURE_SSL_REDIRECT).status_code
    if status != 200:
        raise RuntimeError(f"It answered {status}")


def _took(what: str, work: Callable[[], object]) -> Took:
    times = []
    for _time in range(TIMES):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    # The first time more is read than ever after.
    return Took(what, statistics.median(times[1:]), max(times[1:]))
