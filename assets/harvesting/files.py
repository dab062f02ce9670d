"""The services of a file that somebody brings: JSON, or a line for each service."""

from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from assets.harvesting.asking import JSON
from assets.harvesting.pages import services_of
from assets.harvesting.plain import parsed
from assets.harvesting.refused import FeedRefused, Limits

BY_LINES = (".ndjson", ".jsonl")


def read_file(name: str, file: IO[bytes], add: Callable[[Any], None], limits: Limits) -> None:
    """Calls `add` with each service. Raises FeedRefused."""
    if name.lower().endswith(BY_LINES):
        _read_lines(file, add, limits)
        return
    data = file.read(limits.answer_bytes + 1)
    if len(data) > limits.answer_bytes:
        raise FeedRefused(_("The file is too large. Make it one of lines (.ndjson)."))
    for service in services_of(JSON, data):
        add(service)


def _read_lines(file: IO[bytes], add: Callable[[Any], None], limits: Limits) -> None:
    """One line at a time: such a file may be as large as a whole directory."""
    read = 0
    while piece := file.readline(limits.service_bytes + 1):
        read += len(piece)
        if len(piece) > limits.service_bytes or read > limits.file_bytes:
            raise FeedRefused(_("The file, or a line of it, is too large."))
        if words := piece.removeprefix(b"\xef\xbb\xbf").strip():
            add(parsed(words))


def open_file(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise FeedRefused(_("The file cannot be read: %s.") % error.strerror) from error
