"""Asks another directory's machine, and never one of our own network.

An address is resolved first, each answer must be public, and the connection goes to that very
answer (`assets.websites.opening`): a name that changes meanwhile leads nowhere else. Each redirect
is treated the same. Whatever is sent is cut off at the limits of time and size.
"""

import ssl
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from assets.harvesting.refused import FeedRefused, Limits, NotThere
from assets.websites.opening import (
    PORTS,
    DoesNotOpen,
    MayOpen,
    is_public,
    line_to,
    resolved,
    target_of,
)

LEADS_ON = frozenset({301, 302, 303, 307, 308})
PIECE = 65_536
JSON = "application/json"
LINES = frozenset({"application/x-ndjson", "application/ndjson", "application/jsonl"})


@dataclass(frozen=True)
class Answer:
    """`kind` is its content type, in small letters, without parameters."""

    kind: str
    data: bytes


def anywhere(_number: str, _port: int) -> bool:
    return True


class Asker:
    """One reading's questions. Raises FeedRefused for all that is wrong, and when it is too much.

    `may_open` and `secure` come from the settings: see `asker`.
    """

    def __init__(self, limits: Limits, *, may_open: MayOpen, secure: bool) -> None:
        self._limits, self._may_open, self._secure = limits, may_open, secure
        self._until = monotonic() + limits.seconds
        self._asked = self._bytes = 0

    def ask(self, address: str) -> Answer:
        for _redirect in range(self._limits.redirects + 1):
            answer = self._ask_once(address)
            if isinstance(answer, Answer):
                return answer
            address = _next(address, answer)
        raise FeedRefused(_("The feed leads on and on, from one address to the next."))

    def _ask_once(self, address: str) -> Answer | str:
        """What stands there, or where it leads."""
        self._asked += 1
        if self._asked > self._limits.answers:
            raise FeedRefused(_("The feed has too many pages."))
        parts, port = self._parts(address)
        try:
            number = resolved(str(parts.hostname), port, self._may_open)
            return self._answer(parts, number, port)
        except DoesNotOpen as error:
            raise FeedRefused(
                _("The address of the feed leads into a private network, or to no web port.")
            ) from error
        except ssl.SSLError as error:
            raise FeedRefused(_("The certificate of the feed is not right.")) from error
        except (OSError, HTTPException, UnicodeError, zlib.error) as error:
            if monotonic() > self._until:
                raise _too_slow() from error
            raise FeedRefused(
                _("The feed does not answer, stops half-way or is too slow.")
            ) from error

    def _parts(self, address: str) -> tuple[SplitResult, int]:
        try:
            parts = urlsplit(address)
            port = parts.port or PORTS.get(parts.scheme, 0)
        except ValueError as error:
            raise FeedRefused(_("The feed has no web address.")) from error
        if parts.scheme not in PORTS or not parts.hostname or parts.username:
            raise FeedRefused(_("The feed has no web address."))
        if self._secure and parts.scheme != "https":
            raise FeedRefused(_("A feed is read over https only."))
        return parts, port

    def _answer(self, parts: SplitResult, number: str, port: int) -> Answer | str:
        seconds = min(self._limits.answer_seconds, self._until - monotonic())
        if seconds <= 0:
            raise _too_slow()
        begun = monotonic()
        headers = {
            "User-Agent": _our_name(),
            "Accept": f"{JSON}, application/x-ndjson",
            "Accept-Encoding": "gzip, identity",
            "Connection": "close",
        }
        with line_to(parts, number, port, seconds) as asking:
            asking.request("GET", target_of(parts), headers=headers)
            answer = self._read(asking.getresponse())
        if monotonic() - begun >= seconds:
            # What was cut off looks like the end of it.
            raise TimeoutError
        return answer

    def _read(self, response: HTTPResponse) -> Answer | str:
        location = response.headers.get("Location", "")
        if response.status in LEADS_ON and location:
            return location
        if response.status in (404, 410):
            raise NotThere(_("There is nothing at the address of the feed (%d).") % response.status)
        if response.status != 200:
            raise FeedRefused(_("The feed answers with the error %d.") % response.status)
        kind = response.headers.get_content_type().lower()
        if not (kind == JSON or kind.endswith("+json") or kind in LINES):
            raise FeedRefused(_("The feed is no data (JSON) but “%s”.") % kind[:60])
        declared = response.headers.get("Content-Length", "")
        if _whole_number(declared) > self._limits.answer_bytes:
            raise _too_large()
        if kind in LINES and not declared and not response.chunked:
            # Broken off between two lines, it would look whole.
            raise FeedRefused(_("The feed does not say where it ends."))
        return Answer(kind, self._body(response))

    def _body(self, response: HTTPResponse) -> bytes:
        """As much as is allowed, of what is packed and of what it unpacks to."""
        encoding = response.headers.get("Content-Encoding", "identity").lower().strip()
        if encoding not in ("identity", "gzip", ""):
            raise FeedRefused(_("The feed is packed in a way that we do not read."))
        unpack = _Gzip() if encoding == "gzip" else None
        data, raw = bytearray(), 0
        # What was declared and does not come is an IncompleteRead, or an empty piece too early.
        while piece := response.read1(PIECE):
            raw += len(piece)
            plain = unpack.of(piece, self._limits.answer_bytes) if unpack else piece
            data += plain
            self._count(max(len(piece), len(plain)))
            if max(raw, len(data)) > self._limits.answer_bytes:
                raise _too_large()
        if response.length or (unpack and not unpack.is_whole):
            raise FeedRefused(_("The feed stops half-way."))
        return bytes(data)

    def _count(self, number: int) -> None:
        self._bytes += number
        if self._bytes > self._limits.bytes:
            raise _too_large()


class _Gzip:
    def __init__(self) -> None:
        self._unpacking = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)

    def of(self, piece: bytes, most: int) -> bytes:
        """Never more than one byte over what is allowed, whatever it is packed to."""
        data = self._unpacking.decompress(piece, most + 1)
        if self._unpacking.unconsumed_tail:
            raise _too_large()
        if self._unpacking.unused_data:
            # A second part, which we would lose.
            raise FeedRefused(_("The feed is packed in a way that we do not read."))
        return data

    @property
    def is_whole(self) -> bool:
        return self._unpacking.eof


def asker(limits: Limits) -> Asker:
    """As the settings allow: only public machines and only https, unless they say otherwise."""
    private = settings.HARVEST_PRIVATE_NETWORKS
    return Asker(limits, may_open=anywhere if private else is_public, secure=not private)


Asks = Callable[[str], Answer]


def _whole_number(said: str) -> int:
    """Nothing, where it is none, or has thousands of digits."""
    try:
        return int(said)
    except ValueError:
        return 0


def _next(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError as error:
        raise FeedRefused(_("The feed has no web address.")) from error


def _our_name() -> str:
    # A header holds plain letters only.
    name = settings.SITE_NAME.encode("ascii", "ignore").decode()
    return f"{name} directory reader (+{settings.SITE_URL.geturl()})"


def _too_large() -> FeedRefused:
    return FeedRefused(_("The feed is too large for us to read."))


def _too_slow() -> FeedRefused:
    return FeedRefused(_("Reading the feed took too long."))
