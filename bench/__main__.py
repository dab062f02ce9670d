"""`make bench`, or `make bench ARGS="2000 10000"` for sizes of your own, `ARGS=sheet` for what a
spreadsheet takes, `ARGS=scoring` for what telling strict scorers is worth, `ARGS=panel` for the
panel's pages, `ARGS=coverage` for the grid of what is missing, alone or with sizes of your own,
`ARGS=openreferral` for harvesting the open data, likewise. Prints a table of each.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import django
import psycopg
from psycopg import sql

SIZES = [2_000, 10_000, 100_000]
# Base template, same middleware, no query.
PLAINEST = "/accessibility/"
ROUNDS = 10
BASE = "bench_base"


HARVESTED = [5_000, 100_000]
PARTS = ("sheet", "scoring", "panel", "coverage", "openreferral")


def main(
    sizes: list[int],
    *,
    sheet: bool,
    scoring: bool,
    panel: bool,
    coverage: list[int],
    harvested: list[int],
) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["SITE_URL"] = site = f"http://127.0.0.1:{_free_port()}"
    django.setup()
    if scoring:
        _bench_scoring()
    if sizes or sheet or panel or coverage or harvested:
        _bench_site(sizes, site, sheet=sheet, panel=panel, coverage=coverage, harvested=harvested)


def _bench_scoring() -> None:
    from bench.scoring import STRICT, found

    print(
        "| strict by | by the mean % | adjusted % | gain | standard error |\n|---|---|---|---|---|",
        flush=True,
    )
    for one in map(found, STRICT):
        print(
            f"| {one.strict:.0f} points | {one.raw:.1f} | {one.adjusted:.1f} | {one.gain:+.1f} "
            f"| {one.error:.1f} |",
            flush=True,
        )
    print(flush=True)


def _bench_site(
    sizes: list[int],
    site: str,
    *,
    sheet: bool,
    panel: bool,
    coverage: list[int],
    harvested: list[int],
) -> None:
    from django.core.management import call_command

    given = os.environ["DATABASE_URL"]
    with psycopg.connect(given, autocommit=True) as server:
        _make(server, BASE)
        _use(BASE)
        for command in ("migrate", "createcachetable", "load_reference", "load_places"):
            call_command(command, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if sheet:
            _bench_sheet(server)
        if panel:
            _bench_panel(server)
        if coverage:
            _bench_coverage(server, coverage)
        if harvested:
            _bench_openreferral(server, given, site, harvested)
        if sizes:
            print(
                "| activities | page | p50 ms | p95 ms | pages/s | p50 ratio | p95 ratio |\n"
                "|---|---|---|---|---|---|---|",
                flush=True,
            )
        for size in sizes:
            _bench(server, given, site, size)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _bench_sheet(server: psycopg.Connection) -> None:
    from bench.sheet import timings

    name = "bench_sheet"
    _use("")
    _make(server, name, template=BASE)
    _use(name)
    print("| spreadsheet | seconds |\n|---|---|", flush=True)
    for done, seconds in timings():
        print(f"| {done} | {seconds:.1f} |", flush=True)
    print(flush=True)


def _bench_panel(server: psycopg.Connection) -> None:
    from bench.panel import timings

    name = "bench_panel"
    _use("")
    _make(server, name, template=BASE)
    _use(name)
    print("| the panel | p50 ms | p95 ms | queries |\n|---|---|---|---|", flush=True)
    for one in timings():
        print(f"| {one.what} | {one.p50:.0f} | {one.p95:.0f} | {one.queries} |", flush=True)
    print(flush=True)


def _bench_coverage(server: psycopg.Connection, sizes: list[int]) -> None:
    from django.core.cache import caches

    from bench.coverage import timings

    print("| activities | coverage | p50 ms | most ms |\n|---|---|---|---|", flush=True)
    for size in sizes:
        _generated(server, f"bench_{size}", size)
        caches["pieces"].clear()
        for one in timings():
            print(f"| {size:,} | {one.what} | {one.p50:.0f} | {one.most:.0f} |", flush=True)
    print(flush=True)


def _bench_openreferral(
    server: psycopg.Connection, given: str, site: str, sizes: list[int]
) -> None:
    from bench.openreferral import errors, harvests, prepare

    print(
        "| services | harvested | s | longest page ms | server MB | read | missed |\n"
        "|---|---|---|---|---|---|---|",
        flush=True,
    )
    for size in sizes:
        name = f"bench_{size}"
        _generated(server, name, size)
        prepare()
        with _server(_url_of(given, name), site) as running:
            for one in harvests(site, lambda running=running: _workers(running)):  # type: ignore[misc]
                print(
                    f"| {size:,} | {one.what} | {one.seconds:.0f} | {one.longest:.0f} "
                    f"| {one.megabytes:.0f} | {one.services:,} | {one.missed} |",
                    flush=True,
                )
            if size <= min(HARVESTED):
                print(f"{size:,} by the publishers' schema: {errors(site)} errors", flush=True)
            _bench_harvesting(server, given, site, name)
    print(flush=True)


def _bench_harvesting(server: psycopg.Connection, given: str, site: str, there: str) -> None:
    """The same, brought into an empty directory."""
    from bench.harvesting import prepare_here, prepare_there, readings

    here = f"{there}_in"
    prepare_there()
    _use("")
    _make(server, here, template=BASE)
    _use(here)
    prepare_here(site)
    for one in readings(lambda: _use(there), lambda: _use(here), _url_of(given, here)):
        print(
            f"| {one.services:,} | brought in: {one.what} | {one.seconds:.0f} | "
            f"| {one.megabytes:.0f} | | {one.missed} |",
            flush=True,
        )


def _workers(running: "subprocess.Popen[bytes]") -> list[int]:
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text()
    return [int(one) for one in children.split()]


def _url_of(given: str, name: str) -> str:
    return urlsplit(given)._replace(path=f"/{name}").geturl().replace(":/b", ":///b", 1)


def _generated(server: psycopg.Connection, name: str, size: int) -> None:
    from django.db import connection

    from bench.district import generate

    _use("")
    _make(server, name, template=BASE)
    _use(name)
    began = time.perf_counter()
    generate(size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"{size:,} generated in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)


def _bench(server: psycopg.Connection, given: str, site: str, size: int) -> None:
    from bench.measure import measure
    from bench.searches import SEARCHES

    name = f"bench_{size}"
    _generated(server, name, size)
    _use("")
    url = _url_of(given, name)
    kinds = {
        "plainest": [PLAINEST],
        "search": [f"/activities/?{one}" for one in SEARCHES],
        "activity": [f"/activities/activity-{n}/" for n in range(0, size, size // 30)],
    }
    with _server(url, site):
        timings = measure(site, kinds, rounds=ROUNDS)
    plain = timings["plainest"]
    for kind, timing in timings.items():
        print(
            f"| {size:,} | {kind} | {timing.p50:.1f} | {timing.p95:.1f} "
            f"| {timing.pages_a_second:,.0f} | {timing.p50 / plain.p50:.1f} "
            f"| {timing.p95 / plain.p95:.1f} |",
            flush=True,
        )


def _use(name: str) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name


def _make(server: psycopg.Connection, name: str, template: str = "template1") -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(sql.Identifier(name)))
    server.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )


@contextmanager
def _server(database_url: str, site: str) -> "Iterator[subprocess.Popen[bytes]]":
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--worker-class=gthread"]
    command += ["--workers=2", "--threads=8", "--bind", site.removeprefix("http://")]
    server = subprocess.Popen(
        [*command, "--log-level=error"], env=os.environ | {"DATABASE_URL": database_url}
    )
    try:
        _wait(server, site)
        yield server
    finally:
        server.terminate()
        server.wait(10)


def _wait(server: "subprocess.Popen[bytes]", site: str) -> None:
    from bench.measure import Asker

    for _attempt in range(100):
        if server.poll() is not None:
            break
        try:
            Asker(site).ask("/readyz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server to be measured did not start.")


if __name__ == "__main__":
    asked = sys.argv[1:]
    sizes = [int(size) for size in asked if size not in PARTS]
    grid, harvest = "coverage" in asked, "openreferral" in asked
    main(
        SIZES if not asked else [] if grid or harvest else sizes,
        sheet="sheet" in asked or not asked,
        scoring="scoring" in asked or not asked,
        panel="panel" in asked or not asked,
        coverage=(sizes or SIZES) if grid or not asked else [],
        harvested=(sizes or HARVESTED) if harvest or not asked else [],
    )
