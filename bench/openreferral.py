"""Harvests the open data of a generated district page by page, and line by line, while it changes.

Says how long it took, how much memory the server had at most, and whether anything was missed.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from assets import listings, stamps
from assets.models import Activity, Organisation, Status

PER_PAGE = 500
# One change after so many pages.
PAGES_A_CHANGE = 5
SCHEMAS = Path(__file__).parents[2] / "shared/standards/oruk/schema/compiled"


@dataclass(frozen=True)
class Harvest:
    """Seconds, the longest page in ms, megabytes of the largest process; how many were missed."""

    what: str
    seconds: float
    longest: float
    megabytes: float
    services: int
    missed: int


def prepare() -> None:
    """What is generated is stored without the verbs, so nothing has stamped it."""
    stamps.write(Activity.objects.all(), Organisation.objects.all())


def harvests(site: str, pids: Callable[[], list[int]]) -> Iterator[Harvest]:
    began_at = datetime.now(tz=UTC)
    there = {str(key) for key in Activity.objects.values_list("pk", flat=True)}
    yield _harvested("page by page, in full", there, _pages(site, {"full": "true"}, True), pids)
    yield _harvested("line by line, in full", there, _lines(site, {"full": "true"}), pids)
    changed = {str(key) for key in _changed_since(began_at)}
    asked = {"modified_after": began_at.isoformat()}
    yield _harvested("what changed meanwhile", changed, _pages(site, asked, False), pids)


def errors(site: str) -> int | None:
    """Of every service in full, by the publishers' schema; None where that is not here."""
    try:
        from jsonschema import Draft202012Validator, FormatChecker
    except ImportError:
        return None
    path = SCHEMAS / "service.json"
    if not path.exists():
        return None
    judge = Draft202012Validator(json.loads(path.read_text()), format_checker=FormatChecker())
    services = (one for page, _took in _pages(site, {"full": "true"}, False) for one in page)
    return sum(1 for one in services for _why in judge.iter_errors(one))


def _harvested(
    what: str,
    there: set[str],
    pages: Iterator[tuple[list[Any], float]],
    pids: Callable[[], list[int]],
) -> Harvest:
    began, longest = time.perf_counter(), 0.0
    seen: set[str] = set()
    for page, took in pages:
        seen |= {one["id"] for one in page}
        longest = max(longest, took)
    seconds = time.perf_counter() - began
    most = max(map(most_megabytes, pids()))
    return Harvest(what, seconds, longest * 1000, most, len(seen), len(there - seen))


def _pages(site: str, asked: dict[str, str], changes: bool) -> Iterator[tuple[list[Any], float]]:
    number = 1
    while True:
        began = time.perf_counter()
        page = json.loads(_read(site, asked | {"page": number, "per_page": PER_PAGE}))
        yield page["contents"], time.perf_counter() - began
        if page["last_page"] or page["empty"]:
            return
        if changes and number % PAGES_A_CHANGE == 0:
            change(number // PAGES_A_CHANGE)
        number += 1


def _lines(site: str, asked: dict[str, str]) -> Iterator[tuple[list[Any], float]]:
    connection = _connection(site)
    connection.request("GET", _path(asked | {"format": "ndjson"}))
    answer = connection.getresponse()
    began = time.perf_counter()
    while line := answer.readline():
        yield [json.loads(line)], time.perf_counter() - began
        began = time.perf_counter()


def _connection(site: str) -> HTTPConnection:
    parts = urlsplit(site)
    return HTTPConnection(parts.hostname or "", parts.port, timeout=600)


def _path(asked: dict[str, Any]) -> str:
    return f"/open-referral/services?{urlencode(asked)}"


def _read(site: str, asked: dict[str, Any]) -> bytes:
    connection = _connection(site)
    connection.request("GET", _path(asked))
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{asked} answered {answer.status}: {body[:200]!r}")
    return body


def change(number: int) -> None:
    """Somewhere in the list: one ends, one is withdrawn, one is called something else."""
    activity = Activity.objects.public().order_by("slug")[number]
    if number % 3 == 0:
        activity.title = f"{activity.title[:100]} again"
        listings.save(listing=activity, by=None)
    else:
        to = Status.ENDED if number % 3 == 1 else Status.WITHDRAWN
        listings.move(listing=activity, to=to, by=None)


def _changed_since(moment: datetime) -> list[Any]:
    found = Activity.objects.filter(harvest_stamp__modified_at__gte=moment)
    return [*found.values_list("pk", flat=True)]


def most_megabytes(pid: int) -> float:
    """Of this process, ever."""
    said = Path(f"/proc/{pid}/status").read_text()
    return int(said.partition("VmHWM:")[2].split()[0]) / 1024
