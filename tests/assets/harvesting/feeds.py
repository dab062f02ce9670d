"""Feeds of other directories, made for a test, and a machine of theirs that serves them."""

import json
from collections.abc import Callable
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.test import Client

from accounts.models import User
from assets import listings
from assets.harvesting import reading
from assets.models import Activity, Harvest, Organisation, Source, Status, Venue

Json = dict[str, Any]
LICENCE = "Open Government Licence v3.0"


def key(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, name))


SERVICE: Json = {
    "id": key("wren club"),
    "name": "Wren Club",
    "description": "Songs and a biscuit.\n\nEach week we sing, and then we eat.",
    "status": "active",
    "url": "https://wrens.example.org/club",
    "email": "club@example.org",
    "minimum_age": 5,
    "maximum_age": 11,
    "phones": [{"id": key("phone"), "number": "01632 960123", "description": "ask for Jo"}],
    "cost_options": [{"id": key("cost"), "amount": 2.5, "amount_description": "a session"}],
    "schedules": [
        {
            "id": key("schedule"),
            "freq": "WEEKLY",
            "byday": "TU",
            "opens_at": "18:00",
            "closes_at": "19:30",
            "description": "Term time only",
        }
    ],
    "organization": {
        "id": key("wrens"),
        "name": "Wren Field Club",
        "description": "Play by the river.",
        "email": "wrens@example.org",
    },
    "service_at_locations": [
        {
            "id": key("at hall"),
            "location": {
                "id": key("hall"),
                "location_type": "physical",
                "name": "Wren Field Hall",
                "latitude": 53.2,
                "longitude": -1.6,
                "accessibility": [{"id": key("access"), "description": "Step-free"}],
                "addresses": [
                    {
                        "id": key("address"),
                        "address_1": "Wren Lane",
                        "city": "Bakewell",
                        "state_province": "Derbyshire",
                        "postal_code": "DE45 1DY",
                        "country": "GB",
                        "address_type": "physical",
                    }
                ],
            },
        }
    ],
    "attributes": [
        {
            "id": key("attribute"),
            "taxonomy_term": {
                "id": key("term"),
                "name": "Youth voice",
                "description": "Ways to be heard.",
                "taxonomy": "Themes",
            },
        }
    ],
}


def service(**changes: Any) -> Json:
    return deepcopy(SERVICE) | changes


def another(name: str, **changes: Any) -> Json:
    """Of the same group at the same place."""
    return service(**({"id": key(name), "name": name} | changes))


def many(number: int) -> list[Json]:
    return [another(f"Club {n}") for n in range(number)]


def page(contents: list[Any], **changes: Any) -> Json:
    """The only page."""
    said = {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }
    return said | changes


def make_source(**changes: Any) -> Source:
    return Source.objects.create(**({"name": "Peak Directory", "licence": LICENCE} | changes))


def bring(
    *services: Any, source: Source | None = None, by: User | None = None, many_gone: bool = False
) -> Harvest:
    """All of a directory, from a file."""
    return bring_bytes(json.dumps(services).encode(), source=source, by=by, many_gone=many_gone)


def bring_bytes(
    data: bytes,
    *,
    source: Source | None = None,
    by: User | None = None,
    many_gone: bool = False,
    name: str = "feed.json",
) -> Harvest:
    return reading.read_from(
        source=source or Source.objects.first() or make_source(),
        by=by,
        name=name,
        file=BytesIO(data),
        many_gone=many_gone,
    )


def accept() -> Activity:
    """All that is here is public."""
    for model in (Organisation, Venue, Activity):
        for one in model.objects.filter(status=Status.DRAFT):
            listings.move(listing=one, to=Status.PUBLIC, by=None)
    return Activity.objects.get()


def told(harvest: Harvest) -> list[tuple[str, ...]]:
    return [tuple(line[:3]) for line in harvest.told]


def statuses() -> list[tuple[str, str]]:
    return [(one.title, one.status) for one in Activity.objects.order_by("title")]


def at(source: Source, page: str) -> str:
    return f"/admin/assets/source/{source.pk}/{page}/"


def text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


# Path and parameters → status, headers, body in pieces.
Answer = tuple[int, dict[str, str], Any]
Serve = Callable[[str, dict[str, str]], Answer]
JSON_HEADERS = {"Content-Type": "application/json"}


class Machine:
    """Theirs: answers as `serve` says, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.hosts: list[str] = []
        self.serve: Serve = lambda _path, _asked: (404, {}, b"")
        machine = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                machine.asked.append(self.path)
                machine.hosts.append(self.headers["Host"])
                parts = urlsplit(self.path)
                asked = {name: said[0] for name, said in parse_qs(parts.query).items()}
                status, headers, body = machine.serve(parts.path, asked)
                self.send_response(status)
                for name, said in headers.items():
                    self.send_header(name, said)
                self.end_headers()
                try:
                    for piece in [body] if isinstance(body, bytes) else body:
                        self.wfile.write(piece)
                        self.wfile.flush()
                except OSError:
                    # Whoever asked has heard enough.
                    pass

            def log_message(self, *_args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def says(self, value: Any, headers: dict[str, str] | None = None) -> None:
        """The same to whatever it is asked."""
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        told = JSON_HEADERS | {"Content-Length": str(len(body))} | (headers or {})
        self.serve = lambda _path, _asked: (200, told, body)

    def has(self, services: list[Json], per_page: int = 2) -> None:
        """An API of Open Referral UK."""

        def serve(path: str, asked: dict[str, str]) -> Answer:
            if path == "/":
                said: Any = {"version": "HSDS-UK-3.0", "openapi_url": f"{self.address}/openapi"}
            elif path == "/services":
                said = self._page(services, int(asked["page"]), per_page)
            else:
                found = [one for one in services if path == f"/services/{one['id']}"]
                if not found:
                    return 404, {}, b""
                said = found[0]
            return 200, JSON_HEADERS, json.dumps(said).encode()

        self.serve = serve

    @staticmethod
    def _page(services: list[Json], number: int, per_page: int) -> Json:
        pages = -(-len(services) // per_page)
        return page(
            services[(number - 1) * per_page : number * per_page],
            total_items=len(services),
            total_pages=pages,
            page_number=number,
            first_page=number == 1,
            last_page=number >= pages,
        )

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
