"""Why a feed is not read, and the bounds of what is read at all."""

from dataclasses import dataclass


class FeedRefused(Exception):
    """Nothing of this reading is loaded. The message says why, in plain words."""


class NotThere(FeedRefused):
    """One thing that was asked for is not there (any more)."""


@dataclass(frozen=True)
class Limits:
    """Seconds of one answer and of a whole reading; bytes of one answer and of all, unpacked."""

    answer_seconds: float = 30
    seconds: float = 3 * 60 * 60
    answer_bytes: int = 20_000_000
    file_bytes: int = 500_000_000
    bytes: int = 2_000_000_000
    answers: int = 130_000
    services: int = 120_000
    service_bytes: int = 200_000
    redirects: int = 3
