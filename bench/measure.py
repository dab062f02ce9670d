"""Times pages of a running site, one after the other and several at once."""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import cycle, islice
from urllib.parse import urlsplit

HEADERS = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True)
class Timing:
    """Milliseconds of the middle and of the slowest twentieth; pages a second, two at a time."""

    p50: float
    p95: float
    pages_a_second: float


class Asker:
    """One connection kept open, as a browser keeps it."""

    def __init__(self, site: str) -> None:
        parts = urlsplit(site)
        self.connection = HTTPConnection(parts.hostname or "", parts.port, timeout=60)

    def ask(self, path: str) -> float:
        """Milliseconds until the whole page is there. Raises RuntimeError unless it is a 200."""
        began = time.perf_counter()
        self.connection.request("GET", path, headers=HEADERS)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return (time.perf_counter() - began) * 1000


def measure(site: str, kinds: dict[str, list[str]], *, rounds: int) -> dict[str, Timing]:
    """Each kind of page is asked for in turn with the others, so that all see the same machine."""
    asker = Asker(site)
    for path in {path for paths in kinds.values() for path in paths}:
        for _warm_up in range(2):
            asker.ask(path)
    taken: dict[str, list[float]] = {kind: [] for kind in kinds}
    longest = max(len(paths) for paths in kinds.values())
    for _round in range(rounds):
        for step in range(longest):
            for kind, paths in kinds.items():
                taken[kind].append(asker.ask(paths[step % len(paths)]))
    return {
        kind: Timing(
            p50=statistics.median(times),
            p95=statistics.quantiles(times, n=20)[-1],
            pages_a_second=_throughput(site, kinds[kind]),
        )
        for kind, times in taken.items()
    }


def _throughput(site: str, paths: list[str], *, at_once: int = 2, pages: int = 600) -> float:
    def work(first: int) -> None:
        asker = Asker(site)
        for path in islice(cycle(paths), first, first + pages // at_once):
            asker.ask(path)

    begin: Callable[[], float] = time.perf_counter
    began = begin()
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(work, range(at_once)))
    return pages / (begin() - began)
