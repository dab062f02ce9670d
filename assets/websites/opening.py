"""Opens one web address as a stranger would, and never one inside our own network.

An address of a group is typed by anybody. So a name is resolved first, every answer must be a
public address, and the connection goes to that very answer: a name that changes meanwhile leads
nowhere else. Each redirect is treated the same.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Timer
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

SECONDS = 10
REDIRECTS = 5
# Of IPv6, what is given out to be reached by all (IANA): not what stands for an address of IPv4,
# which a network may lead to machines of its own (RFC 6052, RFC 8215).
GIVEN_OUT = ipaddress.ip_network("2000::/3")
PORTS = {"http": 80, "https": 443}
# Whether a number of the internet and a port may be connected to.
MayOpen = Callable[[str, int], bool]


class DoesNotOpen(Exception):
    """The words say why, for staff."""


def is_public(address: str, port: int) -> bool:
    """A number that anybody can reach, on the port of the web."""
    number = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(number, ipaddress.IPv6Address) and (
        number not in GIVEN_OUT or number.sixtofour or number.teredo
    ):
        return False
    return number.is_global and not number.is_multicast and port in PORTS.values()


def open_address(address: str, *, may_open: MayOpen = is_public) -> None:
    """Raises DoesNotOpen. A page that wants a name, or no machines, is there for people."""
    for _redirect in range(REDIRECTS + 1):
        status, location = _ask(address, may_open)
        if status in (301, 302, 303, 307, 308) and location:
            address = urljoin(address, location)
            continue
        if status in (404, 410) or status >= 500:
            raise DoesNotOpen(_("It answers with %d.") % status)
        return
    raise DoesNotOpen(_("It leads on and on."))


def _ask(address: str, may_open: MayOpen) -> tuple[int, str]:
    """Status and where it leads on; of the page itself nothing is read."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise DoesNotOpen(_("It is no web address.")) from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise DoesNotOpen(_("It is no web address."))
    try:
        number = resolved(parts.hostname, port, may_open)
        return _answer(parts, number, port)
    except ssl.SSLError as error:
        raise DoesNotOpen(_("Its certificate is not right.")) from error
    except (OSError, HTTPException, UnicodeError) as error:
        raise DoesNotOpen(_("It does not answer.")) from error


def resolved(host: str, port: int, may_open: MayOpen) -> str:
    """The number to connect to. Raises DoesNotOpen unless each that the name has may be opened."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = [str(one[4][0]) for one in found]
    if not numbers or not all(may_open(number, port) for number in numbers):
        raise DoesNotOpen(_("It leads to no public address."))
    return numbers[0]


@contextmanager
def line_to(parts: SplitResult, number: str, port: int, seconds: float) -> Iterator[HTTPConnection]:
    """To that very number, with the name of the host in the certificate and in the question.

    Whoever answers one letter at a time is cut off after so many seconds as well.
    """
    host = str(parts.hostname)
    lines = [socket.create_connection((number, port), timeout=seconds)]
    cut = Timer(seconds, _shut, [lines])
    cut.start()
    try:
        if parts.scheme == "https":
            lines[0] = ssl.create_default_context().wrap_socket(
                lines[0], server_hostname=host, do_handshake_on_connect=False
            )
            lines[0].do_handshake()  # type: ignore[attr-defined]
        asking = HTTPConnection(host, port)
        asking.sock = lines[0]
        yield asking
    finally:
        cut.cancel()
        lines[0].close()


def _shut(lines: list[socket.socket]) -> None:
    # It may be closed already.
    with suppress(OSError):
        lines[0].shutdown(socket.SHUT_RDWR)


def target_of(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _answer(parts: SplitResult, number: str, port: int) -> tuple[int, str]:
    with line_to(parts, number, port, SECONDS) as asking:
        headers = {"User-Agent": _our_name(), "Connection": "close"}
        asking.request("GET", target_of(parts), headers=headers)
        answer: HTTPResponse = asking.getresponse()
        return answer.status, answer.headers.get("Location", "")


def _our_name() -> str:
    # A header holds plain letters only.
    name = settings.SITE_NAME.encode("ascii", "ignore").decode()
    return f"{name} link check (+{settings.SITE_URL.geturl()})"
