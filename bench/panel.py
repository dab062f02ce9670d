"""The panel's board with 60 applications, 8 scorers and 50 of 60 each: the first time, and after.

The first time it tells strict scorers from weak applications; that is kept while scores stand.
"""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.grants.panel import scored_round
from tests.people import person, signed_in

APPLICATIONS, SCORERS, MISSING = 60, 8, 10
TIMES = 30


@dataclass(frozen=True)
class Took:
    """Milliseconds, in one process and without the way there."""

    what: str
    p50: float
    p95: float
    queries: int


def timings() -> Iterator[Took]:
    """Raises RuntimeError where a page does not come."""
    settings.ALLOWED_HOSTS = ["testserver"]
    its_round = scored_round(applications=APPLICATIONS, scorers=SCORERS, missing=MISSING)
    client = signed_in(Client(), person("cora"))
    # Templates and what never changes are read once.
    client.get(reverse("admin:index"))
    pages = {
        name: reverse(f"admin:grants_round_{name}", args=[its_round.pk])
        for name in ("board", "results", "scenarios", "paper")
    }
    first = _asked(client, pages["board"])
    yield Took("the board, the first time", first[0], first[0], first[1])
    for name, path in pages.items():
        asked = [_asked(client, path) for _time in range(TIMES)]
        times = [milliseconds for milliseconds, _queries in asked]
        p95 = statistics.quantiles(times, n=20)[-1]
        yield Took(name, statistics.median(times), p95, asked[-1][1])


def _asked(client: Client, path: str) -> tuple[float, int]:
    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        status = client.get(path, secure=settings.SECURE_SSL_REDIRECT).status_code
        took = (time.perf_counter() - began) * 1000
    if status != 200:
        raise RuntimeError(f"{path} answered {status}")
    return took, len(queries)
